#pragma once
// A table on a terminal that is right in any script: columns are as wide as their texts are shown (UAX #11), the last
// one is cut to what is left of the line.
#include <string>
#include <vector>

namespace stele::cli {

class Table {
  public:
    explicit Table(std::vector<std::string> heading) : rows_{std::move(heading)} {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    // `cells`: width of the line; 0 = no limit.
    std::string text(int cells) const;
    // To standard output, as wide as the terminal; without a limit where there is none.
    void print() const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

// A line of comma-separated values (RFC 4180), ending in CRLF.
std::string csv_line(const std::vector<std::string>& values);

}  // namespace stele::cli
