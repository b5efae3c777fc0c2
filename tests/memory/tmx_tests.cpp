// TMX: what other tools write is read, what we write is read again, and what would do harm is refused.
#include <sstream>

#include "src/accounts/audit.hpp"
#include "src/memory/follow.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/tmx.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto nb = locale::Tag::stored("nb"), en = locale::Tag::stored("en");

std::string file_of(std::string_view units, std::string_view srclang = "en") {
    return fmt::format(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><header srclang=\"{}\" "
        "creationtool=\"x\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"x\" adminlang=\"en\" "
        "datatype=\"plaintext\"/><body>{}</body></tmx>",
        srclang, units);
}

// "en>nb source|target" of each.
std::string read(const std::string& file) {
    std::istringstream in(file);
    std::string text;
    memory::read_tmx(in, [&](memory::TmxUnit&& u) {
        text += u.source_language + ">" + u.target_language + " " + u.source + "|" + u.target + "\n";
    });
    return text;
}

// "tmx.not-xml 3"
std::string refusal(const std::string& file) {
    try {
        return read(file);
    } catch (const Error& error) {
        std::string text = error.fields().at(0).message;
        for (const auto& p : error.fields().at(0).params)
            if (p.name == "line") text += " " + std::to_string(std::get<std::int64_t>(p.value));
        return text;
    }
}

std::string variant(std::string_view language, std::string_view text) {
    return fmt::format("<tuv xml:lang=\"{}\"><seg>{}</seg></tuv>", language, text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reading_tmx)

BOOST_AUTO_TEST_CASE(every_other_variant_is_a_translation_of_the_source) {
    BOOST_TEST(read(file_of("<tu>" + variant("nb", "Hei &amp; hå") + variant("EN", "Hi &lt;b&gt;") +
                            variant("de", "Hallo") + "</tu>")) == "EN>nb Hi <b>|Hei & hå\nEN>de Hi <b>|Hallo\n");
    BOOST_TEST(read(file_of("<tu srclang=\"nb\">" + variant("en", "Hi") + variant("nb", "Hei") + "</tu>")) ==
               "nb>en Hei|Hi\n");
    BOOST_TEST(read(file_of("<tu>" + variant("nb", "Hei") + variant("de", "Hallo") + "</tu>", "*all*")) ==
               "nb>de Hei|Hallo\n");
}

BOOST_AUTO_TEST_CASE(codes_of_other_tools_are_left_out_but_placeholders_stay) {
    BOOST_TEST(read(file_of("<tu>" +
                            variant("en",
                                    "<bpt i=\"1\">&lt;b&gt;</bpt>Hi<ept i=\"1\">&lt;/b&gt;</ept> <hi>you <ph>"
                                    "{name}</ph></hi><ph>\\n<sub>no</sub></ph>") +
                            variant("nb", "Hei") + "</tu>")) == "en>nb Hi you {name}|Hei\n");
}

BOOST_AUTO_TEST_CASE(a_unit_without_a_pair_of_texts_is_counted_alone) {
    std::istringstream in(file_of("<tu>" + variant("en", "Hi") + variant("nb", "") + "</tu><tu></tu><tu>" +
                                  variant("en", std::string(20'000, 'x')) + variant("nb", "y") + "</tu>"));
    int units = 0;
    BOOST_TEST(memory::read_tmx(in, [&](memory::TmxUnit&&) { ++units; }) == 2);
    BOOST_TEST(units == 0);
    std::string codes;
    for (int i = 0; i < 2'000; ++i) codes += "<ph>{name}</ph>";
    std::istringstream placeholders(file_of("<tu>" + variant("en", codes) + variant("nb", "x") + "</tu>"));
    BOOST_TEST(memory::read_tmx(placeholders, [&](memory::TmxUnit&&) { ++units; }) == 1);
    BOOST_TEST(units == 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_tmx_is_refused_with_its_line) {
    BOOST_TEST(refusal("") == "tmx.not-xml 1");
    BOOST_TEST(refusal("<html>\n</html>") == "tmx.not-tmx 1");
    BOOST_TEST(refusal("<tmx>\n<body>\n<tu>\n</body></tmx>") == "tmx.not-xml 4");
    std::string deep = "<tmx><body>";
    for (int i = 0; i < 100; ++i) deep += "<x>";
    BOOST_TEST(refusal(deep) == "tmx.too-deep 1");
}

BOOST_AUTO_TEST_CASE(a_long_name_is_cut_between_its_characters) {
    std::string name;
    for (int i = 0; i < 300; ++i) name += "ø";
    std::istringstream in(
        file_of("<tu changeid=\"" + name + "\">" + variant("en", "Hi") + variant("nb", "Hei") + "</tu>"));
    std::string actor;
    memory::read_tmx(in, [&](memory::TmxUnit&& unit) { actor = unit.actor; });
    BOOST_TEST(actor == name.substr(0, 400));
}

BOOST_AUTO_TEST_CASE(entities_are_refused_before_they_are_used) {
    BOOST_TEST(refusal("<!DOCTYPE tmx [\n<!ENTITY a \"aaaaaaaaaa\">\n<!ENTITY b \"&a;&a;&a;\">]><tmx>&b;</tmx>") ==
               "tmx.entities 2");
    BOOST_TEST(refusal("<!DOCTYPE tmx [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><tmx><body>&a;</body></tmx>") ==
               "tmx.entities 1");
    BOOST_TEST(refusal("<!DOCTYPE tmx [<!ENTITY % a SYSTEM \"file:///etc/passwd\"> %a;]><tmx></tmx>") ==
               "tmx.entities 1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(exchanging_the_memory)

STELE_ON_BOTH_DATABASES(what_is_imported_is_suggested_and_exported_as_it_was) {
    ContentSite site(db);
    const auto file = file_of("<tu changedate=\"20200101T120000Z\" changeid=\"kari\">" +
                              variant("en-GB", "The library &amp; all &#x1F600;") + variant("no", "Biblioteket") +
                              "</tu><tu>" + variant("en", "x") + variant("not a tag", "y") + "</tu>");
    std::istringstream in(file);
    const auto imported = memory::import_tmx(site.store, in, "a.tmx", "admin");
    BOOST_TEST(imported.added == 1);
    BOOST_TEST(imported.languages.at("not a tag") == 1);
    std::istringstream again(file);
    const auto twice = memory::import_tmx(site.store, again, "a.tmx", "admin");
    BOOST_TEST(twice.added == 0);
    BOOST_TEST(twice.known == 1);

    const auto id = site.add("en", "The library & all 😀", "Text.\n");
    const auto found = memory::suggest_for(site.store, id, nb, "title");
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].text == "Biblioteket");
    BOOST_TEST(found[0].imported);
    BOOST_TEST(found[0].actor == "kari");
    BOOST_TEST(rfc3339(found[0].at) == "2020-01-01T12:00:00Z");
    BOOST_TEST(memory::stock(site.store).at(0).imported == 1);

    std::string out;
    const auto write = [&](std::string_view piece) { out += piece; };
    BOOST_TEST(memory::export_tmx(site.store, {en, nb}, write, "admin") == 1);
    BOOST_TEST(read(out) == "en>nb The library & all 😀|Biblioteket\n");
    BOOST_TEST(out.find("changedate=\"20200101T120000Z\" changeid=\"kari\"") != out.npos);
    out.clear();
    BOOST_TEST(memory::export_tmx(site.store, {nb, std::nullopt}, write, "admin") == 0);
    BOOST_TEST(read(out) == "");
}

STELE_ON_BOTH_DATABASES(a_file_can_be_taken_out_again) {
    ContentSite site(db);
    const auto id = site.add("en", "The library", "The old harbour.\n");
    site.translate_all(id, "nb");
    memory::Follower follower("test");
    while (follower.step(site.store).more) {
    }
    const auto import = [&](const std::string& name, const std::string& units) {
        std::istringstream in(file_of(units));
        return memory::import_tmx(site.store, in, name, "admin");
    };
    const auto pair = [](const std::string& en_text, const std::string& nb_text) {
        return "<tu>" + variant("en", en_text) + variant("nb", nb_text) + "</tu>";
    };
    std::string many;
    for (int i = 0; i < 250; ++i) many += pair("Sentence " + std::string(size_t(i), 'x'), "Setning");
    const auto first = import("first.tmx", many + pair("The library", "Bokhuset"));
    const auto second = import("second.tmx", many + pair("The library", "Boksamlingen"));
    BOOST_TEST(first.added == 251);
    BOOST_TEST(second.added == 1);
    BOOST_TEST(!import("third.tmx", pair("The library", "Bokhuset")).import);

    auto files = memory::list_imports(site.store, std::nullopt, 10);
    BOOST_REQUIRE(files.size() == 2u);
    BOOST_TEST(files[0].name == "second.tmx");
    BOOST_TEST(files[1].units == 251);
    BOOST_TEST(memory::list_imports(site.store, files[0].id, 10).size() == 1u);

    // In pieces: whoever has no time left says what is left.
    auto removed = memory::remove_import(site.store, *first.import, std::chrono::milliseconds(0), "admin");
    BOOST_TEST(removed.removed == 100);
    BOOST_TEST(removed.left == 151);
    removed = memory::remove_import(site.store, *first.import, std::chrono::minutes(1), "admin");
    BOOST_TEST(removed.left == 0);
    BOOST_TEST(memory::list_imports(site.store, std::nullopt, 10).size() == 1u);
    const auto stock = memory::stock(site.store).at(0);
    BOOST_TEST(stock.own == 2);
    BOOST_TEST(stock.imported == 1);
    std::string out;
    memory::export_tmx(
        site.store, {}, [&](std::string_view piece) { out += piece; }, "admin");
    BOOST_TEST(read(out).find("Boksamlingen") != std::string::npos);
    BOOST_TEST(read(out).find("Bokhuset") == std::string::npos);
    BOOST_CHECK_EXCEPTION(memory::remove_import(site.store, *first.import, std::chrono::minutes(1), "admin"), Error,
                          [](const Error& error) { return error.code() == ErrorCode::not_found; });
}

STELE_ON_BOTH_DATABASES(what_stands_before_a_mistake_is_told_and_can_be_taken_out) {
    ContentSite site(db);
    std::string units;
    for (int i = 0; i < 130; ++i)
        units +=
            "<tu>" + variant("en", "Sentence " + std::string(size_t(i), 'x')) + variant("nb", "Setning") + "</tu>\n";
    std::istringstream in(file_of(units + "<tu><tuv xml:lang=\"en\"></tu>"));
    try {
        memory::import_tmx(site.store, in, "broken.tmx", "admin");
        BOOST_ERROR("taken");
    } catch (const Error& error) {
        BOOST_CHECK(error.code() == ErrorCode::invalid);
        BOOST_TEST(error.members().at("added").as_int64() == 130);
        memory::remove_import(site.store, error.members().at("import").as_int64(), std::chrono::minutes(1), "admin");
    }
    BOOST_TEST(memory::stock(site.store).empty());
}

STELE_ON_BOTH_DATABASES(what_a_file_brought_stands_in_the_log_whatever_comes_of_it) {
    ContentSite site(db);
    const auto logged = [&] {
        std::string all;
        for (const auto& entry :
             accounts::read_log(site.store, {.kind = "memory-imported", .actor = "", .before = {}, .limit = 9}).entries)
            all += boost::json::serialize(entry.detail) + "\n";
        return all;
    };
    const auto units = [](int count, std::string_view mark) {
        std::string all;
        for (int i = 0; i < count; ++i)
            all += "<tu>" + variant("en", fmt::format("{} {}", mark, i)) + variant("nb", "Setning") + "</tu>\n";
        return all;
    };
    const auto import = [&](const std::string& name, const std::string& file) {
        std::istringstream in(file);
        return memory::import_tmx(site.store, in, name, "admin");
    };
    const auto breaks = [&](const std::string& name, const std::string& file) {
        BOOST_CHECK_THROW(import(name, file), Error);
    };
    breaks("nothing.tmx", "<html></html>");
    BOOST_TEST(logged() == "");
    BOOST_TEST(import("caf\xE9.tmx", file_of(units(1, "One"))).added == 1);  // as older systems name files
    BOOST_TEST(logged() == "{\"text\":\"\",\"added\":1}\n");
    const auto before = logged();
    // From the first piece on, and how much it was when it is over, or broken.
    breaks("broken.tmx", file_of(units(130, "Two") + "<tu><tuv xml:lang=\"en\"></tu>"));
    BOOST_TEST(logged() == "{\"text\":\"broken.tmx\",\"added\":130}\n{\"text\":\"broken.tmx\"}\n" + before);
    const auto then = logged();
    breaks("short.tmx", file_of(units(3, "Three") + "<tu><tuv xml:lang=\"en\"></tu>"));
    BOOST_TEST(logged() == "{\"text\":\"short.tmx\",\"added\":3}\n" + then);
}

STELE_ON_BOTH_DATABASES(an_export_is_of_its_languages_alone) {
    ContentSite site(db);
    std::string units;
    for (int i = 0; i < 600; ++i) {
        const auto text = std::to_string(i) + " words";
        units += "<tu>" + variant("en", text) + variant("nb", text + " nb") + variant("de", text + " de") + "</tu>";
    }
    std::istringstream in(file_of(units + "<tu srclang=\"ar\">" + variant("ar", "x") + variant("nb", "y") + "</tu>"));
    memory::import_tmx(site.store, in, "a.tmx", "admin");
    const auto count = [&](const memory::Selection& selection) {
        return memory::export_tmx(
            site.store, selection, [](std::string_view) {}, "admin");
    };
    BOOST_TEST(count({}) == 1'201);
    BOOST_TEST(count({en, std::nullopt}) == 1'200);
    BOOST_TEST(count({std::nullopt, nb}) == 601);
    BOOST_TEST(count({en, nb}) == 600);
    BOOST_TEST(count({nb, en}) == 0);
}

STELE_ON_BOTH_DATABASES(what_an_article_has_is_not_kept_twice) {
    ContentSite site(db);
    const auto id = site.add("en", "The library", "Text.\n");
    site.translate_all(id, "nb");
    memory::Follower follower("test");
    while (follower.step(site.store).more) {
    }
    std::string file;
    memory::export_tmx(
        site.store, {}, [&](std::string_view piece) { file += piece; }, "admin");
    std::istringstream in(file);
    const auto imported = memory::import_tmx(site.store, in, "a.tmx", "admin");
    BOOST_TEST(imported.added == 0);
    BOOST_TEST(imported.known == 2);
}

BOOST_AUTO_TEST_CASE(what_xml_has_no_character_for_leaves_the_file_readable) {
    std::string file;
    const memory::Write to_file = [&](std::string_view piece) { file += piece; };
    memory::write_tmx_head(to_file, en, en);
    memory::write_tmx_unit(to_file, {"en", "nb", "a\uFFFEb\u0001", "c\uFFFFd", "", {}});
    memory::write_tmx_end(to_file);
    BOOST_TEST(read(file) == "en>nb a\uFFFDb|c\uFFFDd\n");
}

STELE_ON_BOTH_DATABASES(any_text_survives_a_file) {
    ContentSite site(db);
    Seeded chance(first_seed());
    constexpr std::string_view pieces[] = {"<", "&amp;", "\"", "'",   "]]>", "\n", "\t",
                                           "ø", "مدينة", "\r", "{x}", " ",   "a"};
    std::map<std::string, std::string> wanted;
    std::string file;
    const memory::Write to_file = [&](std::string_view piece) { file += piece; };
    memory::write_tmx_head(to_file, en, en);
    for (int i = 0; i < usual_rounds(50); ++i) {
        std::string source = "s", target = "t";
        for (int n = chance.below(8); n > 0; --n) {
            source += pieces[size_t(chance.below(int(std::size(pieces))))];
            target += pieces[size_t(chance.below(int(std::size(pieces))))];
        }
        wanted[source] = target;
        memory::write_tmx_unit(to_file, {"en", "nb", source, target, "", {}});
    }
    memory::write_tmx_end(to_file);
    std::map<std::string, std::string> found;
    std::istringstream in(file);
    memory::read_tmx(in, [&](memory::TmxUnit&& u) { found[u.source] = u.target; });
    BOOST_TEST((found == wanted));
}

BOOST_AUTO_TEST_SUITE_END()
