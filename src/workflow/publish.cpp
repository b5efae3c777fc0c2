#include "src/workflow/publish.hpp"

#include "src/workflow/review.hpp"

namespace stele::workflow {

editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale,
                         publishing::PublishRequest request, const editing::Expected& expected,
                         const accounts::Known& by, std::optional<std::int64_t> seen_step) {
    if (accounts::can(by.grants, accounts::Action::review, locale))
        request.within = [within = std::move(request.within), &store, &locale, &by, id, seen_step](db::Transaction& t) {
            approve_by_publishing(t, id, locale, seen_step, by.name, store.now());
            if (within) within(t);
        };
    return publishing::publish(store, id, locale, request, expected, by.name);
}

}  // namespace stele::workflow
