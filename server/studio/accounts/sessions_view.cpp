#include "server/studio/accounts/sessions_view.hpp"

#include "server/studio/shell.hpp"

namespace stele::studio {

void put_sessions(ViewData& data, App& app, const Call& call, std::int64_t account_id, std::string_view secret) {
    const auto sessions = accounts::list_sessions(store_of(app), account_id, secret);
    auto rows = view_list();
    for (const auto& session : sessions) {
        auto row = view_object();
        put(row, "id", session.handle);
        put(row, "browser",
            session.visit.browser.empty() ? word(app, call, "account.session-unknown") : session.visit.browser);
        put(row, "address", text_or_nothing(session.visit.address));
        put(row, "created", time_view(app, call, session.created_at));
        put(row, "seen", time_view(app, call, session.seen_at));
        put(row, "here_now", session.current);
        append(rows, std::move(row));
    }
    put(data, "more_than_one", sessions.size() > 1);
    put(data, "has_sessions", !sessions.empty());
    put(data, "sessions", std::move(rows));
}

}  // namespace stele::studio
