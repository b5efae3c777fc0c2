// /studio/articles/{id}/{locale}: the form of the source, or of a translation of it.
#include "server/form.hpp"
#include "server/studio/editor/findings_view.hpp"
#include "server/studio/editor/row_steps.hpp"
#include "server/studio/editor/source_save.hpp"
#include "server/studio/editor/source_view.hpp"
#include "server/studio/editor/translation_save.hpp"
#include "server/studio/editor/translation_view.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/workflow/looks.hpp"

namespace stele::studio {
namespace {

// What the page that a form led back to says first.
Remarks remarks_from(const App& app, const Call& call) {
    static const std::map<std::string, std::string_view> notices = {{"saved", "studio.saved"},
                                                                    {"published", "studio.published"},
                                                                    {"kept", "studio.kept"},
                                                                    {"unpublished", "studio.unpublished"},
                                                                    {"unchanged", "studio.unchanged"},
                                                                    {"moved", "studio.publish.moved"},
                                                                    {"created", "studio.created"},
                                                                    {"mode", "editor.mode-done"},
                                                                    {"review", "editor.review-done"},
                                                                    {"review-sent", "editor.review-sent"},
                                                                    {"schedule", "editor.schedule-done"},
                                                                    {"schedule-clear", "editor.schedule-cleared"},
                                                                    {"dismissed", "editor.dismissed-done"},
                                                                    {"dismissal-undone", "editor.dismissed-undone"},
                                                                    {"keep-undone", "editor.keep-undone"},
                                                                    {"nothing-to-publish", "studio.publish.nothing"}};
    Remarks remarks;
    const auto notice = notices.find(call.request.query("done").value_or(""));
    const bool refused = call.request.query("done") == "moved" || call.request.query("done") == "nothing-to-publish";
    if (notice != notices.end()) (refused ? remarks.mistake : remarks.notice) = word(app, call, notice->second);
    remarks.open = call.request.query("open").value_or("");
    remarks.tell_left = call.request.query("done") == "review-sent";
    remarks.ask_incomplete = call.request.query("ask") == "incomplete";
    remarks.ask_checks = call.request.query("ask") == "checks";
    remarks.ask_unread = call.request.query("ask") == "unread";
    const auto done = call.request.query("done").value_or("");
    remarks.tell_found = done == "review-sent" || done == "published";
    const auto before = call.request.query("confirmed").value_or("");
    const auto confirmed = [&](std::string_view name) { return before.find(name) != std::string::npos; };
    remarks.publish_anyway = publish_action({.incomplete = remarks.ask_incomplete || confirmed("incomplete"),
                                             .unread = remarks.ask_unread || confirmed("unread"),
                                             .checks = remarks.ask_checks || confirmed("checks")});
    return remarks;
}

}  // namespace

http::Response show_text(App& app, const Call& call) {
    require(call, accounts::Action::read_drafts, std::nullopt);
    const auto article = article_of(app, call);
    const auto locale = locale_of(call);
    auto remarks = remarks_from(app, call);
    if (remarks.ask_checks && locale != article.source_locale) add_errors(app, call, article.id, locale, remarks);
    if (locale != article.source_locale) tell_filled(app, call, article.id, locale, remarks);
    // Whoever opens the text need not be told of it any more.
    if (app.looks->opened(store_of(app), call.session->user.id, article.id, locale) && app.agenda_changed)
        app.agenda_changed();
    if (locale == article.source_locale) return source_page(app, call, article, {}, remarks);
    return translation_page(app, call, article, locale, {}, remarks);
}

http::Response save_text(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto article = article_of(app, call);
    const auto locale = locale_of(call);
    if (locale == article.source_locale) return save_source(app, call, article, form);
    return save_translation(app, call, article, locale, form);
}

}  // namespace stele::studio
