#include "server/metrics/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace stele::metrics {
namespace {

// Of /proc/self/stat, as proc(5) counts them; those from the third on.
std::vector<double> stat_fields() {
    std::ifstream file("/proc/self/stat");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    // The second, a name in parentheses, may hold anything.
    std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string state;
    rest >> state;
    std::vector<double> fields(3, 0);
    for (double value = 0; rest >> value;) fields.push_back(value);
    fields.resize(52);
    return fields;
}

// Of the kernel's start, seconds since 1970.
double boot_time() {
    std::ifstream file("/proc/stat");
    double seconds = 0;
    for (std::string name; file >> name;)
        if (name == "btime") {
            file >> seconds;
            break;
        }
    return seconds;
}

double open_descriptors() {
    std::error_code failed;
    const std::filesystem::directory_iterator all("/proc/self/fd", failed);
    if (failed) return 0;
    // One of them is that of this look.
    return double(std::distance(all, {}) - 1);
}

}  // namespace

void add_process(Families& families) {
    enum : size_t {
        user_time = 14 - 1,
        system_time = 15 - 1,
        threads = 20 - 1,
        start_time = 22 - 1,
        size = 23 - 1,
        resident = 24 - 1
    };
    const auto stat = stat_fields();
    const auto ticks = double(::sysconf(_SC_CLK_TCK));
    families.counter("process_cpu_seconds_total", "Processor time of user and system.",
                     (stat[user_time] + stat[system_time]) / ticks);
    families.gauge("process_resident_memory_bytes", "Memory in RAM.", stat[resident] * double(::sysconf(_SC_PAGESIZE)));
    families.gauge("process_virtual_memory_bytes", "Memory in the address space.", stat[size]);
    families.gauge("process_threads", "Threads.", stat[threads]);
    families.gauge("process_start_time_seconds", "When the process began, since 1970.",
                   boot_time() + stat[start_time] / ticks);
    families.gauge("process_open_fds", "Open files and sockets.", open_descriptors());
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0)
        families.gauge("process_max_fds", "Most files and sockets that may be open.", double(limit.rlim_cur));
}

}  // namespace stele::metrics
