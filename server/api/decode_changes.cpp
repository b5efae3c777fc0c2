#include "server/api/decode_changes.hpp"

#include "server/api/decoder.hpp"
#include "src/content/limits.hpp"

namespace stele::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t max_priority = 9, max_position = 10'000;

void read_texts(Decoder& d, editing::Changes& changes) {
    changes.title = d.text("title", Lines::one);
    changes.slug = d.text("slug", Lines::one);
    changes.summary = d.text("summary", Lines::many);
    changes.body = d.text("body", Lines::many);
    d.object("fields", [&](Decoder& fields) {
        for (auto& [name, text] : fields.remaining_texts(Lines::many)) changes.fields.emplace(name, std::move(text));
    });
}

void read_mode(Decoder& d, editing::Changes& changes) {
    if (const auto mode = d.word("mode", {"aligned", "independent"}))
        changes.mode = *mode == "aligned" ? content::Mode::aligned : content::Mode::independent;
}

void read_segments(Decoder& d, editing::Changes& changes) {
    d.objects("segments", [&](Decoder& segment) {
        segment.require("id");
        segment.require("text");
        auto id = segment.text("id", Lines::one);
        auto text = segment.text("text", Lines::many);
        if (id && text) changes.segments.push_back({std::move(*id), std::move(*text)});
    });
}

std::optional<json::object> shared_fields(Decoder& d) {
    auto fields = d.raw_object("fields");
    if (fields && fields->size() > content::max_fields)
        d.add_error("fields", "field.too-many", {{"max", std::int64_t{content::max_fields}}});
    return fields;
}

// "all", or the names.
struct Choice {
    bool all = false;
    std::vector<std::string> names;
};
std::optional<Choice> choice_of(Decoder& d, std::string_view name) {
    const auto* value = d.any(name);
    if (!value) return std::nullopt;
    if (value->is_string() && value->get_string() == "all") return Choice{.all = true};
    if (!value->is_array()) {
        d.wrong_type(name, "array");
        return std::nullopt;
    }
    auto names = d.texts(name);
    if (!names) return std::nullopt;
    // An empty list would be a request for nothing, and empty means all to the use-case.
    if (names->empty()) d.add_error(name, "field.required");
    return Choice{.names = std::move(*names)};
}

}  // namespace

editing::NewArticle new_article_from(const App& app, const json::object& body) {
    Decoder d(body);
    editing::NewArticle article{.source_locale = locale::Tag::stored(app.options.default_locale)};
    article.key = d.text("key", Lines::one).value_or("");
    article.type = d.text("type", Lines::one).value_or("page");
    if (auto tag = d.tag("source_locale")) article.source_locale = *tag;
    article.priority = int(d.integer("priority", 0, max_priority).value_or(0));
    if (auto fields = shared_fields(d)) article.shared = std::move(*fields);
    d.require("translation");
    d.object("translation", [&](Decoder& translation) {
        translation.require("title");
        read_texts(translation, article.translation);
    });
    d.finish();
    return article;
}

editing::ArticleChanges article_changes_from(const json::object& body) {
    Decoder d(body);
    editing::ArticleChanges changes;
    changes.key = d.text("key", Lines::one);
    changes.type = d.text("type", Lines::one);
    changes.source_locale = d.tag("source_locale");
    if (auto priority = d.integer("priority", 0, max_priority)) changes.priority = int(*priority);
    changes.shared = shared_fields(d);
    d.finish();
    return changes;
}

editing::Changes whole_translation_from(const content::ContentType& type, const json::object& body) {
    Decoder d(body);
    editing::Changes changes;
    d.require("title");
    read_texts(d, changes);
    read_mode(d, changes);
    d.finish();
    if (!changes.summary) changes.summary = "";
    if (!changes.body) changes.body = "";
    for (const auto& field : type.fields)
        if (field.localized) changes.fields.try_emplace(field.name, "");
    return changes;
}

editing::Changes translation_changes_from(const json::object& body) {
    Decoder d(body);
    editing::Changes changes;
    read_texts(d, changes);
    read_mode(d, changes);
    read_segments(d, changes);
    d.finish();
    return changes;
}

publishing::PublishRequest publish_request_from(const json::object& body, const checks::Policy& checks) {
    Decoder d(body);
    publishing::PublishRequest request;
    request.incomplete = d.boolean("incomplete").value_or(false);
    request.unread = d.boolean("unread").value_or(false);
    request.all_published = d.word("locales", {"published"}).has_value();
    request.checks = &checks;
    request.override_checks = d.word("checks", {"ignore"}).has_value();
    d.finish();
    return request;
}

editing::KeepRequest keep_request_from(const json::object& body, bool undo) {
    Decoder d(body);
    editing::KeepRequest request;
    if (!undo) d.require("segments");
    if (auto segments = choice_of(d, "segments")) request.segments = std::move(segments->names);
    if (const auto locales = choice_of(d, "locales")) {
        request.all_locales = locales->all;
        if (!locales->all)
            if (auto tags = d.tags("locales")) request.locales = std::move(*tags);
    }
    request.reason = d.text("reason", Lines::many).value_or("");
    d.finish();
    return request;
}

worklist::LocaleChange locale_change_from(const json::object& body) {
    Decoder d(body);
    worklist::LocaleChange change;
    change.enabled = d.boolean("enabled");
    if (const auto* fallback = d.any("fallback"); fallback && fallback->is_null())
        change.fallback.emplace(std::nullopt);  // derived again
    else if (auto tags = d.tags("fallback"))
        change.fallback.emplace(std::move(*tags));
    if (auto position = d.integer("position", 0, max_position)) change.position = int(*position);
    d.finish();
    return change;
}

}  // namespace stele::api
