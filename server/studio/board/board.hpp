#pragma once
// The board as a page, and what is done with many articles at once.
#include <optional>
#include <string>
#include <vector>

#include "server/call.hpp"
#include "src/worklist/board.hpp"

namespace stele::studio {

// What an action on many articles came to.
struct Outcome {
    std::string text;                                        // what was done
    std::vector<std::pair<ArticleId, std::string>> refused;  // and what was not, with the reason
    std::vector<ArticleId> chosen;                           // stay chosen
    locale::Tag locale;
};

http::Response board_page(App& app, const Call& call, const std::optional<Outcome>& outcome);
// Throws what concerns all of them: malformed (the form), forbidden, invalid (the date).
Outcome act_on_many(App& app, const Call& call);

}  // namespace stele::studio
