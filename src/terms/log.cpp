#include "src/terms/log.hpp"

#include <boost/json.hpp>

#include "src/accounts/audit.hpp"

namespace stele::terms {
namespace {

// Only what there is.
boost::json::object said(const Translations& translations) {
    boost::json::object all;
    for (const auto& [locale, one] : translations) {
        boost::json::object what;
        if (!one.texts.empty()) what["texts"] = boost::json::value_from(one.texts);
        if (one.keep) what["keep"] = true;
        if (!one.forbidden.empty()) what["forbidden"] = boost::json::value_from(one.forbidden);
        if (!one.note.empty()) what["note"] = one.note;
        all[locale.text()] = std::move(what);
    }
    return all;
}

}  // namespace

void log(db::Transaction& t, std::string_view kind, const Term& before, const Actor& actor, Time at) {
    boost::json::object detail{{"term", before.n}, {"source", before.source_locale.text()}, {"text", before.text}};
    if (!before.part.empty()) detail["part"] = before.part;
    if (!before.note.empty()) detail["note"] = before.note;
    if (!before.translations.empty()) detail["translations"] = said(before.translations);
    accounts::note(t, at, kind, actor, std::move(detail));
}

void log_import(db::Transaction& t, const locale::Tag& source, std::int64_t count, const Actor& actor, Time at) {
    accounts::note(t, at, "terms-imported", actor, {{"source", source.text()}, {"count", count}});
}

}  // namespace stele::terms
