#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "tests/unit/content/markdown_generator.hpp"
#include "tests/unit/content/markdown_support.hpp"

using namespace stele::content;

namespace {

struct Tally {
    size_t documents = 0;
    size_t leaves = 0;
    size_t merged = 0;  // documents with a block that could not be cut
};

bool is_html(const std::string& text) { return text.find('<') != std::string::npos; }

// Bytes, tree, and the tree once more with other words in the leaves.
void check_round_trip(const std::string& markdown, Tally& tally) {
    const Body body = segments_of(markdown);
    const std::string again = compose(body.skeleton, texts_of(body));
    BOOST_REQUIRE_EQUAL(again, markdown);
    BOOST_REQUIRE_EQUAL(tree_of(again, true), tree_of(markdown, true));
    BOOST_REQUIRE(parse_skeleton(to_stored(body.skeleton)) == body.skeleton);

    Texts other = texts_of(body);
    bool merged = false;
    for (size_t i = 0; i < other.size(); ++i) {
        if (body.leaves[i].kind != Kind::block) other[i] = "other words " + std::to_string(i);
        merged |= body.leaves[i].kind == Kind::block && !is_html(body.leaves[i].text);
    }
    const std::string changed = compose(body.skeleton, other);
    if (tree_of(changed, false) != tree_of(markdown, false))
        BOOST_TEST_REQUIRE(merged, "another tree:\n" << markdown << "\nbecomes\n" << changed);
    ++tally.documents;
    tally.leaves += body.leaves.size();
    tally.merged += merged;
}

// The examples of the CommonMark specification: between a fence of 32 backticks and a line with a dot, "→" for a tab.
std::vector<std::string> spec_examples(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::string> examples;
    std::string line, example;
    const std::string fence(32, '`');
    bool inside = false;
    while (std::getline(file, line)) {
        if (line == fence + " example") {
            inside = true;
            example.clear();
        } else if (inside && line == ".") {
            inside = false;
            examples.push_back(example);
        } else if (inside) {
            for (size_t tab; (tab = line.find("→")) != std::string::npos;)
                line.replace(tab, std::string("→").size(), "\t");
            example += line + "\n";
        }
    }
    return examples;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(markdown_round_trip)

BOOST_AUTO_TEST_CASE(every_example_of_the_commonmark_specification_comes_back_byte_for_byte) {
    const std::filesystem::path path = STELE_SOURCE_DIR "/tests/node_modules/commonmark-spec/spec.txt";
    if (!std::filesystem::exists(path)) {
        BOOST_TEST_MESSAGE("SKIPPED: no " << path << " (npm ci --prefix tests)");
        return;
    }
    Tally tally;
    for (const std::string& example : spec_examples(path)) {
        BOOST_TEST_CONTEXT("example " << tally.documents + 1) check_round_trip(example, tally);
    }
    BOOST_TEST(tally.documents > 600U);
    BOOST_TEST(tally.merged == 0U);
    BOOST_TEST_MESSAGE(tally.documents << " examples, " << tally.leaves << " leaves");
}

BOOST_AUTO_TEST_CASE(tables_and_task_lists_of_gfm_come_back_byte_for_byte) {
    Tally tally;
    for (const std::string markdown : {
             "| one | two |\n| --- | --- |\n| a | b |\n",
             "| left | middle |\n:-: | -----------:\nx | y\n",
             "| f\\|oo |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n",
             "| abc | def |\n| --- | --- |\n| bar | baz |\n> a quote\n",
             "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n",
             "| abc | def |\n| --- |\n| bar |\n",
             "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n",
             "| abc | def |\n| --- | --- |\n",
             "text before\n| a | b |\n|---|---|\n| 1 | 2 |\n",
             "[ref]: /url\n| a | b |\n|---|---|\n| 1 | 2 |\n",
             "- | a | b |\n  |---|---|\n  | 1 | 2 |\n- next\n",
             "> | a |\n> |---|\n> | 1 |\nlazy?\n",
             "a\n-:\nb\n",
             "- [ ] foo\n- [x] bar\n",
             "- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n",
             "1. [X] one\n2. [ ] two [x]\n\n   more\n",
             "- [ ]\n- [ ] \n- [] no\n* [x]\ttab\n",
         }) {
        BOOST_TEST_CONTEXT(markdown) check_round_trip(markdown, tally);
    }
    BOOST_TEST(tally.merged == 0U);
}

BOOST_AUTO_TEST_CASE(generated_documents_come_back_byte_for_byte) {
    const char* rounds = std::getenv("STELE_ROUNDS");
    const size_t count = rounds ? std::strtoul(rounds, nullptr, 10) : 10'000;
    MarkdownGenerator generator(seed_for_tests());
    BOOST_TEST_MESSAGE("seed " << seed_for_tests());
    Tally tally;
    for (size_t i = 0; i < count; ++i) check_round_trip(generator.document(), tally);
    BOOST_TEST_MESSAGE(tally.documents << " documents, " << tally.leaves << " leaves, " << tally.merged
                                       << " documents with a block left whole");
    // Leaving everything whole would pass the rest.
    BOOST_TEST(tally.merged * 50 <= tally.documents);
}

// Harmless characters fit without being parsed (markdown_fits.cpp); here they are parsed.
BOOST_AUTO_TEST_CASE(another_text_in_one_leaf_leaves_the_others_as_they_are) {
    const std::vector<std::string> plain{"other words", "a. www.b.c (d) - e/f, 50%: \"g\"; 'h'!",
                                         "http://a.b/c?d - --- ---", "Å) 1. two  three -", "مدينة: 10-12."};
    MarkdownGenerator generator(seed_for_tests() + 1);
    BOOST_TEST_MESSAGE("seed " << seed_for_tests() + 1);
    for (int i = 0; i < 500; ++i) {
        const std::string markdown = generator.document();
        const Body body = segments_of(markdown);
        for (size_t k = 0; k < body.leaves.size(); ++k) {
            if (body.leaves[k].kind == Kind::block) continue;
            Texts texts = texts_of(body);
            const std::string text = body.leaves[k].kind == Kind::paragraph ? plain[k % plain.size()] : "other words";
            texts[k] = text;
            // Words instead of an image are no caption any more.
            if (body.leaves[k].kind != Kind::caption) BOOST_TEST_REQUIRE(!check_fits(body.skeleton, k, text));
            const Body after = segments_of(compose(body.skeleton, texts));
            BOOST_TEST_REQUIRE(after.leaves.size() == body.leaves.size(), "leaf " << k << " of\n" << markdown);
            for (size_t j = 0; j < body.leaves.size(); ++j)
                if (j != k) BOOST_TEST_REQUIRE(after.leaves[j].text == body.leaves[j].text);
            BOOST_TEST_REQUIRE(after.leaves[k].text == text);
        }
    }
}

// However many are written at once, a misfit is found, and nothing that fits alone is called one.
BOOST_AUTO_TEST_CASE(many_texts_at_once_fit_where_each_does) {
    MarkdownGenerator generator(seed_for_tests() + 2);
    std::mt19937 random(seed_for_tests());
    const std::vector<std::string> written{"words",     "- item", "two\n\nparagraphs", "a | b", "<b>x</b>",
                                           "# heading", "*x*"};
    size_t fitting = 0, refused = 0;
    for (int i = 0; i < 300; ++i) {
        std::string markdown;
        for (int n = 0; n < 3; ++n) markdown += generator.document() + "\n\n";
        const auto skeleton = segments_of(markdown).skeleton;
        // Mostly what is there, so that there are bodies where all fits.
        const bool hostile = i % 2 == 0;
        std::map<size_t, std::string_view> texts;
        std::map<size_t, std::string> alone;
        for (size_t slot = 0; slot < skeleton.slots.size(); ++slot) {
            const auto& text = hostile && random() % 4 == 0 ? written[random() % written.size()] : written[6];
            texts.emplace(slot, text);
            if (auto key = check_fits(skeleton, slot, text)) alone.emplace(slot, std::move(*key));
        }
        const auto together = check_all_fit(skeleton, texts);
        BOOST_TEST_REQUIRE(together.empty() == alone.empty(), "document " << i << ":\n" << markdown);
        for (const auto& [slot, key] : together) BOOST_TEST_REQUIRE(alone.at(slot) == key);
        ++(together.empty() ? fitting : refused);
    }
    BOOST_TEST_MESSAGE(fitting << " bodies in which all fits, " << refused << " in which not");
    BOOST_TEST(fitting > 20U);
    BOOST_TEST(refused > 20U);
}

BOOST_AUTO_TEST_SUITE_END()
