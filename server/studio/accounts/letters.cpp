#include "server/studio/accounts/letters.hpp"

#include <fmt/format.h>

namespace stele::studio {
namespace {

mail::Mail letter(const App& app, const locale::Tag& language, const accounts::User& user, accounts::Purpose purpose) {
    const auto text = [&](std::string_view part) {
        return app.catalog->text(language, fmt::format("mail.{}.{}", name_of(purpose), part),
                                 {{"name", user.name}, {"site", app.options.site_name}, {"link", "{link}"}});
    };
    return {.to = user.mail.value_or(""),
            .subject = text("subject"),
            .text = text("text"),
            .useful_for = accounts::lifetime_of(purpose),
            .link = mail::Link{.account_id = user.id, .purpose = std::string(name_of(purpose))}};
}

}  // namespace

mail::Mail invitation_letter(const App& app, const Call& call, const accounts::User& user) {
    return letter(app, call.language, user, accounts::Purpose::invitation);
}

mail::Mail reset_letter(const App& app, const Call& call, const accounts::User& user) {
    const auto language = user.interface_locale ? app.catalog->interface_tag(*user.interface_locale) : call.language;
    return letter(app, language, user, accounts::Purpose::reset);
}

}  // namespace stele::studio
