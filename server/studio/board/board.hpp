#pragma once
// The board as a page, and what is done with many articles at once.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/call.hpp"
#include "src/worklist/board.hpp"

namespace stele::studio {

// Who had an article before others got it.
struct Before {
    ArticleId article{};
    std::string account;
    std::optional<std::chrono::year_month_day> due;
};
std::string text_of(const Before& before);  // for a field of the form that undoes it

// What an action on many articles came to.
struct Outcome {
    std::string text;                                        // what was done
    bool failed = false;                                     // nothing was, and the text says why
    std::vector<std::pair<ArticleId, std::string>> refused;  // and what was not, with the reason
    std::vector<ArticleId> chosen;                           // stay chosen
    locale::Tag locale;
    std::optional<std::vector<Before>> before;  // of an assignment that can be undone; those who had nobody left out

    void fail(std::string why) { text = std::move(why), failed = true; }
};

http::Response board_page(App& app, const Call& call, const std::optional<Outcome>& outcome);
// Throws what concerns all of them: malformed (the form), forbidden, invalid (the date).
Outcome act_on_many(App& app, const Call& call);
// What is missing in the locale, from the memory; what has a text stays as it is.
void fill_many(App& app, const Call& call, Outcome& outcome);

}  // namespace stele::studio
