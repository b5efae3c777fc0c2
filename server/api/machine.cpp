// POST …/translations/{locale}/machine: what it would cost, or the drafts themselves.
#include "server/api/machine.hpp"

#include <semaphore>

#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "server/machine/http_provider.hpp"
#include "src/machine/machine.hpp"

namespace stele::api {
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
machine::HttpProvider provider_of(const cli::Options& options) {
    const auto protocol = machine::protocol_named(options.machine_provider);
    if (!protocol || options.machine_url.empty()) throw Error(ErrorCode::conflict, "machine-none");
    return machine::HttpProvider({.protocol = *protocol, .url = options.machine_url, .key = options.machine_key});
}

void add_balance(boost::json::object& json, const machine::Balance& balance) {
    json["used"] = balance.used;
    json["left"] = nullptr;
    if (balance.left) json["left"] = *balance.left;
}

http::Response estimate(App& app, const Call& call, const machine::Budget& budget) {
    const auto made = machine::estimate(store_of(app), budget, article_of(app, call).id, locale_of(call));
    boost::json::object json{{"segments", made.segments}, {"words", made.words}};
    add_balance(json, made.balance);
    return json_response(200, json);
}

http::Response run(App& app, const Call& call, const machine::Budget& budget, const std::string& after) {
    auto provider = provider_of(app.options);
    const Turn turn;
    const auto made = machine::translate_missing(store_of(app, call), provider, budget, article_of(app, call).id,
                                                 locale_of(call), after, actor_of(call));
    boost::json::object json{{"filled", made.translated},
                             {"left_out", boost::json::value_from(made.left_out)},
                             {"missing", made.missing},
                             {"next", nullptr},
                             {"words", made.words}};
    add_balance(json, made.balance);
    if (made.next) json["next"] = *made.next;
    auto response = json_response(200, json);
    response.set("ETag", made.version.etag());
    return response;
}

}  // namespace

http::Response translate_by_machine(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::optional);
    Decoder d(body);
    const bool only_estimate = d.boolean("estimate").value_or(false);
    const auto after = d.text("after", Lines::one).value_or("");
    d.finish();
    std::string mistake;
    const auto budget = machine::Budget::parse(app.options.machine_words_per_month, mistake).value();
    return only_estimate ? estimate(app, call, budget) : run(app, call, budget, after);
}

}  // namespace stele::api
