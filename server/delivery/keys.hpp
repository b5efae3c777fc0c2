#pragma once
// Surrogate keys: the parts of a site that an answer is made of. An answer that may be kept names them; a change that
// readers can see drops all answers that carry one of its own. Handlers, the follower of the change log and the purge
// hook take them from here, so that both sides mean the same.
//
//   article-17  shows something of article 17, in whatever locale
//   locale-nb   hangs on what is published in nb: lists, and pages that give way when another article takes their slug
//   types-nb    names the content types that readers of nb get anything of: every page with the site's navigation
//   articles    hangs on which articles there are, and on their types and shared fields: lists
//   routes      hangs on what a slug or key means anywhere on the site: redirects, and pages under another's slug
//   site        everything; dropped with the locales, their chains and their orders
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/response.hpp"
#include "src/base/ids.hpp"
#include "src/locale/tag.hpp"

namespace stele::delivery {

using Keys = std::vector<std::string>;

inline constexpr std::string_view surrogate_key = "Surrogate-Key";  // the field that they stand in
inline constexpr std::string_view articles_key = "articles", routes_key = "routes", site_key = "site";
std::string article_key(ArticleId id);
std::string locale_key(const locale::Tag& locale);
std::string types_key(const locale::Tag& locale);
// A locale-… for each locale of a chain.
Keys chain_keys(const std::vector<locale::Tag>& chain);

// What a row of the table `change` drops; nothing for a kind that readers cannot see. A kind that is not known here
// drops the whole site. `locale` is absent where the change is the article's own. Without types-…: whether a type came
// or went is not in the row (listed_types.hpp).
Keys keys_of_change(std::string_view kind, std::optional<ArticleId> article, const std::optional<locale::Tag>& locale);

// Says that the answer may be kept: sets Surrogate-Key to `keys` and "site".
void may_be_kept(http::Response& response, Keys keys);
// The same, and what everybody else is told who keeps it: to ask again each time, which costs a 304, and to show what
// they have meanwhile for that long (RFC 5861 section 3).
void may_be_kept(http::Response& response, Keys keys, std::chrono::milliseconds stale_while_revalidate);

}  // namespace stele::delivery
