#pragma once
#include "server/metrics/families.hpp"

namespace stele::metrics {

// What the kernel knows of this process, under the names that Prometheus' own clients use
// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
void add_process(Families& families);

}  // namespace stele::metrics
