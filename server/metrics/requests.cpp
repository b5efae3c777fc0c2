#include "server/metrics/collect.hpp"

namespace stele::metrics {
namespace {

const Kinds::Name& name_of(http::Kind kind, const Kinds& kinds) {
    static const Kinds::Name none{"other", "none", ""};
    const auto* name = kinds.find(kind);
    return name ? *name : none;
}

// Of one route, in whatever language: a histogram has many lines.
struct Together {
    std::array<std::uint64_t, http::durations_us.size() + 1> by_duration{};
    std::uint64_t microseconds = 0, bytes = 0, hits = 0;

    void add(const http::Answered& answered) {
        for (std::size_t i = 0; i < by_duration.size(); ++i) by_duration[i] += answered.by_duration[i];
        microseconds += answered.microseconds;
        bytes += answered.bytes;
        hits += answered.hits;
    }
};

std::vector<double> bounds() {
    std::vector<double> seconds;
    for (const auto micros : http::durations_us) seconds.push_back(double(micros) / 1e6);
    return seconds;
}

}  // namespace

void add_requests(const std::map<http::Kind, http::Answered>& answered, const Kinds& kinds, Families& families) {
    std::map<std::pair<std::string, std::string>, Together> routes;
    for (const auto& [kind, figures] : answered) {
        const auto& name = name_of(kind, kinds);
        routes[{name.pattern, name.method}].add(figures);
        for (const auto& [status, count] : figures.by_status)
            families.counter("stele_http_requests_total", "Requests answered.", double(count),
                             {{"method", name.method},
                              {"route", name.pattern},
                              {"locale", name.locale},
                              {"status", std::to_string(status)}});
    }
    for (const auto& [route, figures] : routes) {
        const Labels labels{{"method", route.second}, {"route", route.first}};
        families.histogram("stele_http_request_duration_seconds",
                           "From the end of a request to the beginning of its answer.", bounds(), figures.by_duration,
                           double(figures.microseconds) / 1e6, labels);
        families.counter("stele_http_response_bytes_total", "Bytes of answers, heads and bodies.",
                         double(figures.bytes), labels);
        families.counter("stele_http_hits_total", "Answers that were kept ready.", double(figures.hits), labels);
    }
}

}  // namespace stele::metrics
