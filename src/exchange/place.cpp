#include "src/exchange/place.hpp"

#include <map>
#include <span>

#include "src/content/segment.hpp"
#include "src/locale/text.hpp"

namespace stele::exchange {
namespace {

using storage::OriginId;

constexpr size_t paths_at_once = 256;
constexpr int folders_kept = 16, packages_kept = 1'000, files_of_a_piece = 500;

std::optional<OriginId> find_by_name(const Store& store, const FileSource& files) {
    const auto name = files.place();
    if (!name) return std::nullopt;
    return store.db.reading([&](db::Connection& c) { return storage::find_origin(c, *name); });
}

// How many of the files are the same in each place.
std::map<OriginId, size_t> count_same(const Store& store, const FileSource& files) {
    std::vector<std::string> paths;
    for (auto& path : files.list())
        if (path.ends_with(".md") && locale::is_utf8(path)) paths.push_back(std::move(path));
    std::map<OriginId, size_t> same;
    for (size_t from = 0; from < paths.size(); from += paths_at_once) {
        const std::span<const std::string> some(paths.data() + from, std::min(paths_at_once, paths.size() - from));
        std::map<std::string, std::string> found;
        for (const auto& path : some)
            if (const auto bytes = files.read(path)) found.emplace(path, content::exact_hash(*bytes));
        for (const auto& head :
             store.db.reading([&](db::Connection& c) { return storage::find_file_heads(c, some); })) {
            const auto at = found.find(head.path);
            if (at != found.end() && at->second == head.exact) ++same[head.origin];
        }
    }
    return same;
}

}  // namespace

OriginId find_place(const Store& store, const FileSource& files) {
    if (const auto known = find_by_name(store, files)) return *known;
    const auto folders = store.db.reading([](db::Connection& c) { return storage::find_folders(c); });
    if (folders.size() < 2) return folders.empty() ? OriginId::none : folders.front();
    auto same = count_same(store, files);
    auto best = folders.front();
    for (const auto id : folders)
        if (same[id] > same[best]) best = id;
    return best;
}

OriginId make_place(const Store& store, const FileSource& files) {
    const auto place = find_place(store, files);
    if (place != OriginId::none) return place;
    return store.db.writing(
        [&](db::Transaction& t) { return storage::put_origin(t, files.place().value_or(""), false, store.now()); });
}

void forget_old_places(const Store& store) {
    for (const bool package : {false, true}) {
        const auto find = [&](db::Connection& c) {
            return storage::find_old_origin(c, package, package ? packages_kept : folders_kept);
        };
        while (const auto old = store.db.reading(find))
            while (store.db.writing(
                [&](db::Transaction& t) { return storage::delete_from_origin(t, *old, files_of_a_piece); })) {
            }
    }
}

}  // namespace stele::exchange
