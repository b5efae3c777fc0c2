#include "server/http/front.hpp"

#include "server/http/loop.hpp"

namespace stele::http {

Front::Front(Options options, Handler handler) : options_(std::move(options)), handler_(std::move(handler)) {}

void Front::start(std::size_t workers) {
    const auto run_one = [this](Work& work) { run(work); };
    readers_ = std::make_unique<WorkerPool<Work>>(workers, options_.queue, run_one);
    // There are many of them, and readers are not to wait for what they compute.
    constexpr int niceness = 5;
    writers_ = std::make_unique<WorkerPool<Work>>(options_.writers, options_.queue, run_one, niceness);
}

// Who writes waits for the disk, or for a lock of another process; who reads need not.
bool Front::submit(Work& work) {
    const auto& method = work.request.method;
    return (method == "GET" || method == "HEAD" ? readers_ : writers_)->submit(work);
}

void Front::stop_workers() {
    if (readers_) readers_->stop();
    if (writers_) writers_->stop();
}

void Front::run(Work& work) const { work.loop->post(*work.connection, answer(work.request)); }

Output Front::answer(const Request& request) const {
    try {
        return serialise(handler_(request));
    } catch (const std::exception&) {
        return error_output(500, "handler-failed", &request);
    }
}

Output Front::error_output(int status, std::string_view reason, const Request* request) const {
    Response response{status, {}, {}};
    try {
        if (options_.error_response) response = options_.error_response(status, reason, request);
        if (status == 503 && response.header("Retry-After").empty()) response.set("Retry-After", "1");
        return serialise(std::move(response));
    } catch (const std::exception&) {
        return serialise({status, {}, {}});
    }
}

bool Front::admit(const std::string& group) {
    const auto open = connections_.fetch_add(1, std::memory_order_relaxed);
    if (limits().connections != 0 && open >= limits().connections) {
        connections_.fetch_sub(1, std::memory_order_relaxed);
        return false;
    }
    if (limits().connections_per_address == 0 || group.empty()) return true;
    const std::lock_guard lock(groups_mutex_);
    auto& count = groups_[group];
    if (count >= limits().connections_per_address) {
        connections_.fetch_sub(1, std::memory_order_relaxed);
        return false;
    }
    ++count;
    return true;
}

void Front::release(const std::string& group) {
    connections_.fetch_sub(1, std::memory_order_relaxed);
    if (limits().connections_per_address == 0 || group.empty()) return;
    const std::lock_guard lock(groups_mutex_);
    const auto found = groups_.find(group);
    if (found != groups_.end() && --found->second == 0) groups_.erase(found);
}

void Front::report_no_descriptors(Instant now) {
    auto at = report_again_at_.load(std::memory_order_relaxed);
    const auto again = (now + std::chrono::minutes(1)).time_since_epoch().count();
    if (now.time_since_epoch().count() < at || !report_again_at_.compare_exchange_strong(at, again)) return;
    if (options_.log)
        options_.log(
            "out of open files: idle connections are closed and new ones wait; allow the process more open "
            "files (ulimit -n, LimitNOFILE), or fewer connections (max_connections)");
}

void Front::begin_stop(Instant cut_at) {
    cut_at_.store(cut_at.time_since_epoch().count(), std::memory_order_relaxed);
    stopping_.store(true, std::memory_order_release);
}

}  // namespace stele::http
