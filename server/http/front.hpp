#pragma once
// What the loops and the workers of one server share.
#include <atomic>
#include <mutex>
#include <unordered_map>

#include "server/http/deadlines.hpp"
#include "server/http/server.hpp"
#include "server/http/worker_pool.hpp"

namespace stele::http {

class Connection;
class Loop;

// A request on its way to a worker, and whom the answer is for.
struct Work {
    Loop* loop = nullptr;
    Connection* connection = nullptr;
    Request request;
};

class Front {
  public:
    Front(Options options, Handler handler);

    const Options& options() const { return options_; }
    const Limits& limits() const { return options_.limits; }
    const Proxies& proxies() const { return options_.proxies; }

    // Starts the workers.
    void start(std::size_t workers);
    void stop_workers();
    bool submit(Work& work);
    std::size_t waiting() const { return readers_ ? readers_->waiting() + writers_->waiting() : 0; }

    // False when a limit on connections is reached; else release() must follow.
    bool admit(const std::string& group);
    void release(const std::string& group);
    std::size_t connections() const { return connections_.load(std::memory_order_relaxed); }

    // Tells the operator, once a minute.
    void report_no_descriptors(Instant now);

    void begin_stop(Instant cut_at);
    bool stopping() const { return stopping_.load(std::memory_order_acquire); }
    // When even unfinished requests are given up; has meaning while stopping.
    Instant cut_at() const { return Instant(Instant::duration(cut_at_.load(std::memory_order_relaxed))); }

    Output error_output(int status, std::string_view reason, const Request* request) const;

  private:
    void run(Work& work) const;
    Output answer(const Request& request) const;

    Options options_;
    Handler handler_;
    std::unique_ptr<WorkerPool<Work>> readers_, writers_;
    std::atomic<bool> stopping_ = false;
    std::atomic<Instant::rep> cut_at_ = 0;
    std::atomic<std::size_t> connections_ = 0;
    std::atomic<Instant::rep> report_again_at_ = 0;
    std::mutex groups_mutex_;
    std::unordered_map<std::string, std::size_t> groups_;
};

}  // namespace stele::http
