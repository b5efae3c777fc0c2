#pragma once
// Figures by name and labels, as Prometheus reads them
// (https://prometheus.io/docs/instrumenting/exposition_formats/, text format 0.0.4).
#include <prometheus/metric_family.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stele::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Families {
  public:
    // `help` counts at the first of a name. A counter's name ends in _total.
    void counter(std::string_view name, std::string_view help, double value, const Labels& labels = {});
    void gauge(std::string_view name, std::string_view help, double value, const Labels& labels = {});
    // `counts`: of the values up to each of `bounds`, and of those above the last; not cumulative.
    void histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                   std::span<const std::uint64_t> counts, double sum, const Labels& labels = {});

    std::string text() const;

  private:
    prometheus::ClientMetric& add(std::string_view name, std::string_view help, prometheus::MetricType type,
                                  const Labels& labels);

    std::vector<prometheus::MetricFamily> families_;
};

}  // namespace stele::metrics
