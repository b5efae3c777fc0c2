#include "server/studio/accounts/sessions_view.hpp"

#include "server/faults.hpp"
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

void put_mistakes(ViewData& data, const App& app, const Call& call, const Error* error) {
    for (const char* name : {"mistake_old", "mistake_password", "mistake_mail", "mistake_mail_old", "mistake_name",
                             "mistake_grants", "mistake_days", "mistake"})
        put(data, name, nothing());
    if (!error) return;
    if (error->fields().empty()) put(data, "mistake", fault_of(app, *error, call.language).detail);
    for (const auto& field : error->fields()) {
        const auto text = word(app, call, field.message, field.params);
        const auto name = "mistake_" + (field.pointer.empty() ? field.pointer : field.pointer.substr(1));
        put(data, data.get(name) ? name : "mistake", text);
    }
}

bool is_mendable(const Error& error) {
    return error.code() == ErrorCode::invalid || error.code() == ErrorCode::taken ||
           error.code() == ErrorCode::conflict || error.code() == ErrorCode::too_many_requests;
}

}  // namespace stele::studio
