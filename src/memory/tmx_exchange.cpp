// TMX files into the memory and out of it.
#include <algorithm>

#include "src/locale/parents.hpp"
#include "src/locale/text.hpp"
#include "src/memory/tmx.hpp"
#include "src/memory/units.hpp"
#include "src/storage/site.hpp"

namespace stele::memory {
namespace {

constexpr size_t units_at_once = 100;
constexpr int units_read = 500;

class Import {
  public:
    Import(const Store& store, const Actor& actor)
        : store_(store),
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
        if (units_.size() == units_at_once) write();
    }

    Imported end(std::int64_t left_out) {
        write();
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

    void write() {
        if (units_.empty()) return;
        const auto added = store_.db.writing([&](db::Transaction& t) {
            hold(t);
            return add_units(t, units_);
        });
        imported_.added += added;
        imported_.known += std::int64_t(units_.size()) - added;
        units_.clear();
    }

    const Store& store_;
    const Actor& actor_;
    std::shared_ptr<const storage::Site> site_;
    std::map<std::string, std::optional<locale::Tag>> languages_;
    std::vector<NewUnit> units_;
    Imported imported_;
};

bool is_selected(const Selection& selection, const Unit& unit) {
    return (!selection.source || unit.source_locale == *selection.source) &&
           (!selection.target || unit.target_locale == *selection.target);
}

}  // namespace

Imported import_tmx(const Store& store, std::istream& in, const Actor& actor) {
    Import import(store, actor);
    const auto left_out = read_tmx(in, [&](TmxUnit&& unit) { import.take(std::move(unit)); });
    return import.end(left_out);
}

std::int64_t export_tmx(const Store& store, const Selection& selection, const Write& write) {
    write_tmx_head(write, selection.source, store.default_locale);
    std::int64_t last = 0, written = 0;
    for (bool more = true; more;) {
        const auto units = store.db.reading([&](db::Connection& c) { return list_units(c, last, units_read); });
        for (const auto& unit : units) {
            last = unit.id;
            if (!is_selected(selection, unit)) continue;
            write_tmx_unit(write, {unit.source_locale.text(), unit.target_locale.text(), unit.source, unit.target,
                                   unit.actor, unit.at});
            ++written;
        }
        more = units.size() == size_t(units_read);
    }
    write_tmx_end(write);
    return written;
}

}  // namespace stele::memory
