// Every message that the code names is in the catalog: an unknown key would be shown as it is.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "server/api/problem.hpp"
#include "server/make_app.hpp"

using namespace stele;

namespace {

App app_of_words() {
    App app;
    load_parts(app);
    return app;
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Calls `each` with every match in the sources of the product.
void for_each_match(const std::string& pattern,
                    const std::function<void(const std::filesystem::path&, const std::smatch&)>& each) {
    const std::regex regex(pattern);
    for (const auto* folder : {"src", "server"})
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(std::filesystem::path(STELE_SOURCE_DIR) / folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            const auto text = text_of(entry.path());
            for (auto it = std::sregex_iterator(text.begin(), text.end(), regex); it != std::sregex_iterator(); ++it)
                each(entry.path(), *it);
        }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(messages_of_field_errors_are_in_the_catalog) {
    const auto app = app_of_words();
    size_t found = 0;
    for_each_match(R"re("((?:field|segment|slug|key|locale)\.[a-z-]+)")re",
                   [&](const auto& file, const std::smatch& match) {
                       ++found;
                       BOOST_TEST(app.catalog->has(match[1].str()), match[1].str() << " in " << file.string());
                   });
    BOOST_TEST(found > 20u);
}

BOOST_AUTO_TEST_CASE(every_error_code_has_a_title_and_a_detail) {
    const auto app = app_of_words();
    for (int code = 0; code <= int(ErrorCode::request_timeout); ++code) {
        const auto name = std::string(name_of(ErrorCode(code)));
        BOOST_TEST(app.catalog->has("error." + name + ".title"), name);
        BOOST_TEST(app.catalog->has("error." + name + ".detail"), name);
        BOOST_TEST(api::status_of(ErrorCode(code)) >= 400, name);
    }
}

BOOST_AUTO_TEST_CASE(faults_of_ours_tell_nothing_about_us) {
    const auto app = app_of_words();
    const auto response =
        api::problem(app, Error(ErrorCode::internal, "nested-write", {{"table", std::string("segment")}}),
                     locale::Tag::stored("en"));
    BOOST_TEST(response.status == 500);
    BOOST_TEST(response.body.find("nested") == std::string::npos);
    BOOST_TEST(response.body.find("segment") == std::string::npos);
    BOOST_TEST(response.body.find("urn:stele:internal") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
