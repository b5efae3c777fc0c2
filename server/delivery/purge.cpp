#include "server/delivery/purge.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "server/delivery/post.hpp"
#include "src/base/time.hpp"

namespace stele::delivery {
namespace {

// What a receiver has to be told.
struct Load {
    std::set<std::string> keys;
    bool all = false;

    bool empty() const { return !all && keys.empty(); }
    std::size_t size() const { return all ? 1 : keys.size(); }
    void add(const Keys& more, std::size_t most) {
        if (!all) keys.insert(more.begin(), more.end());
        if (all || keys.size() > most || keys.count(std::string(site_key)) > 0) *this = {{}, true};
    }
    std::string body() const {
        if (all) return boost::json::serialize(boost::json::object{{"all", true}});
        return boost::json::serialize(boost::json::object{{"keys", boost::json::array(keys.begin(), keys.end())}});
    }
};

}  // namespace

std::string signature(std::string_view secret, std::int64_t seconds, std::string_view body) {
    const auto bytes = [](std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); };
    const auto begin = fmt::format("{}.", seconds);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
    crypto_auth_hmacsha256_update(&state, bytes(begin), begin.size());
    crypto_auth_hmacsha256_update(&state, bytes(body), body.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac;
    crypto_auth_hmacsha256_final(&state, mac.data());
    return fmt::format("t={},v1={:02x}", seconds, fmt::join(mac, ""));
}

// One address with its thread, so that one that does not answer holds up no other.
class PurgeHook::Receiver {
  public:
    Receiver(const PurgeOptions& options, const std::string& url)
        : options_(options), post_(url, options.trusted, options.answer_within), waiting_{{}, true}, thread_([this] {
              run();
          }) {}
    ~Receiver() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    void add(const Keys& keys) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.add(keys, options_.most_keys);
        }
        changed_.notify_one();
    }
    void add_to(Counts& counts) const {
        const std::lock_guard lock(mutex_);
        counts.delivered += delivered_;
        counts.failed += failed_;
        counts.waiting += waiting_.size();
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        auto delay = options_.first_delay;
        while (true) {
            changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty() || (stopping_ && is_failing_)) return;
            const bool done = deliver(lock);
            const auto pause = done ? options_.pause : delay;
            delay = done ? options_.first_delay : std::min(2 * delay, options_.longest_delay);
            changed_.wait_for(lock, pause, [this] { return stopping_; });
        }
    }

    // What was not taken goes back to what has come meanwhile: nothing is told before what happened earlier.
    bool deliver(std::unique_lock<std::mutex>& lock) {
        auto load = std::exchange(waiting_, {});
        lock.unlock();
        const auto body = load.body();
        const auto seconds = micros(system_now()) / 1'000'000;
        const auto fault = post_.send(body, signature(options_.secret, seconds, body));
        lock.lock();
        if (fault.empty()) {
            ++delivered_;
        } else {
            ++failed_;
            if (load.all) load.keys.insert(std::string(site_key));
            waiting_.add({load.keys.begin(), load.keys.end()}, options_.most_keys);
        }
        report(fault);
        return fault.empty();
    }

    // Once each time it begins and ends; the path of the address may hold a secret.
    void report(const std::string& fault) {
        const bool changed = is_failing_ == fault.empty();
        is_failing_ = !fault.empty();
        if (!changed || !options_.log) return;
        if (is_failing_)
            options_.log(fmt::format("purge hook {}: {}; it is tried again", post_.host(), fault));
        else
            options_.log(fmt::format("purge hook {}: delivered again", post_.host()));
    }

    const PurgeOptions& options_;
    Post post_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Load waiting_;
    bool stopping_ = false, is_failing_ = false;
    std::uint64_t delivered_ = 0, failed_ = 0;
    std::thread thread_;  // last: it uses all of the above
};

PurgeHook::PurgeHook(PurgeOptions options) : options_(std::move(options)) {
    for (const auto& url : options_.urls) receivers_.push_back(std::make_unique<Receiver>(options_, url));
}

PurgeHook::~PurgeHook() = default;

void PurgeHook::add(const Keys& keys) {
    for (const auto& receiver : receivers_) receiver->add(keys);
}

PurgeHook::Counts PurgeHook::counts() const {
    Counts counts;
    for (const auto& receiver : receivers_) receiver->add_to(counts);
    return counts;
}

}  // namespace stele::delivery
