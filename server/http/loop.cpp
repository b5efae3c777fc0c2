#include "server/http/loop.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <system_error>

namespace stele::http {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t scratch_bytes = 64 * 1024;
constexpr std::size_t most_turned_away = 128;
constexpr int accepts_per_turn = 64;
constexpr auto pause_without_descriptors = 100ms;
constexpr auto idle_for_a_while = 1s;

// Key of the epoll event that is neither a connection nor a listener.
char wakeup_key;

Deadlines::Durations durations(const Limits& limits) {
    return {limits.head_time, limits.body_time, limits.write_time, limits.idle_time, 2s, 1s};
}

void watch(int epoll, int descriptor, std::uint32_t events, void* key) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = key;
    if (::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

std::uint64_t random_bits() {
    std::random_device device;
    return std::uint64_t(device()) << 32 | device();
}

void unwatch(int epoll, int descriptor) { ::epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nullptr); }

}  // namespace

Loop::Loop(Front& front, std::vector<Listener> listeners, std::size_t most_sockets)
    : front_(front),
      most_sockets_(most_sockets),
      listeners_(std::move(listeners)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wakeup_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      deadlines_(durations(front.limits())),
      scratch_(scratch_bytes),
      id_state_(random_bits()) {
    watch_listeners();
    watch(epoll_.get(), wakeup_.get(), EPOLLIN, &wakeup_key);
    update_clock();
}

Loop::~Loop() = default;

void Loop::wake() {
    const std::uint64_t one = 1;
    // The only failure is a counter that is full, and then the loop is awake already.
    [[maybe_unused]] const auto written = ::write(wakeup_.get(), &one, sizeof one);
}

bool Loop::pulse() {
    const bool turned = turned_.exchange(false, std::memory_order_relaxed);
    wake();
    return turned;
}

void Loop::post(Connection& connection, Output output) {
    bool first;
    {
        const std::lock_guard lock(inbox_mutex_);
        first = inbox_.empty();
        inbox_.push_back({&connection, std::move(output)});
    }
    if (first) wake();
}

void Loop::run() {
    while (!finished()) turn();
}

bool Loop::finished() const { return stop_seen_ && (connections_.empty() || now_ >= front_.cut_at()); }

void Loop::turn() {
    std::array<epoll_event, 256> events;
    const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout());
    turned_.store(true, std::memory_order_relaxed);
    update_clock();
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        if (const auto* listener = listener_of(event.data.ptr)) {
            accept_some(*listener, accepts_per_turn);
        } else if (event.data.ptr == &wakeup_key) {
            take_results();
        } else {
            auto& connection = *static_cast<Connection*>(event.data.ptr);
            contained(connection, [&] { connection.on_events(event.events); });
        }
    }
    turn_.swap(again_);
    for (auto* connection : turn_) contained(*connection, [&] { connection->read(); });
    turn_.clear();
    expire();
    resume_accepting();
    if (!stop_seen_ && front_.stopping()) begin_stop();
    bury();
}

// The last resort against our own faults (no memory): they end one connection, not the loop.
template <class Action>
void Loop::contained(Connection& connection, Action action) {
    try {
        if (!connection.closed()) action();
    } catch (const std::exception&) {
        if (!connection.working()) discard(connection);
    }
}

int Loop::timeout() const {
    if (!again_.empty()) return 0;
    auto until = deadlines_.next();
    const auto sooner = [&](Instant other) { until = until ? std::min(*until, other) : other; };
    if (paused_until_) sooner(*paused_until_);
    if (stop_seen_) sooner(front_.cut_at());
    if (!until) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 60'000));
}

void Loop::update_clock() {
    now_ = std::chrono::steady_clock::now();
    const auto seconds = std::time(nullptr);
    if (seconds == date_) return;
    date_ = seconds;
    date_line_ = "Date: " + http_date(seconds) + "\r\n";
}

// SplitMix64: it goes through all states and each gives another number, so that ids repeat neither here nor, in any
// time that matters, in another loop, which begins elsewhere.
void Loop::make_id(std::string& id) {
    constexpr std::string_view digits = "0123456789abcdef";
    auto bits = id_state_ += 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    bits ^= bits >> 31;
    id.resize(16);
    for (auto& c : id) {
        c = digits[bits & 15];
        bits >>= 4;
    }
}

void Loop::take_results() {
    std::uint64_t times = 0;
    // Before the inbox: what is posted after it is emptied wakes us again.
    [[maybe_unused]] const auto got = ::read(wakeup_.get(), &times, sizeof times);
    {
        const std::lock_guard lock(inbox_mutex_);
        results_.swap(inbox_);
    }
    for (auto& result : results_)
        contained(*result.connection, [&] { result.connection->on_result(std::move(result.output)); });
    results_.clear();
}

// EPOLLEXCLUSIVE: where loops share a socket, a newcomer wakes one of them.
void Loop::watch_listeners() {
    for (auto& listener : listeners_)
        watch(epoll_.get(), listener.impl()->sockfd(), EPOLLIN | EPOLLEXCLUSIVE, &listener);
}

void Loop::unwatch_listeners() {
    for (const auto& listener : listeners_) unwatch(epoll_.get(), listener.impl()->sockfd());
}

const Listener* Loop::listener_of(const void* key) const {
    for (const auto& listener : listeners_)
        if (&listener == key) return &listener;
    return nullptr;
}

void Loop::accept_some(const Listener& listener, int most) {
    auto error = AcceptError::none_waiting;
    for (int i = 0; i < most; ++i) {
        if (most_sockets_ != 0 && connections_.size() >= most_sockets_) return make_room();
        auto accepted = accept_one(listener, error);
        if (!accepted) {
            if (error == AcceptError::no_descriptors) make_room();
            return;
        }
        admit(std::move(*accepted));
    }
}

void Loop::admit(Accepted accepted) {
    auto& peer = accepted.peer;
    peer.trusted = peer.ip ? front_.proxies().trusts(*peer.ip) : front_.proxies().trusts_unix();
    // All clients of a proxy come from one address.
    if (peer.trusted) peer.group.clear();
    auto owned = std::make_unique<Connection>(*this, std::move(accepted));
    auto& connection = *owned;
    connection.counted = front_.admit(connection.peer().group);
    if (!connection.counted && turned_away_ == most_turned_away) return;
    if (!connection.counted) ++turned_away_;
    connection.index = connections_.size();
    connections_.push_back(std::move(owned));
    contained(connection, [&] {
        watch(epoll_.get(), connection.descriptor(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, &connection);
        if (connection.counted)
            connection.start();
        else
            connection.turn_away();
    });
}

// Out of descriptors: whoever has been idle for longest makes room; where nobody has for a while, as those who have
// just come and whose request is on its way, the newcomers wait in the kernel.
void Loop::make_room() {
    front_.report_no_descriptors(now_);
    if (auto* idle = deadlines_.oldest(Deadline::idle, now_ - idle_for_a_while))
        return discard(static_cast<Connection&>(*idle));
    unwatch_listeners();
    paused_until_ = now_ + pause_without_descriptors;
}

void Loop::resume_accepting() {
    if (!paused_until_ || now_ < *paused_until_) return;
    paused_until_.reset();
    if (!stop_seen_) watch_listeners();
}

void Loop::expire() {
    while (auto* due = deadlines_.take_due(now_)) {
        auto& connection = static_cast<Connection&>(*due);
        contained(connection, [&] { connection.on_deadline(); });
    }
}

void Loop::begin_stop() {
    stop_seen_ = true;
    // Whoever is in the kernel's queue has been told that the connection stands.
    for (const auto& listener : listeners_) accept_some(listener, std::numeric_limits<int>::max());
    // Closing is not enough: another loop may have a descriptor of the same socket, and its events would go on.
    if (!paused_until_) unwatch_listeners();
    for (auto& listener : listeners_) listener.close();
    listeners_.clear();
    paused_until_.reset();
    std::vector<Connection*> all;
    for (const auto& connection : connections_) all.push_back(connection.get());
    for (auto* connection : all) contained(*connection, [&] { connection->on_stop(); });
}

void Loop::discard(Connection& connection) {
    if (connection.closed()) return;
    deadlines_.disarm(connection);
    connection.close();
    if (connection.counted)
        front_.release(connection.peer().group);
    else
        --turned_away_;
    const auto index = connection.index;
    graveyard_.push_back(std::move(connections_[index]));
    if (index + 1 != connections_.size()) {
        connections_[index] = std::move(connections_.back());
        connections_[index]->index = index;
    }
    connections_.pop_back();
}

// Events of this turn may still have named a connection that one of them ended.
void Loop::bury() {
    if (graveyard_.empty()) return;
    std::erase_if(again_, [](const Connection* connection) { return connection->closed(); });
    graveyard_.clear();
}

}  // namespace stele::http
