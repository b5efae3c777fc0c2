// Machine translation, against a service that speaks both protocols: what it may do, and what becomes of its faults.
#include <boost/test/unit_test.hpp>
#include <future>

#include "server/machine/http_provider.hpp"
#include "src/machine/machine.hpp"
#include "tests/support/machine_stand_in.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

using Mood = MachineStandIn::Mood;

struct Site : TestApp {
    explicit Site(Db& db, const std::string& protocol = "deepl") : TestApp(db) {
        app.options.machine_provider = protocol;
        app.options.machine_url = service.url();
        app.options.machine_key = "a-secret-key";
        Client editor(*this, accounts::Role::editor);
        const auto made = editor.post(
            "/api/v1/articles",
            to_text({{"key", "page"},
                     {"source_locale", "en"},
                     {"translation",
                      {{"title", "A page"},
                       {"body", "See **the [list](/list)** of {count} schools & more.\n\nOne sentence.\n\n2024\n"}}}}));
        BOOST_REQUIRE(made.status == 201);
    }
    MachineStandIn service;
    const std::string nb = "/api/v1/articles/page/translations/nb";

    Answer run(const std::string& body = "{}") {
        return Client(*this, accounts::Role::translator, {"nb"}).post(nb + "/machine", body);
    }
    // The text of a segment with who made it.
    std::string text(int segment) {
        const auto all = Client(*this, accounts::Role::translator).get(nb + "/segments");
        const auto item = "/items/" + std::to_string(segment) + "/target";
        return all.string(item + "/origin") + ": " + all.string(item + "/text");
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(translating_by_machine)

STELE_ON_BOTH_DATABASES(what_is_missing_becomes_a_draft) {
    Site site(db);
    Client editor(site, accounts::Role::editor);
    const auto estimate = site.run(R"({"estimate": true})");
    BOOST_TEST(estimate.integer("/segments") == 3);
    BOOST_TEST(estimate.integer("/words") == 11);
    BOOST_TEST(site.service.asked().empty());

    const auto made = site.run();
    BOOST_TEST(made.status == 200);
    BOOST_TEST(made.integer("/filled") == 3);
    BOOST_TEST(made.integer("/missing") == 1);  // "2024" is for a person
    BOOST_TEST(made.integer("/used") == 11);
    BOOST_TEST(site.text(0) == "machine: A PAGE");
    BOOST_TEST(site.text(1) == "machine: SEE **THE [LIST](/list)** OF {count} SCHOOLS & MORE.");
    BOOST_TEST(!editor.get(site.nb).json.at("published").as_bool());
    BOOST_TEST(site.run().integer("/filled") == 0);  // nothing is left for it

    const auto asked = site.service.asked().at(0);
    BOOST_TEST(asked.path == "/v2/translate");
    BOOST_TEST(asked.authorization == "DeepL-Auth-Key a-secret-key");
    BOOST_TEST(asked.body.find("a-secret-key") == asked.body.npos);
}

STELE_ON_BOTH_DATABASES(libretranslate_is_spoken_too) {
    Site site(db, "libretranslate");
    BOOST_TEST(site.run().integer("/filled") == 3);
    const auto asked = site.service.asked().at(0);
    BOOST_TEST(asked.path == "/translate");
    BOOST_TEST(asked.authorization == "");
    BOOST_TEST(asked.body.find(R"("api_key":"a-secret-key")") != asked.body.npos);
    BOOST_TEST(asked.body.find(R"("format":"html")") != asked.body.npos);
    BOOST_TEST(site.text(2) == "machine: ONE SENTENCE.");
}

STELE_ON_BOTH_DATABASES(a_persons_text_is_never_touched) {
    Site site(db);
    Client kari(site, accounts::Role::translator, {"nb"});
    BOOST_TEST(kari.patch(site.nb, R"({"segments": [{"id": "b2", "text": "Min setning."}]})").status == 200);
    BOOST_TEST(site.run().integer("/filled") == 2);
    BOOST_TEST(site.text(2) == "human: Min setning.");
}

STELE_ON_BOTH_DATABASES(a_segment_that_lost_its_marks_is_left_out_and_named) {
    Site site(db);
    for (const auto mood : {Mood::loses_marks, Mood::turns_marks}) {
        site.service.mood = mood;
        const auto made = site.run();
        BOOST_TEST(made.integer("/filled") == (mood == Mood::loses_marks ? 2 : 0));
        BOOST_TEST(made.string("/left_out/0") == "b1");
        BOOST_TEST(site.text(1) == ": ");
    }
}

STELE_ON_BOTH_DATABASES(its_faults_are_told_and_cost_nothing) {
    Site site(db);
    const std::vector<std::pair<Mood, std::string>> faults{
        {Mood::refuses, "machine-refused"},      {Mood::out_of_quota, "machine-quota"},
        {Mood::no_language, "machine-language"}, {Mood::broken, "machine-down"},
        {Mood::garbled, "machine-garbled"},      {Mood::one_short, "machine-garbled"}};
    for (const auto& [mood, reason] : faults) {
        site.service.mood = mood;
        const auto answer = site.run();
        BOOST_TEST(answer.status == 503);
        BOOST_TEST(answer.string("/type") == "urn:stele:" + reason);
        BOOST_TEST(answer.text.find("a-secret-key") == answer.text.npos);
    }
    const auto estimate = site.run(R"({"estimate": true})");
    BOOST_TEST(estimate.integer("/used") == 0);
    BOOST_TEST(estimate.integer("/segments") == 3);
    site.app.options.machine_url = "http://127.0.0.1:1";
    BOOST_TEST(site.run().string("/type") == "urn:stele:machine-down");
    site.app.options.machine_provider.clear();
    BOOST_TEST(site.run().status == 409);
}

STELE_ON_BOTH_DATABASES(the_budget_of_a_language_holds) {
    Site site(db);
    site.app.options.machine_words_per_month = "500, nb=10";
    const auto refused = site.run();
    BOOST_TEST(refused.status == 409);
    BOOST_TEST(refused.string("/type") == "urn:stele:machine-budget");
    BOOST_TEST(site.service.asked().empty());
    site.app.options.machine_words_per_month = "11";
    BOOST_TEST(site.run().integer("/left") == 0);
    // Another language has its own, and so has the next month.
    Client ar(site, accounts::Role::translator, {"ar"});
    BOOST_TEST(ar.post("/api/v1/articles/page/translations/ar/machine", "{}").integer("/filled") == 3);
    site.advance(std::chrono::hours(24 * 15));
    BOOST_TEST(site.run(R"({"estimate": true})").integer("/left") == 11);
}

STELE_ON_BOTH_DATABASES(a_service_that_is_silent_holds_few_at_a_time) {
    Site site(db);
    site.service.mood = Mood::silent;
    Client nils(site, accounts::Role::translator, {"nb"});
    std::vector<std::future<Answer>> runs;
    for (int i = 0; i < 3; ++i)
        runs.push_back(std::async(std::launch::async, [&] { return nils.post(site.nb + "/machine", "{}"); }));
    site.service.wait_until_asked(3);
    const auto refused = site.run();
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.string("/type") == "urn:stele:machine-busy");
    BOOST_TEST(refused.header("Retry-After") == "5");
    BOOST_TEST(site.run(R"({"estimate": true})").status == 200);
    site.service.mood = Mood::well;
    site.service.break_silence();
    for (auto& run : runs) BOOST_TEST(run.get().status == 200);
    BOOST_TEST(site.text(0) == "machine: A PAGE");
    BOOST_TEST(site.run().status == 200);
}

// More than goes to the service at once: a first part that it spoils, then two that are more than the budget.
STELE_ON_BOTH_DATABASES(what_came_of_the_first_part_is_told_whatever_comes_of_the_next) {
    Site site(db);
    Client editor(site, accounts::Role::editor);
    std::string body;
    for (int i = 0; i < 60; ++i) body += "The **first** and *second* of " + std::string(size_t(i + 1), 'x') + ".\n\n";
    const auto made = editor.post(
        "/api/v1/articles",
        to_text({{"key", "long"}, {"source_locale", "en"}, {"translation", {{"title", "1"}, {"body", body}}}}));
    BOOST_REQUIRE(made.status == 201);
    Client kari(site, accounts::Role::translator, {"nb"});
    const std::string nb = "/api/v1/articles/long/translations/nb/machine";
    site.service.mood = Mood::loses_marks;
    site.app.options.machine_words_per_month = "240";
    const auto first = kari.post(nb, "{}");
    BOOST_TEST(first.status == 200);
    BOOST_TEST(first.integer("/filled") == 0);
    BOOST_TEST(first.json.at("left_out").as_array().size() == 40u);
    const auto next = first.string("/next");
    BOOST_TEST(next == "40.b40");
    BOOST_TEST(kari.post(nb, to_text({{"after", next}})).status == 409);

    // Where the last one was cut meanwhile, those before it are not bought again.
    const auto source = editor.get("/api/v1/articles/long/translations/en");
    auto cut = body;
    const auto fortieth = "The **first** and *second* of " + std::string(40, 'x') + ".\n\n";
    cut.erase(cut.find(fortieth), fortieth.size());
    BOOST_REQUIRE(
        editor.patch("/api/v1/articles/long/translations/en", to_text({{"body", cut}}), source.etag()).status == 200);
    site.app.options.machine_words_per_month = "0";
    site.service.mood = Mood::well;
    const auto rest = kari.post(nb, to_text({{"after", next}}));
    BOOST_TEST(rest.integer("/filled") == 20);
    BOOST_TEST(kari.post(nb, R"({"after": "junk"})").status == 400);

    BOOST_TEST(kari.post(nb, "{}").integer("/filled") == 39);
}

BOOST_AUTO_TEST_CASE(a_budget_is_one_number_and_others_for_single_languages) {
    std::string mistake;
    const auto of = [](const machine::Budget& budget, const char* tag) { return budget.of(locale::Tag::stored(tag)); };
    const auto budget = machine::Budget::parse("20000, nb=50000,ar = 0", mistake).value();
    BOOST_TEST(of(budget, "de") == 20'000);
    BOOST_TEST(of(budget, "nb") == 50'000);
    BOOST_TEST(of(budget, "ar") == 0);
    BOOST_TEST(of(machine::Budget::parse("", mistake).value(), "nb") == 0);
    for (const auto* text : {"many", "nb=", "nb=-1", "??=1", "1 2"}) {
        BOOST_TEST(!machine::Budget::parse(text, mistake));
        BOOST_TEST(mistake == text);
    }
}

BOOST_AUTO_TEST_CASE(a_key_is_not_sent_where_others_can_read_it) {
    for (const auto* url : {"http://translate.example.org", "http://10.0.0.7:5000", "http://localhost.example.org"})
        BOOST_TEST(machine::shows_keys(url));
    for (const auto* url :
         {"https://translate.example.org", "http://127.0.0.1:5000", "http://[::1]:5000/x", "http://localhost:5000"})
        BOOST_TEST(!machine::shows_keys(url));
}

STELE_ON_BOTH_DATABASES(it_is_for_those_who_translate_there) {
    Site site(db);
    run(site, {{"guest", guest, "POST", site.nb + "/machine", {}, "{}", 401},
               {"reader", reader, "POST", site.nb + "/machine", {}, "{}", 403},
               {"another language's translator", only(translator, {"ar"}), "POST", site.nb + "/machine", {}, "{}", 403},
               {"translator", only(translator, {"nb"}), "POST", site.nb + "/machine", {}, "{}"}});
}

BOOST_AUTO_TEST_CASE(who_does_not_answer_is_given_up) {
    MachineStandIn service;
    service.mood = Mood::silent;
    machine::HttpProvider provider({.protocol = machine::Protocol::deepl, .url = service.url(), .key = "k"});
    const std::vector<std::string> texts{"x"};
    const auto en = locale::Tag::stored("en"), nb = locale::Tag::stored("nb");
    BOOST_CHECK_EXCEPTION(provider.translate(texts, en, nb, std::chrono::milliseconds(100)), Error,
                          [](const Error& error) { return error.reason() == "machine-down"; });
}

BOOST_AUTO_TEST_CASE(languages_have_the_names_that_the_services_use) {
    using machine::Protocol;
    const auto name = [](Protocol protocol, std::string_view tag, bool as_target = true) {
        return machine::language_for(protocol, locale::Tag::parse(tag).value(), as_target);
    };
    BOOST_TEST(name(Protocol::deepl, "nb") == "NB");
    BOOST_TEST(name(Protocol::deepl, "en") == "EN-GB");
    BOOST_TEST(name(Protocol::deepl, "en", false) == "EN");
    BOOST_TEST(name(Protocol::deepl, "en-US") == "EN-US");
    BOOST_TEST(name(Protocol::deepl, "pt-BR") == "PT-BR");
    BOOST_TEST(name(Protocol::deepl, "zh-Hant") == "ZH-HANT");
    BOOST_TEST(name(Protocol::libretranslate, "zh-Hant") == "zt");
    BOOST_TEST(name(Protocol::libretranslate, "nb-x-easy") == "nb");
}

BOOST_AUTO_TEST_SUITE_END()
