#pragma once
// Clocks, percentiles and tables of the benchmarks. All times are microseconds.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stele::bench {

double wall_micros();
double thread_cpu_micros();  // of the calling thread

// The value below which `percent` of the values lie; 0 of none.
double percentile(std::vector<double> values, double percent);

struct Cost {
    double wall = 0, cpu = 0;  // medians of one call
};
// Calls `body` with 0, 1, 2, … first unmeasured, then until `seconds` are over or 2,000 calls were measured.
Cost cost_of(const std::function<void(int)>& body, double seconds = 1.0);

// Columns separated by tabs, a line of names first: `cut -f`, awk and a spreadsheet read it, and so does a person.
class Table {
  public:
    Table(std::string_view title, std::vector<std::string> columns);
    // A number is written with as many digits as mean anything.
    void row(const std::vector<std::string>& cells) const;
};
std::string figure(double value);
std::string ratio(double a, double b);  // a / b

// A folder that is gone with this object: on a disk, below TMPDIR or else /tmp; or in memory where there is such a
// place, for what is only filled to be read.
enum class Place { disk, memory };
class Folder {
  public:
    explicit Folder(Place place = Place::disk);
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

// Runs body(0) … body(count - 1), each on a thread of its own; rethrows the first fault.
void on_threads(int count, const std::function<void(int)>& body);

}  // namespace stele::bench
