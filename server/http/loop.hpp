#pragma once
// One event loop: a thread, an epoll descriptor and the connections that the kernel gave to its listeners.
//
// Raw epoll on Poco's sockets instead of Poco::Net::PollSet: PollSet returns a freshly built std::map of sockets from
// every poll() and takes a mutex in it, has no wakeUp() in 1.11, and knows no edge triggering, by which a connection is
// registered once and costs no epoll_ctl per request.
#include <span>

#include "server/http/connection.hpp"
#include "server/http/front.hpp"
#include "server/http/listeners.hpp"

namespace stele::http {

class Loop {
  public:
    // `most_sockets`: its share of Limits::sockets; 0 = no limit.
    Loop(Front& front, std::vector<Listener> listeners, std::size_t most_sockets);
    ~Loop();

    // Until Front::stopping() and nothing is left to finish.
    void run();
    void wake();
    // From any thread: wakes it, and says whether it has been round since the last call.
    bool pulse();
    // From a worker: the answer to the request that `connection` is waiting for.
    void post(Connection& connection, Output output);

    // For the connections of this loop, on its thread.
    Front& front() { return front_; }
    Deadlines& deadlines() { return deadlines_; }
    Instant now() const { return now_; }
    std::span<char> scratch() { return scratch_; }
    Head& head() { return head_; }
    std::string& name() { return name_; }  // that its answer is kept under
    std::string_view date_line() const { return date_line_; }
    Traffic& traffic() { return traffic_; }  // read from any thread
    // Sixteen hexadecimal digits that no other request of this server has.
    void make_id(std::string& id);
    // Come back to it after the others had their turn.
    void again(Connection& connection) { again_.push_back(&connection); }
    // Closes it now; the object lives to the end of this turn.
    void discard(Connection& connection);

  private:
    struct Result {
        Connection* connection;
        Output output;
    };

    void turn();
    int timeout() const;
    void update_clock();
    void take_results();
    void accept_some(const Listener& listener, int most);
    void watch_listeners();
    void unwatch_listeners();
    const Listener* listener_of(const void* key) const;
    void admit(Accepted accepted);
    void make_room();
    void resume_accepting();
    void expire();
    void begin_stop();
    bool finished() const;
    void bury();
    template <class Action>
    void contained(Connection& connection, Action action);

    Front& front_;
    const std::size_t most_sockets_;
    std::vector<Listener> listeners_;
    Descriptor epoll_;
    Descriptor wakeup_;
    Deadlines deadlines_;
    Traffic traffic_;
    std::vector<char> scratch_;
    Head head_;
    std::string name_;
    Instant now_;
    std::time_t date_ = 0;
    std::string date_line_;
    std::uint64_t id_state_;
    bool stop_seen_ = false;
    std::atomic<bool> turned_ = true;
    std::optional<Instant> paused_until_;  // out of descriptors: not accepting
    std::size_t turned_away_ = 0;          // connections over a limit that are being told so

    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Connection>> graveyard_;
    std::vector<Connection*> again_;
    std::vector<Connection*> turn_;

    std::mutex inbox_mutex_;
    std::vector<Result> inbox_;
    std::vector<Result> results_;
};

}  // namespace stele::http
