// The languages of the site: which are enabled, in which order, through which chains; and who gets what.
#include "src/worklist/locales.hpp"

#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/base/number.hpp"
#include "src/locale/format.hpp"
#include "src/storage/site.hpp"
#include "src/worklist/filling.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr std::string_view path = "/studio/settings/locales";
constexpr std::int64_t last_position = 9'999;  // as the field has it
constexpr auto look_again = "3000";            // milliseconds while an order is being filled

struct Filling {
    std::shared_ptr<const storage::Site> site;
    std::map<locale::Tag, double> done;
};

Filling filling_of(App& app) {
    const auto store = store_of(app);
    return {store.db.reading([&](db::Connection& c) { return storage::read_site(c, store.default_locale); }),
            worklist::filling(store)};
}

std::string status_word(const App& app, const Call& call, const storage::Site& site, const storage::SiteLocale& l) {
    if (l.tag == site.default_locale) return word(app, call, "locales.is-default");
    if (!l.active) return word(app, call, "locales.not-served");
    return word(app, call, l.wanted ? "locales.served" : "locales.leaving");
}

// As the field takes it: nothing = derived, a hyphen = none.
std::string fallback_text(const storage::SiteLocale& l) {
    if (!l.fallback) return {};
    if (l.fallback->empty()) return "-";
    std::string text;
    for (const auto& tag : *l.fallback) text += (text.empty() ? "" : " ") + tag.text();
    return text;
}

ViewData chain_view(const Call& call, const std::vector<locale::Tag>& chain) {
    auto list = view_list();
    for (const auto& tag : chain) {
        auto one = view_object();
        put(one, "where", language_label(call, tag));
        put(one, "then", tag != chain.front());
        append(list, std::move(one));
    }
    return list;
}

ViewData row_view(const App& app, const Call& call, const Filling& filling, const storage::SiteLocale& l) {
    auto row = view_object();
    put(row, "where", language_label(call, l.tag));
    put(row, "tag", l.tag.text());
    put(row, "version", std::to_string(l.version));
    put(row, "chain", chain_view(call, l.active ? l.active->chain : std::vector<locale::Tag>{}));
    put(row, "status", status_word(app, call, *filling.site, l));
    put(row, "filling", false);
    if (const auto at = filling.done.find(l.tag); at != filling.done.end()) {
        put(row, "done", fmt::format("{:.0f}", at->second * 100));
        put(row, "filling",
            word(app, call, "locales.filling", {{"percent", locale::format_percent(at->second, call.language)}}));
    }
    put(row, "enabled", l.wanted);
    put(row, "is_default", l.tag == filling.site->default_locale);
    put(row, "position", std::to_string(l.position));
    put(row, "fallback", fallback_text(l));
    const Params language{{"language", language_name(call, l.tag)}};
    put(row, "change_label", word(app, call, "locales.change", language));
    put(row, "save_label", word(app, call, "locales.save", language));
    return row;
}

void put_who(ViewData& data, const App& app, const Call& call, const storage::Site& site) {
    const auto accept = call.request.query("accept");
    put(data, "accept", accept.value_or("nn, de;q=0.5"));
    put(data, "asked", accept.has_value());
    if (!accept) return;
    const auto found = locale::negotiate(*accept, site.enabled(), site.default_locale);
    put(data, "result_language",
        word(app, call, "locales.who.result", {{"language", language_name(call, found.locale)}}));
    auto steps = view_list();
    for (const auto& step : found.steps) {
        auto one = view_object();
        put(one, "range", step.range);
        put(one, "rule", word(app, call, "locales.rule." + step.rule));
        const auto tag = locale::Tag::parse(step.result);
        put(one, "where", tag ? ViewData(language_label(call, *tag)) : nothing());
        append(steps, std::move(one));
    }
    put(data, "steps", std::move(steps));
}

// A form that was not taken: `row` is that of a language in the list, as it was filled in; else the one to add.
struct Refused {
    std::string mistake{}, add_tag{};
    const Form* row = nullptr;
    int status = 200;
};

void put_typed(ViewData& row, const Form& form) {
    put(row, "enabled", form.text("enabled") == "1");
    put(row, "position", form.text("position"));
    put(row, "fallback", form.text("fallback"));
    put(row, "is_open", true);
}

http::Response locales_page(App& app, const Call& call, const Refused& refused) {
    const auto filling = filling_of(app);
    auto rows = view_list();
    for (const auto& l : filling.site->locales) {
        auto row = row_view(app, call, filling, l);
        put(row, "is_open", false);
        if (refused.row && refused.row->text("tag") == l.tag.text()) put_typed(row, *refused.row);
        append(rows, std::move(row));
    }
    auto data = view_object();
    put_settings(data, app, call);
    put(data, "rows", std::move(rows));
    put(data, "again", filling.done.empty() ? nothing() : ViewData(std::string(look_again)));
    put(data, "can_change", accounts::can_somewhere(call.caller, Action::administer));
    put(data, "notice", call.request.query("saved") ? ViewData(word(app, call, "locales.saved")) : nothing());
    put(data, "mistake", text_or_nothing(refused.mistake));
    put(data, "add_tag", refused.add_tag);
    put_who(data, app, call, *filling.site);
    return page(app, call, "settings/locales", word(app, call, "settings.locales"), std::move(data), refused.status);
}

std::vector<locale::Tag> tags_in(const std::string& text) {
    std::vector<locale::Tag> tags;
    for (size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find_first_of(" ,\n", at), text.size());
        if (end > at) {
            const auto word = text.substr(at, end - at);
            const auto tag = locale::Tag::parse(word);
            if (!tag) throw Error(ErrorCode::invalid, {}, {}, {{"/fallback", "field.not-a-tag", {{"value", word}}}});
            tags.push_back(*tag);
        }
        at = end + 1;
    }
    return tags;
}

std::optional<int> position_in(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto n = number_from(text);
    if (!n) throw Error(ErrorCode::invalid, {}, {}, {{"/position", "field.number", {}}});
    if (*n < 0 || *n > last_position)
        throw Error(ErrorCode::invalid, {}, {},
                    {{"/position", "field.out-of-range", {{"min", std::int64_t{0}}, {"max", last_position}}}});
    return int(*n);
}

worklist::LocaleChange change_in(const Form& form) {
    worklist::LocaleChange change{.enabled = form.text("enabled") == "1", .fallback = {}, .position = {}};
    change.position = position_in(form.text("position"));
    if (!form.has("fallback")) return change;
    const auto text = form.text("fallback");
    if (text.find_first_not_of(" \n") == std::string::npos)
        change.fallback.emplace(std::nullopt);
    else if (text == "-")
        change.fallback.emplace(std::vector<locale::Tag>());
    else
        change.fallback.emplace(tags_in(text));
    return change;
}

// What stands in the way, said beside the form.
std::string mistake_of(const App& app, const Call& call, const Error& error) {
    if (error.code() == ErrorCode::version_conflict) return word(app, call, "locales.moved");
    if (error.code() == ErrorCode::precondition_required) return word(app, call, "locales.there");
    if (!error.fields().empty()) {
        const auto& mistake = error.fields().front();
        const auto text = word(app, call, mistake.message, mistake.params);
        return mistake.pointer == "/position" ? word(app, call, "locales.position") + ": " + text : text;
    }
    return fault_of(app, error, call.language).detail;
}

bool is_about_the_form(const Error& error) {
    using enum ErrorCode;
    const auto code = error.code();
    // The last of these: to be added, but there already.
    return code == version_conflict || code == invalid || code == conflict || code == taken ||
           code == precondition_required;
}

}  // namespace

http::Response show_settings(App&, const Call&) { return see_other(std::string(path)); }

http::Response show_locales(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    return locales_page(app, call, {});
}

http::Response change_locale(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto text = form.text("tag");
    const auto tag = locale::Tag::parse(text);
    const bool is_new = !form.has("version");
    try {
        if (!tag) throw Error(ErrorCode::invalid, {}, {}, {{"/tag", "field.not-a-tag", {{"value", text}}}});
        require(call, Action::administer, *tag);
        worklist::change_locale(store_of(app, call), *tag, change_in(form), number_from(form.text("version")),
                                actor_of(call));
    } catch (const Error& error) {
        if (!is_about_the_form(error)) throw;
        const bool moved = error.code() == ErrorCode::version_conflict;
        const bool there = error.code() == ErrorCode::precondition_required;
        return locales_page(app, call,
                            {.mistake = mistake_of(app, call, error),
                             .add_tag = is_new ? text : std::string(),
                             .row = is_new || moved ? nullptr : &form,
                             .status = moved || there ? 409 : status_of(error)});
    }
    if (app.orders_changed) app.orders_changed();
    return see_other(std::string(path) + "?saved=1");
}

}  // namespace stele::studio
