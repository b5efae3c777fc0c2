#include "tests/bench/support/listed_site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "server/routes.hpp"
#include "src/accounts/tokens.hpp"
#include "src/editing/editing.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/bench/support/bulk_site.hpp"
#include "tests/bench/support/filled_site.hpp"

namespace stele::bench {
namespace {

constexpr size_t locale_count = 4;
constexpr int far_page = 1'000, longest_page = 200;

using Next = std::function<std::optional<std::string>(std::optional<std::string> after, int limit)>;

Positions positions_of(const Next& next) {
    constexpr int rows_before_far = (far_page - 1) * page_items;
    Positions found;
    std::optional<std::string> after;
    for (int rows = 0;;) {
        const int limit = rows < rows_before_far ? std::min(longest_page, rows_before_far - rows) : longest_page;
        after = next(after, limit);
        if (!after) return found;
        rows += limit;
        if (rows <= rows_before_far) {
            found.far = *after;
            found.far_page = rows / page_items + 1;
        }
        found.anywhere.push_back(*after);
    }
}

std::string file_of(const std::string& folder, int articles) {
    const auto* kept = std::getenv("STELE_BENCH_SITES");
    return fmt::format("{}/{}.db", kept ? kept : folder, articles);
}

}  // namespace

ListedSite::ListedSite(int articles) : articles_(articles), file_(file_of(folder_.path(), articles)) {
    if (!std::filesystem::exists(file_)) fill();
    app_ = open_site(file_, locales(locale_count));
    token_ = accounts::create_token(
        store(), {.name = fmt::format("bench {}", wall_micros()), .grants = {{accounts::Role::admin}}});
    const auto de = tag("de");
    listed_ = positions_of([&](auto after, int limit) {
        return publishing::list_articles(store(), {.locale = de, .type = {}, .limit = limit, .after = std::move(after)})
            .next;
    });
    work_ = positions_of([&](auto after, int limit) {
        return worklist::list(store(),
                              {.locale = de, .states = {}, .pending = {}, .limit = limit, .after = std::move(after)})
            .next;
    });
}

void ListedSite::fill() {
    const auto begin = wall_micros();
    {
        const auto app = open_site(file_, locales(locale_count), Use::filling);
        fill_in_bulk(store_of(*app), {.articles = articles_});
    }
    fill_seconds_ = (wall_micros() - begin) / 1e6;
}

void ListedSite::get(const std::string& target) {
    auto request = http::request_for("GET", target);
    request.host = "stele.test";
    request.headers = {{"Authorization", "Bearer " + token_}, {"Accept-Language", "nb"}};
    if (const auto answer = dispatch(*app_, request); answer.status != 200)
        throw std::runtime_error(fmt::format("{}: {} {}", target, answer.status, answer.body));
}

void ListedSite::select(const std::string& sql) {
    app_->database->read([&](db::Connection& c) { c.query(sql, {}, [](db::Row) {}); });
}

void ListedSite::save(int call) {
    const auto nb = tag("nb");
    auto number = any(call);
    while (!is_translated(place_of(number, articles_), 1)) number = (number + 1) % articles_;
    const auto id = ArticleId{number + 1};
    const auto now = editing::find_translation(store(), id, nb);
    editing::Changes changes;
    changes.segments.push_back({"b1", fmt::format("{} {}.", words(unsigned(call), 14), wall_micros())});
    editing::save_translation(store(), id, nb, changes,
                              editing::Expected::of(now->version.translation, now->version.source), "bench");
}

void ListedSite::close() { app_.reset(); }

int ListedSite::any(int call) const { return int(std::int64_t(call + 1) * 7'919 % articles_); }

int ListedSite::any(int call, bool own) const {
    auto number = any(call);
    while (is_translated(place_of(number, articles_), 2) != own) number = (number + 1) % articles_;
    return number;
}

}  // namespace stele::bench
