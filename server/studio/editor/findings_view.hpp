#pragma once
// What the checks say about a translation, in the words of its page.
#include <string>

#include "server/studio/editor/making.hpp"
#include "src/checks/of_translation.hpp"

namespace stele::studio {

std::string finding_text(const App& app, const Call& call, const checks::Finding& finding);

// Those that somebody has let stand, each with its reason and a button that takes it back. `places` as of put_rows.
void put_dismissed(const Making& m, ViewData& data, const std::map<std::string, std::string>& places);

// What is told of a text that was sent on (Remarks::tell_found): the worst of each segment, but for notes.
void put_told(const Making& m, ViewData& data, const std::map<std::string, std::string>& places);

// The errors that hold a publication, as mistakes of their segments. False: there are none.
bool add_errors(App& app, const Call& call, ArticleId id, const locale::Tag& locale, Remarks& remarks);
// The first of them in one sentence or two, for a list of many articles.
std::string first_errors(App& app, const Call& call, ArticleId id, const locale::Tag& locale);

}  // namespace stele::studio
