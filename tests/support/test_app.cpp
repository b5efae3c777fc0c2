#include "tests/support/test_app.hpp"

#include <ostream>

#include "server/make_app.hpp"
#include "server/routes.hpp"
#include "src/accounts/tokens.hpp"
#include "src/worklist/locales.hpp"
#include "tests/support/json_schema.hpp"

namespace stele::testing {
namespace {

constexpr std::int64_t start = 1'795'320'000'000'000;  // 2026-11-22T04:00:00Z

const boost::json::value nothing;

void enable(const Store& store, const std::vector<std::string>& locales) {
    worklist::ensure_default_locale(store);
    int position = 0;
    for (const auto& text : locales) {
        const auto tag = locale::Tag::stored(text);
        // The default one exists; its version is what ensure_default_locale made.
        const auto expected = tag == store.default_locale ? std::optional<std::int64_t>(1) : std::nullopt;
        worklist::change_locale(store, tag, {.enabled = true, .fallback = std::nullopt, .position = position++},
                                expected, "test");
    }
}

std::string name_of(accounts::Role role, const std::vector<std::string>& locales) {
    std::string name(accounts::name_of(role));
    for (const auto& tag : locales) name += "-" + tag;
    return name;
}

}  // namespace

std::string to_text(const boost::json::value& value) { return boost::json::serialize(value); }

std::string Answer::header(std::string_view name) const {
    const http::Response fields{.status = status, .headers = headers, .body = {}};
    return std::string(fields.header(name));
}

const boost::json::value& Answer::operator[](std::string_view pointer) const {
    boost::json::error_code ec;
    const auto* found = json.find_pointer({pointer.data(), pointer.size()}, ec);
    return found ? *found : nothing;
}

std::string Answer::string(std::string_view pointer) const {
    const auto* found = (*this)[pointer].if_string();
    return found ? std::string(*found) : std::string();
}

std::int64_t Answer::integer(std::string_view pointer) const {
    const auto& value = (*this)[pointer];
    return value.is_int64() ? value.get_int64() : -1;
}

std::ostream& operator<<(std::ostream& out, const Answer& answer) { return out << answer.status << " " << answer.text; }

TestApp::TestApp(Db& db, std::vector<std::string> locales)
    : db_(db), micros_(std::make_shared<std::atomic<std::int64_t>>(start)) {
    db_.close();
    app.options.database = db.url();
    app.options.base_url = "https://stele.test";
    app.options.default_locale = locales.front();
    app.secret = "a secret of the tests";
    app.now = [micros = micros_] { return time_of(micros->fetch_add(1'000'000)); };
    app.log = [](std::string_view line) { BOOST_TEST_MESSAGE("log: " << line); };
    app.database = db::Database::open({.url = db.url()});
    load_parts(app);
    openapi_ = boost::json::parse(app.openapi);
    enable(store(), locales);
}

TestApp::~TestApp() { app.database.reset(); }

void TestApp::advance(std::chrono::microseconds by) { micros_->fetch_add(by.count()); }

std::string TestApp::token(accounts::Role role, const std::vector<std::string>& locales) {
    const auto name = name_of(role, locales);
    for (const auto& [known, secret] : tokens_)
        if (known == name) return secret;
    std::vector<locale::Tag> tags;
    for (const auto& text : locales) tags.push_back(locale::Tag::stored(text));
    tokens_.emplace_back(name,
                         accounts::create_token(store(), {.name = name, .grants = {{role, tags}}, .expires_at = {}}));
    return tokens_.back().second;
}

Answer TestApp::call(const std::string& method, const std::string& target, const std::string& as, std::string body,
                     Headers headers) {
    auto request = http::request_for(method, target);
    request.host = "stele.test";
    request.headers = std::move(headers);
    if (!as.empty()) request.headers.emplace_back("Authorization", "Bearer " + as);
    if (!body.empty() && !request.has_header("Content-Type"))
        request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    const auto response = dispatch(app, request);

    Answer answer{.status = response.status, .headers = response.headers, .text = response.body, .json = {}};
    if (answer.header("Content-Type").find("json") != std::string::npos) answer.json = boost::json::parse(answer.text);
    for (const auto& route : routes().routes()) {
        // Which row it was: the one that this path alone finds.
        const auto found = routes().find(method, request.path);
        if (found.value != &route.value || route.value.audience != Audience::program) continue;
        for (const auto& mistake : answer_mistakes(openapi_, route.method, route.pattern, answer.status,
                                                   answer.header("Content-Type"), answer.text))
            BOOST_ERROR(method << " " << target << " against openapi.yaml: " << mistake);
    }
    return answer;
}

}  // namespace stele::testing
