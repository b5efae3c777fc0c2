#pragma once
// What the loops and the workers of one server share.
#include <atomic>
#include <mutex>
#include <unordered_map>

#include "server/http/deadlines.hpp"
#include "server/http/ready.hpp"
#include "server/http/server.hpp"
#include "server/http/worker_pool.hpp"

namespace stele::http {

class Front {
  public:
    Front(Options options, Handler handler);

    const Options& options() const { return options_; }
    const Limits& limits() const { return options_.limits; }
    const Proxies& proxies() const { return options_.proxies; }
    AccessLog* access_log() const { return access_log_.get(); }  // null where there is none

    // Starts the workers.
    void start(std::size_t workers);
    void stop_workers();
    bool submit(Work& work);
    // The answer to work that was not taken; others who wait for its answer are given theirs.
    Output refusal(Work& work) const;
    std::size_t waiting() const { return readers_ ? readers_->waiting() + writers_->waiting() : 0; }
    std::uint64_t refused() const { return readers_ ? readers_->refused() + writers_->refused() : 0; }

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
    void run(Work& work);
    void land(Work& work);
    // The answer to `work`; others who wait for its answer are given theirs.
    Output failure(Work& work, int status, std::string_view reason) const;
    Output answer(const Request& request) const;
    Response respond(const Request& request) const;
    Response error_response(int status, std::string_view reason, const Request* request) const;

    Options options_;
    Handler handler_;
    std::unique_ptr<AccessLog> access_log_;
    std::unique_ptr<WorkerPool<Work>> readers_, writers_;
    std::atomic<bool> stopping_ = false;
    std::atomic<Instant::rep> cut_at_ = 0;
    std::atomic<std::size_t> connections_ = 0;
    std::atomic<Instant::rep> report_again_at_ = 0;
    std::mutex groups_mutex_;
    std::unordered_map<std::string, std::size_t> groups_;
};

}  // namespace stele::http
