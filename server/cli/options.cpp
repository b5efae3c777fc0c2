#include "server/cli/options.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace stele::cli {
namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

// A number without the zeros that a fixed format leaves: 10, 0.5.
std::string number_text(double n) { return fmt::format("{}", n); }

std::string value_text(const OptionRow& row, const Options& options) {
    return std::visit(Overloaded{[&](std::string Options::*m) { return options.*m; },
                                 [&](std::int64_t Options::*m) { return fmt::format("{}", options.*m); },
                                 [&](std::chrono::milliseconds Options::*m) {
                                     const auto ms = (options.*m).count();
                                     return ms % 1000 ? number_text(double(ms) / 1000) : fmt::format("{}", ms / 1000);
                                 }},
                      row.member);
}

std::string toml_value(const OptionRow& row, const Options& options) {
    auto text = value_text(row, options);
    if (!std::holds_alternative<std::string Options::*>(row.member)) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            quoted += fmt::format("\\u{:04x}", int(c));
        else
            quoted += c;
    }
    return quoted + '"';
}

[[noreturn]] void refuse(const OptionRow& row, const std::string& value, const std::string& where,
                         const std::string& accepted) {
    const auto shown = row.secret ? "the value given" : fmt::format("\"{}\"", value);
    throw UsageError(fmt::format("{} ({}): {} cannot be used. It takes {}.", row.name, where, shown, accepted));
}

double checked_number(const OptionRow& row, const std::string& value, const std::string& where, bool whole) {
    double n = 0;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, n);
    const bool is_number = !value.empty() && error == std::errc() && stop == end;
    if (is_number && n >= row.min && n <= row.max && (!whole || n == std::int64_t(n))) return n;
    refuse(row, value, where,
           fmt::format("a {}number of {} from {} to {}", whole ? "whole " : "", row.unit, number_text(row.min),
                       fmt::format("{:.0f}", row.max)));
}

void assign(Options& options, const OptionRow& row, std::string value, const std::string& where) {
    std::visit(Overloaded{[&](std::string Options::*m) {
                              const auto written = value;
                              if (value.find('\0') != std::string::npos)
                                  refuse(row, written, where, "text without NUL");
                              if (row.check)
                                  if (const auto accepted = row.check(value)) refuse(row, written, where, *accepted);
                              options.*m = value;
                          },
                          [&](std::int64_t Options::*m) {
                              options.*m = std::int64_t(checked_number(row, value, where, true));
                          },
                          [&](std::chrono::milliseconds Options::*m) {
                              const auto seconds = checked_number(row, value, where, false);
                              options.*m = std::chrono::milliseconds(std::llround(seconds * 1000));
                          }},
               row.member);
}

const OptionRow* find_row(std::string_view name) {
    const auto rows = option_table();
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& r) { return r.name == name; });
    return at == rows.end() ? nullptr : &*at;
}

// Levenshtein's distance, to guess what a misspelt key was meant to be.
size_t distance(std::string_view a, std::string_view b) {
    std::vector<size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), size_t(0));
    for (size_t i = 0; i < a.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.size(); ++j) {
            const size_t replaced = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row[b.size()];
}

std::string guess(std::string_view name) {
    const auto rows = option_table();
    const auto nearest = std::min_element(rows.begin(), rows.end(), [&](const OptionRow& a, const OptionRow& b) {
        return distance(name, a.name) < distance(name, b.name);
    });
    if (distance(name, nearest->name) > 3) return "stele --print-config lists all options.";
    return fmt::format("Did you mean {}?", nearest->name);
}

// A scalar as it would be written on the command line; absent for tables, arrays and dates.
std::optional<std::string> scalar_text(const toml::node& node) {
    if (const auto* s = node.as_string()) return s->get();
    if (const auto* i = node.as_integer()) return fmt::format("{}", i->get());
    if (const auto* f = node.as_floating_point()) return number_text(f->get());
    return std::nullopt;
}

void apply_file(Options& options, const std::string& path) {
    toml::table table;
    try {
        table = toml::parse_file(path);
    } catch (const toml::parse_error& e) {
        const auto line = e.source().begin.line;
        throw UsageError(
            line ? fmt::format("{}:{}: not valid TOML: {}.", path, line, e.description())
                 : fmt::format("{}: {}. Check that the file exists and may be read.", path, e.description()));
    }
    for (const auto& [key, node] : table) {
        const auto where = fmt::format("{}:{}", path, key.source().begin.line);
        const auto* row = find_row(key.str());
        if (!row) throw UsageError(fmt::format("{}: there is no option {}. {}", where, key.str(), guess(key.str())));
        const auto text = scalar_text(node);
        if (!text) throw UsageError(fmt::format("{} ({}): takes one text in quotes, or a number.", row->name, where));
        assign(options, *row, *text, where);
    }
}

}  // namespace

std::string command_line_name(const OptionRow& row) {
    auto name = fmt::format("--{}", row.name);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

std::string help_text(const OptionRow& row) {
    return row.unit.empty() ? std::string(row.help) : fmt::format("[{}] {}", row.unit, row.help);
}

std::string environment_name(const OptionRow& row) {
    std::string name = "STELE_";
    // Names of options are ASCII; toupper would ask the process locale.
    for (const char c : row.name) name += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return name;
}

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (!value) return std::nullopt;
        return value;
    };
}

Options load_options(const std::map<std::string, std::string>& command_line, const Environment& environment,
                     const std::optional<std::string>& config_file) {
    Options options;
    if (config_file) apply_file(options, *config_file);
    for (const auto& row : option_table()) {
        const auto given = command_line.find(std::string(row.name));
        if (given != command_line.end()) {
            assign(options, row, given->second, command_line_name(row));
            continue;
        }
        const auto variable = environment_name(row);
        if (const auto value = environment(variable); value && !value->empty()) assign(options, row, *value, variable);
    }
    return options;
}

std::string to_toml(const Options& options) {
    const Options defaults;
    std::string text =
        "# Every option of Stele, with its default. The same names work on the command line (--max-body-bytes) and in "
        "the\n"
        "# environment (STELE_MAX_BODY_BYTES); the command line beats the environment, and that beats this file.\n"
        "# Use it with: stele --config stele.toml serve\n";
    for (const auto& row : option_table()) {
        const bool is_default = value_text(row, options) == value_text(row, defaults);
        text += fmt::format("\n# {}\n", help_text(row));
        if (row.secret && !is_default)
            text += fmt::format("# {} is set, and not shown here\n", row.name);
        else
            text += fmt::format("{}{} = {}\n", is_default ? "#" : "", row.name, toml_value(row, options));
    }
    return text;
}

std::string local_address(const Options& options) {
    for (std::string_view rest = options.listen; !rest.empty();) {
        auto place = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), place.size() + 1));
        place.remove_prefix(std::min(place.find_first_not_of(' '), place.size()));
        if (!place.empty() && !place.starts_with("unix:")) return fmt::format("http://{}", place);
    }
    return "http://localhost";
}

std::optional<std::string> sqlite_path(const Options& options) {
    constexpr std::string_view scheme = "sqlite:";
    if (!options.database.starts_with(scheme)) return std::nullopt;
    return options.database.substr(scheme.size());
}

std::string secret_file_of(const Options& options) {
    if (!options.secret_file.empty()) return options.secret_file;
    return sqlite_path(options).value_or("stele") + ".secret";
}

}  // namespace stele::cli
