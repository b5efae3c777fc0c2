// What a read costs, and how that grows with the site: the same questions to sites of 10,000, 100,000 and 1,000,000
// articles, in turns, so that a busy machine is as busy for each; then the real binary on each: how soon it answers,
// and its memory. STELE_BENCH_SIZES="1000,5000" takes other sizes.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "tests/bench/support/bulk_site.hpp"
#include "tests/bench/support/listed_site.hpp"
#include "tests/bench/support/measure.hpp"
#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"

namespace {

using namespace stele;
using bench::ListedSite;
using bench::page_items;

constexpr int rounds = 12;
constexpr double seconds_of_a_turn = 0.08;
constexpr std::string_view sampled = "1000";  // articles whose editions are checked
constexpr auto idle_time = std::chrono::seconds(1);
constexpr int pages_read = 2'000;

std::vector<int> sizes() {
    std::vector<int> list;
    const auto* set = std::getenv("STELE_BENCH_SIZES");
    const std::string text = set ? set : "10000,100000,1000000";
    for (size_t at = 0; at < text.size(); at = std::min(text.find(',', at), text.size() - 1) + 1)
        list.push_back(std::stoi(text.substr(at)));
    return list;
}

struct Question {
    std::string name;
    std::function<void(ListedSite&, int call)> ask;
    std::string against;  // the name of the question that the ratio is to; empty = the same on the smallest site
};

const std::string& anywhere(const bench::Positions& positions, int call) {
    return positions.anywhere[size_t(call) * 7'919 % positions.anywhere.size()];
}

std::vector<Question> list_questions() {
    const std::string html = "/de/", json = "/api/v1/articles?locale=de&limit=25";
    return {
        {"articles, HTML, page 1", [=](ListedSite& s, int) { s.get(html); }, ""},
        {"articles, HTML, page 1,000", [=](ListedSite& s, int) { s.get(html + "?after=" + s.listed().far); },
         "articles, HTML, page 1"},
        {"articles, HTML, any page", [=](ListedSite& s, int i) { s.get(html + "?after=" + anywhere(s.listed(), i)); },
         ""},
        {"articles, JSON, page 1", [=](ListedSite& s, int) { s.get(json); }, ""},
        {"articles, JSON, page 1,000", [=](ListedSite& s, int) { s.get(json + "&after=" + s.listed().far); },
         "articles, JSON, page 1"},
        {"articles, JSON, any page", [=](ListedSite& s, int i) { s.get(json + "&after=" + anywhere(s.listed(), i)); },
         ""},
    };
}

std::vector<Question> work_questions() {
    const std::string json = "/api/v1/worklist?locale=de&limit=25";
    return {
        {"worklist, page 1", [=](ListedSite& s, int) { s.get(json); }, ""},
        {"worklist, page 1,000", [=](ListedSite& s, int) { s.get(json + "&after=" + s.work().far); },
         "worklist, page 1"},
        {"worklist, any page", [=](ListedSite& s, int i) { s.get(json + "&after=" + anywhere(s.work(), i)); }, ""},
        {"worklist by words left, page 1", [=](ListedSite& s, int) { s.get(json + "&sort=words"); }, ""},
        {"worklist of 99.99 % done, its first", [](ListedSite& s, int) { s.get("/api/v1/worklist?locale=nb&limit=1"); },
         ""},
        {"coverage", [](ListedSite& s, int) { s.get("/api/v1/coverage"); }, ""},
    };
}

std::vector<Question> page_questions() {
    return {
        {"page by slug, own", [](ListedSite& s, int i) { s.get("/de/" + bench::bulk_slug(s.any(i, true), "de")); }, ""},
        {"page by slug, by fallback",
         [](ListedSite& s, int i) { s.get("/de/" + bench::bulk_slug(s.any(i, false), "en")); }, ""},
        {"one page again and again", [](ListedSite& s, int) { s.get("/de/" + bench::bulk_slug(s.any(0, true), "de")); },
         ""},
        {"article, JSON",
         [](ListedSite& s, int i) { s.get(fmt::format("/api/v1/articles/{}?locale=de", 1 + s.any(i))); }, ""},
    };
}

// The plain SQL that the product does without.
std::vector<Question> alternatives() {
    const auto offset = [](ListedSite& s, int) {
        s.select(
            fmt::format("SELECT l.title, p.slug FROM listing l CROSS JOIN locale r JOIN publication p ON "
                        "r.tag = l.resolved_locale AND p.id = l.article_id * 4096 + r.number WHERE l.locale = 'de' AND "
                        "l.generation = (SELECT generation "
                        "FROM locale WHERE tag = 'de') ORDER BY l.sort_key, l.article_id LIMIT 25 OFFSET {}",
                        (s.listed().far_page - 1) * page_items));
    };
    const auto anti_join = [](ListedSite& s, int) {
        s.select(
            "SELECT a.key FROM article a WHERE a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM translation t WHERE "
            "t.article_id = a.id AND t.locale = 'nb') LIMIT 1");
    };
    const auto group_by = [](ListedSite& s, int) {
        s.select("SELECT locale, bucket, COUNT(*), SUM(words_missing) FROM edition GROUP BY locale, bucket");
    };
    return {{"  page 1,000 of articles by OFFSET, titles alone", offset, "articles, JSON, page 1,000"},
            {"  first of 99.99 % done by anti-join, its key alone", anti_join, "worklist of 99.99 % done, its first"},
            {"  coverage by GROUP BY", group_by, "coverage"}};
}

using Sites = std::vector<std::unique_ptr<ListedSite>>;

struct Answer {
    std::vector<double> cpu, wall;
};

void ask(ListedSite& site, const Question& question, Answer& answer, int& call, double seconds) {
    const auto begin = bench::wall_micros();
    do {
        const auto w = bench::wall_micros(), c = bench::thread_cpu_micros();
        question.ask(site, call++);
        answer.cpu.push_back(bench::thread_cpu_micros() - c);
        answer.wall.push_back(bench::wall_micros() - w);
    } while (bench::wall_micros() - begin < seconds * 1e6);
}

// By size: every site in turns, so that what disturbs one disturbs all.
std::vector<bench::Cost> costs_of(const Sites& sites, const Question& question, int turns) {
    std::vector<Answer> answers(sites.size());
    std::vector<int> calls(sites.size());
    for (int turn = 0; turn <= turns; ++turn)
        for (size_t i = 0; i < sites.size(); ++i) {
            ask(*sites[i], question, answers[i], calls[i], seconds_of_a_turn);
            if (turn == 0) answers[i] = {};  // that was to warm up
        }
    std::vector<bench::Cost> costs;
    for (auto& answer : answers)
        costs.push_back({bench::percentile(std::move(answer.wall), 50), bench::percentile(std::move(answer.cpu), 50)});
    return costs;
}

class Report {
  public:
    explicit Report(const Sites& sites) : sites_(sites), table_("reads, µs (median)", columns(sites)) {}

    void ask_all(const std::vector<Question>& questions, int turns = rounds) {
        for (const auto& question : questions) row(question, costs_of(sites_, question, turns));
    }

  private:
    static std::vector<std::string> columns(const Sites& sites) {
        std::vector<std::string> names{"question"};
        for (const auto* what : {"cpu", "wall"})
            for (const auto& site : sites) names.push_back(fmt::format("{} {}", what, site->articles()));
        for (size_t i = 1; i < sites.size(); ++i)
            names.push_back(fmt::format("{}/{}", sites[i]->articles(), sites[0]->articles()));
        names.emplace_back("times, of");
        return names;
    }
    void row(const Question& question, std::vector<bench::Cost> costs) {
        std::vector<std::string> cells{question.name};
        for (const auto& cost : costs) cells.push_back(bench::figure(cost.cpu));
        for (const auto& cost : costs) cells.push_back(bench::figure(cost.wall));
        for (size_t i = 1; i < costs.size(); ++i) cells.push_back(bench::ratio(costs[i].cpu, costs[0].cpu));
        if (const auto at = known_.find(question.against); at != known_.end())
            cells.push_back(
                fmt::format("{} of {}", bench::ratio(costs.back().cpu, at->second.back().cpu), question.against));
        table_.row(cells);
        known_[question.name] = std::move(costs);
    }

    const Sites& sites_;
    bench::Table table_;
    std::map<std::string, std::vector<bench::Cost>> known_;
};

void report_saves(const Sites& sites) {
    const Question save{"", [](ListedSite& s, int i) { s.save(i); }, ""};
    const auto costs = costs_of(sites, save, rounds);
    const bench::Table table("a paragraph of a translation, read and saved durably, µs (median)",
                             {"articles", "cpu of the caller", "wall", "rows written"});
    for (size_t i = 0; i < sites.size(); ++i) {
        const auto before = sites[i]->rows_written();
        sites[i]->save(0);
        table.row({std::to_string(sites[i]->articles()), bench::figure(costs[i].cpu), bench::figure(costs[i].wall),
                   std::to_string(sites[i]->rows_written() - before)});
    }
}

std::string megabytes(std::int64_t kilobytes) { return bench::figure(double(kilobytes) / 1024); }

// Pages all over the site, over a socket.
void read_around(const ListedSite& site, std::uint16_t port) {
    test::HttpClient client(port);
    for (int i = 0; i < pages_read; ++i)
        for (const auto& target :
             {"/de/?after=" + anywhere(site.listed(), i), "/de/" + bench::bulk_slug(site.any(i, true), "de")})
            if (const auto answer = client.get(target); answer.status != 200)
                throw std::runtime_error(fmt::format("{}: {}", target, answer.status));
}

// Closes the site: the binary has the file to itself.
void report_server(const bench::Table& table, ListedSite& site) {
    site.close();
    const std::map<std::string, std::string> environment{{"STELE_DATABASE", "sqlite:" + site.file()},
                                                         {"STELE_LISTEN", "127.0.0.1:0"},
                                                         {"STELE_MAX_REQUESTS_PER_CONNECTION", "0"}};
    const auto begin = bench::wall_micros();
    test::Child server({STELE_BINARY, "serve"}, {.environment = environment});
    const auto port = server.port();
    if (test::HttpClient(port).get("/healthz").status != 200) throw std::runtime_error("/healthz");
    const auto started = bench::wall_micros() - begin;
    std::this_thread::sleep_for(idle_time);
    const auto idle = server.memory_kilobytes();
    read_around(site, port);
    const auto read = server.memory_kilobytes();
    table.row({std::to_string(site.articles()), bench::figure(site.fill_seconds()),
               bench::figure(double(std::filesystem::file_size(site.file())) / (1 << 20)), bench::figure(started / 1e3),
               megabytes(idle.resident), megabytes(idle.own), megabytes(read.resident), megabytes(read.own)});
}

// What was written in bulk has to be what saves would have written.
void check_sample(const ListedSite& site) {
    const std::map<std::string, std::string> environment{{"STELE_DATABASE", "sqlite:" + site.file()}};
    const std::vector<std::string> command{STELE_BINARY, "check", "--editions", "--sample", std::string(sampled)};
    test::Child check(command, {.environment = environment});
    const auto said = check.output();
    fmt::print("{} articles: {}", site.articles(), said);
    if (check.wait() != 0) throw std::runtime_error("the check found differences");
}

}  // namespace

int main() {
    Sites sites;
    for (const auto size : sizes()) sites.push_back(std::make_unique<ListedSite>(size));
    {
        Report report(sites);
        for (const auto& questions : {list_questions(), work_questions(), page_questions()}) report.ask_all(questions);
        report.ask_all(alternatives(), 1);
    }
    report_saves(sites);
    {
        const bench::Table table("the binary on each site", {"articles", "filled in s", "file MB", "started in ms",
                                                             "idle MB", "idle own MB", "read MB", "read own MB"});
        for (const auto& site : sites) report_server(table, *site);
    }
    for (const auto& site : sites) check_sample(*site);
}
