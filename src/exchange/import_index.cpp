#include "src/exchange/import_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <thread>
#include <unordered_map>

#include "src/exchange/ahead.hpp"
#include "src/exchange/import_group.hpp"
#include "src/locale/text.hpp"
#include "src/storage/articles.hpp"

namespace stele::exchange {
namespace {

constexpr size_t paths_of_a_part = 256;

using Owner = std::pair<ArticleId, std::string>;  // and the locale

// Files whose rows lie beside them and changed, by article and locale.
std::set<Owner> changed_rows(const Store& store, const FileSource& files, storage::OriginId place) {
    std::set<Owner> changed;
    for (const auto& head : store.db.reading([&](db::Connection& c) { return storage::find_row_heads(c, place); })) {
        const auto bytes = files.read(head.path);
        if (!bytes || content::exact_hash(*bytes) != head.exact) changed.emplace(head.article_id, head.locale);
    }
    return changed;
}

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

bool is_printable(const std::string& path) {
    return locale::is_utf8(path) && std::none_of(path.begin(), path.end(), is_control);
}

std::string printable(const std::string& path) {
    std::string text;
    for (const unsigned char c : path)
        text += is_control(c) || c >= 0x80 ? fmt::format("\\x{:02x}", c) : std::string(1, char(c));
    return text;
}

// One file, as far as the index needs it.
struct Looked {
    enum class As { to_import, unchanged, no_content, bad } as = As::no_content;
    FoundFile file;
    std::optional<ArticleId> article;  // it was a file of
    std::string key;
    std::optional<locale::Tag> locale;
    size_t bytes = 0;
    std::optional<Remark> remark = {};
};
using Part = std::vector<Looked>;

class Reading {
  public:
    Reading(const Store& store, const FileSource& files, storage::OriginId place, const std::vector<std::string>& paths)
        : store_(store), files_(files), place_(place), paths_(paths), rows_(changed_rows(store, files, place)) {}

    size_t parts() const { return (paths_.size() + paths_of_a_part - 1) / paths_of_a_part; }

    Part part(size_t number) const {
        const auto first = number * paths_of_a_part;
        const auto count = std::min(paths_of_a_part, paths_.size() - first);
        const std::span<const std::string> mine(paths_.data() + first, count);
        std::unordered_map<std::string, storage::FileHead> heads;
        for (auto& head : store_.db.reading([&](db::Connection& c) { return known(c, mine); })) {
            if (head.origin != place_) continue;
            auto path = head.path;
            heads.emplace(std::move(path), std::move(head));
        }
        Part part;
        for (size_t i = 0; i < count; ++i) {
            if (!mine[i].ends_with(".md")) continue;
            const auto at = heads.find(mine[i]);
            part.push_back(look(mine[i], at == heads.end() ? nullptr : &at->second));
            part.back().file.path = std::uint32_t(first + i);
        }
        return part;
    }

  private:
    // PostgreSQL does not compare with what is no UTF-8.
    static std::vector<storage::FileHead> known(db::Connection& c, std::span<const std::string> paths) {
        std::vector<std::string> fit;
        for (const auto& path : paths)
            if (is_printable(path)) fit.push_back(path);
        return storage::find_file_heads(c, fit);
    }

    Looked look(const std::string& path, const storage::FileHead* kept) const {
        using enum Looked::As;
        if (!is_printable(path))
            return {
                .as = bad,
                .file = {},
                .article = {},
                .key = {},
                .locale = {},
                .bytes = 0,
                .remark = Remark{printable(path), 0, "its name is not UTF-8, or has control characters", "rename it"}};
        const auto name = parse_file_name(path);
        if (!name) return {};
        Looked looked{.file = {}, .article = {}, .key = {}, .locale = name->locale};
        try {
            const auto bytes = read_content(files_, path);
            looked.bytes = bytes.size();
            const auto exact = content::exact_hash(bytes);
            looked.file.hash = short_hash(exact);
            if (kept) looked.article = kept->article_id;
            if (kept && kept->exact == exact && !rows_.contains({kept->article_id, kept->locale})) {
                looked.as = unchanged;
                return looked;
            }
            const auto opened = open_file(path, *name, bytes);
            if (!opened) return looked;
            opened->source();  // throws where it is no tag
            looked.key = opened->key();
            looked.as = to_import;
        } catch (const BadFile& e) {
            looked.as = bad;
            looked.remark = Remark{path, e.line, e.what(), e.remedy};
        }
        return looked;
    }

    const Store& store_;
    const FileSource& files_;
    const storage::OriginId place_;
    const std::vector<std::string>& paths_;
    const std::set<Owner> rows_;
};

class Indexing {
  public:
    Indexing(const Store& store, ImportReport& report) : store_(store), report_(report) {}

    Index run(const FileSource& files, storage::OriginId place) {
        index_.paths = files.list();
        for (const auto& path : files.left_out())
            report_.warnings.push_back({path, 0, "it is a link or a device, and is not opened",
                                        "put the file itself into the folder, if it is to be imported"});
        const Reading reading(store_, files, place, index_.paths);
        const auto threads = reading_threads();
        Ahead<Part> parts(reading.parts(), threads, 2 * threads, [&](size_t i) { return reading.part(i); });
        for (size_t i = 0; i < reading.parts(); ++i) take(parts.take());
        return std::move(index_);
    }

  private:
    void take(Part part) {
        find_keys(part);
        for (auto& looked : part) {
            using enum Looked::As;
            if (looked.as == unchanged) ++report_.unchanged;
            if (looked.as == no_content) report_.skipped.push_back(index_.paths[looked.file.path]);
            if (looked.as == bad) report_.bad.push_back(std::move(*looked.remark));
            if (looked.as == to_import) add(looked);
        }
    }

    // Files of an article that exists are together with those that were imported before, whatever their keys say.
    void find_keys(const Part& part) {
        store_.db.read([&](db::Connection& c) {
            for (const auto& looked : part) {
                if (looked.as != Looked::As::to_import || looked.article || by_key_.contains(looked.key)) continue;
                const auto known = storage::find_article(c, looked.key);
                if (known && known->key == looked.key) by_key_.emplace(looked.key, group_of(known->id));
            }
        });
    }

    size_t group_of(ArticleId id) {
        const auto [at, is_new] = by_id_.try_emplace(number(id), index_.articles.size());
        if (is_new) index_.articles.push_back({.article = id, .files = {}});
        return at->second;
    }

    size_t group_of(const Looked& looked) {
        if (looked.article) return group_of(*looked.article);
        const auto [at, is_new] = by_key_.try_emplace(looked.key, index_.articles.size());
        if (is_new) index_.articles.push_back({.article = {}, .files = {}});
        return at->second;
    }

    void add(const Looked& looked) {
        auto& group = index_.articles[group_of(looked)];
        group.files.push_back(looked.file);
        group.bytes += looked.bytes;
        index_.locales.insert(*looked.locale);
        ++index_.files;
    }

    const Store& store_;
    ImportReport& report_;
    Index index_;
    std::unordered_map<std::string, size_t> by_key_;
    std::unordered_map<std::int64_t, size_t> by_id_;
};

}  // namespace

bool Index::has(const std::string& path) const { return std::binary_search(paths.begin(), paths.end(), path); }

size_t reading_threads() { return std::max(1u, std::thread::hardware_concurrency()); }

Index index_folder(const Store& store, const FileSource& files, storage::OriginId place, ImportReport& report) {
    return Indexing(store, report).run(files, place);
}

}  // namespace stele::exchange
