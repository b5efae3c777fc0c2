#include "src/workflow/recent_groups.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace stele::workflow {
namespace {

constexpr size_t actors_named = 3;
constexpr size_t most_apart = 3;  // articles: more of them at once are one line
constexpr std::chrono::minutes at_once{1};

// What one actor did of one kind within a minute. An import writes its articles one after another: as long as it goes
// on, and whatever it does to them.
struct Run {
    std::string kind;
    Time newest{}, oldest{};
    std::set<ArticleId> articles{};
    std::set<std::string> locales{};
    std::optional<size_t> item{};  // of the result

    bool is_group() const { return articles.size() > most_apart; }
    bool takes(Time at) const { return (kind == importer ? oldest : newest) - at <= at_once; }
};

class Groups {
  public:
    Groups(const std::vector<RecentEntry>& entries, bool cut) {
        std::map<std::pair<std::string, Actor>, size_t> open;
        for (const auto& [change, actor] : entries) {
            const auto kind = actor == importer ? importer : change.kind;
            const auto at = open.find({kind, actor});
            const bool joins = at != open.end() && runs_[at->second].takes(change.at);
            if (!joins) runs_.push_back({.kind = kind, .newest = change.at});
            const auto n = joins ? at->second : runs_.size() - 1;
            open[{kind, actor}] = n;
            auto& run = runs_[n];
            run.oldest = change.at;
            run.articles.insert(change.article_id);
            run.locales.insert(change.locale.text());
            run_of_.push_back(n);
        }
        if (cut && !run_of_.empty()) unfinished_ = run_of_.back();
    }

    void add(size_t n, RecentEntry entry) {
        auto& run = runs_[run_of_[n]];
        if (!run.is_group()) return add_text(std::move(entry));
        if (run.item) {
            ++items_[*run.item].times;
            return;
        }
        run.item = items_.size();
        auto item = std::move(entry.change);
        item.kind = run.kind;
        item.articles = std::int64_t(run.articles.size());
        item.at_least = unfinished_ == run_of_[n];
        item.in_many_locales = run.locales.size() > 1;
        item.actors.push_back(std::move(entry.actor));
        items_.push_back(std::move(item));
    }

    std::vector<RecentChange> take() { return std::move(items_); }

  private:
    void add_text(RecentEntry entry) {
        auto& change = entry.change;
        const auto name =
            change.kind + ' ' + std::to_string(number(change.article_id)) + ' ' + std::string(change.locale.text());
        const auto [at, fresh] = texts_.emplace(name, items_.size());
        if (fresh) {
            items_.push_back(std::move(change));
            items_.back().actors.push_back(std::move(entry.actor));
            return;
        }
        auto& item = items_[at->second];
        ++item.times;
        if (item.actors.size() < actors_named && std::ranges::find(item.actors, entry.actor) == item.actors.end())
            item.actors.push_back(std::move(entry.actor));
    }

    std::vector<Run> runs_;
    std::vector<size_t> run_of_;  // of each entry
    std::optional<size_t> unfinished_;
    std::vector<RecentChange> items_;
    std::map<std::string, size_t> texts_;  // those that stand for themselves
};

}  // namespace

std::vector<RecentChange> in_groups(std::vector<RecentEntry> entries, bool cut) {
    Groups groups(entries, cut);
    for (size_t n = 0; n < entries.size(); ++n) groups.add(n, std::move(entries[n]));
    return groups.take();
}

}  // namespace stele::workflow
