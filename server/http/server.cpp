#include "server/http/server.hpp"

#include <csignal>

#include "server/http/front.hpp"
#include "server/http/loop.hpp"

namespace stele::http {

namespace {

std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

// Threads started in its lifetime take no signals: those are the main thread's.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &former_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &former_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

  private:
    sigset_t former_;
};

}  // namespace

class Server::Impl {
  public:
    Impl(Options options, Handler handler) : front_(std::move(options), std::move(handler)) {}

    void start() {
        const auto& options = front_.options();
        open_listeners();
        const auto& listeners = listeners_->per_loop();
        // Shares: a loop whose connections are all idle would else keep what those of another one need.
        const auto sockets = options.limits.sockets;
        const auto share = sockets == 0 ? 0 : std::max<std::size_t>(1, sockets / listeners.size());
        for (const auto& own : listeners) loops_.push_back(std::make_unique<Loop>(front_, own, share));
        const SignalsBlocked blocked;
        front_.start(options.workers != 0 ? options.workers : std::max<std::size_t>(4, 2 * cores()));
        for (auto& loop : loops_) threads_.emplace_back([&loop] { loop->run(); });
    }

    void stop(std::chrono::milliseconds grace) {
        const std::lock_guard lock(stop_mutex_);
        front_.begin_stop(std::chrono::steady_clock::now() + grace);
        for (auto& loop : loops_) loop->wake();
        for (auto& thread : threads_) thread.join();
        threads_.clear();
        // Before the loops: a worker that is still busy posts its answer to one.
        front_.stop_workers();
        loops_.clear();
        if (listeners_) listeners_->close();
    }

    bool pulse() {
        bool alive = true;
        for (auto& loop : loops_) alive = loop->pulse() && alive;
        return alive;
    }

    std::map<Kind, Answered> traffic() const {
        std::map<Kind, Answered> sum;
        for (const auto& loop : loops_) loop->traffic().add_to(sum);
        return sum;
    }

    Front& front() { return front_; }
    const Listeners& listeners() const { return *listeners_; }

  private:
    void open_listeners() {
        const auto& options = front_.options();
        const auto loops = options.loops != 0 ? options.loops : cores();
        if (options.inherited.empty()) {
            listeners_ = std::make_unique<Listeners>(options.listen, options.unix_mode, loops);
            return;
        }
        std::vector<Descriptor> inherited;
        for (const int descriptor : options.inherited) inherited.emplace_back(descriptor);
        listeners_ = std::make_unique<Listeners>(std::move(inherited), loops);
    }

    Front front_;
    std::unique_ptr<Listeners> listeners_;
    std::mutex stop_mutex_;
    std::vector<std::unique_ptr<Loop>> loops_;
    std::vector<std::thread> threads_;
};

Server::Server(Options options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}
Server::~Server() { stop(std::chrono::milliseconds(0)); }
void Server::start() { impl_->start(); }
std::uint16_t Server::port() const { return impl_->listeners().port(); }
const std::vector<std::string>& Server::places() const { return impl_->listeners().places(); }
std::size_t Server::connections() const { return impl_->front().connections(); }
std::size_t Server::waiting() const { return impl_->front().waiting(); }
void Server::reopen_log() {
    if (auto* log = impl_->front().access_log()) log->reopen();
}
bool Server::pulse() { return impl_->pulse(); }
std::uint64_t Server::refused() const { return impl_->front().refused(); }
std::map<Kind, Answered> Server::traffic() const { return impl_->traffic(); }
void Server::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }

}  // namespace stele::http
