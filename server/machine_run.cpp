#include "server/machine_run.hpp"

#include <semaphore>

#include "server/machine/http_provider.hpp"

namespace stele::machine {
namespace {

// Runs at a time. Each holds one of the workers that saves wait for, for as long as the service lets it wait.
constexpr int most_runs = 3;
constexpr std::int64_t seconds_to_wait = 5;

class Turn {
  public:
    Turn() {
        if (!turns().try_acquire()) throw Error(ErrorCode::overloaded, "machine-busy", {{"seconds", seconds_to_wait}});
    }
    ~Turn() { turns().release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    static std::counting_semaphore<most_runs>& turns() {
        static std::counting_semaphore<most_runs> free{most_runs};
        return free;
    }
};

// Throws conflict where no service is configured.
HttpProvider provider_of(const cli::Options& options) {
    const auto protocol = protocol_named(options.machine_provider);
    if (!protocol || options.machine_url.empty()) throw Error(ErrorCode::conflict, "machine-none");
    return HttpProvider({.protocol = *protocol, .url = options.machine_url, .key = options.machine_key});
}

}  // namespace

Budget budget_of(const cli::Options& options) {
    std::string mistake;
    return Budget::parse(options.machine_words_per_month, mistake).value();
}

Run run_for(App& app, const Call& call, ArticleId id, const locale::Tag& locale, const std::string& after) {
    auto provider = provider_of(app.options);
    const Turn turn;
    return translate_missing(store_of(app, call), provider, budget_of(app.options), id, locale, after, actor_of(call));
}

}  // namespace stele::machine
