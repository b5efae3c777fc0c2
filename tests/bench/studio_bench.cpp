// What the studio's pages cost the server on a large site (STELE_BENCH_ARTICLES, 100,000 by default), and what saving a
// segment costs there: through dispatch, by the cookie of a session, without a socket.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "server/routes.hpp"
#include "src/accounts/links.hpp"
#include "src/workflow/assignments.hpp"
#include "src/worklist/board.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/bench/support/bulk_site.hpp"
#include "tests/bench/support/filled_site.hpp"
#include "tests/bench/support/measure.hpp"

namespace {

using namespace stele;

constexpr size_t locale_count = 4;
constexpr int assigned = 100;

int article_count() {
    const auto* set = std::getenv("STELE_BENCH_ARTICLES");
    return set ? std::stoi(set) : 100'000;
}

class Studio {
  public:
    explicit Studio(int articles) : articles_(articles) {
        const auto* kept = std::getenv("STELE_BENCH_SITES");
        const auto file = fmt::format("{}/{}.db", kept ? kept : folder_.path(), articles);
        if (!std::filesystem::exists(file)) {
            const auto app = bench::open_site(file, bench::locales(locale_count), bench::Use::filling);
            bench::fill_in_bulk(store_of(*app), {.articles = articles});
        }
        app_ = bench::open_site(file, bench::locales(locale_count));
        const auto name = fmt::format("kari-{}", std::int64_t(bench::wall_micros()));
        accounts::create_user(store(), {.name = name, .grants = {{accounts::Role::admin}}});
        cookie_ = accounts::redeem_link(store(), accounts::create_sign_in_link(store(), name)).value().secret;
        std::vector<workflow::TextPlace> places;
        for (int i = 0; i < assigned; ++i) places.push_back({ArticleId{1 + any(i)}, bench::tag("nb")});
        workflow::assign_many(store(), places, workflow::AssignTo{name, std::nullopt},
                              {.name = "bench", .grants = {{accounts::Role::admin}}});
        name_ = name;
        find_positions();
    }

    void get(const std::string& target) {
        auto request = http::request_for("GET", target);
        request.host = "stele.test";
        request.headers = {{"Cookie", "__Host-stele_session=" + cookie_}, {"Accept-Language", "en"}};
        if (const auto answer = dispatch(*app_, request); answer.status != 200)
            throw std::runtime_error(fmt::format("{}: {} {}", target, answer.status, answer.body.substr(0, 400)));
    }

    // Another sentence in some translation into nb, as the editor sends it.
    void save(int call) {
        const auto nb = bench::tag("nb");
        auto number = any(call);
        while (!bench::is_translated(bench::place_of(number, articles_), 1)) number = (number + 1) % articles_;
        const auto id = ArticleId{number + 1};
        const auto now = editing::find_translation(store(), id, nb);
        editing::Changes changes;
        changes.segments.push_back(
            {"b1", fmt::format("{} {}.", bench::words(unsigned(call), 14), bench::wall_micros())});
        editing::save_translation(store(), id, nb, changes,
                                  editing::Expected::of(now->version.translation, now->version.source), "bench");
    }

    int any(int call) const { return int(std::int64_t(call + 1) * 7'919 % articles_); }
    const std::string& board_at(int call) const { return board_[size_t(call) % board_.size()]; }
    const std::string& work_at(int call) const { return work_[size_t(call) % work_.size()]; }
    const std::string& name() const { return name_; }

  private:
    Store store() { return store_of(*app_); }

    // Cursors of pages all over the lists.
    void find_positions() {
        worklist::BoardQuery board{.locale = bench::tag("en"), .limit = 25};
        worklist::Query work{.locale = bench::tag("de"), .limit = 200};
        for (int page = 0; page < 200; ++page) {
            if (const auto next = worklist::board(store(), board).next) board_.push_back(*(board.after = next));
            if (!work.after && page > 0) continue;
            if ((work.after = worklist::list(store(), work).next)) work_.push_back(*work.after);
        }
    }

    int articles_;
    bench::Folder folder_;
    std::unique_ptr<App> app_;
    std::string cookie_, name_;
    std::vector<std::string> board_, work_;
};

struct Question {
    std::string name;
    std::function<void(int call)> ask;
};

std::vector<Question> questions(Studio& s) {
    const auto page = [&](const std::string& target) { return [&s, target](int) { s.get(target); }; };
    return {
        {"home", page("/studio")},
        {"board, page 1", page("/studio/board")},
        {"board, any page", [&](int i) { s.get("/studio/board?after=" + s.board_at(i)); }},
        {"board, untranslated in de", page("/studio/board?state=untranslated&in=de")},
        {"board, by type", page("/studio/board?type=page")},
        {"board, by type and state", page("/studio/board?type=page&state=outdated&in=de")},
        {"board, a type that nothing has, and a state", page("/studio/board?type=event&state=untranslated&in=de")},
        {"board, by one word", page("/studio/board?q=harbour")},
        {"board, by one letter", page("/studio/board?q=h")},
        {"board, by three words", page("/studio/board?q=harbour+city+river")},
        {"board, by assignee", page("/studio/board?assignee=" + s.name())},
        {"worklist, page 1", page("/studio/worklist/de")},
        {"worklist, any page", [&](int i) { s.get("/studio/worklist/de?after=" + s.work_at(i)); }},
        {"worklist, fewest words first", page("/studio/worklist/de?sort=words")},
        {"articles, page 1", page("/studio/articles")},
        {"history of a text", [&](int i) { s.get(fmt::format("/studio/articles/{}/en/history", 1 + s.any(i))); }},
        {"one article in all languages", [&](int i) { s.get(fmt::format("/studio/articles/{}", 1 + s.any(i))); }},
        {"editor of a text", [&](int i) { s.get(fmt::format("/studio/articles/{}/nb", 1 + s.any(i))); }},
        {"save of a segment", [&](int i) { s.save(i); }},
    };
}

}  // namespace

int main() {
    Studio studio(article_count());
    const bench::Table table(fmt::format("the studio at {} articles, µs (median)", article_count()),
                             {"page", "wall", "CPU of the server"});
    for (const auto& question : questions(studio)) {
        const auto cost = bench::cost_of(question.ask, 1.0);
        table.row({question.name, bench::figure(cost.wall), bench::figure(cost.cpu)});
    }
}
