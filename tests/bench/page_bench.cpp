// What a read costs, and how that grows with the site: the server's answers without socket or cache at 1,000 and at
// 20,000 articles, and in the same run the same questions put in the plain SQL that the product does without.
#include <fmt/format.h>

#include <stdexcept>

#include "server/routes.hpp"
#include "src/accounts/tokens.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/bench/support/filled_site.hpp"
#include "tests/bench/support/measure.hpp"

namespace {

using namespace stele;

constexpr int small_site = 1'000, large_site = 20'000;
constexpr int paragraphs = 6;
// So many articles never get their Norwegian, at either size: a worklist that is nearly empty is the hard one.
constexpr int untranslated = 25;
// So many are published in Norwegian too; the others reach its readers in English.
constexpr int norwegian = 500;
constexpr int fillers = 16;  // threads, for the group commits

void fill(const Store& store, int from, int to) {
    const auto begin = bench::wall_micros();
    bench::on_threads(fillers, [&](int mine) {
        for (int i = from + mine; i < to; i += fillers) {
            const auto seed = unsigned(i);
            const auto created = bench::add_article(store, seed, paragraphs, true);
            if (i >= untranslated)
                bench::translate(store, created.id, "nb", seed, paragraphs, i < untranslated + norwegian);
        }
    });
    worklist::fold_tallies(store);
    fmt::print("filled\t{}\tarticles in\t{}\ts\n", to - from, bench::figure((bench::wall_micros() - begin) / 1e6));
}

// The middle of a list, as a reader who followed every "next" comes to it.
std::string middle_of(const std::function<std::optional<std::string>(std::optional<std::string>)>& next, int pages) {
    std::optional<std::string> after;
    for (int i = 0; i < pages / 2; ++i) after = next(after);
    return after.value();
}

struct Question {
    std::string name, against;  // the alternative's name; empty = it is a question of its own
    std::function<void(int)> ask;
};

class Site {
  public:
    explicit Site(App& app)
        : app_(app),
          token_(accounts::create_token(store_of(app), {.name = "bench", .grants = {{accounts::Role::admin}}})) {}

    void get(const std::string& target) {
        auto request = http::request_for("GET", target);
        request.host = "stele.test";
        request.headers = {{"Authorization", "Bearer " + token_}, {"Accept-Language", "nb"}};
        if (const auto answer = dispatch(app_, request); answer.status != 200)
            throw std::runtime_error(fmt::format("{}: {} {}", target, answer.status, answer.body));
    }
    // Reads what `sql` finds, which has to be `rows` rows at least.
    void select(const std::string& sql, size_t rows) {
        size_t found = 0;
        app_.database->read(
            [&](db::Connection& c) { c.query(sql, {}, [&](db::Row row) { found += row.is_null(0) ? 0u : 1u; }); });
        if (found < rows) throw std::runtime_error(fmt::format("{} rows: {}", found, sql));
    }
    Store store() { return store_of(app_); }
    App& app() { return app_; }

  private:
    App& app_;
    std::string token_;
};

std::string slug(int call) { return bench::slug_of(unsigned(untranslated + call * 7 % norwegian), "nb"); }

std::vector<Question> pages(Site& site) {
    const auto nb = bench::tag("nb");
    return {
        {"page, read_page alone", "", [&, nb](int i) { publishing::read_page(site.store(), nb, slug(i)); }},
        {"page, HTML", "", [&](int i) { site.get("/nb/" + slug(i)); }},
        {"page, HTML, by fallback", "",
         [&](int i) { site.get("/de/" + bench::slug_of(unsigned(i * 7 % small_site), "en")); }},
        {"article, JSON", "",
         [&](int i) { site.get(fmt::format("/api/v1/articles/{}?locale=nb", 1 + i % small_site)); }},
    };
}

// German has no text of its own here, so that the alternatives by OFFSET have one index range to walk, as ours do.
std::vector<Question> lists(Site& site, int articles) {
    const auto pages = articles / 25;
    const auto list_after = middle_of(
        [&](std::optional<std::string> after) {
            return publishing::list_articles(site.store(), {.locale = bench::tag("de"), .type = {}, .after = after})
                .next;
        },
        pages);
    const auto work_after = middle_of(
        [&](std::optional<std::string> after) {
            return worklist::list(site.store(),
                                  {.locale = bench::tag("de"), .states = {}, .pending = {}, .after = after})
                .next;
        },
        pages);
    const auto offset = pages / 2 * 25;
    return {
        {"articles, first page, HTML", "", [&](int) { site.get("/nb/"); }},
        {"articles, first 25, JSON", "", [&](int) { site.get("/api/v1/articles?locale=nb&limit=25"); }},
        {"articles of de, 25 in the middle, JSON", "",
         [&, list_after](int) { site.get("/api/v1/articles?locale=de&limit=25&after=" + list_after); }},
        {"  the same by OFFSET, titles alone", "articles of de, 25 in the middle, JSON",
         [&, offset](int) {
             site.select(fmt::format("SELECT l.title, p.slug FROM listing l CROSS JOIN locale r JOIN publication p ON "
                                     "r.tag = l.resolved_locale AND p.id = l.article_id * 4096 + r.number WHERE "
                                     "l.locale = 'de' AND l.own = 0 "
                                     "AND l.generation = (SELECT generation FROM locale WHERE tag = 'de') "
                                     "ORDER BY l.sort_key, l.article_id LIMIT 25 OFFSET {}",
                                     offset),
                         25);
         }},
        {"worklist of de, first 25, JSON", "", [&](int) { site.get("/api/v1/worklist?locale=de&limit=25"); }},
        {"worklist of de, 25 in the middle, JSON", "",
         [&, work_after](int) { site.get("/api/v1/worklist?locale=de&limit=25&after=" + work_after); }},
        {"  the same by OFFSET, titles alone", "worklist of de, 25 in the middle, JSON",
         [&, offset](int) {
             site.select(fmt::format("SELECT e.title FROM work_title w JOIN edition e ON e.article_id = w.article_id "
                                     "AND e.locale = w.locale WHERE w.locale = 'de' AND w.bucket = 0 "
                                     "AND w.generation = (SELECT generation FROM locale WHERE tag = 'de') "
                                     "ORDER BY w.sort_key, w.article_id LIMIT 25 OFFSET {}",
                                     offset),
                         25);
         }},
        {"worklist of nb, untranslated, JSON", "",
         [&](int) { site.get("/api/v1/worklist?locale=nb&state=untranslated&limit=25"); }},
        {"  the same by anti-join, keys alone", "worklist of nb, untranslated, JSON",
         [&](int) {
             site.select(
                 "SELECT a.key FROM article a WHERE a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM "
                 "translation t WHERE t.article_id = a.id AND t.locale = 'nb') ORDER BY a.id DESC LIMIT 25",
                 untranslated);
         }},
        {"coverage, JSON", "", [&](int) { site.get("/api/v1/coverage"); }},
        {"  the same by GROUP BY", "coverage, JSON",
         [&](int) {
             site.select(
                 "SELECT locale FROM (SELECT locale, bucket, COUNT(*), SUM(words_total), SUM(words_missing), "
                 "SUM(words_outdated) FROM edition GROUP BY locale, bucket)",
                 5);
         }},
    };
}

using Costs = std::vector<std::pair<Question, bench::Cost>>;

Costs measure(Site& site, int articles) {
    Costs costs;
    for (auto& questions : {pages(site), lists(site, articles)})
        for (const auto& question : questions) costs.emplace_back(question, bench::cost_of(question.ask));
    return costs;
}

double cpu_of(const Costs& costs, const std::string& name) {
    for (const auto& [question, cost] : costs)
        if (question.name == name) return cost.cpu;
    return 0;
}

}  // namespace

int main() {
    // 60,000 durable saves fill it, and what a read costs does not depend on them.
    const bench::Folder folder(bench::Place::memory);
    const auto app = bench::open_site(folder.path() + "/site.db", bench::locales(4));
    Site site(*app);
    fill(site.store(), 0, small_site);
    const auto small = measure(site, small_site);
    fill(site.store(), small_site, large_site);
    const auto large = measure(site, large_site);

    const bench::Table table(
        fmt::format("reads, µs (median) at {} and {} articles, 4 locales", small_site, large_site),
        {"question", "cpu small", "cpu large", "large/small", "wall small", "wall large", "times ours, large"});
    for (size_t i = 0; i < small.size(); ++i) {
        const auto& [question, s] = small[i];
        const auto& l = large[i].second;
        table.row({question.name, bench::figure(s.cpu), bench::figure(l.cpu), bench::ratio(l.cpu, s.cpu),
                   bench::figure(s.wall), bench::figure(l.wall),
                   question.against.empty() ? "" : bench::ratio(l.cpu, cpu_of(large, question.against))});
    }
}
