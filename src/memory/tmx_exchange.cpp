// TMX files into the memory and out of it.
#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "src/accounts/audit.hpp"
#include "src/locale/parents.hpp"
#include "src/locale/text.hpp"
#include "src/memory/imports.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/tmx.hpp"
#include "src/memory/units.hpp"
#include "src/storage/site.hpp"

namespace stele::memory {
namespace {

constexpr size_t units_at_once = 100;
constexpr int units_read = 500;
constexpr size_t longest_name = 200;  // characters

class Import {
  public:
    Import(const Store& store, const std::string& name, const Actor& actor)
        : store_(store),
          name_(locale::cut_chars(locale::is_utf8(name) ? locale::normalize_space(name) : "", longest_name)),
          actor_(actor),
          site_(store.db.reading([&](db::Connection& c) { return storage::read_site(c, store); })) {}

    void take(TmxUnit&& read) {
        const auto source = language(read.source_language), target = language(read.target_language);
        if (!source || !target) return;
        if (*source == *target || !locale::is_utf8(read.source) || !locale::is_utf8(read.target)) {
            ++imported_.left_out;
            return;
        }
        auto unit = unit_of(*source, *target, std::move(read.source), std::move(read.target));
        unit.actor = read.actor.empty() ? actor_ : read.actor;
        unit.at = read.at.value_or(store_.now());
        units_.push_back(std::move(unit));
        if (units_.size() == units_at_once) write(Piece::more);
    }

    // What stands before a mistake is in the memory, and can be taken out of it.
    [[noreturn]] void refuse(const Error& error) {
        if (began_ || !units_.empty()) write(Piece::last);
        boost::json::object members{{"import", nullptr}, {"added", imported_.added}, {"known", imported_.known}};
        if (imported_.import) members["import"] = *imported_.import;
        throw Error(error.code(), error.reason(), error.params(), error.fields(), std::move(members));
    }

    Imported end(std::int64_t left_out) {
        write(Piece::last);
        imported_.left_out += left_out;
        return std::move(imported_);
    }

  private:
    std::optional<locale::Tag> language(std::string text) {
        const auto [at, fresh] = languages_.try_emplace(text);
        if (fresh) {
            std::ranges::replace(text, '_', '-');
            at->second = nearest(locale::Tag::parse(text));
        }
        if (!at->second) ++imported_.languages[at->first];
        return at->second;
    }

    std::optional<locale::Tag> nearest(std::optional<locale::Tag> tag) const {
        if (!tag || site_->find_enabled(*tag)) return tag;
        for (const auto& parent : locale::parents_of(*tag))
            if (site_->find_enabled(parent)) return parent;
        return tag;
    }

    enum class Piece { more, last };

    // The log has it from the first piece on, since what comes after that may never happen, and at the end how much it
    // was: of a file of one piece both are one entry.
    void write(Piece piece) {
        const auto [import, added] = store_.db.writing([&](db::Transaction& t) {
            hold(t);
            const auto id =
                imported_.import ? *imported_.import : insert_import(t, {0, name_, actor_, store_.now(), 0});
            const auto fresh = add_units(t, units_, id);
            change_import(t, id, fresh);
            boost::json::object detail{{"text", name_}};
            if (piece == Piece::last) detail["added"] = imported_.added + fresh;
            if (!began_ || piece == Piece::last)
                accounts::note(t, store_.now(), "memory-imported", actor_, std::move(detail));
            return std::pair(id, fresh);
        });
        began_ = true;
        if (added > 0) imported_.import = import;
        imported_.added += added;
        imported_.known += std::int64_t(units_.size()) - added;
        units_.clear();
    }

    const Store& store_;
    const std::string name_;
    const Actor& actor_;
    std::shared_ptr<const storage::Site> site_;
    std::map<std::string, std::optional<locale::Tag>> languages_;
    std::vector<NewUnit> units_;
    Imported imported_;
    bool began_ = false;  // something is written
};

// Of which there is anything.
std::vector<Stock> pairs_of(const Store& store, const Selection& selection) {
    auto pairs = stock(store);
    std::erase_if(pairs, [&](const Stock& pair) {
        return (selection.source && pair.source != *selection.source) ||
               (selection.target && pair.target != *selection.target);
    });
    return pairs;
}

void log(const Store& store, std::string_view kind, const Actor& actor, boost::json::object detail) {
    store.db.write([&](db::Transaction& t) {
        hold(t);
        accounts::note(t, store.now(), kind, actor, std::move(detail));
    });
}

boost::json::object detail_of(const Selection& selection) {
    boost::json::object detail;
    if (selection.source) detail["source"] = selection.source->text();
    if (selection.target) detail["target"] = selection.target->text();
    return detail;
}

}  // namespace

Imported import_tmx(const Store& store, std::istream& in, const std::string& name, const Actor& actor) {
    Import import(store, name, actor);
    std::int64_t left_out = 0;
    try {
        left_out = read_tmx(in, [&](TmxUnit&& unit) { import.take(std::move(unit)); });
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid) throw;
        import.refuse(error);
    }
    return import.end(left_out);
}

Removed remove_import(const Store& store, std::int64_t id, std::chrono::milliseconds time, const Actor& actor) {
    const auto end = std::chrono::steady_clock::now() + time;
    const auto found = store.db.reading([&](db::Connection& c) { return find_import(c, id); });
    if (!found) throw Error(ErrorCode::not_found, "import");
    Removed removed{.removed = 0, .left = found->units};
    do {
        auto units =
            store.db.reading([&](db::Connection& c) { return find_units_of_import(c, id, int(units_at_once)); });
        for (auto& unit : units) unit.keys = keys_of(unit.source, unit.source_locale);
        const auto gone = store.db.writing([&](db::Transaction& t) {
            hold(t);
            const auto out = remove_units(t, units);
            change_import(t, id, units.empty() ? -removed.left : -out);
            return out;
        });
        removed.removed += gone;
        removed.left = units.empty() ? 0 : removed.left - gone;
    } while (removed.left > 0 && std::chrono::steady_clock::now() < end);
    log(store, "memory-removed", actor, {{"text", found->name}, {"removed", removed.removed}});
    return removed;
}

std::int64_t export_tmx(const Store& store, const Selection& selection, const Write& write, const Actor& actor) {
    // First: whoever breaks it off has much of it, too.
    log(store, "memory-exported", actor, detail_of(selection));
    write_tmx_head(write, selection.source, store.default_locale);
    std::int64_t written = 0;
    for (const auto& pair : pairs_of(store, selection)) {
        Place last;
        for (bool more = true; more;) {
            const auto units =
                store.db.reading([&](db::Connection& c) { return list_units(c, pair, last, units_read); });
            for (const auto& unit : units)
                write_tmx_unit(write, {unit.source_locale.text(), unit.target_locale.text(), unit.source, unit.target,
                                       unit.actor, unit.at});
            written += std::int64_t(units.size());
            more = units.size() == size_t(units_read);
        }
    }
    write_tmx_end(write);
    return written;
}

}  // namespace stele::memory
