#pragma once
// What all pages of the studio share: the frame around them, words, and small pieces of data for templates.
#include <string>
#include <string_view>
#include <vector>

#include "server/call.hpp"
#include "server/views.hpp"
#include "src/content/edition.hpp"
#include "src/editing/editing.hpp"

namespace stele::studio {

// The folder of templates and the names they may use; `catalog` gives the words: "studio.save" is {{t.studio_save}}.
std::string view_names(const locale::Catalog& catalog);

// The page "studio/NAME": `data` and, around it, the frame in the language of the interface.
http::Response page(App& app, const Call& call, const std::string& name, std::string_view title, ViewData data,
                    int status = 200);
// After a POST: the page is read again by GET, so that a reload sends nothing twice (RFC 9110 section 15.4.4).
http::Response see_other(std::string location);

std::string word(const App& app, const Call& call, std::string_view key, const Params& params = {});
std::string language_name(const Call& call, const locale::Tag& tag);
std::string type_name(const App& app, const Call& call, std::string_view type);

// Has the studio a page there?
bool is_served(std::string_view path);

// What sections of templates leave out.
inline ViewData nothing() { return ViewData(ViewData::type::bool_false); }
inline ViewData text_or_nothing(std::string_view text) {
    return text.empty() ? nothing() : ViewData(std::string(text));
}

// Adds `lang` and `dir` of a text's own language.
void put_language(ViewData& data, const locale::Tag& tag);
// {"ago", "at", "iso"}
ViewData time_view(const App& app, const Call& call, Time t);
// {"name", "shape", "word"}: the name is the class that colours it.
ViewData state_view(const App& app, const Call& call, content::State state);
// {"lead", "items": [{"anchor", "where", "text"}]}; false where there is none.
struct Mistake {
    std::string anchor;  // of the field
    std::string where;   // its label
    std::string text;
};
ViewData mistakes_view(const App& app, const Call& call, const std::vector<Mistake>& mistakes);
// Done and left as a bar: {"done", "outdated"} in percent; and in words.
ViewData progress_view(const App& app, const Call& call, const content::Counts& segments, const content::Counts& words);
// "Missing: 2 · Outdated: 1"; empty where nothing is left to do.
std::string left_text(const App& app, const Call& call, const content::Counts& segments);

std::string article_path(ArticleId id);
std::string text_path(ArticleId id, const locale::Tag& locale);
std::string removal_path(ArticleId id);  // asks before it is deleted, or shows what is deleted
std::string worklist_path(const locale::Tag& locale);

// The site's locales in its order, each as it is served now.
std::vector<locale::Tag> enabled_locales(App& app);

// Names a wording in a form without carrying it: 16 digits over the text with plain line ends.
std::string print_of(std::string_view text);
// As a browser sends it back.
std::string plain_lines(std::string_view text);

}  // namespace stele::studio
