#include "server/metrics/families.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <sstream>

namespace stele::metrics {

prometheus::ClientMetric& Families::add(std::string_view name, std::string_view help, prometheus::MetricType type,
                                        const Labels& labels) {
    auto family = std::find_if(families_.begin(), families_.end(), [&](const auto& f) { return f.name == name; });
    if (family == families_.end())
        family = families_.insert(families_.end(), {std::string(name), std::string(help), type, {}});
    auto& metric = family->metric.emplace_back();
    for (const auto& [label, value] : labels) metric.label.push_back({label, value});
    return metric;
}

void Families::counter(std::string_view name, std::string_view help, double value, const Labels& labels) {
    add(name, help, prometheus::MetricType::Counter, labels).counter.value = value;
}

void Families::gauge(std::string_view name, std::string_view help, double value, const Labels& labels) {
    add(name, help, prometheus::MetricType::Gauge, labels).gauge.value = value;
}

void Families::histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                         std::span<const std::uint64_t> counts, double sum, const Labels& labels) {
    auto& histogram = add(name, help, prometheus::MetricType::Histogram, labels).histogram;
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        so_far += counts[i];
        histogram.bucket.push_back({so_far, i < bounds.size() ? bounds[i] : std::numeric_limits<double>::infinity()});
    }
    histogram.sample_count = so_far;
    histogram.sample_sum = sum;
}

std::string Families::text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_);
    return out.str();
}

}  // namespace stele::metrics
