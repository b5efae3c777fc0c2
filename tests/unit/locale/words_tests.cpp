// The files in locales/: what the server and the studio say.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <regex>
#include <sstream>

#include "src/base/embedded.hpp"
#include "src/base/error.hpp"
#include "src/locale/catalog.hpp"
#include "src/locale/text.hpp"

using namespace stele;
using namespace stele::locale;

namespace {

std::map<std::string, std::string> files() {
    std::map<std::string, std::string> all;
    for (const auto& file : embedded::list("locales/")) {
        const std::string name(file.name.substr(8));
        if (name.ends_with(".json")) all.emplace(name.substr(0, name.size() - 5), file.text);
    }
    return all;
}

const Catalog& words() {
    static const Catalog catalog(files());
    return catalog;
}

// As they stand in the file, which a JSON object does not tell: order and repetition.
std::vector<std::string> keys_as_written(const std::string& json) {
    std::vector<std::string> keys;
    std::istringstream lines(json);
    const std::regex entry("^  \"([^\"]+)\": ");
    std::smatch match;
    for (std::string line; std::getline(lines, line);)
        if (std::regex_search(line, match, entry)) keys.push_back(match[1]);
    return keys;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words_of_the_product)

BOOST_AUTO_TEST_CASE(are_there_in_four_languages) {
    BOOST_TEST(words().has("page.not-found.title"));
    BOOST_TEST(words().tags() == (std::vector<std::string>{"ar", "de", "en", "nb"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_sorted_and_said_once) {
    for (const auto& [name, json] : files()) {
        const auto keys = keys_as_written(json);
        BOOST_TEST(keys.size() > 100u);
        for (size_t i = 1; i < keys.size(); ++i) BOOST_TEST((keys[i - 1] < keys[i]), name << ": " << keys[i]);
    }
}

BOOST_AUTO_TEST_CASE(have_the_same_keys_and_arguments_in_every_language) {
    const auto keys = words().keys("en");
    for (const auto& language : words().tags()) {
        BOOST_TEST(words().keys(language) == keys, boost::test_tools::per_element());
        for (const auto& key : keys) {
            BOOST_TEST_CONTEXT(language << " " << key)
            BOOST_TEST(words().arguments(language, key) == words().arguments("en", key),
                       boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(have_every_plural_form_of_the_language) {
    for (const auto& language : words().tags())
        for (const auto& key : words().keys(language))
            for (const auto& missing : words().missing_plurals(language, key))
                BOOST_ERROR(language << " " << key << " lacks " << missing);
}

BOOST_AUTO_TEST_CASE(are_tidy_text) {
    for (const auto& [language, json] : files()) {
        BOOST_TEST((is_utf8(json) && nfc(json) == json), language);
        const auto parsed = boost::json::parse(json);
        for (const auto& [key, value] : parsed.get_object()) {
            const std::string text(value.as_string());
            // The lines of a letter are lines of text.
            std::istringstream lines(text);
            for (std::string line; std::getline(lines, line);)
                BOOST_TEST(normalize_space(line) == line, language << " " << key << ": " << line);
            BOOST_TEST((!text.empty() && !text.starts_with('\n') && !text.ends_with('\n')), language << " " << key);
        }
    }
}

BOOST_AUTO_TEST_CASE(name_every_error) {
    for (int code = 0; code <= int(ErrorCode::request_timeout); ++code) {
        const std::string name(name_of(ErrorCode(code)));
        BOOST_TEST(words().has("error." + name + ".title"), name);
        BOOST_TEST(words().has("error." + name + ".detail"), name);
        BOOST_TEST(words().arguments("en", "error." + name + ".title").empty(), name);
        BOOST_TEST(words().arguments("en", "error." + name + ".detail").empty(), name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
