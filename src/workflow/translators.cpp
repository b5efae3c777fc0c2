#include "src/workflow/translators.hpp"

#include "src/storage/cursor.hpp"

namespace stele::workflow {
namespace {

constexpr int read_at_once = 200, looked_through = 1'000;

bool translates(const accounts::Grants& grants, const std::optional<locale::Tag>& locale) {
    if (locale) return accounts::can(grants, accounts::Action::translate, locale);
    return std::ranges::any_of(grants, [](const auto& one) { return includes(one.role, accounts::Action::translate); });
}

}  // namespace

TranslatorPage list_translators(const Store& store, const TranslatorQuery& query) {
    const auto described = "translators " + (query.locale ? query.locale->text() : std::string()) + " " + query.q;
    auto last = query.after ? storage::cursor_from(*query.after, described, 0).key : std::string();
    return store.db.reading([&](db::Connection& c) {
        TranslatorPage page;
        const auto stop = [&] {
            page.next = storage::to_text({0, last, 0}, described);
            return page;
        };
        for (int looked = 0; looked < looked_through; looked += read_at_once) {
            const auto users = accounts::list_named(c, query.q, last, read_at_once);
            for (const auto& user : users) {
                if (translates(user.grants, query.locale)) {
                    if (page.items.size() == size_t(query.limit)) return stop();
                    page.items.push_back(person_of(user));
                }
                last = user.name;
            }
            if (users.size() < size_t(read_at_once)) return page;
        }
        return stop();
    });
}

}  // namespace stele::workflow
