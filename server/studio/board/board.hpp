#pragma once
// The board as a page, and what is done with many articles at once.
#include <optional>
#include <string>
#include <vector>

#include "server/call.hpp"
#include "server/views.hpp"
#include "src/workflow/assignments.hpp"
#include "src/worklist/board.hpp"

namespace stele::studio {

// For a field of the form that undoes it.
std::string text_of(const workflow::AssignmentChange& change);

// What is asked before an action on many is done: `does` is the action, `label` its button.
struct Question {
    std::string does, lead, detail, label;
};

// What an action on many articles came to.
struct Outcome {
    std::string text;                                        // what was done
    bool failed = false;                                     // nothing was, and the text says why
    std::vector<std::pair<ArticleId, std::string>> refused;  // and what was not, with the reason
    std::vector<ArticleId> chosen;                           // stay chosen
    locale::Tag locale;
    std::vector<workflow::AssignmentChange> changes{};        // that can be undone
    std::vector<std::pair<ArticleId, std::int64_t>> fills{};  // the same: the versions that filling made
    std::optional<Question> question{};                       // instead: nothing was done

    void fail(std::string why) { text = std::move(why), failed = true; }
};

// Why one of many was not done, in a sentence of the caller's language.
std::string reason_of(const App& app, const Call& call, const Error& error);
ViewData outcome_view(App& app, const Call& call, const Outcome& outcome);
ViewData question_view(App& app, const Call& call, const Outcome& outcome);  // where it asks

// One act may be of so many.
inline constexpr size_t most_at_once = 500;
// All that the filters of the call's address find. Throws malformed (more than `most_at_once`).
std::vector<ArticleId> found_ids(App& app, const Call& call);

http::Response board_page(App& app, const Call& call, const std::optional<Outcome>& outcome);
// Throws what concerns all of them: malformed (the form), forbidden, invalid (the date).
Outcome act_on_many(App& app, const Call& call);
// What is missing in the locale, from the memory; what has a text stays as it is.
void fill_many(App& app, const Call& call, Outcome& outcome);
// `changes`: "ARTICLE VERSION" each, of `fills`. What somebody has saved since stays. Throws malformed (form).
void undo_filling(App& app, const Call& call, const std::vector<std::string>& changes, Outcome& outcome);
// These ask first, unless `is_sure`.
void publish_many(App& app, const Call& call, bool is_sure, Outcome& outcome);
void translate_many(App& app, const Call& call, bool is_sure, Outcome& outcome);
bool has_machine(const App& app);

}  // namespace stele::studio
