#include "server/http/front.hpp"

#include "server/http/loop.hpp"

namespace stele::http {

namespace {

void reply(const Work& work, Output output) { work.loop->post(*work.connection, std::move(output)); }

}  // namespace

Front::Front(Options options, Handler handler) : options_(std::move(options)), handler_(std::move(handler)) {
    if (!options_.access_log) return;
    auto setting = *options_.access_log;
    if (!setting.report) setting.report = options_.log;
    access_log_ = std::make_unique<AccessLog>(std::move(setting));
}

void Front::start(std::size_t workers) {
    const auto run_one = [this](Work& work) { run(work); };
    const auto refuse_one = [this](Work& work) { reply(work, refusal(work)); };
    using Pool = WorkerPool<Work>;
    // The loops come first: with more work than the processors can do, requests would else wait unread, and nobody
    // learn that they are too many.
    constexpr int stand_back = 5;
    readers_ = std::make_unique<Pool>(
        Pool::Setting{workers, options_.queue, options_.read_patience, options_.standing_queue, stand_back}, run_one,
        refuse_one);
    // There are many of them, and readers are not to wait for what they compute. Most of their time is the disk's, and
    // who waits for it together shares its syncs: a standing queue is no sign of too much.
    writers_ = std::make_unique<Pool>(
        Pool::Setting{options_.writers, options_.queue, options_.write_patience, {}, 2 * stand_back}, run_one,
        refuse_one);
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

Output Front::refusal(Work& work) const { return failure(work, 503, "overloaded"); }

Output Front::failure(Work& work, int status, std::string_view reason) const {
    if (work.flight)
        for (const auto& other : options_.ready->disband(work))
            reply(other, error_output(status, reason, &other.request));
    return error_output(status, reason, &work.request);
}

void Front::run(Work& work) {
    if (work.flight)
        land(work);
    else
        reply(work, answer(work.request));
}

void Front::land(Work& work) {
    try {
        const auto respond_one = [this](const Request& request) { return respond(request); };
        for (auto& own : options_.ready->land(work, respond_one, reply))
            if (!submit(own)) reply(own, refusal(own));
    } catch (const std::exception&) {
        reply(work, failure(work, 500, "handler-failed"));
    }
}

Output Front::answer(const Request& request) const {
    try {
        return serialise(respond(request));
    } catch (const std::exception&) {
        return error_output(500, "handler-failed", &request);
    }
}

Response Front::respond(const Request& request) const {
    try {
        return handler_(request);
    } catch (const std::exception&) {
        return error_response(500, "handler-failed", &request);
    }
}

Response Front::error_response(int status, std::string_view reason, const Request* request) const {
    Response response{status, {}, {}};
    if (options_.error_response) response = options_.error_response(status, reason, request);
    if (status == 503 && response.header("Retry-After").empty()) response.set("Retry-After", "1");
    return response;
}

Output Front::error_output(int status, std::string_view reason, const Request* request) const {
    try {
        return serialise(error_response(status, reason, request));
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
