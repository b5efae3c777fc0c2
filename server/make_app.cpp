#include "server/make_app.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "server/api/openapi.hpp"
#include "server/metrics/kinds.hpp"
#include "server/site/handlers.hpp"
#include "server/site/theme.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/views.hpp"
#include "src/accounts/sessions.hpp"
#include "src/base/embedded.hpp"
#include "src/locale/pseudo.hpp"
#include "src/workflow/looks.hpp"

namespace stele {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw std::runtime_error(path.string() + " cannot be read");
    return text;
}

// Absent folders are no mistake: whoever overrides one thing need not override all.
std::map<std::string, std::string> files_below(const std::filesystem::path& folder, std::string_view ending) {
    std::map<std::string, std::string> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ignored))
        if (entry.is_regular_file() && entry.path().extension() == ending)
            files[entry.path().lexically_relative(folder).replace_extension().string()] = read_file(entry.path());
    return files;
}

}  // namespace

std::map<std::string, std::string> files_of(const cli::Options& options, std::string_view embedded_folder,
                                            std::string_view override_folder, std::string_view ending) {
    std::map<std::string, std::string> files;
    for (const auto& file : embedded::list(embedded_folder)) {
        auto name = file.name.substr(embedded_folder.size());
        if (!name.ends_with(ending)) continue;
        name.remove_suffix(ending.size());
        files.emplace(name, file.text);
    }
    if (options.overrides.empty()) return files;
    for (auto& [name, text] : files_below(std::filesystem::path(options.overrides) / override_folder, ending))
        files[name] = std::move(text);
    return files;
}

void load_parts(App& app) {
    std::string mistake;
    app.checks = checks::Policy::parse(app.options.checks, mistake).value();
    app.types = content::ContentTypes::load(files_of(app.options, "config/content-types/", "content-types", ".toml"));
    auto words = files_of(app.options, "locales/", "locales", ".json");
    if (app.options.pseudo_locale != 0) words[std::string(locale::pseudo_tag)] = locale::pseudo_file(words["en"]);
    app.catalog = std::make_unique<locale::Catalog>(words);
    app.interface_locales.clear();
    for (const auto& tag : app.catalog->tags())
        app.interface_locales.push_back({.tag = locale::Tag::stored(tag), .fallback = std::nullopt});
    const auto studio_names = studio::view_names(*app.catalog);
    const std::array folders = {site::theme_templates(),
                                ViewFolder{"studio", "server/studio/", "studio", studio_names}};
    app.views = std::make_shared<const Views>(app.options, folders);
    app.theme = std::make_shared<const site::Theme>(app.options);
    app.error_page = [](App& a, const Call& call, const Error& error) {
        return studio::is_studio(call.request) ? studio::error_page(a, call, error) : site::error_page(a, call, error);
    };
    app.openapi = api::embedded_openapi();
    app.kinds = std::make_shared<metrics::Kinds>();
    app.sightings = std::make_shared<accounts::Sightings>();
    app.looks = std::make_shared<workflow::Looks>();
}

}  // namespace stele
