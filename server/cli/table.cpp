#include "server/cli/table.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "src/locale/text.hpp"

namespace stele::cli {
namespace {

constexpr int gap = 2, least_last_column = 20;

std::vector<int> widths_of(const std::vector<std::vector<std::string>>& rows) {
    std::vector<int> widths(rows.front().size(), 0);
    for (const auto& row : rows)
        for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], locale::display_width(row[i]));
    return widths;
}

}  // namespace

std::string Table::text(int cells) const {
    auto widths = widths_of(rows_);
    int before_last = 0;
    for (size_t i = 0; i + 1 < widths.size(); ++i) before_last += widths[i] + gap;
    if (cells > 0) widths.back() = std::min(widths.back(), std::max(least_last_column, cells - before_last));
    std::string text;
    for (const auto& row : rows_) {
        for (size_t i = 0; i + 1 < row.size(); ++i)
            text += row[i] + std::string(size_t(widths[i] - locale::display_width(row[i]) + gap), ' ');
        text += locale::cut_to_width(row.back(), widths.back()) + "\n";
    }
    return text;
}

void Table::print() const {
    winsize size{};
    const bool terminal = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    fmt::print("{}", text(terminal ? size.ws_col : 0));
}

std::string csv_line(const std::vector<std::string>& values) {
    std::string line;
    for (const auto& value : values) {
        if (&value != &values.front()) line += ',';
        if (value.find_first_of(",\"\r\n") == std::string::npos) {
            line += value;
            continue;
        }
        line += '"';
        for (char c : value) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

}  // namespace stele::cli
