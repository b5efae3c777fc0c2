// Terms as a table for spreadsheets: one source and one target locale.
#include "src/exchange/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "src/exchange/yaml.hpp"
#include "src/storage/site.hpp"
#include "src/terms/index.hpp"
#include "src/terms/rows.hpp"
#include "src/terms/validate.hpp"

namespace stele::terms {
namespace {

constexpr std::string_view parting = " | ";

std::string together(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all.append(all.empty() ? std::string_view() : parting).append(text);
    return all;
}

std::vector<std::string> apart(std::string_view text) {
    std::vector<std::string> texts;
    while (!text.empty()) {
        const auto end = std::min(text.find('|'), text.size());
        texts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return texts;
}

std::string cell(const boost::json::object& row, std::string_view name) {
    const auto* value = row.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool is_yes(std::string_view text) {
    return text == "1" || text == "x" || text == "X" || text == "yes" || text == "true";
}

struct Row {
    Term term;
    bool has_note;
    Translation said;
};

Row row_from(const boost::json::object& cells, const locale::Tag& source) {
    Row row{{.n = 0,
             .source_locale = source,
             .text = cell(cells, "text"),
             .part = cell(cells, "part"),
             .note = cell(cells, "note")},
            false,
            {apart(cell(cells, "translation")), is_yes(cell(cells, "do_not_translate")),
             apart(cell(cells, "forbidden")), cell(cells, "translation_note")}};
    tidy(row.term);
    tidy(row.said);
    row.has_note = !row.term.note.empty();
    return row;
}

// What the row says on top of what is there.
Translation merged(Translation there, const Translation& said) {
    if (!said.texts.empty()) there.texts = said.texts;
    if (!said.forbidden.empty()) there.forbidden = said.forbidden;
    if (!said.note.empty()) there.note = said.note;
    there.keep = there.keep || said.keep;
    return there;
}

std::vector<Row> rows_from(const locale::Tag& source, const locale::Tag& target, std::string_view csv) {
    boost::json::array table;
    try {
        table = exchange::parse_csv(csv);
    } catch (const exchange::BadFile& bad) {
        throw Error(ErrorCode::invalid, {}, {}, {{"", "term.csv", {{"line", std::int64_t(bad.line)}}}});
    }
    std::vector<Row> rows;
    FieldErrors errors;
    for (size_t i = 0; i < table.size(); ++i) {
        rows.push_back(row_from(table[i].as_object(), source));
        FieldErrors mine;
        check_term(mine, rows.back().term);
        check_translation(mine, "/translations/" + target.text(), rows.back().said);
        for (auto& error : mine) {
            error.pointer = fmt::format("/rows/{}{}", i, error.pointer);
            errors.push_back(std::move(error));
        }
    }
    throw_if_any(std::move(errors));
    return rows;
}

}  // namespace

std::string to_csv(const Store& store, const locale::Tag& source, const locale::Tag& target) {
    const auto index = store.db.reading([&](db::Connection& c) { return index_of(c, source); });
    boost::json::array rows;
    for (const auto& term : index->terms()) {
        const auto at = term.translations.find(target);
        const auto said = at == term.translations.end() ? Translation{} : at->second;
        rows.push_back(boost::json::object{{"text", term.text},
                                           {"part", term.part},
                                           {"note", term.note},
                                           {"translation", together(said.texts)},
                                           {"do_not_translate", said.keep ? "1" : ""},
                                           {"forbidden", together(said.forbidden)},
                                           {"translation_note", said.note}});
    }
    constexpr std::string_view head = "text,part,note,translation,do_not_translate,forbidden,translation_note\r\n";
    if (rows.empty()) return std::string(head);
    return exchange::to_csv(rows, head).value();
}

Imported from_csv(const Store& store, const locale::Tag& source, const locale::Tag& target, std::string_view csv,
                  bool may_create, const Actor& actor) {
    const auto rows = rows_from(source, target, csv);
    return store.db.writing([&](db::Transaction& t) {
        renew_stamp(t, source);
        std::map<std::pair<std::string, std::string>, Term> there;
        for (auto& term : read_terms(*t, source)) {
            auto key = std::pair(key_of(term.text), term.part);
            there.emplace(std::move(key), std::move(term));
        }
        Imported counts;
        FieldErrors errors;
        for (size_t i = 0; i < rows.size(); ++i) {
            const auto& row = rows[i];
            const auto key = std::pair(key_of(row.term.text), row.term.part);
            auto at = there.find(key);
            const bool is_new = at == there.end();
            if (is_new && !may_create) {
                errors.push_back({fmt::format("/rows/{}/text", i), "term.unknown", {{"value", row.term.text}}});
                continue;
            }
            Term term = is_new ? row.term : at->second;
            const auto before = term;
            if (may_create && row.has_note) term.note = row.term.note;
            if (auto said = merged(term.translations[target], row.said); said.empty())
                term.translations.erase(target);
            else
                term.translations[target] = std::move(said);
            if (!is_new && term.note == before.note && term.translations == before.translations) {
                ++counts.unchanged;
                continue;
            }
            ++(is_new ? counts.created : counts.changed);
            if (!is_new) term.version += 1;
            term.actor = actor;
            term.updated_at = store.now();
            term.n = write_term(t, term).value();
            if (const auto said = term.translations.find(target); said != term.translations.end())
                write_translation(t, term.n, target, said->second);
            there.insert_or_assign(key, std::move(term));
        }
        throw_if_any(std::move(errors));
        if (std::int64_t(there.size()) > max_terms)
            throw Error(ErrorCode::conflict, "too-many-terms", {{"max", max_terms}});
        return counts;
    });
}

}  // namespace stele::terms
