#include "src/storage/segments.hpp"

#include <unordered_map>

#include "src/storage/rows.hpp"

namespace stele::storage {
namespace {

struct Stored {
    content::SourceSegment segment;
    bool live;
};

Stored stored_from(db::Row r) {
    return {{.id = r.text(0),
             .place = int(r.optional_integer(1).value_or(0)),
             .kind = content::kind_named(r.text(2)).value_or(content::Kind::block),
             .text = r.text(3),
             .hash = r.bytes(4),
             .exact = r.bytes(5),
             .words = r.integer(6),
             .version = r.integer(7),
             .actor = r.text(8),
             .updated_at = time_of(r.integer(9))},
            !r.is_null(1)};
}

}  // namespace

SourceSegments find_segments(db::Connection& c, ArticleId id, const std::vector<std::string>& slots) {
    auto rows = c.all(
        "SELECT id, place, kind, text, hash, exact, words, version, actor, updated_at FROM segment WHERE article_id = "
        "$1",
        stored_from, id);
    std::unordered_map<std::string_view, int> order;
    for (size_t i = 0; i < slots.size(); ++i) order[slots[i]] = int(i);
    SourceSegments found;
    for (auto& row : rows) {
        if (auto at = order.find(row.segment.id); at != order.end()) row.segment.place += at->second;
        (row.live ? found.live : found.retired).push_back(std::move(row.segment));
    }
    std::sort(found.live.begin(), found.live.end(),
              [](const auto& a, const auto& b) { return std::tie(a.place, a.id) < std::tie(b.place, b.id); });
    return found;
}

void upsert_segments(db::Transaction& t, ArticleId id, const std::vector<content::SourceSegment>& segments) {
    Rows rows("segment", "article_id, id, place, kind, text, hash, exact, words, version, actor, updated_at",
              "ON CONFLICT (article_id, id) DO UPDATE SET place = excluded.place, kind = excluded.kind, text = "
              "excluded.text, hash = excluded.hash, exact = excluded.exact, words = excluded.words, version = "
              "excluded.version, actor = excluded.actor, updated_at = excluded.updated_at");
    for (const auto& s : segments) {
        // The order inside the body is the frame's (slots), so that an insertion at the top moves no rows.
        const int place = s.place >= 1000 ? 1000 : s.place;
        rows.add(id, s.id, place, content::name_of(s.kind), s.text, db::Bytes{s.hash}, db::Bytes{s.exact}, s.words,
                 s.version, s.actor, s.updated_at);
    }
    rows.write(t);
}

void retire_segments(db::Transaction& t, ArticleId id, const std::vector<std::string>& ids) {
    for (const auto& segment : ids)
        t->run("UPDATE segment SET place = NULL WHERE article_id = $1 AND id = $2", id, segment);
}

void delete_segments(db::Transaction& t, ArticleId id) { t->run("DELETE FROM segment WHERE article_id = $1", id); }

void add_wordings(db::Transaction& t, ArticleId id, const std::vector<Wording>& wordings) {
    Rows rows("wording", "article_id, exact, text", "ON CONFLICT (article_id, exact) DO NOTHING");
    for (const auto& w : wordings) rows.add(id, db::Bytes{w.exact}, w.text);
    rows.write(t);
}

std::map<content::Hash, std::string> find_wordings(db::Connection& c, ArticleId id,
                                                   const std::vector<content::Hash>& exacts) {
    std::map<content::Hash, std::string> found;
    for (const auto& exact : exacts) {
        if (found.contains(exact)) continue;
        if (auto text = c.one(
                "SELECT text FROM wording WHERE article_id = $1 AND exact = $2", [](db::Row r) { return r.text(0); },
                id, db::Bytes{exact}))
            found[exact] = std::move(*text);
    }
    return found;
}

}  // namespace stele::storage
