#include "server/cli/open_app.hpp"

#include <fmt/format.h>

#include "server/cli/command.hpp"
#include "server/cli/database.hpp"
#include "server/make_app.hpp"
#include "src/worklist/locales.hpp"

namespace stele::cli {
namespace {

void check_schema(db::Database& database, const Options& options, EmptyDatabase empty) {
    const auto status = db::schema_status(database);
    if (status.at == 0 && !status.newer) {
        if (empty == EmptyDatabase::refuse)
            throw CommandError(
                fmt::format("{} is empty. `stele serve` or `stele import DIR` fills it.", options.database));
        upgrade(database);
    } else if (status.newer) {
        throw Error(ErrorCode::conflict, "schema-newer",
                    {{"at", std::int64_t(status.at)}, {"wanted", std::int64_t(status.wanted)}});
    } else if (!status.changed.empty()) {
        throw Error(ErrorCode::conflict, "schema-changed", {{"name", status.changed.front()}});
    } else if (status.at < status.wanted) {
        throw CommandError(
            fmt::format("the database's schema is at {:04}, this binary needs {:04}. Run: "
                        "stele migrate --database {}",
                        status.at, status.wanted, options.database));
    }
}

}  // namespace

std::unique_ptr<App> open_app(const Options& options, EmptyDatabase empty) {
    if (empty == EmptyDatabase::refuse) require_database_file(options);
    auto app = std::make_unique<App>();
    app->options = options;
    app->database = open_database(options);
    check_schema(*app->database, options, empty);
    load_parts(*app);
    if (empty == EmptyDatabase::migrate) worklist::ensure_default_locale(store_of(*app));
    return app;
}

locale::Tag tag_of(const std::string& text, std::string_view option) {
    const auto tag = locale::Tag::parse(text);
    if (!tag) throw UsageError(fmt::format("{} {}: this is no language tag, such as nb or zh-Hant", option, text));
    return *tag;
}

std::vector<locale::Tag> tags_of(const std::vector<std::string>& texts) {
    std::vector<locale::Tag> tags;
    for (const auto& text : texts) tags.push_back(tag_of(text));
    return tags;
}

}  // namespace stele::cli
