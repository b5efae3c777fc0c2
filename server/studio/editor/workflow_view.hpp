#pragma once
// Where a text stands with those who review it, and what is to happen to it at a time. A source has the times alone.
#include "server/call.hpp"
#include "server/form.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/typed.hpp"
#include "server/views.hpp"

namespace stele::studio {

struct WorkflowOf {
    App& app;
    const Call& call;
    ArticleId id;
    const locale::Tag& locale;
    const Remarks& remarks;
    bool reviewed = false;     // a translation: of a source nobody asks for a review
    bool publishable = false;  // readers have not got it as it stands
};
void put_workflow(const WorkflowOf& of, ViewData& data);

// What the buttons of the workflow do: "review-ask", "schedule", …; with the page that says what came of it.
bool is_workflow(const std::string& action);
struct WorkflowStep {
    App& app;
    const Call& call;
    ArticleId id;
    const locale::Tag& locale;
    const std::string& action;
    const Form& form;
    editing::Version version;  // that whoever pressed the button has seen
};
// The query of the page that is shown then: "done=review". Throws what the workflow throws, and invalid for times that
// cannot be read or set.
std::string do_workflow(const WorkflowStep& step);
// The step of the review that the form's writer has seen.
std::optional<std::int64_t> seen_step(const Form& form);

// Of a step that was refused: what was typed stays, and its part of the form is open.
void keep_entered(const std::string& action, const Form& form, Remarks& remarks);
// Mistakes in fields of the workflow, as the summary of mistakes calls them: by the field's name.
std::optional<Mistake> workflow_mistake(const App& app, const Call& call, const std::string& field,
                                        const std::string& text);

}  // namespace stele::studio
