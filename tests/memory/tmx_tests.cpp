// TMX: what other tools write is read, what we write is read again, and what would do harm is refused.
#include <sstream>

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
}

BOOST_AUTO_TEST_CASE(what_is_not_tmx_is_refused_with_its_line) {
    BOOST_TEST(refusal("") == "tmx.not-xml 1");
    BOOST_TEST(refusal("<html>\n</html>") == "tmx.not-tmx 1");
    BOOST_TEST(refusal("<tmx>\n<body>\n<tu>\n</body></tmx>") == "tmx.not-xml 4");
    std::string deep = "<tmx><body>";
    for (int i = 0; i < 100; ++i) deep += "<x>";
    BOOST_TEST(refusal(deep) == "tmx.too-deep 1");
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
    const auto imported = memory::import_tmx(site.store, in, "admin");
    BOOST_TEST(imported.added == 1);
    BOOST_TEST(imported.languages.at("not a tag") == 1);
    std::istringstream again(file);
    const auto twice = memory::import_tmx(site.store, again, "admin");
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
    BOOST_TEST(memory::export_tmx(site.store, {en, nb}, write) == 1);
    BOOST_TEST(read(out) == "en>nb The library & all 😀|Biblioteket\n");
    BOOST_TEST(out.find("changedate=\"20200101T120000Z\" changeid=\"kari\"") != out.npos);
    out.clear();
    BOOST_TEST(memory::export_tmx(site.store, {nb, std::nullopt}, write) == 0);
    BOOST_TEST(read(out) == "");
}

STELE_ON_BOTH_DATABASES(what_an_article_has_is_not_kept_twice) {
    ContentSite site(db);
    const auto id = site.add("en", "The library", "Text.\n");
    site.translate_all(id, "nb");
    memory::Follower follower("test");
    while (follower.step(site.store).more) {
    }
    std::string file;
    memory::export_tmx(site.store, {}, [&](std::string_view piece) { file += piece; });
    std::istringstream in(file);
    const auto imported = memory::import_tmx(site.store, in, "admin");
    BOOST_TEST(imported.added == 0);
    BOOST_TEST(imported.known == 2);
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
