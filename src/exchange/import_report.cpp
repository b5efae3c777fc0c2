#include "src/exchange/import_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace stele::exchange {
namespace {

int line_of(const Document& d, const std::string& text) {
    const auto at = d.front.body.find(text.substr(0, text.find('\n')));
    if (at == std::string::npos) return d.front.body_line;
    return d.front.body_line + int(std::count(d.front.body.begin(), d.front.body.begin() + std::ptrdiff_t(at), '\n'));
}

}  // namespace

Remark refusal(const std::string& path, const Error& error) {
    switch (error.code()) {
        case ErrorCode::invalid:
        case ErrorCode::taken:
        case ErrorCode::conflict:
        case ErrorCode::too_large:
        case ErrorCode::malformed:
            return {path, 0, "it cannot be accepted", "correct it and import again", error};
        case ErrorCode::version_conflict:
        case ErrorCode::not_found:
            return {path, 0, "the database changed meanwhile", "import again", error};
        default:
            throw error;
    }
}

Remark refusal(const Document& d, const Error& error) {
    auto remark = refusal(d.path, error);
    for (const auto& field : error.fields()) {
        if (field.message != "body.no-counterpart") continue;
        remark.remedy = "add \"mode: independent\" if its structure is meant to differ";
        for (const auto& param : field.params)
            if (const auto* text = std::get_if<std::string>(&param.value); text && param.name == "text" && !remark.line)
                remark.line = line_of(d, *text);
    }
    for (const auto& field : error.fields()) {
        if (remark.line) break;
        const auto name = field.pointer.substr(std::min(field.pointer.size(), field.pointer.rfind('/') + 1));
        if (const auto* entry = d.front.find(name)) remark.line = entry->line;
        if (name == "body") remark.line = d.front.body_line;
    }
    return remark;
}

void warn_of_shared(ImportReport& report, const Document& d) {
    for (const auto& entry : d.front.entries)
        if (d.shared.contains(entry.key))
            report.warnings.push_back({d.path, entry.line, fmt::format("\"{}\" is shared by all locales", entry.key),
                                       "it is not read from here; write it into the source's file"});
}

bool has_text(const Document& d) {
    const auto any = [](const std::optional<std::string>& text) { return text && !text->empty(); };
    return any(d.title) || any(d.summary) || d.front.body.find_first_not_of(" \t\r\n") != std::string::npos ||
           std::any_of(d.fields.begin(), d.fields.end(), [](const auto& f) { return !f.second.empty(); });
}

storage::OriginId place_to_keep(db::Transaction& t, const Importing& importing, const Read& read) {
    const auto& package = read.document.package;
    if (!package) return importing.place;
    return storage::put_origin(t, *package, true, importing.store.now());
}

void add_kept(std::vector<storage::File>& files, const Read& read, storage::OriginId place, ArticleId id,
              const locale::Tag& source_locale) {
    const auto& d = read.document;
    files.push_back({{place, d.path, id, d.locale.text(), read.exact}, read.bytes});
    if (d.locale != source_locale) return;
    for (const auto& [name, rows] : d.rows)
        files.push_back({{place, rows.path, id, d.locale.text(), content::exact_hash(rows.bytes)}, rows.bytes});
}

void keep(db::Transaction& t, std::vector<storage::File> files) {
    const auto where = [](const storage::File& file) { return std::tie(file.origin, file.path); };
    // Two fields may name one CSV file; a statement may write a row only once.
    std::stable_sort(files.begin(), files.end(), [&](const auto& a, const auto& b) { return where(a) < where(b); });
    files.erase(
        std::unique(files.begin(), files.end(), [&](const auto& a, const auto& b) { return where(a) == where(b); }),
        files.end());
    storage::upsert_files(t, files);
}

}  // namespace stele::exchange
