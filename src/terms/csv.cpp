// Terms as a table for spreadsheets: one source and one target locale.
#include "src/exchange/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "src/exchange/yaml.hpp"
#include "src/storage/site.hpp"
#include "src/terms/index.hpp"
#include "src/terms/log.hpp"
#include "src/terms/rows.hpp"
#include "src/terms/validate.hpp"

namespace stele::terms {
namespace {

constexpr std::string_view parting = " | ";
constexpr size_t written_at_once = 500;  // terms: some milliseconds of the one writer of SQLite
constexpr int tries = 20;                // while others change terms of the same source

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

// A spreadsheet would compute it (CWE-1236). What has an apostrophe already gets another one, so that every text comes
// back as it was.
bool is_formula(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != std::string_view::npos &&
           std::string_view("=+-@\t\r\n").find(text[first]) != std::string_view::npos;
}
std::string shielded(const std::string& text) { return is_formula(text) ? "'" + text : text; }
std::string bared(const std::string& text) {
    return text.starts_with('\'') && is_formula(text) ? text.substr(1) : text;
}

std::string cell(const boost::json::object& row, std::string_view name) {
    const auto* value = row.if_contains(name);
    return value && value->is_string() ? bared(std::string(value->as_string())) : std::string();
}

// Spreadsheets part cells by a semicolon where numbers have a comma. No column's name has either.
char separator_of(std::string_view csv) {
    const auto head = csv.substr(0, csv.find('\n'));
    return head.find(',') == std::string_view::npos && head.find(';') != std::string_view::npos ? ';' : ',';
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

std::vector<Row> rows_from(const locale::Tag& source, std::string_view csv) {
    std::vector<Row> rows;
    try {
        for (const auto& cells : exchange::parse_csv(csv, separator_of(csv)))
            rows.push_back(row_from(cells.as_object(), source));
    } catch (const exchange::BadFile& bad) {
        if (bad.line == 0) throw Error(ErrorCode::invalid, {}, {}, {{"", "term.csv-utf8", {}}});
        throw Error(ErrorCode::invalid, {}, {}, {{"", "term.csv", {{"line", std::int64_t(bad.line)}}}});
    }
    return rows;
}

struct Write {
    Term before, after;  // before.n 0: there is none
};
using Key = std::pair<std::string, std::string>;

// What the rows change of the terms as they are in one snapshot.
class Plan {
  public:
    Plan(std::shared_ptr<const Index> index, std::shared_ptr<const storage::Site> site, const locale::Tag& target,
         bool may_create)
        : index_(std::move(index)), site_(std::move(site)), target_(target), may_create_(may_create) {
        for (const auto& term : index_->terms()) there_.emplace(Key(key_of(term.text), term.part), &term);
    }

    std::vector<Write> writes_of(const std::vector<Row>& rows) {
        for (size_t i = 0; i < rows.size(); ++i) take(i, rows[i]);
        throw_if_any(std::move(errors_));
        if (std::int64_t(index_->terms().size() + created_) > max_terms)
            throw Error(ErrorCode::conflict, "too-many-terms", {{"max", max_terms}});
        return std::move(writes_);
    }

  private:
    void take(size_t row, const Row& said) {
        const Key key(key_of(said.term.text), said.term.part);
        const auto planned = planned_.find(key);
        const auto at = there_.find(key);
        const bool is_new = at == there_.end();
        if (is_new && !may_create_) {
            errors_.push_back({fmt::format("/rows/{}/text", row), "term.unknown", {{"value", said.term.text}}});
            return;
        }
        const Term before = is_new ? Term{.source_locale = said.term.source_locale} : *at->second;
        Term after = planned != planned_.end() ? writes_[planned->second].after : is_new ? said.term : before;
        if (may_create_ && said.has_note) after.note = said.term.note;
        after.translations[target_] = merged(after.translations[target_], said.said);
        tidy(after);
        if (!is_new && parts_changed(before, after).empty()) return;
        check(row, after, is_new ? nullptr : &before);
        if (planned != planned_.end()) {
            writes_[planned->second].after = std::move(after);
            return;
        }
        planned_.emplace(key, writes_.size());
        created_ += is_new;
        writes_.push_back({before, std::move(after)});
    }

    void check(size_t row, const Term& term, const Term* before) {
        FieldErrors mine;
        check_term(mine, term, before, *site_);
        for (auto& error : mine) {
            error.pointer = fmt::format("/rows/{}{}", row, error.pointer);
            errors_.push_back(std::move(error));
        }
    }

    std::shared_ptr<const Index> index_;
    std::shared_ptr<const storage::Site> site_;
    const locale::Tag& target_;
    const bool may_create_;
    std::map<Key, const Term*> there_;
    std::map<Key, size_t> planned_;
    std::vector<Write> writes_;
    size_t created_ = 0;
    FieldErrors errors_;
};

// The new stamp; absent where the terms are not those of `stamp` any more, and nothing was written.
std::optional<std::string> write_piece(const Store& store, const locale::Tag& source, const std::string& stamp,
                                       std::span<const Write> piece, const Actor& actor) {
    return store.db.writing([&](db::Transaction& t) {
        auto renewed = renew_stamp(t, source, stamp);
        if (!renewed) return renewed;
        for (const auto& [before, planned] : piece) {
            Term after = planned;
            if (before.n != 0) after.version += 1;
            after.actor = actor;
            after.updated_at = store.now();
            if (!write_change(t, before, after)) throw Error(ErrorCode::internal, "term-planned-twice");
            if (before.n != 0) log(t, "term-changed", before, actor, after.updated_at);
        }
        log_import(t, source, std::int64_t(piece.size()), actor, store.now());
        return renewed;
    });
}

}  // namespace

std::string to_csv(const Store& store, const locale::Tag& source, const locale::Tag& target) {
    const auto index = store.db.reading([&](db::Connection& c) { return index_of(c, source); });
    boost::json::array rows;
    for (const auto& term : index->terms()) {
        const auto at = term.translations.find(target);
        const auto said = at == term.translations.end() ? Translation{} : at->second;
        rows.push_back(boost::json::object{{"text", shielded(term.text)},
                                           {"part", shielded(term.part)},
                                           {"note", shielded(term.note)},
                                           {"translation", shielded(together(said.texts))},
                                           {"do_not_translate", said.keep ? "1" : ""},
                                           {"forbidden", shielded(together(said.forbidden))},
                                           {"translation_note", shielded(said.note)}});
    }
    constexpr std::string_view head = "text,part,note,translation,do_not_translate,forbidden,translation_note\r\n";
    if (rows.empty()) return std::string(head);
    return exchange::to_csv(rows, head).value();
}

Imported from_csv(const Store& store, const locale::Tag& source, const locale::Tag& target, std::string_view csv,
                  bool may_create, const Actor& actor) {
    const auto rows = rows_from(source, csv);
    Imported counts;
    for (int idle = 0;; ++idle) {
        std::string stamp;
        auto plan = store.db.reading([&](db::Connection& c) {
            stamp = read_stamp(c, source);
            return Plan(index_of(c, source), storage::read_site(c, store), target, may_create);
        });
        const auto writes = plan.writes_of(rows);
        auto rest = std::span(writes);
        while (!rest.empty()) {
            const auto piece = rest.first(std::min(rest.size(), written_at_once));
            auto renewed = write_piece(store, source, stamp, piece, actor);
            if (!renewed) break;
            stamp = std::move(*renewed);
            for (const auto& write : piece) ++(write.before.n == 0 ? counts.created : counts.changed);
            rest = rest.subspan(piece.size());
            idle = 0;
        }
        if (rest.empty()) {
            counts.unchanged = std::int64_t(rows.size()) - counts.created - counts.changed;
            return counts;
        }
        if (idle == tries) throw Error(ErrorCode::overloaded);
    }
}

}  // namespace stele::terms
