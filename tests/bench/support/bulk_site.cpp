#include "tests/bench/support/bulk_site.hpp"

#include <fmt/format.h>

#include <array>
#include <future>
#include <stdexcept>

#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/source_change.hpp"
#include "src/editing/structure.hpp"
#include "src/publishing/candidate.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/bench/support/filled_site.hpp"

namespace stele::bench {
namespace {

using editing::Source;
using editing::Work;
using publishing::publication_of;

constexpr int words_per_paragraph = 14;
const std::string actor = "bench";

// One locale of an article.
struct Rendering {
    content::Frame frame;
    std::vector<content::Target> targets;
    std::vector<storage::Wording> wordings;
    storage::Publication publication;
    std::string past;
};
struct Made {
    Source source;
    std::vector<Rendering> renderings;  // the source's first
};
struct Batch {
    std::vector<Made> articles;
    storage::EditionPlan editions;
    storage::ListingPlan listings;
};

class Maker {
  public:
    Maker(const Store& store, const Bulk& bulk)
        : bulk_(bulk),
          begin_(store.now()),
          site_(store.db.reading([&](db::Connection& c) { return storage::read_site(c, store.default_locale); })) {
        std::string body;
        for (int i = 0; i < bulk.paragraphs; ++i) body += "Paragraph.\n\n";
        skeleton_ = content::segments_of(body).skeleton;
        for (int i = 1; i <= bulk.paragraphs; ++i) slots_.push_back("b" + std::to_string(i));
    }

    Batch make(int from, int to) const {
        Batch batch{{}, storage::EditionPlan(site_), storage::ListingPlan(site_)};
        for (int i = from; i < to; ++i) batch.articles.push_back(make_article(i, batch));
        return batch;
    }

  private:
    Made make_article(int i, Batch& batch) const {
        const auto place = place_of(i, bulk_.articles);
        const Time at = begin_ + std::chrono::microseconds(i);
        Made made{source_of(i, place, at), {}};
        auto& source = made.source;
        storage::PublishedIn published;
        for (size_t n = 0; n < site_->locales.size(); ++n) {
            const auto& locale = site_->locales[n].tag;
            if (locale == source.article.source_locale) {
                batch.editions.add(std::nullopt,
                                   editing::source_edition(source, std::nullopt, source.frame.text_hash, at));
                made.renderings.insert(made.renderings.begin(), of_source(source, at));
            } else {
                auto work = work_of(source, i, n, at);
                batch.editions.add(std::nullopt, editing::edition_of(source, work, work.frame.text_hash, at));
                if (!work.exists()) continue;
                made.renderings.push_back(of_translation(source, work, at));
            }
            const auto& p =
                made.renderings[locale == source.article.source_locale ? 0 : made.renderings.size() - 1].publication;
            published[locale] = {p.title, p.published_at};
        }
        batch.listings.change(source.article.id, source.article.type, {}, source.article.type, published);
        return made;
    }

    std::string title_of(int place, unsigned seed) const { return fmt::format("{:07} {}", place, words(seed, 4)); }

    Source source_of(int i, int place, Time at) const {
        static constexpr std::array types{"news", "page", "press-release"};
        const auto& locale = site_->default_locale;
        const auto seed = unsigned(place);
        Source source{.site = site_,
                      .article = {.id = ArticleId{i + 1},
                                  .key = fmt::format("article-{:07}", i),
                                  .type = types[size_t(place) % types.size()],
                                  .source_locale = locale,
                                  .priority = place % 4,
                                  .shared = "{}",
                                  .next_segment = bulk_.paragraphs + 1,
                                  .created_at = at,
                                  .updated_at = at},
                      .frame = {.locale = locale,
                                .version = 1,
                                .slug = bulk_slug(i, locale.text()),
                                .skeleton = skeleton_,
                                .slots = slots_,
                                .created_at = at,
                                .updated_at = at,
                                .actor = actor},
                      .live = {},
                      .retired = {}};
        const auto add = [&](std::string id, int order, std::string text) {
            source.live.push_back(editing::make_segment(std::move(id), order, content::Kind::paragraph, std::move(text),
                                                        locale, {actor, at}));
            source.live.back().version = 1;
        };
        add(std::string(content::title_id), 0, title_of(place, seed));
        add(std::string(content::summary_id), 1, words(seed + 1, 10) + ".");
        for (int p = 0; p < bulk_.paragraphs; ++p)
            add(slots_[size_t(p)], 1000 + p, words(seed + unsigned(p) * 7'919u, words_per_paragraph) + ".");
        source.frame.text_hash = editing::source_working_hash(source);
        return source;
    }

    // Version 0 where there is none.
    Work work_of(const Source& source, int i, size_t n, Time at) const {
        const auto place = place_of(i, bulk_.articles);
        const auto& locale = site_->locales[n].tag;
        Work work{.frame = {.locale = locale}, .targets = {}, .wordings = {}, .edition = {}, .publication = {}};
        if (!is_translated(place, n)) return work;
        work.frame.version = 1;
        work.frame.slug = bulk_slug(i, locale.text());
        work.frame.created_at = work.frame.updated_at = at;
        work.frame.actor = actor;
        const bool needle = n == 1;
        for (const auto& s : source.live) {
            if (s.id == content::summary_id && !needle && place % 16 == 8) continue;
            const auto seed = unsigned(place) + unsigned(s.place) * 31u + 1'000'003u * unsigned(n);
            const auto text =
                s.id == content::title_id ? title_of(place, seed) : words(seed, words_per_paragraph) + ".";
            content::Target target{.segment_id = s.id,
                                   .text = text,
                                   .basis = s.exact,
                                   .basis_hash = s.hash,
                                   .version = 1,
                                   .actor = actor,
                                   .updated_at = at};
            if (s.id == slots_.front() && !needle && place % 16 == 0) {
                const auto former = "Before: " + s.text;
                target.basis = content::exact_hash(former);
                target.basis_hash = content::meaning_hash(former);
                work.wordings.emplace(target.basis, former);
            }
            work.targets.emplace(s.id, std::move(target));
        }
        work.frame.text_hash = editing::working_hash(source, work);
        work.publication = storage::PublicationHead{locale, work.frame.slug, work.frame.text_hash};
        return work;
    }

    Rendering of_source(const Source& source, Time at) const {
        return {source.frame,
                {},
                {},
                publication_of(source.frame, source.text(content::title_id), editing::source_snapshot(source), at, at),
                editing::document_of(editing::past_of(source))};
    }

    Rendering of_translation(const Source& source, const Work& work, Time at) const {
        Rendering r{work.frame,
                    {},
                    {},
                    publication_of(work.frame, work.text(source, content::title_id).value(),
                                   editing::snapshot_of(source, work), at, at),
                    editing::document_of(editing::past_of(source, work))};
        for (const auto& [id, target] : work.targets) r.targets.push_back(target);
        for (const auto& [exact, text] : work.wordings) r.wordings.push_back({exact, text});
        return r;
    }

    Bulk bulk_;
    Time begin_;
    std::shared_ptr<const storage::Site> site_;
    content::Skeleton skeleton_;
    std::vector<std::string> slots_;
};

void write_rendering(db::Transaction& t, ArticleId id, const Rendering& r, Time at) {
    const auto& locale = r.frame.locale;
    if (storage::upsert_frame(t, id, r.frame)) throw std::runtime_error("slug " + r.frame.slug);
    storage::upsert_targets(t, id, locale, r.targets);
    storage::add_wordings(t, id, r.wordings);
    storage::upsert_publication(t, id, r.publication);
    storage::set_route(t, id, locale, r.publication.slug);
    editing::record(t, {id, locale, r.frame.version, "publish", actor, at, r.past});
}

void write(db::Transaction& t, const Batch& batch) {
    for (const auto& [source, renderings] : batch.articles) {
        const auto id = storage::insert_article(t, source.article);
        if (id != source.article.id) throw std::runtime_error("the site is not empty");
        storage::upsert_segments(t, *id, source.live);
        for (const auto& r : renderings) write_rendering(t, *id, r, source.article.created_at);
    }
    batch.editions.apply(t);
    batch.listings.apply(t);
}

// Indexes in the order of titles are several times quicker to make at once than row by row.
class WithoutOrders {
  public:
    explicit WithoutOrders(db::Database& database) : database_(database) {
        if (database.dialect() != db::Dialect::sqlite) return;
        // In memory what a savepoint keeps is a chain that the end of every statement walks along.
        database.write([](db::Transaction& t) { t->run("PRAGMA temp_store = FILE"); });
        indexes_ = database.reading([](db::Connection& c) {
            return c.all(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN "
                "('edition', 'work_title', 'listing')",
                [](db::Row row) { return std::pair(row.text(0), row.text(1)); });
        });
        for (const auto& [name, sql] : indexes_)
            database_.write([&, &dropped = name](db::Transaction& t) { t->run("DROP INDEX " + dropped); });
    }
    void make_again() {
        if (!indexes_.empty()) database_.write([](db::Transaction& t) { t->run("PRAGMA threads = 4"); });
        for (const auto& [name, sql] : indexes_)
            database_.write([&, &text = sql](db::Transaction& t) { t->run(text); });
    }

  private:
    db::Database& database_;
    std::vector<std::pair<std::string, std::string>> indexes_;
};

}  // namespace

int place_of(int article, int articles) { return int(std::int64_t(article) * 48'271 % articles); }

bool is_translated(int place, size_t locale) {
    if (locale == 0) return true;
    return locale == 1 ? place % 10'000 != 5'000 : (place + 3 * int(locale)) % 10 < 7;
}

std::string bulk_slug(int article, const std::string& locale) { return fmt::format("page-{:07}-{}", article, locale); }

void fill_in_bulk(const Store& store, const Bulk& bulk) {
    const Maker maker(store, bulk);
    WithoutOrders orders(store.db);
    const auto make = [&](int from) { return maker.make(from, std::min(from + bulk.batch, bulk.articles)); };
    auto next = std::async(std::launch::async, make, 0);
    for (int from = 0; from < bulk.articles; from += bulk.batch) {
        const auto batch = next.get();
        if (from + bulk.batch < bulk.articles) next = std::async(std::launch::async, make, from + bulk.batch);
        store.db.write([&](db::Transaction& t) { write(t, batch); });
    }
    orders.make_again();
    worklist::fold_tallies(store);
}

}  // namespace stele::bench
