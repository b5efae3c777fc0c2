#include "tests/bench/support/content_tree.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/bench/support/filled_site.hpp"

namespace stele::bench {
namespace {

std::string sentence(unsigned seed, int length) { return words(seed, length) + "."; }

std::string link(unsigned seed) { return fmt::format("[{}](/{}/{})", words(seed, 2), words(seed + 1, 1), seed % 97); }

std::string paragraph(unsigned seed) {
    auto text = sentence(seed, 14) + " " + sentence(seed + 1, 18);
    if (seed % 3 == 0) text += " See " + link(seed + 2) + " and *" + words(seed + 3, 2) + "*.";
    return text + " " + sentence(seed + 4, 16) + "\n\n";
}

std::string list(unsigned seed) {
    std::string text;
    for (unsigned i = 0; i < 4; ++i)
        text += fmt::format("- **{}**: {}\n", words(seed + i, 1), sentence(seed + 9 * i, 12));
    return text + "\n";
}

std::string table(unsigned seed) {
    std::string text = "| city | year | note |\n|------|-----:|------|\n";
    for (unsigned i = 0; i < 3; ++i)
        text += fmt::format("| {} | {} | {} |\n", words(seed + i, 1), 2000 + (seed + i) % 30, words(seed + 7 * i, 4));
    return text + "\n";
}

// Every fourth article has a table; the locale changes the words alone.
std::string document(unsigned article, unsigned seed) {
    std::string text = paragraph(seed);
    for (unsigned part = 1; part <= 2 + article % 3; ++part) {
        const auto own = seed + 1000 * part;
        text += "## " + words(own, 4) + "\n\n" + paragraph(own + 10) + paragraph(own + 20);
        if (part == 1) text += list(own + 30);
        if (part == 2 && article % 4 == 0) text += table(own + 40);
    }
    return text;
}

std::string file_of(unsigned article, unsigned number, const std::string& locale) {
    const auto seed = article * 8191u + number * 131'071u;
    std::string text = "---\n";
    if (number == 0)
        text +=
            fmt::format("type: news\nsource: {}\ndate: 2026-{:02}-{:02}\n", locale, 1 + article % 12, 1 + article % 28);
    text += fmt::format("title: \"{} {}\"\nsummary: {}\n---\n\n", words(seed, 5), article, sentence(seed + 5, 18));
    return text + document(article, seed);
}

}  // namespace

size_t write_content_tree(const std::string& folder, int articles, const std::vector<std::string>& locales) {
    size_t bytes = 0;
    for (unsigned article = 0; article < unsigned(articles); ++article) {
        const auto part = fmt::format("{}/part-{:03}", folder, article / 1000);
        if (article % 1000 == 0) std::filesystem::create_directories(part);
        for (unsigned number = 0; number < locales.size(); ++number) {
            const auto text = file_of(article, number, locales[number]);
            std::ofstream out(fmt::format("{}/article-{:06}.{}.md", part, article, locales[number]), std::ios::binary);
            out << text;
            if (!out.flush()) throw std::runtime_error("a file of the tree cannot be written");
            bytes += text.size();
        }
    }
    return bytes;
}

}  // namespace stele::bench
