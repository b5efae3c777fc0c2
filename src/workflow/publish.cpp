#include "src/workflow/publish.hpp"

#include "src/base/error.hpp"
#include "src/workflow/review.hpp"

namespace stele::workflow {
namespace {

void require_publish(const accounts::Known& by, const locale::Tag& locale) {
    if (!accounts::can(by.grants, accounts::Action::publish, locale)) throw Error(ErrorCode::forbidden);
}

}  // namespace

publishing::Each ending_reviews(const Store& store, ArticleId id, const locale::Tag& locale, const accounts::Known& by,
                                std::optional<std::int64_t> seen_step) {
    return [id, locale, by, seen_step, now = store.now()](db::Transaction& t, const locale::Tag& published) {
        require_publish(by, published);
        if (accounts::can(by.grants, accounts::Action::review, published))
            approve_by_publishing(t, id, published, published == locale ? seen_step : std::nullopt, by.name, now);
    };
}

editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale,
                         publishing::PublishRequest request, const editing::Expected& expected,
                         const accounts::Known& by, std::optional<std::int64_t> seen_step) {
    request.each = ending_reviews(store, id, locale, by, seen_step);
    return publishing::publish(store, id, locale, request, expected, by.name);
}

editing::Version publish_at_its_time(const Store& store, ArticleId id, const locale::Tag& locale,
                                     publishing::PublishRequest request, const editing::Expected& expected,
                                     const accounts::Known& by, std::int64_t step) {
    request.each = [id, &by, step, now = store.now()](db::Transaction& t, const locale::Tag& published) {
        require_publish(by, published);
        const bool decides = accounts::can(by.grants, accounts::Action::review, published);
        approve_at_its_time(t, id, published, step, decides, by.name, now);
    };
    return publishing::publish(store, id, locale, request, expected, by.name);
}

}  // namespace stele::workflow
