#include "tests/faults/expect.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "server/api/problem.hpp"
#include "server/make_app.hpp"

namespace stele::testing {
namespace {

const App& app_with_words() {
    static const auto app = [] {
        auto made = std::make_unique<App>();
        load_parts(*made);
        return made;
    }();
    return *app;
}

std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text) html += c == '"' ? std::string("&quot;") : c == '\'' ? "&#39;" : std::string(1, c);
    return html;
}

}  // namespace

void expect_problem(const test::HttpResponse& answer, ErrorCode code, const std::string& reason,
                    const std::string& language) {
    const Error error(code, reason);
    const auto tag = locale::Tag::stored(language);
    BOOST_TEST_INFO(answer.body);
    BOOST_TEST_REQUIRE(answer.status == api::status_of(code));
    BOOST_TEST(answer.header("Content-Type") == "application/problem+json");
    BOOST_TEST(answer.header("Content-Language") == language);
    // An unknown outcome is not to be repeated unasked.
    BOOST_TEST(answer.has_header("Retry-After") == (code != ErrorCode::outcome_unknown));
    const auto document = boost::json::parse(answer.body).as_object();
    BOOST_TEST(document.at("type").as_string() == api::type_of(error));
    BOOST_TEST(document.at("title").as_string() == api::title_of(app_with_words(), error, tag));
    BOOST_TEST(document.at("detail").as_string() == api::detail_of(app_with_words(), error, tag));
    // A reason with words of its own has them in this language, too.
    if (!reason.empty())
        BOOST_TEST(app_with_words().catalog->has(fmt::format("error.{}.{}.detail", name_of(code), reason)));
}

void expect_page(const test::HttpResponse& answer, ErrorCode code, const std::string& reason,
                 const std::string& language) {
    const auto detail = api::detail_of(app_with_words(), Error(code, reason), locale::Tag::stored(language));
    BOOST_TEST_INFO(answer.body);
    BOOST_TEST_REQUIRE(answer.status == api::status_of(code));
    BOOST_TEST(answer.header("Content-Type").starts_with("text/html"));
    BOOST_TEST(answer.body.find(escaped(detail)) != std::string::npos);
}

void expect_log(const std::string& log, const std::string& reason, const std::string& token) {
    BOOST_TEST_INFO(log);
    BOOST_TEST(log.find(reason) != std::string::npos);
    BOOST_TEST(log.find(text_of_users) == std::string::npos);
    BOOST_TEST(log.find(token) == std::string::npos);
}

std::string new_article(const std::string& key, std::size_t bytes) {
    std::string body;
    // In paragraphs of about two kilobytes.
    while (body.size() < bytes) body += text_of_users + (body.size() % 2'048 < 2'000 ? " " : "\n\n");
    const boost::json::object translation{{"title", text_of_users + " " + key}, {"body", body}};
    return boost::json::serialize(
        boost::json::object{{"key", key}, {"type", "page"}, {"source_locale", "en"}, {"translation", translation}});
}

}  // namespace stele::testing
