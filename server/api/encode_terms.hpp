#pragma once
// Terms and findings as JSON (openapi.yaml: Term, Finding).
#include <boost/json.hpp>

#include "server/app.hpp"
#include "src/checks/of_translation.hpp"
#include "src/terms/terms.hpp"

namespace stele::api {

boost::json::object range_json(const content::Range& range);
boost::json::object term_json(const terms::Term& term);
// In the words of `language`.
boost::json::object finding_json(const App& app, const locale::Tag& language, const checks::Finding& finding);
// {"segment", "items", "dismissed"}
boost::json::object findings_json(const App& app, const locale::Tag& language, const checks::SegmentFindings& found);

}  // namespace stele::api
