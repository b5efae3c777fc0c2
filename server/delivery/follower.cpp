#include "server/delivery/follower.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stele::delivery {
namespace {

using Clock = std::chrono::steady_clock;

// Word may be lost, and on SQLite there is none.
constexpr std::chrono::milliseconds between_looks{250};

const Keys everything{std::string(site_key)};

}  // namespace

Follower::Follower(db::Database& database, Told told, Log log)
    : database_(database), told_(std::move(told)), log_(std::move(log)), news_(database.news()) {
    look_since(Clock::now());
    thread_ = std::thread([this] { run(); });
}

Follower::~Follower() {
    stopping_ = true;
    news_->wake();
    thread_.join();
}

void Follower::run() {
    while (true) {
        const auto word = news_->wait(between_looks);
        if (stopping_) return;
        // The server that comes back may be another, or may have forgotten what it had shown.
        if (word == db::News::Word::lost) begin_anew_ = true;
        look_since(Clock::now());
    }
}

void Follower::catch_up(db::Moment committed) {
    if (!look_since(committed)) told_(everything);
}

bool Follower::look_since(db::Moment moment) {
    std::unique_lock lock(mutex_);
    while (began_ < moment) {
        if (is_looking_) {
            looked_.wait(lock);
            continue;
        }
        is_looking_ = true;
        const auto began = Clock::now();
        lock.unlock();
        const bool saw = look();
        lock.lock();
        is_looking_ = false;
        began_ = began;
        saw_ = saw;
        looked_.notify_all();
    }
    return saw_;
}

bool Follower::look() {
    try {
        if (begin_anew_.exchange(false)) reader_.begin_anew();
        const auto news = database_.reading([&](db::Connection& c) { return reader_.read(c); });
        tell(news);
        count(news.changes.size(), false);
        report({});
        return true;
    } catch (const std::exception& fault) {
        // What is kept stays for readers: who could publish here cannot, either. It is all dropped at the next look.
        reader_.begin_anew();
        count(0, true);
        report(fault.what());
        return false;
    }
}

void Follower::count(std::size_t changes, bool failed) {
    const std::lock_guard lock(mutex_);
    ++counts_.looks;
    counts_.failures += failed;
    counts_.changes += changes;
    counts_.settled = reader_.settled();
}

Follower::Counts Follower::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

// Once each time it begins and ends.
void Follower::report(const std::string& fault) {
    if (log_ && fault_.empty() && !fault.empty()) log_(fmt::format("the log of changes cannot be read: {}", fault));
    if (log_ && !fault_.empty() && fault.empty()) log_("the log of changes is read again");
    fault_ = fault;
}

void Follower::tell(const storage::LogNews& news) {
    Keys keys;
    if (news.everything) keys = everything;
    for (const auto& change : news.changes)
        for (auto& key : keys_of_change(change.kind, change.article_id, change.locale)) keys.push_back(std::move(key));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    if (!keys.empty()) told_(keys);
}

}  // namespace stele::delivery
