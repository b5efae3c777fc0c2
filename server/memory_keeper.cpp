#include "server/memory_keeper.hpp"

#include <fmt/format.h>

#include "src/accounts/secrets.hpp"

namespace stele {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto between_looks = std::chrono::milliseconds(300);
constexpr auto after_a_fault = std::chrono::seconds(5);

}  // namespace

MemoryKeeper::MemoryKeeper(App& app) : app_(app), follower_(accounts::make_secret()), thread_([this] { run(); }) {}

MemoryKeeper::~MemoryKeeper() {
    alarm_.stop();
    thread_.join();
}

void MemoryKeeper::run() {
    Steady::duration pause{};
    for (; !alarm_.stopped(); alarm_.wait(std::chrono::ceil<std::chrono::microseconds>(pause))) {
        const auto begin = Steady::now();
        try {
            const bool more = follower_.step(store_of(app_)).more;
            pause = more ? Steady::now() - begin : between_looks;
            fault_.clear();
        } catch (const std::exception& error) {
            // A fault that lasts, such as a database that may only be read, is said once.
            if (app_.log && fault_ != error.what()) app_.log(fmt::format("filling the memory: {}", error.what()));
            fault_ = error.what();
            pause = after_a_fault;
        }
    }
}

}  // namespace stele
