#include "server/cli/exchange_report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "server/cli/command.hpp"
#include "src/locale/text.hpp"

namespace stele::cli {
namespace {

std::string line_of(const exchange::Remark& r) {
    auto text = r.line > 0 ? fmt::format("{}:{}: ", r.path, r.line) : r.path + ": ";
    text += r.error ? describe(*r.error) : r.text;
    if (!r.remedy.empty()) text += fmt::format("\n  -> {}", r.remedy);
    return text;
}

std::string shortened(const std::string& text) {
    constexpr int cells = 60;
    return text.empty() ? "(nothing)" : locale::cut_to_width(locale::normalize_space(text), cells);
}

}  // namespace

void print_remarks(const std::string& heading, const std::vector<exchange::Remark>& remarks) {
    if (remarks.empty()) return;
    fmt::print(stderr, "{}:\n", heading);
    for (const auto& remark : remarks) fmt::print(stderr, "{}\n", line_of(remark));
}

void print_skipped(const std::vector<std::string>& paths) {
    if (paths.empty()) return;
    constexpr size_t shown = 20;
    fmt::print(stderr, "skipped, as no content (no front matter, or no language in the name):\n");
    for (size_t i = 0; i < std::min(shown, paths.size()); ++i) fmt::print(stderr, "{}\n", paths[i]);
    if (paths.size() > shown) fmt::print(stderr, "and {} more\n", paths.size() - shown);
}

void print_conflicts(const std::vector<exchange::Conflict>& conflicts) {
    if (conflicts.empty()) return;
    fmt::print(stderr, "changed in the file and in the database, which stays as it is (--theirs takes the file's):\n");
    for (const auto& c : conflicts)
        fmt::print(stderr, "{}: {}\n  file      {}\n  database  {}\n", c.path, c.place, shortened(c.file),
                   shortened(c.database));
}

exchange::Progress progress_on_terminal(const std::string& verb) {
    if (!isatty(STDERR_FILENO)) return {};
    using Clock = std::chrono::steady_clock;
    return [verb, last = Clock::time_point()](size_t done, size_t total) mutable {
        const auto now = Clock::now();
        if (done < total && now - last < std::chrono::milliseconds(100)) return;
        last = now;
        fmt::print(stderr, "\r{} {} of {}{}", verb, done, total, done == total ? "\n" : "");
        std::fflush(stderr);
    };
}

}  // namespace stele::cli
