#pragma once
// Where a translation stands with those who review it, and what is to happen to it at a time.
#include "server/form.hpp"
#include "server/studio/editor/making.hpp"

namespace stele::studio {

void put_workflow(const Making& m, ViewData& data);

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
// cannot be read.
std::string do_workflow(const WorkflowStep& step);

}  // namespace stele::studio
