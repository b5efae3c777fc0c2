#pragma once
// A site filled in bulk, opened as the server opens it, with positions in its lists.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app.hpp"
#include "tests/bench/support/measure.hpp"

namespace stele::bench {

inline constexpr int page_items = 25;

// Positions in one list, as cursors: that of page 1,000 or, where there are not so many, of the last; and many all
// over it.
struct Positions {
    std::string far;
    int far_page = 1;
    std::vector<std::string> anywhere;
};

class ListedSite {
  public:
    // In four locales, in a folder that is gone with this object; the environment's STELE_BENCH_SITES names one where
    // sites stay, to be used again.
    explicit ListedSite(int articles);

    // The server's answer without a socket; throws std::runtime_error when its status is not 200.
    void get(const std::string& target);
    void select(const std::string& sql);  // reads all of its rows
    void save(int call);                  // another sentence for one paragraph of some translation into nb
    void close();                         // of the database; what is below goes on

    int articles() const { return articles_; }
    const std::string& file() const { return file_; }
    double fill_seconds() const { return fill_seconds_; }  // 0 where it was there
    std::int64_t rows_written() const { return app_->database->rows_written(); }
    const Positions& listed() const { return listed_; }  // in the articles of de
    const Positions& work() const { return work_; }      // in the worklist of de
    // An article's number from 0, another one for each call, all over the site.
    int any(int call) const;
    // Such an article that German has its own text of, or has not.
    int any(int call, bool own) const;

  private:
    void fill();
    Store store() { return store_of(*app_); }

    int articles_;
    Folder folder_;
    std::string file_;
    std::unique_ptr<App> app_;
    std::string token_;
    Positions listed_, work_;
    double fill_seconds_ = 0;
};

}  // namespace stele::bench
