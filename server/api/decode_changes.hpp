#pragma once
// Request bodies as the use-cases take them. All throw invalid with every mistake that was found.
#include <boost/json.hpp>

#include "server/app.hpp"
#include "src/editing/editing.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/locales.hpp"

namespace stele::api {

editing::NewArticle new_article_from(const App& app, const boost::json::object& body);
editing::ArticleChanges article_changes_from(const boost::json::object& body);

// PUT: the whole text. What is absent becomes empty, but for the slug and the mode; the title is required.
editing::Changes whole_translation_from(const content::ContentType& type, const boost::json::object& body);
// PATCH: what is absent stays.
editing::Changes translation_changes_from(const boost::json::object& body);

// `checks`: those that hold, unless the body says to ignore them.
publishing::PublishRequest publish_request_from(const boost::json::object& body, const checks::Policy& checks);
// `undo`: without `segments`, all that were kept.
editing::KeepRequest keep_request_from(const boost::json::object& body, bool undo);
worklist::LocaleChange locale_change_from(const boost::json::object& body);

}  // namespace stele::api
