#pragma once
// What the benchmarks of delivery serve: the demo content, and a page of it many times over under addresses of their
// own, in a database in memory where there is such a place: what is measured is the server, not the disk.
#include <map>
#include <string>
#include <vector>

#include "tests/bench/support/measure.hpp"

namespace stele::bench {

using Environment = std::map<std::string, std::string>;

class DeliveredSite {
  public:
    // Imports by the real binary. Throws std::runtime_error when that fails.
    explicit DeliveredSite(int copies);

    // For `stele serve` on a free port, without limits that a load generator would meet; `more` is added.
    Environment environment(const Environment& more = {}) const;
    // Paths: of the page, of one whose text is 20 times as long, and of the page's copies (the long one comes with
    // them).
    const std::string& page() const { return page_; }
    const std::string& long_page() const { return long_page_; }
    const std::vector<std::string>& copies() const { return copies_; }
    // Of an administrator.
    const std::string& token() const { return token_; }
    const std::string& folder() const { return folder_.path(); }

  private:
    void write_copies(int count);
    void import(const std::string& folder) const;

    Folder folder_{Place::memory};
    std::string page_ = "/nb/lillehammer-solidaritetsby", long_page_ = "/nb/kopi-0";
    std::vector<std::string> copies_;
    std::string token_;
};

}  // namespace stele::bench
