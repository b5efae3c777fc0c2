#pragma once
// What stands around every page: the head of the document, the site's name, what there is to read, and the languages.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app.hpp"
#include "server/call.hpp"
#include "server/links.hpp"
#include "server/views.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/site.hpp"

namespace stele::site {

struct Language {
    locale::Tag tag;
    std::string href;
};

struct Frame {
    locale::Tag locale;   // of the reader: the document's lang and dir
    std::string title{};  // of the document
    std::optional<std::string> description{};
    Links links{};                         // without a canonical address: none
    bool index = true;                     // may be found by search engines
    std::vector<Language> languages{};     // to choose from
    std::optional<locale::Tag> current{};  // of them, the one that is shown
    std::optional<std::string> type{};     // of articles, that the list shows
};

std::shared_ptr<const storage::Site> site_of(App& app);

// {locale} of the path when it is enabled and written as it should be. Absent: it is not a language of this site.
std::optional<locale::Tag> enabled_locale(const storage::Site& site, std::string_view segment);

// Data for the templates' frame. `bare`: the database does not answer, so nothing that is in it.
ViewData frame_view(App& app, const Frame& frame, bool bare = false);

// {"text", "mark": false|{"lang", "dir"}}: marked where it is in another language than what is around it.
ViewData text_view(std::string_view text, const locale::Tag& lang, const locale::Tag& around);
// false, or what has to be marked.
ViewData mark_view(const locale::Tag& lang, const locale::Tag& around);

// false where the list is empty, else {"items": list}: what stands around a list goes with it.
ViewData items_view(ViewData list);

// "Byer · Solidaritetsbyer", or the site's name alone.
std::string document_title(const App& app, std::string_view title);
std::string list_path(const locale::Tag& locale, std::string_view type = {});

}  // namespace stele::site
