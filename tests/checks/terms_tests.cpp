// Terms: kept, found in texts by the language's rules, asked for by the checks.
#include <atomic>
#include <thread>

#include "src/checks/of_translation.hpp"
#include "src/exchange/csv.hpp"
#include "src/terms/index.hpp"
#include "src/terms/stem.hpp"
#include "src/terms/terms.hpp"
#include "tests/checks/checking.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto en = locale::Tag::stored("en"), nb = locale::Tag::stored("nb"), de = locale::Tag::stored("de");

terms::NewTerm term(std::string text, std::vector<std::string> texts = {}, std::string part = {}) {
    terms::NewTerm made{en, std::move(text), std::move(part), {}, {}};
    if (!texts.empty()) made.translations[nb] = {.texts = std::move(texts)};
    return made;
}

// "town hall@4-13" of each.
std::string found(const Store& store, std::string_view text, const locale::Tag& source = en) {
    std::string all;
    for (const auto& match : terms::matches(store, text, source))
        all += (all.empty() ? "" : " ") + match.term.text + "@" + std::to_string(match.range.begin) + "-" +
               std::to_string(match.range.end);
    return all;
}

ErrorCode code_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(terms_in_texts)

BOOST_AUTO_TEST_CASE(words_are_compared_without_their_inflection) {
    const std::vector<std::tuple<std::string, std::string, std::string>> same = {
        {"nb", "solidaritetsbyen", "Solidaritetsbyer"},
        {"nn", "bygda", "bygd"},
        {"en", "cities", "City"},
        {"de", "Häuser", "häusern"},
        {"fr", "villes", "ville"},
        {"ar", "المدينة", "مدينة"}};
    for (const auto& [tag, a, b] : same)
        BOOST_TEST(terms::stem(a, locale::Tag::stored(tag)) == terms::stem(b, locale::Tag::stored(tag)));
    BOOST_TEST(terms::stem("STRASSE", locale::Tag::stored("xx")) == terms::stem("straße", locale::Tag::stored("xx")));
}

STELE_ON_BOTH_DATABASES(the_longest_term_is_found_in_whatever_form) {
    ContentSite site(db, {"en", "zh", "fr"});
    for (const auto& text : {"city", "solidarity city", "IT", "town hall"})
        terms::create(site.store, term(text), "kari");
    BOOST_TEST(found(site.store, "Solidarity cities and other cities") == "solidarity city@0-17 city@28-34");
    BOOST_TEST(found(site.store, "A **solidarity-city** it is, a [town  hall](x)") ==
               "solidarity city@4-19 town hall@32-42");
    BOOST_TEST(found(site.store, "Of IT, not it; electricity") == "IT@3-5");
    BOOST_TEST(found(site.store, "`city` and https://city.example/city") == "");
    BOOST_TEST(found(site.store, "😀 city") == "city@3-7");  // in UTF-16
    terms::create(site.store, {locale::Tag::stored("zh"), "城市", {}, {}, {}}, "kari");
    BOOST_TEST(found(site.store, "团结城市网络", locale::Tag::stored("zh")) == "城市@2-4");
    terms::create(site.store, {locale::Tag::stored("fr"), "accueil", {}, {}, {}}, "kari");
    BOOST_TEST(found(site.store, "C’est l’accueil", locale::Tag::stored("fr")) == "accueil@8-15");
}

STELE_ON_BOTH_DATABASES(terms_are_listed_in_the_order_of_their_locale_and_found_by_beginnings) {
    ContentSite site(db);
    for (const auto* text : {"zebra", "Oslo", "ærlig", "ås", "øl", "apple tree"})
        terms::create(site.store, {nb, text, {}, {}, {}}, "kari");
    std::string all;
    terms::Query query{.source = nb};
    query.limit = 2;
    do {
        const auto page = terms::list(site.store, query);
        for (const auto& one : page.items) all += one.text + " ";
        BOOST_TEST(page.total.value() == 6);
        query.after = page.next;
    } while (query.after);
    BOOST_TEST(all == "apple tree Oslo zebra ærlig øl ås ");
    query = {.source = nb};
    query.q = "TRE";
    BOOST_TEST(terms::list(site.store, query).items.at(0).text == "apple tree");
    query.q = "ee";
    BOOST_TEST(terms::list(site.store, query).items.empty());
    query.after = "junk";
    BOOST_CHECK(code_of([&] { terms::list(site.store, query); }) == ErrorCode::malformed);
}

STELE_ON_BOTH_DATABASES(a_term_is_changed_deleted_and_brought_back) {
    ContentSite site(db);
    const auto made = terms::create(site.store, term("Harbour ", {"havn", "havn", ""}), "kari");
    BOOST_TEST(made.text == "Harbour");
    BOOST_TEST(made.translations.at(nb).texts.size() == 1u);
    BOOST_CHECK(code_of([&] { terms::create(site.store, term("harbour"), "kari"); }) == ErrorCode::taken);
    BOOST_CHECK(code_of([&] { terms::create(site.store, term(" . "), "kari"); }) == ErrorCode::invalid);
    terms::create(site.store, term("harbour", {}, "verb"), "kari");

    terms::TermChanges changes;
    changes.translations[de] = terms::Translation{.texts = {"Hafen"}};
    changes.translations[nb] = std::nullopt;
    BOOST_CHECK(code_of([&] { terms::change(site.store, made.n, changes, {}, "per"); }) ==
                ErrorCode::precondition_required);
    const auto changed = terms::change(site.store, made.n, changes, 1, "per");
    BOOST_TEST(changed.version == 2);
    BOOST_TEST(changed.actor == "per");
    BOOST_TEST(terms::change(site.store, made.n, changes, 1, "kari").version == 2);  // it says so already
    changes.translations[de] = terms::Translation{.texts = {"Port"}};
    BOOST_CHECK(code_of([&] { terms::change(site.store, made.n, changes, 1, "kari"); }) == ErrorCode::version_conflict);
    const auto read = terms::find(site.store, made.n).value();
    BOOST_TEST(read.translations.size() == 1u);
    BOOST_TEST(read.in(locale::Tag::stored("de-AT"))->texts.at(0) == "Hafen");
    BOOST_TEST(!read.in(nb));

    BOOST_TEST(found(site.store, "the harbour") == "harbour@4-11 Harbour@4-11");
    terms::remove(site.store, made.n, 2, "per");
    BOOST_TEST(found(site.store, "the harbour") == "harbour@4-11");
    terms::restore(site.store, made.n, "per");
    BOOST_TEST(found(site.store, "the harbour") == "harbour@4-11 Harbour@4-11");
}

STELE_ON_BOTH_DATABASES(who_writes_another_part_of_a_term_is_in_nobodys_way) {
    ContentSite site(db);
    const auto n = terms::create(site.store, term("harbour", {"havn"}), "kari").n;
    const auto say = [&](const locale::Tag& locale, std::string text, std::int64_t seen, const Actor& actor) {
        terms::TermChanges changes;
        if (text.empty())
            changes.translations[locale] = std::nullopt;
        else
            changes.translations[locale] = terms::Translation{.texts = {std::move(text)}};
        return terms::change(site.store, n, changes, seen, actor).version;
    };
    const auto conflict_of = [&](auto action) {
        try {
            action();
        } catch (const Error& error) {
            return boost::json::serialize(error.members().at("conflicts").at(0).at("theirs")) + " by " +
                   std::string(error.members().at("conflicts").at(0).at("actor").as_string());
        }
        return std::string();
    };
    BOOST_TEST(say(nb, "hamn", 1, "nils") == 2);
    BOOST_TEST(say(de, "Hafen", 1, "dora") == 3);
    terms::TermChanges note;
    note.note = "For ships";
    BOOST_TEST(terms::change(site.store, n, note, 1, "eva").version == 4);
    BOOST_TEST(conflict_of([&] { say(nb, "havna", 1, "per"); }) ==
               R"({"texts":["hamn"],"keep":false,"forbidden":[],"note":""} by nils)");
    BOOST_TEST(say(nb, "", 2, "nils") == 5);
    // What somebody took away is as much a change.
    BOOST_TEST(conflict_of([&] { say(nb, "havna", 4, "per"); }) == "null by nils");
    note.note = "For boats";
    BOOST_TEST(conflict_of([&] { terms::change(site.store, n, note, 3, "per"); }) == "\"For ships\" by eva");
    const auto read = terms::find(site.store, n).value();
    BOOST_TEST(read.note == "For ships");
    BOOST_TEST(read.translations.at(de).texts.at(0) == "Hafen");
}

STELE_ON_BOTH_DATABASES(a_term_says_nothing_in_its_own_locale_nor_in_one_that_is_not_enabled) {
    ContentSite site(db);
    terms::create(site.store, term("harbour", {"havn"}), "kari");
    const auto says = [](const locale::Tag& locale) {
        terms::TermChanges changes;
        changes.translations[locale] = terms::Translation{.texts = {"x"}};
        return changes;
    };
    for (const auto& locale : {en, locale::Tag::stored("fr")}) {
        BOOST_CHECK(code_of([&] { terms::change(site.store, 1, says(locale), 1, "per"); }) == ErrorCode::invalid);
        BOOST_CHECK(code_of([&] {
                        terms::from_csv(site.store, en, locale, "text,translation\nharbour,x\n", true, "per");
                    }) == ErrorCode::invalid);
        auto made = term("quay");
        made.translations = {{locale, {.texts = {"x"}}}};
        BOOST_CHECK(code_of([&] { terms::create(site.store, made, "per"); }) == ErrorCode::invalid);
    }
    BOOST_CHECK(code_of([&] {
                    terms::create(site.store, {locale::Tag::stored("fr"), "quai", {}, {}, {}}, "per");
                }) == ErrorCode::invalid);
}

STELE_ON_BOTH_DATABASES(a_row_of_a_table_is_checked_together_with_what_is_there) {
    ContentSite site(db);
    terms::create(site.store, term("harbour", {"havn"}), "kari");
    const auto pointer_of = [&](std::string_view csv) {
        try {
            terms::from_csv(site.store, en, nb, csv, true, "per");
        } catch (const Error& error) {
            return error.fields().at(0).pointer + " " + error.fields().at(0).message;
        }
        return std::string();
    };
    BOOST_TEST(pointer_of("text,forbidden\nquay,\nharbour,havn\n") == "/rows/1/translations/nb/forbidden/0 term.both");
    BOOST_TEST(pointer_of("text,translation,forbidden\nharbour,hamn,\nharbour,,hamn\n") ==
               "/rows/1/translations/nb/forbidden/0 term.both");
    BOOST_TEST(terms::list(site.store, {.source = en}).total.value() == 1);
    BOOST_TEST(terms::find(site.store, 1)->version == 1);
}

STELE_ON_BOTH_DATABASES(a_long_table_is_written_whole_while_others_change_terms) {
    ContentSite site(db);
    terms::create(site.store, term("harbour", {"havn"}), "kari");
    std::string csv = "text,translation\r\nharbour,hamn\r\n";
    for (int i = 0; i < 1'200; ++i) csv += fmt::format("word{}x,ord{}\r\n", i, i);
    std::atomic<bool> done = false;
    std::thread other([&] {
        for (int i = 0; i < 20 && !done; ++i) {
            terms::TermChanges changes;
            changes.note = fmt::format("note {}", i);
            terms::change(site.store, 1, changes, terms::find(site.store, 1)->version, "eva");
        }
    });
    const auto counts = terms::from_csv(site.store, en, nb, csv, true, "per");
    done = true;
    other.join();
    BOOST_TEST(counts.created == 1'200);
    BOOST_TEST(counts.changed == 1);
    BOOST_TEST(terms::list(site.store, {.source = en}).total.value() == 1'201);
    const auto read = terms::find(site.store, 1).value();
    BOOST_TEST(read.translations.at(nb).texts.at(0) == "hamn");
    BOOST_TEST(read.note.starts_with("note "));
    BOOST_TEST(terms::from_csv(site.store, en, nb, csv, true, "per").unchanged == 1'201);
}

STELE_ON_BOTH_DATABASES(terms_go_through_a_table_and_come_back) {
    ContentSite site(db);
    terms::create(site.store, term("city, old", {"by", "stad"}), "kari");
    const auto csv = terms::to_csv(site.store, en, nb);
    BOOST_TEST(csv ==
               "text,part,note,translation,do_not_translate,forbidden,translation_note\r\n"
               "\"city, old\",,,by | stad,,,\r\n");
    auto counts = terms::from_csv(site.store, en, nb, csv, true, "per");
    BOOST_TEST(counts.unchanged == 1);
    counts = terms::from_csv(site.store, en, nb, "text,translation\r\n\"CITY, old\",byen\r\nharbour,havn|hamn\r\n",
                             true, "per");
    BOOST_TEST(counts.created == 1);
    BOOST_TEST(counts.changed == 1);
    BOOST_TEST(terms::list(site.store, {.source = en}).items.at(1).translations.at(nb).texts.size() == 2u);
    BOOST_CHECK(code_of([&] { terms::from_csv(site.store, en, nb, "text\nnew\n", false, "per"); }) ==
                ErrorCode::invalid);
    BOOST_CHECK(code_of([&] { terms::from_csv(site.store, en, nb, "text\n\"open\n", true, "per"); }) ==
                ErrorCode::invalid);
    BOOST_TEST(terms::list(site.store, {.source = en}).total.value() == 2);
}

STELE_ON_BOTH_DATABASES(a_table_as_spreadsheets_of_other_countries_write_it_is_read) {
    ContentSite site(db);
    const auto counts = terms::from_csv(
        site.store, en, nb, "\xEF\xBB\xBFtext;translation;note\r\ncity;\"by;stad\";1,5 of them\r\n", true, "per");
    BOOST_TEST(counts.created == 1);
    const auto made = terms::find(site.store, 1).value();
    BOOST_TEST(made.text == "city");
    BOOST_TEST(made.note == "1,5 of them");
    BOOST_TEST(made.translations.at(nb).texts.at(0) == "by;stad");
    try {
        terms::from_csv(site.store, en, nb, "text,translation\nh\xE5vn,x\n", true, "per");
        BOOST_ERROR("taken");
    } catch (const Error& error) {
        BOOST_TEST(error.fields().at(0).message == "term.csv-utf8");
    }
}

STELE_ON_BOTH_DATABASES(no_cell_of_a_table_is_a_formula_and_every_text_comes_back) {
    ContentSite site(db);
    Seeded chance(first_seed());
    constexpr std::string_view pieces[] = {"=", "+", "-", "@", "'", "\"", ",", ";", "\n", "a", "1", "ø", "("};
    const auto text = [&] {
        std::string made;
        for (int n = chance.below(5); n > 0; --n) made += pieces[size_t(chance.below(int(std::size(pieces))))];
        return made;
    };
    const int count = usual_rounds(60);
    for (int i = 0; i < count; ++i) {
        auto one = term(text() + " w" + std::to_string(i), {text() + "t"});
        if (one.text.find('\n') != std::string::npos) one.text = "w" + std::to_string(i);
        one.note = text();
        auto& said = one.translations[nb];
        std::erase(said.texts[0], '\n');
        said.note = text();
        terms::create(site.store, one, "kari");
    }
    terms::create(site.store, term("=SUM of all", {"'=1+1"}), "kari");
    const auto csv = terms::to_csv(site.store, en, nb);
    for (const auto& row : exchange::parse_csv(csv))
        for (const auto& member : row.as_object()) {
            const auto& cell = member.value().as_string();
            BOOST_TEST((cell.empty() || std::string_view("=+-@\t\r\n").find(cell[0]) == std::string_view::npos));
        }
    BOOST_TEST(csv.find("'=SUM") != std::string::npos);
    const auto again = terms::from_csv(site.store, en, nb, csv, true, "per");
    BOOST_TEST(again.unchanged == count + 1);
    BOOST_TEST(again.created + again.changed == 0);
}

BOOST_AUTO_TEST_CASE(the_check_knows_inflections_compounds_alternatives_and_what_is_forbidden) {
    std::vector<terms::Term> all;
    const auto add = [&](std::string text, terms::Translation said) {
        terms::Term one{.n = std::int64_t(all.size() + 1), .source_locale = en, .text = std::move(text)};
        one.translations[nb] = std::move(said);
        all.push_back(std::move(one));
    };
    add("solidarity city", {.texts = {"solidaritetsby"}, .forbidden = {"solidarisk by"}});
    add("EUROCITIES", {.keep = true});
    add("migrant", {.texts = {"migrant", "innvandrer"}});
    const terms::Index index(en, all);
    const auto told_of = [&](std::string source, std::string target) {
        const auto matches = terms::matches(index, source);
        Texts texts{"en", "nb", source, target};
        auto input = input_of(texts);
        input.terms = matches;
        return told(input, "terms");
    };
    BOOST_TEST(told_of("Solidarity cities meet", "Solidaritetsbyene møtes") == "");
    BOOST_TEST(told_of("A solidarity city conference", "En solidaritetsbykonferanse") == "");
    BOOST_TEST(told_of("Solidarity cities meet", "Byer møtes") == "terms.missing");
    BOOST_TEST(told_of("A solidarity city", "En solidarisk by") == "terms.missing terms.instead");
    BOOST_TEST(told_of("The EUROCITIES network", "Nettverket EUROCITIES") == "");
    BOOST_TEST(told_of("The EUROCITIES network", "Nettverket Eurobyer") == "terms.kept");
    BOOST_TEST(told_of("Migrants came", "Innvandrerne kom") == "");
}

BOOST_AUTO_TEST_SUITE_END()
