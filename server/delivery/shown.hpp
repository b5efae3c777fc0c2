#pragma once
// The keys of what readers are shown.
#include "server/delivery/keys.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/site.hpp"

namespace stele::delivery {

// A page that was asked for by `slug`. In its own locale it hangs on its article alone. In place of one that is missing
// it gives way to any article that takes the slug in a locale that comes before; under its key or number it stands
// because another article has its slug, anywhere.
Keys keys_of(const storage::Site& site, const publishing::Page& page, std::string_view slug);

// A list for readers of `locale`. Its items stand in it too: a summary may be the source's, in a language that is not
// in the chain; and an item may stand under its key, as a page does.
Keys keys_of(const storage::Site& site, const locale::Tag& locale, const publishing::ListPage& list);

}  // namespace stele::delivery
