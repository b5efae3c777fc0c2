#include "tests/hostile/site.hpp"

#include <cstdio>
#include <mutex>

#include "server/front_error.hpp"
#include "server/routes.hpp"
#include "tests/support/json_schema.hpp"

namespace stele::testing {
namespace {

http::Options front_options(const App& app) {
    http::Options options;
    options.listen = "127.0.0.1:0";
    options.loops = 1;
    options.workers = 4;
    options.limits.body_bytes = size_t(app.options.max_body_bytes);
    options.error_response = [&app](int status, std::string_view reason, const http::Request* request) {
        return front_error(app, status, reason, request);
    };
    return options;
}

// Each remedy that a case asks for, as a Norwegian is told it.
const std::map<std::string, std::string> norwegian{
    {"Add it first", "Legg det til først"},
    {"Allow header", "Allow-feltet"},
    {"Ask an administrator", "administrator"},
    {"At most", "Høyst"},
    {"Choose another", "Velg"},
    {"Compare both texts", "Sammenlign tekstene"},
    {"Divide the text", "Fordel teksten"},
    {"Encode it as UTF-8", "Kod den som UTF-8"},
    {"Give the article another one first", "Gi artikkelen en annen først"},
    {"Leave it out", "Utelat det"},
    {"Leave one", "Utelat det ene"},
    {"Read its segments again", "Les segmentene på nytt"},
    {"Reload the page", "Last inn siden"},
    {"Send it flatter", "Send den med færre"},
    {"Send less at once", "Send mindre om gangen"},
    {"Shorten it", "kortere"},
    {"Sign in again", "Logg inn igjen"},
    {"Start from its first page", "Begynn på første side"},
    {"Start from the first page", "Begynn på første side"},
    {"Take it out", "Ta det bort"},
    {"Write a date", "Skriv datoen"},
    {"Write it", "Skriv den"},
    {"a list", "en liste"},
    {"a number", "et tall"},
    {"a whole number", "et heltall"},
    {"an object", "et objekt"},
    {"another source language", "et annet kildespråk"},
    {"application/json", "application/json"},
    {"at least one letter", "minst én bokstav"},
    {"belongs to the article", "hører til artikkelen"},
    {"belongs to the translations", "hører til oversettelsene"},
    {"between 0 and", "mellom 0 og"},
    {"between 0 and 9", "mellom 0 og 9"},
    {"between 1 and 200", "mellom 1 og 200"},
    {"enable it first", "slå det på først"},
    {"fi is not enabled on this site. An administrator", "fi er ikke slått på for dette nettstedet. En administrator"},
    {"has to be an object", "må være et objekt"},
    {"has to be filled in", "må fylles ut"},
    {"has to be text", "må være tekst"},
    {"its number", "nummeret"},
    {"letters, digits, hyphens", "bokstaver, tall, bindestreker"},
    {"lies before the start", "ligger før starten"},
    {"list of revisions", "listen over versjoner"},
    {"lower-case", "små bokstaver"},
    {"lower-case letters", "små bokstaver"},
    {"more than once", "mer enn én gang"},
    {"nothing to translate", "ingenting å oversette"},
    {"one entity tag in double quotes", "ett entitetsmerke i doble anførselstegn"},
    {"one of: 0, 1", "en av: 0, 1"},
    {"one of: aligned, independent", "en av: aligned, independent"},
    {"one of: none", "en av: none"},
    {"one of: published", "en av: published"},
    {"one of: title, published", "en av: title, published"},
    {"one of: title, words, age, priority", "en av: title, words, age, priority"},
    {"one of: untranslated", "en av: untranslated"},
    {"only letters, digits", "bare bokstaver, tall"},
    {"send its ETag in an If-Match", "sende ETag-en i et If-Match-felt"},
    {"stays enabled", "er nettstedets standardspråk og forblir slått på"},
    {"such as nb", "som nb"},
    {"text", "tekst"},
    {"true or false", "true eller false"},
    {"until an editor has restored", "til en redaktør har gjenopprettet"},
    {"worked out", "regnes ut"},
    {"valid JSON, from byte", "fra og med byte"},
};

// The text of the mistake in that place; empty when no mistake is there.
std::string text_at(const boost::json::value& problem, const std::string& place) {
    if (place.empty()) return std::string(problem.at("detail").as_string());
    const auto space = place.find(' ');
    const auto kind = place.substr(0, space), name = place.substr(space + 1);
    const auto* errors = problem.as_object().if_contains("errors");
    if (!errors) return {};
    for (const auto& error : errors->as_array()) {
        const auto* found = error.as_object().if_contains(kind);
        if (found && *found == boost::json::value(name)) return std::string(error.at("detail").as_string());
    }
    return {};
}

// Of the row that the request has found: a status or a member that it does not list is a mistake of ours.
void check_description(HostileSite& site, const Case& c, const test::HttpResponse& response) {
    static const auto document = boost::json::parse(site.app.openapi);
    http::Request request;
    try {
        request = http::request_for(c.method, c.target);
    } catch (const std::invalid_argument&) {
        return;  // refused by the front, before there is a row
    }
    const auto found = routes().find(c.method, request.path);
    for (const auto& route : routes().routes()) {
        if (found.value != &route.value || route.value.audience != Audience::program) continue;
        for (const auto& mistake : answer_mistakes(document, route.method, route.pattern, response.status,
                                                   std::string(response.header("Content-Type")), response.body))
            BOOST_ERROR("against openapi.yaml: " << mistake);
    }
}

struct Counted {
    size_t cases = 0, answers = 0;
    ~Counted() { std::printf("%zu hostile requests, %zu answers\n", cases, answers); }
};
Counted counted;

}  // namespace

HostileSite::HostileSite(Db& db)
    : TestSite(db),
      server_(front_options(app), [this](const http::Request& request) { return dispatch(app, request); }),
      client_([this] {
          server_.start();
          return server_.port();
      }()) {
    app.options.base_url.clear();  // plain http: the session's cookie has its plain name
    app.log = [this](std::string_view line) {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back(line);
    };
}

HostileSite::~HostileSite() { server_.stop(std::chrono::seconds(5)); }

std::vector<std::string> HostileSite::lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
}

test::HttpResponse HostileSite::send(const std::string& method, const std::string& target, const std::string& as,
                                     const std::string& body, test::Headers headers) {
    if (!as.empty()) headers.emplace_back("Authorization", "Bearer " + as);
    const bool typed =
        std::any_of(headers.begin(), headers.end(), [](const auto& h) { return h.first == "Content-Type"; });
    if (!body.empty() && !typed) headers.emplace_back("Content-Type", "application/json");
    return client_.request(method, target, headers, body);
}

void check_refusal(HostileSite& site, const Case& expected, const test::HttpResponse& response,
                   const std::string& language) {
    ++counted.answers;
    const auto shown = response.body.substr(0, 600);
    BOOST_TEST(response.status == expected.status, response.status << " " << shown);
    BOOST_TEST(response.header("Content-Type") == "application/problem+json", shown);
    if (response.header("Content-Type") != "application/problem+json") return;
    const auto problem = boost::json::parse(response.body);
    BOOST_TEST(std::string(problem.at("type").as_string()) == "urn:stele:" + expected.type, shown);
    BOOST_TEST(problem.at("status").to_number<int>() == response.status);
    BOOST_TEST(response.header("Cache-Control") == "no-store");
    BOOST_TEST(response.header("Content-Language") == language);
    const auto text = text_at(problem, expected.place);
    BOOST_TEST(!text.empty(), "nothing is said of " << expected.place << " in " << shown);
    const auto words = language == "en"                 ? expected.says
                       : norwegian.count(expected.says) ? norwegian.at(expected.says)
                                                        : "?";
    BOOST_TEST(text.find(words) != std::string::npos, "no \"" << words << "\" in " << shown);
    check_description(site, expected, response);
}

void refuse_all(HostileSite& site, const std::vector<Case>& cases) {
    std::vector<std::string> tokens;
    for (const auto& c : cases) tokens.push_back(c.who.role ? site.token(*c.who.role, c.who.locales) : std::string());
    const auto before = site.dump();
    for (size_t i = 0; i < cases.size(); ++i) {
        const auto& c = cases[i];
        ++counted.cases;
        for (const std::string language : {"en", "nb"}) {
            BOOST_TEST_CONTEXT(c.name << " (" << language << "): " << c.method << " " << c.target.substr(0, 200)) {
                auto headers = c.headers;
                headers.emplace_back("Accept-Language", language);
                const auto response = site.send(c.method, c.target, tokens[i], c.body, headers);
                check_refusal(site, c, response, language);
            }
        }
        BOOST_TEST_CONTEXT(c.name << ": " << c.method << " " << c.target.substr(0, 200)) {
            const auto after = site.dump();
            BOOST_TEST((after == before), difference(before, after));
        }
    }
}

}  // namespace stele::testing
