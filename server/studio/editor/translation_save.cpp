#include "server/studio/editor/translation_save.hpp"

#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/studio/editor/translation_view.hpp"
#include "server/studio/editor/workflow_view.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/worklist_place.hpp"
#include "src/workflow/publish.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using editing::Expected;

struct Sent {
    App& app;
    const Call& call;
    const editing::Article& article;
    const locale::Tag& locale;
    const Form& form;
    std::string action;
    Typed typed;
};

Expected expected_of(const editing::Version& v) { return Expected::of(v.translation, v.source); }

http::Response again(const Sent& sent, const Remarks& remarks, int status) {
    return translation_page(sent.app, sent.call, sent.article, sent.locale, sent.typed, remarks, status);
}

// "The meaning did not change" is said of a source text that was read: not of one that came since.
void check_kept_sources(const Sent& sent, Remarks& remarks) {
    if (sent.typed.keeps.empty()) return;
    for (const auto& segment : editing::list_segments(store_of(sent.app), sent.article.id, sent.locale)) {
        const auto shown = sent.typed.sources.find(segment.id);
        if (shown == sent.typed.sources.end() || !sent.typed.keeps.contains(segment.id)) continue;
        if (shown->second != print_of(segment.source))
            remarks.mistakes[segment.id] = word(sent.app, sent.call, "studio.keep.moved");
    }
}

struct Done {
    editing::Version version;
    bool saved = false, kept = false;
    bool moved = false;  // somebody else wrote another part of it meanwhile
};

void save_texts(const Sent& sent, Done& done, std::vector<std::string>& ids) {
    const auto changes = sent.typed.changes(ids);
    if (sent.typed.empty()) return;
    const auto saved = editing::save_translation(store_of(sent.app, sent.call), sent.article.id, sent.locale, changes,
                                                 expected_of(done.version), actor_of(sent.call));
    done.saved = saved.changed;
    done.moved = !saved.created && saved.version.translation != done.version.translation + (saved.changed ? 1 : 0);
    done.version = saved.version;
}

void keep_meanings(const Sent& sent, Done& done) {
    if (sent.typed.keeps.empty()) return;
    require(sent.call, Action::keep, sent.locale);
    const editing::KeepRequest request{.segments = {sent.typed.keeps.begin(), sent.typed.keeps.end()}};
    done.version = editing::keep_meaning(store_of(sent.app, sent.call), sent.article.id, sent.locale, request,
                                         expected_of(done.version), actor_of(sent.call));
    done.kept = true;
}

std::string form_with(const Sent& sent, std::string_view query) {
    const auto list = worklist_query(sent.call);
    return fmt::format("{}?{}{}{}", text_path(sent.article.id, sent.locale), query, list.empty() ? "" : "&", list);
}

std::optional<Confirmed> publishes(const std::string& action) {
    for (const bool incomplete : {false, true})
        for (const bool checks : {false, true})
            if (const Confirmed confirmed{incomplete, checks}; action == publish_action(confirmed)) return confirmed;
    return std::nullopt;
}

http::Response publish(const Sent& sent, const Done& done) {
    require(sent.call, Action::publish, sent.locale);
    // Readers must not get what its publisher has not seen.
    if (done.moved) return see_other(form_with(sent, "done=moved"));
    try {
        publishing::publish(store_of(sent.app, sent.call), sent.article.id, sent.locale,
                            {.incomplete = sent.action != "publish",
                             .checks = sent.action == "publish-anyway" ? nullptr : &sent.app.checks},
                            expected_of(done.version), actor_of(sent.call));
    } catch (const Error& error) {
        if (error.reason() == "publish-incomplete")
            return see_other(form_with(sent, done.saved ? "done=saved&ask=incomplete" : "ask=incomplete"));
        if (error.reason() == "publish-checks")
            return see_other(form_with(sent, done.saved ? "done=saved&ask=checks" : "ask=checks"));
        if (error.reason() == "publish-nothing") return see_other(form_with(sent, "done=nothing-to-publish"));
        if (error.code() == ErrorCode::version_conflict) return see_other(form_with(sent, "done=moved"));
        if (error.code() != ErrorCode::taken) throw;
        auto remarks = remarks_of(sent.app, sent.call, error, {});
        return again(sent, remarks, status_of(error));
    }
    return see_other(form_with(sent, "done=published"));
}

http::Response unpublish(const Sent& sent, const Done& done) {
    require(sent.call, Action::publish, sent.locale);
    publishing::unpublish(store_of(sent.app, sent.call), sent.article.id, sent.locale, expected_of(done.version),
                          actor_of(sent.call));
    return see_other(form_with(sent, "done=unpublished"));
}

// Aligned again, the body it has is what has to fit the source's structure: none of it is lost by the way back.
http::Response change_mode(const Sent& sent, const Done& done) {
    editing::Changes changes;
    changes.mode = sent.action == "independent" ? content::Mode::independent : content::Mode::aligned;
    if (changes.mode == content::Mode::aligned)
        if (const auto now = editing::find_translation(store_of(sent.app), sent.article.id, sent.locale))
            changes.body = now->body;
    editing::save_translation(store_of(sent.app, sent.call), sent.article.id, sent.locale, changes,
                              expected_of(done.version), actor_of(sent.call));
    return see_other(form_with(sent, "done=mode"));
}

http::Response act(const Sent& sent, const Done& done) {
    if (sent.action == "publish" || sent.action == "publish-incomplete" || sent.action == "publish-anyway")
        return publish(sent, done);
    if (sent.action == "unpublish") return unpublish(sent, done);
    if (is_workflow(sent.action))
        return see_other(form_with(sent, do_workflow({sent.app, sent.call, sent.article.id, sent.locale, sent.action,
                                                      sent.form, done.version})));
    if (sent.action == "independent" || sent.action == "aligned") return change_mode(sent, done);
    if (sent.action == "preview") return see_other(text_path(sent.article.id, sent.locale) + "/preview");
    return see_other(form_with(sent, done.saved ? "done=saved" : done.kept ? "done=kept" : "done=unchanged"));
}

}  // namespace

http::Response save_translation(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                                const Form& form) {
    require(call, Action::translate, locale);
    Sent sent{app, call, article, locale, form, form.text("action"), typed_from(form)};
    Remarks remarks;
    check_kept_sources(sent, remarks);
    if (!remarks.mistakes.empty()) return again(sent, remarks, 409);
    Done done{.version = sent.typed.version};
    std::vector<std::string> ids;
    try {
        save_texts(sent, done, ids);
        keep_meanings(sent, done);
        // From here on nothing that was typed is unsaved.
        sent.typed = {.version = done.version};
        return act(sent, done);
    } catch (const Error& error) {
        const auto fault = done.saved || done.kept ? after_save(error) : error;
        if (!is_about_texts(fault)) throw Error(fault);
        return again(sent, remarks_of(app, call, fault, ids), status_of(fault));
    }
}

}  // namespace stele::studio
