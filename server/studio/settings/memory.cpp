// The translators' memory: how much is in it, where a phrase was translated, TMX in and out.
#include "server/studio/settings/memory.hpp"

#include <fmt/format.h>

#include <sstream>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "src/base/number.hpp"
#include "src/locale/format.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/tmx.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

constexpr int most_found = 50, imports_per_page = 20;
constexpr std::chrono::seconds time_of_removal{5};  // then the button is pressed again
constexpr size_t longest_phrase = 500;              // bytes

// What the page shows beside what is in the memory.
struct Said {
    std::string notice{}, mistake{};
    int status = 200;
};

ViewData pair_view(const App& app, const Call& call, const memory::Stock& pair) {
    auto one = view_object();
    const auto source = language_name(call, pair.source), target = language_name(call, pair.target);
    put(one, "pair_source", source);
    put(one, "pair_target", target);
    put(one, "own_units", locale::format_number(pair.own, call.language));
    put(one, "tmx_units", locale::format_number(pair.imported, call.language));
    put(one, "export_href",
        fmt::format("/api/v1/memory.tmx?source={}&target={}", pair.source.text(), pair.target.text()));
    put(one, "export_label", word(app, call, "memory.export", {{"source", source}, {"target", target}}));
    return one;
}

ViewData imports_view(const App& app, const Call& call, const std::vector<memory::ImportedFile>& files) {
    auto list = view_list();
    for (const auto& file : files) {
        const auto name = file.name.empty() ? word(app, call, "memory.import-unnamed") : file.name;
        auto one = view_object();
        put(one, "import_id", std::to_string(file.id));
        put(one, "import_name", name);
        put(one, "import_units", locale::format_number(file.units, call.language));
        put(one, "import_by", file.actor);
        put(one, "import_at", time_view(app, call, file.at));
        put(one, "import_label", word(app, call, "memory.import-remove-of", {{"name", name}}));
        append(list, std::move(one));
    }
    return list;
}

// Those who may exchange files see which came in, the latest first.
void put_imports(ViewData& data, App& app, const Call& call, bool can_exchange) {
    std::vector<memory::ImportedFile> files;
    if (can_exchange)
        files = memory::list_imports(store_of(app), number_from(call.request.query("before").value_or("")),
                                     imports_per_page + 1);
    const bool more = files.size() > size_t(imports_per_page);
    if (more) files.pop_back();
    put(data, "memory_imports", imports_view(app, call, files));
    put(data, "any_imports", !files.empty());
    put(data, "older_imports",
        more ? ViewData("/studio/settings/memory?before=" + std::to_string(files.back().id)) : nothing());
}

ViewData found_view(const memory::Found& found, const locale::Tag& source, const locale::Tag& target) {
    auto one = view_object();
    put(one, "unit_source", found.source);
    put(one, "unit_text", found.text);
    put(one, "source_lang", source.text());
    put(one, "source_dir", locale::name_of(locale::direction_of(source)));
    put(one, "target_lang", target.text());
    put(one, "target_dir", locale::name_of(locale::direction_of(target)));
    const bool has_article = found.article_id && !found.key.empty();
    put(one, "unit_where", has_article ? found.key : found.actor);
    put(one, "unit_href", has_article ? ViewData(text_path(*found.article_id, target)) : nothing());
    return one;
}

void put_search(ViewData& data, App& app, const Call& call) {
    const auto phrase = call.request.query("text").value_or("");
    const auto source = call.request.query("source").value_or(app.options.default_locale);
    const auto target = call.request.query("target").value_or("");
    put(data, "phrase", phrase);
    const auto languages = language_choices(call, enabled_locales(app));
    put(data, "phrase_sources", choices_view(languages, source));
    put(data, "phrase_targets", choices_view(languages, target));
    const auto from = locale::Tag::parse(source), to = locale::Tag::parse(target);
    const bool asked = from && to && !phrase.empty() && phrase.size() <= longest_phrase;
    put(data, "searched", asked);
    std::vector<memory::Found> found;
    if (asked) found = memory::find_phrase(store_of(app), *from, *to, phrase, most_found);
    auto units = view_list();
    for (const auto& one : found) append(units, found_view(one, *from, *to));
    put(data, "any_found", !found.empty());
    put(data, "found_units", std::move(units));
}

http::Response memory_page(App& app, const Call& call, const Said& said) {
    auto pairs = view_list();
    const auto stock = memory::stock(store_of(app));
    for (const auto& pair : stock) append(pairs, pair_view(app, call, pair));
    auto data = view_object();
    put_settings(data, app, call);
    put(data, "memory_empty", stock.empty());
    put(data, "memory_pairs", std::move(pairs));
    const bool can_exchange = accounts::can(call.caller, Action::administer, std::nullopt);
    put(data, "can_exchange", can_exchange);
    put_imports(data, app, call, can_exchange);
    put(data, "imported_line", text_or_nothing(said.notice));
    put(data, "mistake", text_or_nothing(said.mistake));
    put_search(data, app, call);
    return page(app, call, "settings/memory", word(app, call, "settings.memory"), std::move(data), said.status);
}

http::Response import_file(App& app, const Call& call, const Upload& file) {
    std::istringstream in(file.content);
    try {
        const auto made = memory::import_tmx(store_of(app, call), in, file.name, actor_of(call));
        auto left_out = made.left_out;
        for (const auto& [language, units] : made.languages) left_out += units;
        const Params counts{{"added", made.added}, {"known", made.known}, {"left_out", left_out}};
        return memory_page(app, call, {.notice = word(app, call, "memory.imported", counts)});
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid || error.fields().empty()) throw;
        const auto& mistake = error.fields().front();
        auto said = word(app, call, mistake.message, mistake.params);
        const auto* added = error.members().if_contains("added");
        if (added && added->as_int64() > 0)
            said += ' ' + word(app, call, "memory.import-kept", {{"added", added->as_int64()}});
        return memory_page(app, call, {.mistake = said, .status = status_of(error)});
    }
}

http::Response remove_file(App& app, const Call& call, std::int64_t id) {
    const auto made = memory::remove_import(store_of(app, call), id, time_of_removal, actor_of(call));
    const Params counts{{"removed", made.removed}, {"left", made.left}};
    return memory_page(app, call,
                       {.notice = made.left == 0 ? word(app, call, "memory.removed", {counts.front()})
                                                 : word(app, call, "memory.removed-some", counts)});
}

}  // namespace

http::Response show_memory(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    return memory_page(app, call, {});
}

http::Response change_memory(App& app, const Call& call) {
    const auto form = form_of(call.request);
    if (form.has("remove")) return remove_file(app, call, number_from(form.text("remove")).value_or(0));
    if (const auto* file = form.file("tmx")) return import_file(app, call, *file);
    return memory_page(app, call, {.mistake = word(app, call, "memory.import-none"), .status = 422});
}

}  // namespace stele::studio
