#include "src/workflow/leaving.hpp"

#include "src/workflow/place.hpp"

namespace stele::workflow {
namespace {

struct Assigned {
    std::int64_t id = 0;
    ArticleId article_id{};
    locale::Tag locale;
    std::string name;
};

}  // namespace

void end_assignments(db::Transaction& t, Time now, std::int64_t account, const accounts::Grants& grants,
                     const Actor& by) {
    const auto assigned = t->all(
        "SELECT s.id, s.article_id, s.locale, a.name FROM assignment s JOIN account a ON a.id = s.account_id "
        "WHERE s.account_id = $1",
        [](db::Row r) {
            return Assigned{r.integer(0), ArticleId(r.integer(1)), locale::Tag::stored(r.text(2)), r.text(3)};
        },
        account);
    for (const auto& one : assigned) {
        if (accounts::can(grants, accounts::Action::translate, one.locale)) continue;
        // It may be somebody else's by now.
        if (t->run("DELETE FROM assignment WHERE id = $1 AND account_id = $2", one.id, account) == 0) continue;
        log(t, now, "unassign", one.article_id, one.locale, by, {{"account", one.name}});
    }
}

}  // namespace stele::workflow
