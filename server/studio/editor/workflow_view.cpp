#include "server/studio/editor/workflow_view.hpp"

#include <fmt/format.h>

#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/schedule.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using workflow::ReviewStatus;

std::string standing(const workflow::Review& review) {
    if (review.changed_since_approval) return "editor.review-is-moved";
    if (review.status == ReviewStatus::none) return {};
    return fmt::format("editor.review-is-{}", workflow::name_of(review.status));
}

// The class of the pill that says it.
std::string_view color_of(const workflow::Review& review) {
    if (review.status == ReviewStatus::approved) return "current";
    return review.status == ReviewStatus::requested ? "ready" : "outdated";
}

ViewData review_view(const Making& m, const workflow::Review& review) {
    const auto key = standing(review);
    if (key.empty()) return nothing();
    auto view = view_object();
    put(view, "name", color_of(review));
    put(view, "text", word(m.app, m.call, key));
    put(view, "note", text_or_nothing(review.note));
    put(view, "by", nothing());
    if (review.at)
        put(view, "by",
            word(
                m.app, m.call, "editor.review-by",
                {{"name", review.actor}, {"time", locale::format_relative(*review.at, m.app.now(), m.call.language)}}));
    return view;
}

// "2026-12-01T10:00", as an input of a time has it (HTML, "local date and time string").
std::string input_of(const std::optional<workflow::Scheduled>& scheduled) {
    return scheduled ? rfc3339(scheduled->at).substr(0, 16) : std::string();
}

std::optional<Time> time_of(const Form& form, const std::string& name, FieldErrors& errors) {
    const auto text = form.text(name);
    if (text.empty()) return std::nullopt;
    const auto time = parse_rfc3339(text.size() == 16 ? text + ":00Z" : text + "Z");
    if (!time) errors.push_back({"/" + name, "field.time", {}});
    return time;
}

void schedule(const WorkflowStep& step) {
    require(step.call, Action::publish, step.locale);
    FieldErrors errors;
    workflow::ScheduleRequest request;
    request.publish_at = time_of(step.form, "publish_at", errors);
    request.unpublish_at = time_of(step.form, "unpublish_at", errors);
    if (!errors.empty()) throw Error(ErrorCode::invalid, {}, {}, std::move(errors));
    const auto store = store_of(step.app, step.call);
    if (!request.publish_at && !request.unpublish_at)
        workflow::clear_schedule(store, step.id, step.locale, actor_of(step.call));
    else
        workflow::set_schedule(store, step.id, step.locale, request, actor_of(step.call));
    if (step.app.agenda_changed) step.app.agenda_changed();
}

void review(const WorkflowStep& step) {
    const auto status = step.action == "review-ask"       ? ReviewStatus::requested
                        : step.action == "review-approve" ? ReviewStatus::approved
                        : step.action == "review-change"  ? ReviewStatus::changes_requested
                                                          : ReviewStatus::none;
    const bool decides = status == ReviewStatus::approved || status == ReviewStatus::changes_requested;
    require(step.call, decides ? Action::review : Action::translate, step.locale);
    workflow::set_review(store_of(step.app, step.call), step.id, step.locale,
                         {.status = status, .note = step.form.text("note")},
                         editing::Expected::of(step.version.translation, step.version.source), actor_of(step.call));
}

}  // namespace

void put_workflow(const Making& m, ViewData& data) {
    const auto store = store_of(m.app);
    const auto review = workflow::find_review(store, m.article.id, m.locale);
    const bool requested = review.status == ReviewStatus::requested;
    const bool exists = m.translation.version.translation > 0;
    put(data, "review", review_view(m, review));
    put(data, "can_ask", m.can_write && exists && !requested && review.status != ReviewStatus::approved);
    put(data, "can_take_back", m.can_write && requested);
    put(data, "can_decide", requested && accounts::can(m.call.caller, Action::review, m.locale));
    const auto times = workflow::find_schedule(store, m.article.id, m.locale);
    put(data, "publish_at", input_of(times.publish));
    put(data, "unpublish_at", input_of(times.unpublish));
    const auto told = [&](std::string_view key, const std::optional<workflow::Scheduled>& at) {
        if (!at) return nothing();
        return ViewData(word(m.app, m.call, key, {{"time", locale::format_time(at->at, m.call.language)}}));
    };
    put(data, "will_publish", told("editor.schedule-is", times.publish));
    put(data, "will_unpublish", told("editor.schedule-is-down", times.unpublish));
}

bool is_workflow(const std::string& action) {
    return action.starts_with("review-") || action == "schedule" || action == "schedule-clear";
}

std::string do_workflow(const WorkflowStep& step) {
    if (step.action == "schedule") {
        schedule(step);
        return "done=schedule";
    }
    if (step.action == "schedule-clear") {
        require(step.call, Action::publish, step.locale);
        workflow::clear_schedule(store_of(step.app, step.call), step.id, step.locale, actor_of(step.call));
        if (step.app.agenda_changed) step.app.agenda_changed();
        return "done=schedule-clear";
    }
    review(step);
    return step.action == "review-ask" ? "done=review-sent" : "done=review";
}

}  // namespace stele::studio
