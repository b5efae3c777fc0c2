#include "src/exchange/front_matter.hpp"

#include <fmt/format.h>

#include "src/locale/text.hpp"

namespace stele::exchange {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    rest.remove_prefix(line.size());
    return line;
}

std::string_view without_end(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

bool is_fence(std::string_view line) {
    line = without_end(line);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    return line == "---";
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n") == std::string_view::npos; }

int line_of(std::string_view bytes, size_t at) {
    return 1 + int(std::count(bytes.begin(), bytes.begin() + std::ptrdiff_t(at), '\n'));
}

void check_bytes(std::string_view bytes) {
    if (const auto nul = bytes.find('\0'); nul != std::string_view::npos)
        throw BadFile(line_of(bytes, nul), "a NUL byte", "save the file as text in UTF-8");
    if (locale::is_utf8(bytes)) return;
    std::string_view rest = bytes;
    int line = 1;
    while (!rest.empty() && locale::is_utf8(take_line(rest))) ++line;
    throw BadFile(line, "not UTF-8", "save the file in UTF-8");
}

std::string yaml_text(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += std::string(without_end(line)) + '\n';
    return text;
}

std::vector<Entry> entries_of(const std::vector<std::string>& lines) {
    constexpr int first_line = 2;
    auto root = parse_yaml(yaml_text(lines), first_line);
    std::vector<Entry> entries;
    for (size_t i = 0; i < root.keys.size(); ++i) {
        const auto& [key, line] = root.keys[i];
        const auto first = size_t(line);
        size_t end = i + 1 < root.keys.size() ? size_t(root.keys[i + 1].second) : lines.size();
        if (end <= first || first >= lines.size())
            throw BadFile(first_line + line, fmt::format("\"{}\" shares its line", key),
                          "write each key on a line of its own");
        while (end > first + 1 && (is_blank(lines[end - 1]) || lines[end - 1].starts_with('#'))) --end;
        entries.push_back({key, std::move(root.items[i]), first, end, first_line + line});
    }
    return entries;
}

}  // namespace

const Entry* FrontMatter::find(std::string_view key) const {
    for (const auto& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

std::optional<FrontMatter> split_file(std::string_view bytes) {
    FrontMatter front;
    std::string_view rest = bytes;
    if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
    const auto fence = take_line(rest);
    if (!is_fence(fence) || !fence.ends_with('\n')) return std::nullopt;
    check_bytes(bytes);
    front.open = std::string(bytes.substr(0, bytes.size() - rest.size()));
    front.eol = fence.ends_with("\r\n") ? "\r\n" : "\n";
    size_t size = 0;
    for (;;) {
        if (rest.empty()) throw BadFile(1, "the front matter has no end", "close it with a line \"---\"");
        const auto line = take_line(rest);
        if (is_fence(line)) {
            front.close = std::string(line);
            break;
        }
        size += line.size();
        if (size > max_front_matter_bytes)
            throw BadFile(1, "the front matter is over 64 KB", "put long texts into the body");
        front.lines.emplace_back(line);
    }
    front.entries = entries_of(front.lines);
    front.body_line = int(front.lines.size()) + 3;
    auto after = rest;
    if (const auto line = take_line(after); !line.empty() && without_end(line).empty()) {
        front.close += line;
        front.body_line += 1;
        rest = after;
    }
    front.body = std::string(rest);
    return front;
}

}  // namespace stele::exchange
