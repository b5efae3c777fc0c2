#pragma once
// The JSON shapes of the API (openapi.yaml, components/schemas).
#include <boost/json.hpp>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "src/editing/editing.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/site.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::api {

// {"text", "lang", "dir"}
// The words of both texts: [{"op": "same"|"removed"|"added", "text"}]
boost::json::array runs_json(std::string_view before, std::string_view after, const locale::Tag& tag);
boost::json::object text_json(std::string_view text, const locale::Tag& lang);
boost::json::object counts_json(const content::Counts& counts);

// What articles are shown with: whose answer, and where it can be read.
struct Shown {
    const App& app;
    std::string base_url;
};

// One article with its body. `published` false: a working text, which has no address and no dates of publication.
boost::json::object article_json(const Shown& shown, const publishing::Page& page, bool published = true);
// One of a list, as a reader of `locale` gets it.
boost::json::object article_json(const Shown& shown, const publishing::ListItem& item, const locale::Tag& locale);
// Content-Language: the page's language, then those of its parts.
std::string languages_of(const publishing::Page& page);

boost::json::object edition_json(const worklist::WorkItem& item);
boost::json::object coverage_json(const worklist::Coverage& coverage);
boost::json::object translation_json(const editing::Translation& translation);
boost::json::object segment_json(const editing::SegmentView& segment, const locale::Tag& source_locale);
boost::json::object revision_json(const editing::Revision& revision);
boost::json::object revision_json(const editing::RevisionText& revision);
boost::json::object locale_json(const storage::SiteLocale& locale, const locale::Tag& default_locale);

}  // namespace stele::api
