#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "server/site/theme.hpp"
#include "server/views.hpp"

using namespace stele;

namespace {

namespace fs = std::filesystem;

// A folder of overrides that replaces templates and files of the theme.
class Overrides {
  public:
    Overrides() : folder_(fs::temp_directory_path() / fs::path("stele-views-XXXXXX")) {
        auto name = folder_.string();
        folder_ = ::mkdtemp(name.data());
        fs::create_directory(folder_ / "theme");
    }
    ~Overrides() { fs::remove_all(folder_); }
    Overrides(const Overrides&) = delete;
    Overrides& operator=(const Overrides&) = delete;

    cli::Options with(const std::string& file, const std::string& text) const {
        std::ofstream(folder_ / "theme" / file) << text;
        cli::Options options;
        options.overrides = folder_.string();
        return options;
    }

  private:
    fs::path folder_;
};

// What the start of the server would say of a template like this.
std::string mistake_in(const std::string& text) {
    const Overrides overrides;
    const ViewFolder folder{"theme", "config/theme/", "theme", site::theme_templates().names};
    try {
        const Views views(overrides.with("mine.mustache", text), std::span(&folder, 1));
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

std::string rendered(const std::string& text, const ViewData& data) {
    const Overrides overrides;
    const ViewFolder folder{"theme", "config/theme/", "theme", site::theme_templates().names};
    const Views views(overrides.with("mine.mustache", text), std::span(&folder, 1));
    return views.render("theme/mine", data);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(views)

BOOST_AUTO_TEST_CASE(a_mistake_in_a_template_is_found_at_start_and_named) {
    BOOST_TEST(mistake_in("{{title}} {{#items}}{{label}}{{/items}} {{! a remark }}") == "");
    BOOST_TEST(mistake_in("{{titel}}") == "template theme/mine: nothing is called \"titel\" here");
    BOOST_TEST(mistake_in("{{#titel}}{{/titel}}") == "template theme/mine: nothing is called \"titel\" here");
    BOOST_TEST(mistake_in("{{> nowhere}}") == "template theme/mine: there is no partial \"nowhere\"");
    BOOST_TEST(mistake_in("{{> mine}}") == "template theme/mine: its partials contain one another");
    BOOST_TEST(mistake_in("{{title") == "template theme/mine: a tag is not closed");
    BOOST_TEST(mistake_in("{{=<% %>=}}") == "template theme/mine: other delimiters than {{ }} are not taken");
    BOOST_TEST(mistake_in("{{#items}}").starts_with("template theme/mine: "));
}

BOOST_AUTO_TEST_CASE(text_cannot_be_shown_without_being_escaped) {
    const std::string refused = "template theme/mine: \"title\" is text and has to be escaped: {{title}}";
    BOOST_TEST(mistake_in("{{{title}}}") == refused);
    BOOST_TEST(mistake_in("{{&title}}") == refused);
    BOOST_TEST(mistake_in("{{{body_html}}}") == "");
    auto data = view_object();
    put(data, "title", "<b>\"Tom\" & 'Jerry'</b>");
    put(data, "body_html", "<p>{{title}}</p>");
    BOOST_TEST(rendered("{{title}} {{{body_html}}}", data) ==
               "&lt;b&gt;&quot;Tom&quot; &amp; &apos;Jerry&apos;&lt;/b&gt; <p>{{title}}</p>");
}

BOOST_AUTO_TEST_CASE(data_that_lack_a_name_are_a_mistake) {
    BOOST_CHECK_THROW(rendered("{{title}}", view_object()), std::logic_error);
    BOOST_CHECK_THROW(rendered("{{^title}}x{{/title}}", view_object()), std::logic_error);
    auto data = view_object();
    put(data, "title", false);
    BOOST_TEST(rendered("{{^title}}none{{/title}}", data) == "none");
}

BOOST_AUTO_TEST_CASE(a_partial_is_taken_from_the_same_folder) {
    auto mark = view_object();
    put(mark, "lang", "ar");
    put(mark, "dir", "rtl");
    auto data = view_object();
    put(data, "mark", std::move(mark));
    BOOST_TEST(rendered("<p{{> mark}}>", data) == "<p lang=\"ar\" dir=\"rtl\">");
}

BOOST_AUTO_TEST_CASE(a_file_of_the_overrides_replaces_one_of_the_theme) {
    const site::Theme built_in{cli::Options{}};
    const Overrides overrides;
    const site::Theme own(overrides.with("site.css", "body { color: black }"));
    BOOST_REQUIRE(own.find("site.css"));
    BOOST_TEST(own.find("site.css")->bytes == "body { color: black }");
    BOOST_TEST(own.address("site.css") != built_in.address("site.css"));
    const auto name = own.address("site.css").substr(std::string("/assets/").size());
    BOOST_TEST(own.find(name) == own.find("site.css"));
    BOOST_TEST(!built_in.find(name));
    BOOST_TEST(own.find("icon.svg"));
    for (const std::string none : {"", ".", "..", ".css", "site", "site..css", "mine.mustache"})
        BOOST_TEST(!own.find(none));
}

BOOST_AUTO_TEST_SUITE_END()
