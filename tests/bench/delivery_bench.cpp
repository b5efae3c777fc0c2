// The same pages from the real binary and from nginx, which serves them as files, in one run; then what nginx has no
// counterpart of. The load generator and the servers share the machine, which drifts: the two take turns in short
// rounds, figures are medians of the rounds, ratios medians of the ratios within a round.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "tests/bench/support/delivered_site.hpp"
#include "tests/bench/support/nginx.hpp"
#include "tests/bench/support/wrk.hpp"
#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"

namespace {

using namespace stele;
using bench::figure;

constexpr int copies = 5'000, rounds = 5, seconds = 1;
// Among 256 connections that pause for so long (ms) both servers answer as many, and neither is what they wait for:
// the latency is the server's own then, and not the turns of four busy threads on two processors.
constexpr int think_ms = 4;
// All of the site in its codings: nginx has all of its files open, too.
constexpr auto cache_bytes = "268435456";

struct Server {
    std::uint16_t port;
    std::function<double()> cpu;
};

struct Sample {
    double rate = 0, p50 = 0, p99 = 0, cpu = 0, bytes = 0;  // ms, µs of CPU per request
};
using Samples = std::vector<Sample>;

Sample sample(const Server& server, const bench::Wanted& wanted, int connections, const std::string& folder) {
    const auto before = server.cpu();
    const auto run = bench::run_wrk(server.port, wanted, connections, seconds, folder);
    const auto cpu = server.cpu() - before;
    if (run.refused + run.broken > 0 || run.requests == 0)
        throw std::runtime_error(fmt::format("{}: {} of {} requests were refused, {} connections broke",
                                             wanted.paths.front(), run.refused, run.requests, run.broken));
    return {run.requests / run.seconds, run.p50 / 1e3, run.p99 / 1e3, cpu / run.requests, run.bytes / run.requests};
}

double median(const Samples& samples, double Sample::*member) {
    std::vector<double> values;
    for (const auto& each : samples) values.push_back(each.*member);
    return bench::percentile(values, 50);
}

double median_ratio(const Samples& ours, const Samples& theirs, double Sample::*member) {
    std::vector<double> values;
    for (size_t i = 0; i < ours.size(); ++i) values.push_back(ours[i].*member / std::max(theirs[i].*member, 1e-9));
    return bench::percentile(values, 50);
}

struct Case {
    std::string name;
    bench::Wanted wanted;
    int connections;
    Samples ours{}, theirs{};
};

// ---- beside nginx ----

std::vector<std::string> coded(const std::string& coding) { return {"Accept-Encoding: " + coding}; }

std::vector<Case> shared_cases(const bench::DeliveredSite& site, bool brotli) {
    std::vector<Case> cases;
    for (const auto& coding :
         brotli ? std::vector<std::string>{"identity", "br"} : std::vector<std::string>{"identity"})
        for (const int connections : {32, 256})
            for (const bool one : {true, false})
                cases.push_back(
                    {fmt::format("{}, {}, {} connections", one ? "one page" : "5,000 pages", coding, connections),
                     {one ? std::vector{site.page()} : site.copies(), coded(coding)},
                     connections});
    return cases;
}

std::vector<Case> paced_cases(const bench::DeliveredSite& site) {
    return {{"one page, identity", {{site.page()}, coded("identity"), think_ms}, 256},
            {"5,000 pages, identity", {site.copies(), coded("identity"), think_ms}, 256}};
}

void write(const std::string& file, const std::string& bytes) {
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

// Every page as a file, with .br beside it where the server codes so. True when all had one.
bool write_files(std::uint16_t port, const bench::DeliveredSite& site) {
    test::HttpClient client(port);
    bool brotli = true;
    auto paths = site.copies();
    paths.push_back(site.page());
    for (const auto& path : paths) {
        const auto file = site.folder() + "/root" + path;
        write(file, client.get(path, {{"Accept-Encoding", "identity"}}).body);
        const auto answer = client.get(path, {{"Accept-Encoding", "br"}});
        brotli = brotli && answer.header("Content-Encoding") == "br";
        if (brotli) write(file + ".br", answer.body);
    }
    return brotli;
}

// What nginx is to say beside what it says by itself.
bench::Nginx::Fields fields_for_nginx(std::uint16_t port, const std::string& path) {
    auto fields = test::HttpClient(port).get(path).headers;
    std::erase_if(fields, [](const auto& field) {
        for (const auto* own : {"Content-Length", "Date", "ETag", "Last-Modified", "Connection", "Server"})
            if (field.first == own) return true;
        return false;
    });
    return fields;
}

void check_same(const Server& ours, const Server& theirs, const Case& c) {
    const auto coding = c.wanted.headers.front().substr(c.wanted.headers.front().find(' ') + 1);
    for (const auto& path : {c.wanted.paths.front(), c.wanted.paths.back()}) {
        const auto a = test::HttpClient(ours.port).get(path, {{"Accept-Encoding", coding}});
        const auto b = test::HttpClient(theirs.port).get(path, {{"Accept-Encoding", coding}});
        if (a.status != 200 || b.status != 200 || a.body != b.body ||
            a.header("Content-Encoding") != b.header("Content-Encoding"))
            throw std::runtime_error("the two do not serve the same under " + path);
    }
}

void print_shared(const std::string& what, const std::vector<Case>& cases) {
    const bench::Table table(fmt::format("{}, {} rounds of {} s; ratio: Stele / nginx", what, rounds, seconds),
                             {"answers", "bytes", "bytes of nginx", "requests/s", "of nginx", "ratio", "p50 ms",
                              "of nginx", "p99 ms", "of nginx", "ratio", "cpu µs/request", "of nginx", "ratio"});
    for (const auto& c : cases) {
        std::vector<std::string> row{c.name, figure(median(c.ours, &Sample::bytes)),
                                     figure(median(c.theirs, &Sample::bytes))};
        const auto add = [&](double Sample::*member, bool with_ratio) {
            row.push_back(figure(median(c.ours, member)));
            row.push_back(figure(median(c.theirs, member)));
            if (with_ratio) row.push_back(figure(median_ratio(c.ours, c.theirs, member)));
        };
        add(&Sample::rate, true);
        add(&Sample::p50, false);
        add(&Sample::p99, true);
        add(&Sample::cpu, true);
        table.row(row);
    }
}

// ---- Stele alone ----

std::vector<Case> own_cases(const bench::DeliveredSite& site, std::uint16_t port) {
    const auto unchanged = [&](const std::string& path) {
        return "If-None-Match: " + std::string(test::HttpClient(port).get(path).header("ETag"));
    };
    constexpr int few = 32;
    return {{"page", {{site.page()}, {}}, few},
            {"page, unchanged (304)", {{site.page()}, {unchanged(site.page())}}, few},
            {"long page", {{site.long_page()}, {}}, few},
            {"long page, unchanged (304)", {{site.long_page()}, {unchanged(site.long_page())}}, few},
            {"article, JSON", {{"/api/v1/articles/lillehammer-solidarity-city?locale=nb"}, {}}, few},
            {"list", {{"/nb/"}, {}}, few},
            {"worklist page, token", {{"/api/v1/worklist?locale=en"}, {"Authorization: Bearer " + site.token()}}, few}};
}

std::vector<Case> uncached_cases(const bench::DeliveredSite& site) {
    return {{"page, no cache", {{site.page()}, {}}, 32}, {"5,000 pages, no cache", {site.copies(), {}}, 32}};
}

void print_own(const std::vector<Case>& cases, const Samples& page) {
    const bench::Table table(
        fmt::format("Stele alone, 32 connections, {} rounds of {} s", rounds, seconds),
        {"answers", "bytes", "requests/s", "p50 ms", "p99 ms", "cpu µs/request", "cpu / that of the page"});
    for (const auto& c : cases)
        table.row({c.name, figure(median(c.ours, &Sample::bytes)), figure(median(c.ours, &Sample::rate)),
                   figure(median(c.ours, &Sample::p50)), figure(median(c.ours, &Sample::p99)),
                   figure(median(c.ours, &Sample::cpu)), figure(median_ratio(c.ours, page, &Sample::cpu))});
}

Server server_of(test::Child& child) {
    return {child.port(), [&child] { return child.cpu_micros(); }};
}

}  // namespace

int main() {
    const bench::DeliveredSite site(copies);
    test::Child stele({STELE_BINARY, "serve"},
                      {.environment = site.environment({{"STELE_RESPONSE_CACHE_BYTES", cache_bytes}})});
    const auto ours = server_of(stele);
    test::Child bare({STELE_BINARY, "serve"}, {.environment = site.environment({{"STELE_RESPONSE_CACHE_BYTES", "0"}})});
    const auto uncached = server_of(bare);

    const bool brotli = write_files(ours.port, site);
    if (!brotli) fmt::print("the server codes nothing in brotli: identity alone is measured\n");
    const bench::Nginx nginx(site.folder(), fields_for_nginx(ours.port, site.page()));
    const Server theirs{nginx.port(), [&nginx] { return nginx.cpu_micros(); }};

    auto shared = shared_cases(site, brotli), paced = paced_cases(site);
    auto own = own_cases(site, ours.port), slow = uncached_cases(site);
    for (auto& c : shared) check_same(ours, theirs, c);
    for (int round = 0; round < rounds; ++round) {
        for (auto* cases : {&shared, &paced})
            for (auto& c : *cases)
                for (const bool first : {round % 2 == 0, round % 2 != 0})
                    (first ? c.ours : c.theirs)
                        .push_back(sample(first ? ours : theirs, c.wanted, c.connections, site.folder()));
        for (auto& c : own) c.ours.push_back(sample(ours, c.wanted, c.connections, site.folder()));
        for (auto& c : slow) c.ours.push_back(sample(uncached, c.wanted, c.connections, site.folder()));
    }
    print_shared("the same bytes from both, as many as they can", shared);
    print_shared(fmt::format("the same bytes from both, 256 connections that pause for {} ms", think_ms), paced);
    own.insert(own.end(), slow.begin(), slow.end());
    print_own(own, own.front().ours);
}
