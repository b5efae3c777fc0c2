// The board of those who do much at once: how much was found, what is asked first, what is said afterwards.
#include <boost/test/unit_test.hpp>

#include "src/workflow/assignments.hpp"
#include "src/workflow/notifications.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/machine_stand_in.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto nb = locale::Tag::stored("nb"), ar = locale::Tag::stored("ar");

std::vector<ArticleId> add_many(TestSite& site, int count) {
    std::vector<ArticleId> ids;
    for (int i = 0; i < count; ++i) {
        editing::Changes texts;
        texts.title = "Extra " + std::to_string(100 + i);
        ids.push_back(editing::create_article(site.store(),
                                              {.key = "extra-" + std::to_string(i),
                                               .type = "event",
                                               .source_locale = locale::Tag::stored("en"),
                                               .shared = {},
                                               .translation = texts},
                                              "kari")
                          .id);
    }
    return ids;
}

std::string act(Person& person, const std::string& target, Fields fields, const std::vector<ArticleId>& ids = {}) {
    fields["csrf"] = fields_of(person.get("/studio").text, "/studio/sign-out")["csrf"];
    auto body = encoded(fields);
    for (const auto id : ids) body += "&article=" + std::to_string(number(id));
    const auto answer = person.post_raw(target, body);
    BOOST_TEST(answer.status == 200);
    return answer.text;
}

bool says(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

std::string link(const std::string& page, const std::string& rel) {
    const auto end = page.find("\" rel=\"" + rel + "\"");
    if (end == std::string::npos) return {};
    const auto begin = page.rfind("href=\"", end) + 6;
    return unescaped(page.substr(begin, end - begin));
}

size_t count_of(const std::string& page, const std::string& text) {
    size_t count = 0;
    for (size_t at = 0; (at = page.find(text, at)) != std::string::npos; ++at) ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(board)

STELE_ON_BOTH_DATABASES(says_how_many_it_finds_and_acts_on_all_of_them) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::translator, {"nb"});
    const auto ids = add_many(site, 60);
    const std::string found = "/studio/board?q=extra&type=event";
    const auto page = kari.get(found).text;
    BOOST_TEST(says(page, "60 articles"));
    BOOST_TEST(says(page, "All 60 that the filter finds"));
    BOOST_TEST(!says(kari.get("/studio/board?q=extra&assignee=omar").text, "that the filter finds"));
    const auto done = act(kari, found, {{"do", "assign"}, {"locale", "nb"}, {"account", "omar"}, {"all", "1"}});
    BOOST_TEST(says(done, "60 texts are assigned to omar."));
    for (const auto id : {ids.front(), ids.back()})
        BOOST_TEST(workflow::find_assignment(site.store(), id, nb).has_value());
    // To whoever gets it, it is one thing that happened, and leads to all of it.
    const auto home = omar.get("/studio").text;
    BOOST_TEST(says(home, "1 new notification"));
    BOOST_TEST(says(home, "<a href=\"/studio/board?in=nb&amp;assignee=omar\">"));
    BOOST_TEST(says(omar.get("/studio/notifications").text, "kari assigned you 60 texts to translate"));
    BOOST_TEST(count_of(omar.get("/studio/board?in=nb&assignee=omar").text, "<th scope=\"row\"") == 25u);
    BOOST_TEST(!says(omar.get("/studio").text, "1 new notification"));
}

STELE_ON_BOTH_DATABASES(leads_back_to_the_pages_before) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    add_many(site, 80);
    const std::string first = "/studio/board?type=event";
    const auto one = kari.get(first).text;
    const auto two = kari.get(link(one, "next")).text, three = kari.get(link(two, "next")).text;
    BOOST_TEST(link(one, "prev") == "");
    BOOST_TEST(link(two, "prev") == first);
    const auto back = kari.get(link(three, "prev")).text;
    BOOST_TEST(says(two, "Extra 140"));
    BOOST_TEST(says(back, "Extra 140"));
    BOOST_TEST(link(back, "prev") == first);
}

STELE_ON_BOTH_DATABASES(asks_once_before_many_are_published) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const std::vector<ArticleId> ids{site.welcome, site.about};
    const auto asked = act(kari, "/studio/board", {{"do", "publish"}, {"locale", "ar"}}, ids);
    BOOST_TEST(says(asked, "Publish 2 texts in Arabic?"));
    BOOST_TEST(!site.translation(site.welcome, "ar").published);
    const auto form = fields_of(asked.substr(asked.find("role=\"alert\"")), "/studio/board");
    BOOST_TEST(form.at("sure") == "1");
    BOOST_TEST(says(asked, "<option value=\"ar\" selected>"));
    act(kari, "/studio/board", {{"do", "publish"}, {"locale", "ar"}, {"sure", form.at("sure")}}, ids);
    BOOST_TEST(site.translation(site.welcome, "ar").published);
}

STELE_ON_BOTH_DATABASES(says_the_same_refusal_once_in_words_and_who_may_do_it) {
    TestSite site(db);
    Person ada(site, "ada", Role::admin), kari(site, "kari", Role::editor),
        omar(site, "omar", Role::translator, {"nb"});
    const auto page = ada.get("/studio/board").text;
    BOOST_TEST(says(page, "omar (Norwegian Bokmål)"));
    BOOST_TEST(says(page, "kari (all languages)"));
    const std::vector<ArticleId> ids{site.welcome, site.about, site.statement};
    const Fields fields{{"do", "assign"}, {"locale", "ar"}, {"account", "omar"}};
    const auto refused = act(ada, "/studio/board", fields, ids);
    BOOST_TEST(count_of(refused, "omar may not translate into Arabic.") == 1u);
    BOOST_TEST(says(refused, "3 texts: omar may not translate"));
    BOOST_TEST(!says(refused, "ask an administrator"));
    BOOST_TEST(says(act(kari, "/studio/board", fields, ids), "ask an administrator"));
}

STELE_ON_BOTH_DATABASES(tells_the_words_before_a_machine_translates_many) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"nb"});
    const std::string button = "value=\"machine\"";
    BOOST_TEST(!says(omar.get("/studio/board").text, button));
    MachineStandIn service;
    site.app.options.machine_provider = "deepl";
    site.app.options.machine_url = service.url();
    site.app.options.machine_key = "a-secret-key";
    BOOST_TEST(says(omar.get("/studio/board").text, button));
    const std::vector<ArticleId> ids{site.about, site.statement};
    Fields fields{{"do", "machine"}, {"locale", "nb"}};
    const auto asked = act(omar, "/studio/board", fields, ids);
    BOOST_TEST(says(asked, "translated into Norwegian Bokmål by a machine? It is "));
    BOOST_TEST(service.asked().empty());
    fields["sure"] = "1";
    BOOST_TEST(says(act(omar, "/studio/board", fields, ids), "translated by machine, in "));
    BOOST_TEST(!service.asked().empty());
    fields.erase("sure");
    BOOST_TEST(says(act(omar, "/studio/board", fields, ids), "Nothing is missing in what is chosen."));
}

BOOST_AUTO_TEST_SUITE_END()
