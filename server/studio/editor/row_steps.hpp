#pragma once
// What is done beside the saving of a text and leads back to its form: a finding of the checks is dismissed or told
// again, "the meaning did not change" is taken back, what is missing is filled. Scripts do most of it through the API.
#include "server/form.hpp"
#include "server/studio/editor/workflow_view.hpp"

namespace stele::studio {

// "dismiss SEGMENT FINDING" (with the field "reason"), "undo-finding SEGMENT FINDING", "undo-keep SEGMENT",
// "fill-memory", "fill-estimate", "fill-machine [AFTER]"
bool is_row_step(const std::string& action);
// The query of the form that is shown then, with the place in it: "done=dismissed&open=b1#s-b1". Throws what the
// use-cases throw.
struct Shown {
    std::string query, place;
};
Shown do_row_step(const WorkflowStep& step);

// Of a step that was refused: its row is open, and what was typed stays.
void keep_row_open(const std::string& action, const Form& form, Remarks& remarks);
// What the page says after a step that filled something, or what filling it would cost.
void tell_filled(App& app, const Call& call, ArticleId id, const locale::Tag& locale, Remarks& remarks);

}  // namespace stele::studio
