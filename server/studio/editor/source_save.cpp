#include "server/studio/editor/source_save.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/faults.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/editor/source_view.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using editing::Expected;

struct Sent {
    App& app;
    const Call& call;
    const editing::Article& article;
    const Form& form;
    SourceTyped typed;
    bool& saved;  // a part of it is
};

Expected expected_of(const editing::Version& v) { return Expected::of(v.translation, v.source); }

// The blocks of the body have one field in this form.
Remarks by_field(Remarks remarks) {
    std::map<std::string, Remarks::Theirs> merged;
    for (auto& [place, theirs] : remarks.conflicts) {
        const bool known = place == "title" || place == "summary" || place == "slug" || place.starts_with("fields.");
        const auto [at, is_new] = merged.try_emplace(known ? place : "body", theirs);
        if (!is_new) at->second.text += "\n\n" + theirs.text;
    }
    remarks.conflicts = std::move(merged);
    return remarks;
}

// "The meaning did not change" is for what this save makes outdated; what was outdated before stays so.
struct Kept {
    locale::Tag locale;
    std::vector<std::string> segments;
};

std::vector<Kept> kept_by(const Sent& sent, const editing::Consequences& consequences) {
    std::vector<Kept> kept;
    if (!sent.form.has("keep") || consequences.locales.empty()) return kept;
    require(sent.call, Action::keep, std::nullopt);
    for (const auto& one : consequences.locales) {
        Kept here{one.locale, {}};
        for (const auto& segment : editing::list_segments(store_of(sent.app), sent.article.id, one.locale)) {
            const bool touched = segment.id == content::body_id ||
                                 std::any_of(consequences.segments.begin(), consequences.segments.end(),
                                             [&](const auto& changed) { return changed.id == segment.id; });
            if (touched && !segment.retired && segment.state == editing::SegmentView::State::current)
                here.segments.push_back(segment.id);
        }
        if (!here.segments.empty()) kept.push_back(std::move(here));
    }
    return kept;
}

// Only for the source as this person saved it: what somebody saves in between stays outdated.
void keep_meanings(const Sent& sent, const std::vector<Kept>& kept, std::int64_t source_version) {
    const auto store = store_of(sent.app, sent.call);
    for (const auto& one : kept) {
        const auto now = editing::find_translation(store, sent.article.id, one.locale);
        if (now)
            editing::keep_meaning(store, sent.article.id, one.locale, {.segments = one.segments},
                                  editing::Expected::of(now->version.translation, source_version), actor_of(sent.call));
    }
}

std::string form_with(const Sent& sent, std::string_view query) {
    return fmt::format("{}?{}", text_path(sent.article.id, sent.article.source_locale), query);
}

http::Response save(const Sent& sent, const editing::Consequences& consequences,
                    const editing::ArticleChanges& article_changes, bool publish) {
    const auto store = store_of(sent.app, sent.call);
    const auto kept = kept_by(sent, consequences);
    const auto& locale = sent.article.source_locale;
    auto version = sent.typed.version;
    if (publish) require(sent.call, Action::publish, locale);
    if (sent.typed.changes_texts()) {
        const auto saved = editing::save_translation(store, sent.article.id, locale, sent.typed.changes(),
                                                     expected_of(version), actor_of(sent.call));
        const bool moved = saved.version.translation != version.translation + (saved.changed ? 1 : 0);
        version = saved.version;
        publish = publish && !moved;
        sent.saved = sent.saved || saved.changed;
    }
    if (sent.typed.changes_article()) {
        editing::change_article(store, sent.article.id, article_changes, sent.typed.article_version,
                                actor_of(sent.call));
        sent.saved = true;
    }
    keep_meanings(sent, kept, version.source);
    if (!publish)
        return see_other(form_with(sent, sent.form.text("action") == "publish" ? "done=moved" : "done=saved"));
    publishing::publish(store, sent.article.id, locale, {}, expected_of(version), actor_of(sent.call));
    return see_other(form_with(sent, "done=published"));
}

http::Response publish_as_is(const Sent& sent, bool up) {
    const auto& locale = sent.article.source_locale;
    require(sent.call, Action::publish, locale);
    const auto expected = expected_of(sent.typed.version);
    if (up)
        publishing::publish(store_of(sent.app, sent.call), sent.article.id, locale, {}, expected, actor_of(sent.call));
    else
        publishing::unpublish(store_of(sent.app, sent.call), sent.article.id, locale, expected, actor_of(sent.call));
    return see_other(form_with(sent, up ? "done=published" : "done=unpublished"));
}

http::Response answer(const Sent& sent) {
    const auto action = sent.form.text("action");
    if (action == "unpublish") return publish_as_is(sent, false);
    if (action == "edit") return source_page(sent.app, sent.call, sent.article, sent.typed);
    if (sent.typed.fields.empty())
        return action == "publish" || action == "publish-now" ? publish_as_is(sent, true)
                                                              : see_other(form_with(sent, "done=unchanged"));
    Remarks remarks;
    const auto article_changes = sent.typed.article_changes(sent.app, sent.call, sent.article, remarks);
    if (!remarks.mistakes.empty()) return source_page(sent.app, sent.call, sent.article, sent.typed, remarks, 422);
    const auto consequences = editing::preview_source_save(store_of(sent.app), sent.article.id, sent.typed.changes());
    if (action == "save" || action == "publish") return save(sent, consequences, article_changes, action == "publish");
    return consequences_page(sent.app, sent.call, sent.article, sent.form, sent.typed, consequences);
}

}  // namespace

http::Response save_source(App& app, const Call& call, const editing::Article& article, const Form& form) {
    require(call, Action::edit_source, article.source_locale);
    bool saved = false;
    const Sent sent{app, call, article, form, source_typed_from(form), saved};
    try {
        return answer(sent);
    } catch (const Error& error) {
        const auto fault = saved ? after_save(error) : error;
        if (!is_about_texts(fault)) throw fault;
        return source_page(app, call, article, sent.typed, by_field(remarks_of(app, call, fault, {})),
                           status_of(fault));
    }
}

}  // namespace stele::studio
