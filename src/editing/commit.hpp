#pragma once
// How every write to an article happens: computed from a snapshot, then applied by SQL alone, after a check that
// nothing it was computed from has changed. When it has, it is computed again; after a few times inside the
// transaction, where nobody can come between.
#include <functional>
#include <vector>

#include "src/editing/work.hpp"

namespace stele::editing {

template <class Result>
struct Plan {
    std::int64_t seq = 0;
    std::int64_t site_version = 0;
    std::vector<std::function<void(db::Transaction&)>> steps;  // empty = nothing to write
    Result result{};

    Plan() = default;
    explicit Plan(const Source& source) : seq(source.article.seq), site_version(source.site->version) {}
    void step(std::function<void(db::Transaction&)> s) { steps.push_back(std::move(s)); }
};

namespace detail {
struct Stale {};

template <class Result>
void apply(db::Transaction& t, const Plan<Result>& plan) {
    for (const auto& step : plan.steps) step(t);
}

// The locales cannot change any more while the transaction lasts; those the plan was made for must be the ones in
// force.
inline void hold(db::Transaction& t, std::int64_t site_version) {
    if (!storage::hold_site(t, site_version)) throw Stale{};
}
}  // namespace detail

// compute: (db::Connection&) -> Plan<Result>
template <class Compute>
auto commit(const Store& store, ArticleId id, const Compute& compute) {
    using Made = decltype(compute(std::declval<db::Connection&>()));
    constexpr int tries_outside = 3, tries_inside = 20;
    for (int i = 0;; ++i) {
        try {
            if (i < tries_outside) {
                Made plan = store.db.reading([&](db::Connection& c) { return compute(c); });
                if (plan.steps.empty()) return std::move(plan.result);
                store.db.write([&](db::Transaction& t) {
                    if (storage::raise_seq(t, id) != plan.seq + 1) throw detail::Stale{};
                    detail::hold(t, plan.site_version);
                    detail::apply(t, plan);
                });
                return std::move(plan.result);
            }
            std::optional<Made> plan;
            store.db.write([&](db::Transaction& t) {
                storage::raise_seq(t, id);
                plan.emplace(compute(*t));
                detail::hold(t, plan->site_version);
                detail::apply(t, *plan);
            });
            return std::move(plan->result);
        } catch (const detail::Stale&) {
            if (i >= tries_outside + tries_inside) throw Error(ErrorCode::overloaded, "contended");
        }
    }
}

}  // namespace stele::editing
