#include "src/workflow/looks.hpp"

#include "src/workflow/notifications.hpp"

namespace stele::workflow {

bool Looks::opened(const Store& store, std::int64_t account, ArticleId id, const locale::Tag& locale) {
    const Time now = store.now();
    if (!has_unread_about(store, account, id, locale)) return false;
    const std::lock_guard lock(mutex_);
    if (opened_.size() >= most) return true;
    opened_.insert_or_assign({account, {id, locale}}, now);
    return true;
}

std::int64_t Looks::visited(const Store& store, std::int64_t account) {
    const auto here = find_visit(store, account);
    if (here.is_news) {
        const std::lock_guard lock(mutex_);
        if (visits_.size() < most) visits_.try_emplace(account, here.visit);
    }
    return here.visit.seen_before;
}

void Looks::write(const Store& store) {
    decltype(opened_) opened;
    decltype(visits_) visits;
    {
        const std::lock_guard lock(mutex_);
        opened = opened_;
        visits = visits_;
    }
    if (opened.empty() && visits.empty()) return;
    store.db.write([&](db::Transaction& t) {
        for (const auto& [what, at] : opened)
            read_notifications_about(t, what.first, what.second.first, what.second.second, at);
        for (const auto& [account, visit] : visits) write_visit(t, account, visit);
    });
    const std::lock_guard lock(mutex_);
    std::erase_if(opened_,
                  [&](const auto& one) { return opened.contains(one.first) && opened.at(one.first) == one.second; });
    std::erase_if(visits_, [&](const auto& one) { return visits.contains(one.first); });
}

}  // namespace stele::workflow
