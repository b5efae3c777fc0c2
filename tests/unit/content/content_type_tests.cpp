#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "src/content/content_type.hpp"

using namespace stele;
using namespace stele::content;
namespace json = boost::json;

namespace {

// "/fields/date field.date, …"
std::string listed(const FieldErrors& errors) {
    std::string text;
    for (const auto& error : errors) text += (text.empty() ? "" : ", ") + error.pointer + " " + error.message;
    return text;
}

const char* const all_kinds = R"(
missing = "omit"
[[field]]
name = "teaser"
localized = true
required = true
max = 10
[[field]]
name = "code"
required = true
max = 3
[[field]]
name = "day"
kind = "date"
[[field]]
name = "until"
kind = "date"
[[field]]
name = "days"
kind = "date-range"
from = "day"
to = "until"
[[field]]
name = "period"
kind = "date-range"
[[field]]
name = "count"
kind = "number"
[[field]]
name = "tags"
kind = "list"
max = 2
[[field]]
name = "people"
kind = "rows"
columns = ["name", "role"]
)";

const ContentType& sample() {
    static const ContentTypes types = ContentTypes::load({{"page", ""}, {"sample", all_kinds}});
    return *types.find("sample");
}

std::string shared(std::string_view text) {
    return listed(check_shared_fields(sample(), json::parse(text).as_object()));
}
std::string localized(std::string_view text, bool is_source) {
    return listed(check_localized_fields(sample(), json::parse(text).as_object(), is_source));
}

std::string load_error(const std::string& toml) {
    try {
        ContentTypes::load({{"page", toml}});
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(content_types)

BOOST_AUTO_TEST_CASE(the_built_in_ones_are_there) {
    const auto types = ContentTypes::built_in();
    for (const char* name : {"page", "news", "press-release", "statement", "hub", "event"})
        BOOST_TEST(types.find(name), name);
    BOOST_TEST(types.find("unknown") == nullptr);
    BOOST_TEST(types.find_or_page("unknown").name == "page");
    BOOST_TEST((types.find("statement")->find("signatories")->kind == FieldKind::rows));
    BOOST_TEST(types.find("press-release")->find("event_place")->localized);
}

BOOST_AUTO_TEST_CASE(an_override_replaces_one_and_adds_another) {
    const auto types = ContentTypes::built_in({{"news", "missing = \"omit\""}, {"recipe", ""}});
    BOOST_TEST((types.find("news")->missing == Missing::omit));
    BOOST_TEST(types.find("news")->fields.empty());
    BOOST_TEST(types.find("recipe"));
    BOOST_TEST(types.find("hub"));
}

BOOST_AUTO_TEST_CASE(shared_fields_that_fit) {
    BOOST_TEST(
        shared(R"({"code": "ab\u00e5", "day": "2023-10-10", "until": "2023-10-11", "count": 4.5, "tags": ["a", "b"],
        "period": {"start": "2023-10-10", "end": "2023-10-10"}, "people": [{"name": "A", "role": "B"}, "C"],
        "unknown-key": {"anything": [1, 2]}})") == "");
    BOOST_TEST(shared(R"({"code": "a", "day": null, "tags": [], "people": []})") == "");
}

BOOST_AUTO_TEST_CASE(shared_fields_that_do_not) {
    BOOST_TEST(shared("{}") == "/fields/code field.required");
    BOOST_TEST(shared(R"({"code": ""})") == "/fields/code field.required");
    BOOST_TEST(shared(R"({"code": "abcd"})") == "/fields/code field.too-long");
    BOOST_TEST(shared(R"({"code": 5})") == "/fields/code field.type");
    BOOST_TEST(shared(R"({"code": "a", "day": "2023-02-30"})") == "/fields/day field.date");
    BOOST_TEST(shared(R"({"code": "a", "day": "2023-10-11", "until": "2023-10-10"})") ==
               "/fields/until field.range-order");
    BOOST_TEST(shared(R"({"code": "a", "days": {"start": "2023-10-11"}})") == "/fields/days field.derived");
    BOOST_TEST(shared(R"({"code": "a", "period": {"start": "2023-10-11", "end": "2023-10-10"}})") ==
               "/fields/period/end field.range-order");
    BOOST_TEST(shared(R"({"code": "a", "period": {"start": 5, "to": 1}})") ==
               "/fields/period/start field.type, /fields/period/end field.required, /fields/period/to field.unknown");
    BOOST_TEST(shared(R"({"code": "a", "count": "4"})") == "/fields/count field.type");
    BOOST_TEST(shared(R"({"code": "a", "tags": ["a", "b", "c"]})") == "/fields/tags field.too-many");
    BOOST_TEST(shared(R"({"code": "a", "tags": ["a", 1]})") == "/fields/tags/1 field.type");
    BOOST_TEST(shared(R"({"code": "a", "people": [{"name": "A", "age": 4}, 5, {"role": {}}]})") ==
               "/fields/people/0/age field.unknown, /fields/people/1 field.type, /fields/people/2/role field.type");
    BOOST_TEST(shared(R"({"code": "a", "teaser": "x"})") == "/fields/teaser field.localized");
    BOOST_TEST(shared(R"({"code": "a", "a/b~c": 1})") == "/fields/a~1b~0c field.name");
}

BOOST_AUTO_TEST_CASE(localized_fields) {
    BOOST_TEST(localized(R"({"teaser": "short"})", true) == "");
    BOOST_TEST(localized("{}", false) == "");
    BOOST_TEST(localized("{}", true) == "/fields/teaser field.required");
    BOOST_TEST(localized(R"({"teaser": "more than ten"})", false) == "/fields/teaser field.too-long");
    BOOST_TEST(localized(R"({"teaser": 1, "code": "a", "other": "b"})", false) ==
               "/fields/teaser field.type, /fields/code field.shared, /fields/other field.unknown");
}

BOOST_AUTO_TEST_CASE(a_range_is_read_from_its_dates_or_its_value) {
    using namespace std::chrono;
    const auto object =
        json::parse(R"({"day": "2023-10-10", "until": "2023-10-11", "period": {"start": "2024-01-01"}})").as_object();
    const auto days = range_of(*sample().find("days"), object);
    BOOST_REQUIRE(days);
    BOOST_TEST((days->start == 2023y / 10 / 10 && days->end == 2023y / 10 / 11));
    const auto period = range_of(*sample().find("period"), object);
    BOOST_REQUIRE(period);
    BOOST_TEST((period->end == 2024y / 1 / 1));
    BOOST_TEST(!range_of(*sample().find("days"), json::object()));
}

BOOST_AUTO_TEST_CASE(mistakes_in_a_file_name_the_type_and_the_line) {
    BOOST_TEST(load_error("\nmissing = \"none\"") ==
               "content type page, line 2: \"missing\" is \"source\" or \"omit\"");
    BOOST_TEST(load_error("[[field]]\nkind = \"date\"").find("line 1: a field needs a short \"name\"") !=
               std::string::npos);
    BOOST_TEST(load_error("[[field]]\nname = \"a\"\nkind = \"color\"").find("\"kind\" is") != std::string::npos);
    BOOST_TEST(
        load_error("[[field]]\nname = \"a\"\nkind = \"date\"\nlocalized = true").find("only text and markdown") !=
        std::string::npos);
    BOOST_TEST(load_error("[[field]]\nname = \"a\"\n[[field]]\nname = \"a\"").find("twice") != std::string::npos);
    BOOST_TEST(load_error("[[field]]\nname = \"a\"\nmaximum = 5").find("line 3: unknown key \"maximum\"") !=
               std::string::npos);
    BOOST_TEST(load_error("[[field]]\nname = \"a\"\nmax = 0").find("from 1 to") != std::string::npos);
    BOOST_TEST(
        load_error("[[field]]\nname = \"a\"\nkind = \"date-range\"\nfrom = \"b\"\nto = \"c\"").find("no date field") !=
        std::string::npos);
    BOOST_TEST(load_error("[[field]\n").find("content type page, line 1") != std::string::npos);
    BOOST_CHECK_THROW(ContentTypes::load({{"news", ""}}), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
