#pragma once
// The way over the network to PostgreSQL, which a test may block or cut.
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace stele::testing {

class Way {
  public:
    enum class State {
        open,
        silent,             // nothing goes through any more and nobody is told, as where a cable was pulled
        cut_before_commit,  // the next COMMIT does not arrive; then open again
        cut_after_commit    // it arrives, its answer does not; then open again
    };

    // To the server at this socket in the file system.
    explicit Way(std::string socket);
    ~Way();
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;

    std::string url(const std::string& database) const;
    void set(State state) { state_ = state; }

  private:
    struct Pair {
        int client, server;
        bool awaits_commit = false;
    };
    void run();
    void accept_one();
    bool carry_question(Pair& pair);
    bool carry_answer(Pair& pair);

    const std::string socket_;
    std::atomic<State> state_ = State::open;
    std::atomic<bool> stopping_ = false;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::vector<Pair> pairs_;
    std::thread thread_;
};

}  // namespace stele::testing
