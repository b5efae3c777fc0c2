#pragma once
// Who looked at what, collected in memory: a page that is only read writes nothing, and a disk that is full is no
// reason not to show it. Written beside the requests a moment later; what cannot be written then is tried again.
#include <map>
#include <mutex>
#include <utility>

#include "src/workflow/recent.hpp"

namespace stele::workflow {

class Looks {
  public:
    // Whoever opens a text need not be told of it any more. True where there is something to write.
    bool opened(const Store& store, std::int64_t account, ArticleId id, const locale::Tag& locale);
    // The account is here. The position of the log that it had seen when this visit began.
    std::int64_t visited(const Store& store, std::int64_t account);
    void write(const Store& store);

  private:
    // Beyond it nobody is noted until what there is has been written.
    static constexpr size_t most = 10'000;
    using Text = std::pair<ArticleId, locale::Tag>;

    std::mutex mutex_;
    std::map<std::pair<std::int64_t, Text>, Time> opened_;  // by account
    std::map<std::int64_t, Visit> visits_;                  // by account
};

}  // namespace stele::workflow
