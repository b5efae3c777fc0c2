// What cmark-gfm shows as links and images is what the scanner finds, on random inline text.
#include <cmark-gfm.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>

#include "src/content/destinations.hpp"

using namespace stele::content;

namespace {

using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using Walk = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;

// Absent when the text is not one paragraph.
std::optional<std::vector<std::string>> shown_by_cmark(const std::string& text) {
    const Document document(cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT), cmark_node_free);
    cmark_node* block = cmark_node_first_child(document.get());
    if (!block || cmark_node_get_type(block) != CMARK_NODE_PARAGRAPH || cmark_node_next(block)) return std::nullopt;
    std::vector<std::string> urls;
    const Walk walk(cmark_iter_new(document.get()), cmark_iter_free);
    for (cmark_event_type event; (event = cmark_iter_next(walk.get())) != CMARK_EVENT_DONE;) {
        cmark_node* node = cmark_iter_get_node(walk.get());
        const auto type = cmark_node_get_type(node);
        if (event == CMARK_EVENT_EXIT && (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE))
            urls.emplace_back(cmark_node_get_url(node));
    }
    return urls;
}

// As cmark says it: trimmed, an address with its scheme.
std::string as_url(const std::string& text, const Destination& destination) {
    std::string value = value_of(text, destination);
    if (destination.autolink && value.find(':') == value.npos) return "mailto:" + value;
    while (value.starts_with(' ')) value.erase(0, 1);
    while (value.ends_with(' ')) value.pop_back();
    return value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(destinations)

BOOST_AUTO_TEST_CASE(found_as_the_renderer_shows_them) {
    // (Not "<?": of processing instructions cmark-gfm reads something of its own.)
    const std::vector<std::string> pieces = {
        "[",  "]",      "(",   ")",     "](", "![",      "`",   "``",      "<",    ">",    "<http://x.y>",
        "\"", "'",      "\\",  "a",     "b",  " ",       "\n",  "<a b=\"", "</b>", "<!--", "-->",
        "*",  "[a](b)", "(c)", "<d e>", "!",  "<m@n.o>", "<!A "};
    const char* asked = std::getenv("STELE_ROUNDS");
    const size_t rounds = asked ? 100 * std::strtoul(asked, nullptr, 10) : 20'000;
    constexpr std::uint64_t seed = 3;
    std::mt19937_64 random(seed);
    size_t compared = 0;
    for (size_t round = 0; round < rounds; ++round) {
        std::string text = "x ";
        for (size_t count = 1 + random() % 14; count > 0; --count) text += pieces[random() % pieces.size()];
        const auto expected = shown_by_cmark(text);
        if (!expected) continue;
        ++compared;
        std::vector<std::string> found;
        for (const auto& destination : find_destinations(text)) found.push_back(as_url(text, destination));
        BOOST_TEST(found == *expected, "in \"" << text << '"');
    }
    BOOST_TEST_MESSAGE("destinations: seed " << seed << ", " << compared << " texts as cmark-gfm shows them");
}

BOOST_AUTO_TEST_SUITE_END()
