#pragma once
// An edition: what a translator of a locale still has to do with an article, and whether readers have it.
#include <optional>
#include <string>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/content/state.hpp"
#include "src/locale/tag.hpp"

namespace stele::content {

struct Edition {
    ArticleId article_id{};
    locale::Tag locale;
    bool is_source = false;
    State state = State::untranslated;
    bool published = false;
    bool pending = false;
    std::string title;  // the worker's: the own working title, else the source's
    locale::Tag title_locale;
    Counts segments;  // {total, missing, outdated}
    Counts words;
    int priority = 0;
    Time since{};  // since when it is missing or outdated (for others: since when the state holds)
    Time updated_at{};

    int bucket() const { return 2 * static_cast<int>(state) + (pending ? 1 : 0); }
    friend bool operator==(const Edition&, const Edition&) = default;
};

}  // namespace stele::content
