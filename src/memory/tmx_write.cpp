#include <fmt/format.h>

#include "src/base/xml.hpp"
#include "src/memory/tmx.hpp"

namespace stele::memory {
namespace {

// XML 1.0, section 2.2: of the controls only tab and line endings may stand in a file, in whatever form.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : for_xml(std::string(text))) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (c == '\r')
            out += "&#13;";
        else if (byte >= 0x20 || c == '\t' || c == '\n')
            out += c;
    }
    return out;
}

std::string date_of(Time at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(at - day));
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string variant(const std::string& language, const std::string& text) {
    return fmt::format("      <tuv xml:lang=\"{}\"><seg>{}</seg></tuv>\n", escaped(language), escaped(text));
}

}  // namespace

void write_tmx_head(const Write& write, const std::optional<locale::Tag>& source, const locale::Tag& site) {
    write(
        fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n  <header "
                    "creationtool=\"Stele\" creationtoolversion=\"1\" segtype=\"paragraph\" o-tmf=\"Stele\" "
                    "adminlang=\"{}\" srclang=\"{}\" datatype=\"plaintext\"/>\n  <body>\n",
                    site.text(), source ? source->text() : "*all*"));
}

void write_tmx_unit(const Write& write, const TmxUnit& unit) {
    auto head = fmt::format("    <tu srclang=\"{}\"", escaped(unit.source_language));
    if (unit.at) head += fmt::format(" changedate=\"{}\"", date_of(*unit.at));
    if (!unit.actor.empty()) head += fmt::format(" changeid=\"{}\"", escaped(unit.actor));
    write(head + ">\n" + variant(unit.source_language, unit.source) + variant(unit.target_language, unit.target) +
          "    </tu>\n");
}

void write_tmx_end(const Write& write) { write("  </body>\n</tmx>\n"); }

}  // namespace stele::memory
