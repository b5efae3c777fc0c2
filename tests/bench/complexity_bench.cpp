// What the hardest inputs cost: CPU of everything that reads what people send, at sizes up to the limits. The goal is
// at most 50 ms for any input of up to 100 KB, and 50 ms per 100 KB beyond. Prints the worst of each; STELE_BENCH_ALL=1
// prints all.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "server/http/percent.hpp"
#include "src/content/destinations.hpp"
#include "src/content/limits.hpp"
#include "src/content/render_html.hpp"
#include "src/content/segment.hpp"
#include "src/locale/chain.hpp"
#include "src/locale/text.hpp"
#include "tests/bench/support/adversarial_forms.hpp"
#include "tests/bench/support/adversaries.hpp"
#include "tests/bench/support/measure.hpp"

namespace {

using namespace stele;
using namespace stele::content;

constexpr double goal = 50;             // ms, of what counts as 100 KB
constexpr double hopeless = 20 * goal;  // larger ones of this kind would take for ever
constexpr size_t shown = 4;
// At 20 and 40 KB are the most cells and the most items that a body may have.
constexpr std::array<size_t, 5> sizes{10'000, 20'000, 40'000, 100'000, 1'000'000};

struct Result {
    std::string what, family;
    std::array<double, sizes.size()> rates{};  // ms per 100 KB; 0 = not measured
    // A request costs something however small it is: below 100 KB the time itself counts.
    double worst() const {
        double most = 0;
        for (size_t i = 0; i < sizes.size(); ++i)
            most = std::max(most, rates[i] * std::min(1.0, double(sizes[i]) / 1e5));
        return most;
    }
};

// `prepare` makes the work of one size; what it returns is measured: so many bytes, and what is done with them. None
// where the limits forbid it.
struct Work {
    size_t bytes = 0;
    std::function<void()> run;
};

// The better of two: the first one also pays for what is cached.
double milliseconds(const Work& work) {
    double best = 1e9;
    for (int i = 0; i < 2; ++i) {
        const auto begin = bench::thread_cpu_micros();
        work.run();
        best = std::min(best, (bench::thread_cpu_micros() - begin) / 1e3);
        if (best > 200) break;
    }
    return best;
}

Result measure(const std::string& what, const std::string& family, size_t max_bytes,
               const std::function<Work(size_t)>& prepare) {
    Result result{what, family};
    for (size_t i = 0; i < sizes.size(); ++i) {
        if (sizes[i] > max_bytes && (i > 0 && sizes[i - 1] >= max_bytes)) break;
        const auto work = prepare(std::min(sizes[i], max_bytes));
        if (work.bytes == 0) continue;
        result.rates[i] = milliseconds(work) * 1e5 / double(work.bytes);
        if (result.rates[i] > hopeless) break;
    }
    return result;
}

std::vector<Part> parts_of(const Body& body) {
    std::vector<Part> parts;
    for (const auto& leaf : body.leaves) parts.push_back({leaf.text, std::nullopt});
    return parts;
}

std::vector<Known> known_of(const Body& body) {
    std::vector<Known> known;
    for (const auto& leaf : body.leaves) known.push_back({std::to_string(known.size()), leaf.kind, leaf.text});
    return known;
}

// With the prefixes of a leaf's lines, which may be more than its text.
size_t bytes_of(const Body& body) {
    size_t bytes = 0;
    for (const auto& literal : body.skeleton.literals) bytes += literal.size();
    for (const auto& slot : body.skeleton.slots)
        for (const auto& prefix : slot.line_prefixes) bytes += prefix.size();
    for (const auto& leaf : body.leaves) bytes += leaf.text.size();
    return bytes;
}

// What reads one Markdown text.
using OnText = std::function<void(const std::string&)>;
struct TextTask {
    std::string name;
    size_t max_bytes;
    OnText run;
};

const std::vector<TextTask>& text_tasks() {
    static const auto en = locale::Tag::stored("en");
    static const std::vector<TextTask> tasks{
        {"segments_of", max_body_bytes, [](const auto& text) { segments_of(text); }},
        {"render_inline_html", max_body_bytes, [](const auto& text) { render_inline_html(text); }},
        {"visible_text", max_body_bytes, [](const auto& text) { visible_text(text); }},
        {"count_words", max_body_bytes, [](const auto& text) { locale::count_words(text, en); }},
        {"meaning_hash", max_body_bytes, [](const auto& text) { meaning_hash(text); }},
        {"follow_destinations", max_body_bytes, [](const auto& text) { follow_destinations(text, text, text + "x"); }},
        {"heading_id", max_body_bytes, [](const auto& text) { heading_id(text); }},
        {"similarity", max_body_bytes, [](const auto& text) { similarity(text, text); }},
        {"slug_from", max_body_bytes, [](const auto& text) { locale::slug_from(text, en); }},
        {"query_items", max_body_bytes, [](const auto& text) { http::query_items(text); }},
        {"parse_accept_language", max_body_bytes, [](const auto& text) { locale::parse_accept_language(text); }},
    };
    return tasks;
}

// What is done with a body that was cut.
struct BodyTask {
    std::string name;
    std::function<void(const Body&)> run;
    std::function<Body(Body)> change = [](Body body) { return body; };
};

const std::vector<BodyTask>& body_tasks() {
    static const auto en = locale::Tag::stored("en"), ar = locale::Tag::stored("ar");
    static const std::vector<BodyTask> tasks{
        {"render_html", [](const Body& body) { render_html(body.skeleton, parts_of(body), en); }},
        {"render_html of texts that do not fit",
         [](const Body& body) {
             auto parts = parts_of(body);
             for (auto& part : parts) part.lang = ar;
             render_html(body.skeleton, parts, en);
         },
         [](Body body) {
             for (auto& leaf : body.leaves) leaf.text = "> " + leaf.text + "\n\n- x";
             return body;
         }},
        {"compose the half",
         [](const Body& body) {
             std::vector<std::optional<std::string>> texts;
             for (const auto& leaf : body.leaves)
                 texts.push_back(texts.size() % 2 ? std::optional(leaf.text) : std::nullopt);
             compose(body.skeleton, texts);
         }},
        {"check_fits",
         [](const Body& body) {
             if (!body.leaves.empty()) check_fits(body.skeleton, 0, body.leaves[0].text);
         }},
        {"same_structure",
         [](const Body& body) {
             auto other = body.skeleton;
             other.literals.back() += "\n";
             same_structure(body.skeleton, other);
         }},
        {"check_all_fit of texts that do not fit",
         [](const Body& body) {
             std::map<size_t, std::string_view> texts;
             for (size_t i = 0; i < body.leaves.size(); ++i) texts[i] = i % 2 ? "- x" : "a | b\n\nc";
             check_all_fit(body.skeleton, texts);
         }},
        {"check_all_fit",
         [](const Body& body) {
             std::map<size_t, std::string_view> texts;
             for (size_t i = 0; i < body.leaves.size(); ++i) texts[i] = body.leaves[i].text;
             check_all_fit(body.skeleton, texts);
         }},
        {"hashes and words of each segment",
         [](const Body& body) {
             for (const auto& leaf : body.leaves) {
                 meaning_hash(leaf.text);
                 locale::count_words(visible_text(leaf.text), en);
             }
         }},
        {"stored skeleton", [](const Body& body) { parse_skeleton(to_stored(body.skeleton)); }},
    };
    return tasks;
}

struct PairTask {
    std::string name;
    std::function<std::function<void()>(const std::string& before, const std::string& after)> prepare;
};

const std::vector<PairTask>& pair_tasks() {
    static const auto en = locale::Tag::stored("en");
    static const std::vector<PairTask> tasks{
        {"identify",
         [](const auto& before, const auto& after) {
             return [known = known_of(segments_of(before)), leaves = segments_of(after).leaves] {
                 identify(known, {}, leaves);
             };
         }},
        {"identify against as many retired",
         [](const auto& before, const auto& after) {
             auto retired = known_of(segments_of(before));
             return [retired, live = known_of(segments_of(after)), leaves = segments_of(before + "\n\nx").leaves] {
                 identify(live, retired, leaves);
             };
         }},
        {"align",
         [](const auto& before, const auto& after) {
             auto target = segments_of(after).leaves;
             if (!target.empty()) target.erase(target.begin());
             return [source = segments_of(before).leaves, target] { align(source, target, {}); };
         }},
        {"word_diff", [](const auto& before, const auto& after) { return [=] { word_diff(before, after, en); }; }},
        {"follow_destinations",
         [](const auto& before, const auto& after) { return [=] { follow_destinations(before, before, after); }; }},
    };
    return tasks;
}

class Report {
  public:
    void add(Result result) { results_.push_back(std::move(result)); }

    void print() {
        std::stable_sort(results_.begin(), results_.end(),
                         [](const Result& a, const Result& b) { return a.worst() > b.worst(); });
        const bool all = std::getenv("STELE_BENCH_ALL") != nullptr;
        const bench::Table table("ms of CPU per 100 KB", {"what", "input", "worst, ms", "at 10 KB", "at 20 KB",
                                                          "at 40 KB", "at 100 KB", "at 1 MB", "cases of it"});
        std::map<std::string, size_t> count, printed;
        for (const auto& r : results_) ++count[r.what];
        for (const auto& r : results_) {
            const bool over = r.worst() > goal;
            if (!all && !over && printed[r.what] >= shown) continue;
            ++printed[r.what];
            std::vector<std::string> cells{r.what, r.family, bench::figure(r.worst())};
            for (const auto rate : r.rates) cells.push_back(cell(rate));
            cells.push_back(std::to_string(count[r.what]));
            table.row(cells);
        }
        const auto over =
            std::count_if(results_.begin(), results_.end(), [](const Result& r) { return r.worst() > goal; });
        fmt::print("\n{} cases, {} over {} ms for 100 KB; the worst: {} of {}, {} ms\n", results_.size(), over, goal,
                   results_.front().what, results_.front().family, bench::figure(results_.front().worst()));
    }

  private:
    static std::string cell(double rate) { return rate == 0 ? "-" : bench::figure(rate); }
    std::vector<Result> results_;
};

}  // namespace

int main(int argc, char** argv) {
    // Of what, and of which kind of input; both in part.
    const std::string only = argc > 1 ? argv[1] : "", kind = argc > 2 ? argv[2] : "";
    Report report;
    const auto add = [&](const std::string& what, const std::string& family, size_t max_bytes,
                         const std::function<Work(size_t)>& prepare) {
        if (what.find(only) == std::string::npos || family.find(kind) == std::string::npos) return;
        report.add(measure(what, family, max_bytes, prepare));
    };
    for (const auto& adversary : bench::markdown_adversaries()) {
        for (const auto& task : text_tasks())
            add(task.name, adversary.name, task.max_bytes, [&](size_t bytes) {
                auto text = adversary.text(bytes, 0);
                const auto size = text.size();
                return Work{size, [&task, text = std::move(text)] { task.run(text); }};
            });
        for (const auto& task : body_tasks())
            add(task.name, adversary.name, max_body_bytes, [&](size_t bytes) {
                auto body = task.change(segments_of(adversary.text(bytes, 0)));
                if (body.too_many) return Work{};
                const auto size = bytes_of(body);
                return Work{size, [&task, body = std::move(body)] { task.run(body); }};
            });
    }
    for (const auto& adversary : bench::comparison_adversaries())
        for (const auto& task : pair_tasks())
            add(task.name, adversary.name, max_body_bytes, [&](size_t bytes) {
                const auto before = adversary.text(bytes / 2, 0), after = adversary.text(bytes / 2, 1);
                return Work{before.size() + after.size(), task.prepare(before, after)};
            });
    for (const auto& task : bench::adversarial_forms())
        add(task.name, task.family, task.max_bytes, [&](size_t bytes) {
            auto form = task.make(bytes);
            return Work{form.bytes, std::move(form.read)};
        });
    report.print();
}
