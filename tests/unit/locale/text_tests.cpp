#include <boost/test/unit_test.hpp>

#include "src/locale/text.hpp"

using namespace stele::locale;

namespace {

Tag tag(std::string_view text) { return Tag::parse(text).value(); }

std::string bracketed(const std::vector<std::string_view>& pieces) {
    std::string all;
    for (const auto piece : pieces) all += "[" + std::string(piece) + "]";
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(is_told_from_other_bytes) {
    for (const auto* good : {"", "a", "plain ascii of more than eight bytes", "blåbærsyltetøy", "العربية", "😀",
                             "\uFFFF", "\x7f", "12345678å12345678", "\xF4\x8F\xBF\xBF"})
        BOOST_TEST(is_utf8(good), good);
    for (const auto* bad :
         {"\x80", "\xff", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3",
          "12345678\xC3", "12345678\xE2\x82", "\xF8\x88\x80\x80\x80", "å\xA5", "a\xF0\x9F\x98"})
        BOOST_TEST(!is_utf8(bad));
    BOOST_TEST(is_utf8(std::string_view("\0", 1)));
}

BOOST_AUTO_TEST_CASE(is_composed) {
    BOOST_TEST(nfc("A\u030Angstrom") == "Ångstrom");
    BOOST_TEST(nfc("plain") == "plain");
    BOOST_TEST(nfc("\u212B") == "\u00C5");
    BOOST_TEST(nfc(nfc("q\u0307\u0323")) == nfc("q\u0323\u0307"));
}

BOOST_AUTO_TEST_CASE(has_its_space_normalised) {
    BOOST_TEST(normalize_space("  a \t\r\n b  ") == "a b");
    BOOST_TEST(normalize_space("20\u00A0000\u202F%") == "20 000 %");
    BOOST_TEST(normalize_space("\u3000\u2003\u0085a\u1680\u2028b\u205F") == "a b");
    BOOST_TEST(normalize_space("a\u200Bb") == "a\u200Bb");  // ZERO WIDTH SPACE is not White_Space
    BOOST_TEST(normalize_space(" \n ") == "");
    BOOST_TEST(normalize_space("A\u030A  b") == "Å b");
    BOOST_TEST(normalize_space("ℵ–“ß”") == "ℵ–“ß”");
}

BOOST_AUTO_TEST_CASE(changes_its_case) {
    BOOST_TEST(fold_case("STRAẞE İ") == fold_case("strasse i\u0307"));
    BOOST_TEST(lower("ISPARTA", tag("tr")) == "ısparta");
    BOOST_TEST(lower("ÅLESUND", tag("nb")) == "ålesund");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(boundaries)

BOOST_AUTO_TEST_CASE(count_words_of_any_script) {
    BOOST_TEST(count_words("Byen er åpen for alle, hele 2018!", tag("nb")) == 7);
    BOOST_TEST(count_words("", tag("nb")) == 0);
    BOOST_TEST(count_words(" – … ! ", tag("nb")) == 0);
    BOOST_TEST(count_words("don't", tag("en")) == 1);
    BOOST_TEST(count_words("المدينة مفتوحة للجميع", tag("ar")) == 3);
    BOOST_TEST(count_words("城市向所有人开放", tag("zh")) >= 3);
    BOOST_TEST(count_words("เมืองเปิดสำหรับทุกคน", tag("th")) >= 3);
}

BOOST_AUTO_TEST_CASE(keep_all_bytes) {
    BOOST_TEST(bracketed(word_tokens("Åpen by, 1.5 år", tag("nb"))) == "[Åpen][ ][by][,][ ][1.5][ ][år]");
    for (const std::string text :
         {"Hei, verden!", "城市。开放", "a\xFF\xFE b", "", "  ", "क्षेत्र 😀👍🏽"}) {
        std::string words, parts;
        for (const auto piece : word_tokens(text, tag("nb"))) words += piece;
        for (const auto piece : sentences(text, tag("nb"))) parts += piece;
        BOOST_TEST(words == text);
        BOOST_TEST(parts == text);
    }
}

BOOST_AUTO_TEST_CASE(find_sentences) {
    BOOST_TEST(bracketed(sentences("Byen er åpen. Alle kan komme! Når?", tag("nb"))) ==
               "[Byen er åpen. ][Alle kan komme! ][Når?]");
    BOOST_TEST(bracketed(sentences("We met Mr. Hansen. He left.", tag("en"))) == "[We met Mr. Hansen. ][He left.]");
}

BOOST_AUTO_TEST_CASE(cut_between_graphemes) {
    BOOST_TEST(count_chars("blåbær") == 6u);
    BOOST_TEST(count_chars("") == 0u);
    BOOST_TEST(cut_chars("blåbær", 3) == "blå");
    BOOST_TEST(cut_chars("blåbær", 6) == "blåbær");
    BOOST_TEST(cut_chars("bla\u030Abær", 3) == "bl");  // a and its ring are one
    BOOST_TEST(cut_chars("a👨‍👩‍👧b", 4) == "a");
    BOOST_TEST(cut_chars("abc", 0) == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(terminal_width)

BOOST_AUTO_TEST_CASE(is_counted_in_cells) {
    const std::pair<const char*, int> rows[] = {
        {"", 0},
        {"abc", 3},
        {"Ålesund", 7},
        {"A\u030A", 1},
        {"中文", 4},
        {"カタ", 4},
        {"ｱ", 1},
        {"한국", 4},
        {"😀", 2},
        {"👍🏽", 2},
        {"👨‍👩‍👧", 2},
        {"🇳🇴", 2},
        {"❤️", 2},
        {"العربية", 7},
        {"a\u200Bb", 2},
        {"\x1b", 0},
        {"…", 1},
        {"1️⃣", 2},
    };
    for (const auto& [text, width] : rows)
        BOOST_TEST(display_width(text) == width, text << " is " << display_width(text));
    BOOST_TEST(display_width("\u1112\u1161\u11AB") == 2);
}

BOOST_AUTO_TEST_CASE(cuts_with_an_ellipsis) {
    BOOST_TEST(cut_to_width("abc", 3) == "abc");
    BOOST_TEST(cut_to_width("abcd", 3) == "ab…");
    BOOST_TEST(cut_to_width("中文字", 4) == "中…");
    BOOST_TEST(cut_to_width("中文", 4) == "中文");
    BOOST_TEST(cut_to_width("abcd", 1) == "…");
    BOOST_TEST(cut_to_width("abcd", 0) == "");
    BOOST_TEST(cut_to_width("a\u030Ab\u030Acd", 3) == "a\u030Ab\u030A…");
    for (int cells = 0; cells < 12; ++cells)
        BOOST_TEST(display_width(cut_to_width("a中b文😀c👍🏽d", cells)) <= cells);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(slugs)

BOOST_AUTO_TEST_CASE(are_made_of_titles) {
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"nb", "Lillehammer: Solidaritetsby", "lillehammer-solidaritetsby"},
        {"nb", "Åpne byer på Sørøya – æresgjest", "apne-byer-pa-soroya-aeresgjest"},
        {"de", "Größe & Übermut in Köln", "groesse-uebermut-in-koeln"},
        {"en", "  Don’t stop: 20 % more!  ", "dont-stop-20-more"},
        {"tr", "IŞIK İstanbul", "isik-istanbul"},
        {"fr-CA", "L'été à Québec", "lete-a-quebec"},
        {"uk", "Київ", "kyyiv"},
        {"el", "Αθήνα", "athina"},
        {"zh", "北京", "bei-jing"},
        {"nb-x-easy", "Lett å lese", "lett-a-lese"},
        {"en", "…!?", ""},
        {"en", "", ""},
    };
    for (const auto& [locale, title, slug] : rows)
        BOOST_TEST(slug_from(title, tag(locale)) == slug, title << " is " << slug_from(title, tag(locale)));
}

BOOST_AUTO_TEST_CASE(are_ascii_whatever_the_script) {
    for (const auto* title : {"المدينة المفتوحة", "開かれた都市", "열린 도시", "เมืองเปิด", "עיר פתוחה", "खुला शहर",
                              "Մայրաքաղաք", "ღია ქალაქი"})
        for (const auto* locale : {"en", "ar", "ja", "ko", "th", "he", "hi", "hy", "ka"}) {
            const auto slug = slug_from(title, tag(locale));
            BOOST_TEST(!slug.empty(), title << " in " << locale);
            BOOST_TEST(slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos, slug);
            BOOST_TEST((slug.front() != '-' && slug.back() != '-' && slug.find("--") == std::string::npos), slug);
            BOOST_TEST(slug == slug_from(title, tag(locale)));
        }
}

BOOST_AUTO_TEST_CASE(are_cut_at_a_hyphen) {
    std::string title;
    for (int i = 0; i < 30; ++i) title += "solidaritet ";
    const auto slug = slug_from(title, tag("nb"));
    BOOST_TEST(slug.size() <= 80u);
    BOOST_TEST(slug.ends_with("-solidaritet"));
    BOOST_TEST(slug_from(std::string(500, 'x'), tag("nb")).size() == 80u);
}

BOOST_AUTO_TEST_SUITE_END()
