#include "server/studio/editor/workflow_view.hpp"

#include <fmt/format.h>

#include "server/studio/shell.hpp"
#include "src/base/number.hpp"
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

ViewData review_view(const WorkflowOf& of, const workflow::Review& review) {
    const auto key = standing(review);
    if (key.empty()) return nothing();
    auto view = view_object();
    put(view, "name", color_of(review));
    put(view, "text", word(of.app, of.call, key));
    put(view, "note", text_or_nothing(review.note));
    put(view, "box", review.status == ReviewStatus::changes_requested ? "notice changes" : "notice");
    put(view, "by", nothing());
    if (review.at)
        put(view, "by",
            word(of.app, of.call, "editor.review-by",
                 {{"name", review.actor},
                  {"time", locale::format_relative(*review.at, of.app.now(), of.call.language)}}));
    return view;
}

std::string entered(const WorkflowOf& of, const std::string& field, const std::string& otherwise) {
    const auto at = of.remarks.entered.find(field);
    return at == of.remarks.entered.end() ? otherwise : at->second;
}

// What is offered as the next act: what was asked for, and what has not been done already.
void put_next(const WorkflowOf& of, ViewData& data, ReviewStatus status, bool can_decide) {
    const bool may_publish = accounts::can(of.call.caller, Action::publish, of.locale);
    const bool answers = status == ReviewStatus::changes_requested;
    put(data, "ask_next", !may_publish || answers);
    put(data, "publish_next", !can_decide && !answers && of.publishable);
    put(data, "publish_later", !can_decide && !answers && !of.publishable);
}

void put_review(const WorkflowOf& of, ViewData& data) {
    const auto review = of.reviewed ? workflow::find_review(store_of(of.app), of.id, of.locale) : workflow::Review{};
    const bool requested = review.status == ReviewStatus::requested;
    const bool may_review = accounts::can(of.call.caller, Action::review, of.locale);
    const bool may_ask = accounts::can(of.call.caller, Action::translate, of.locale);
    const bool own = of.call.caller && review.requested_by == of.call.caller->name;
    put(data, "review", review_view(of, review));
    put(data, "review_step", std::to_string(review.step));
    put(data, "can_ask", of.reviewed && may_ask && !requested && review.status != ReviewStatus::approved);
    put(data, "can_take_back", requested && (may_review || (may_ask && own)));
    put(data, "can_decide", requested && may_review);
    put_next(of, data, review.status, requested && may_review);
    put(data, "review_open", of.remarks.entered.contains("note"));
    put(data, "note_entered", entered(of, "note", {}));
    const auto mistake = of.remarks.mistakes.find("note");
    put(data, "note_mistake", mistake == of.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
}

// "2026-12-01T10:00", as an input of a time has it (HTML, "local date and time string"); in UTC.
std::string input_of(const std::optional<workflow::Scheduled>& scheduled) {
    return scheduled ? rfc3339(scheduled->at).substr(0, 16) : std::string();
}

ViewData time_field(const WorkflowOf& of, const std::string& name, const std::string& now) {
    auto view = view_object();
    put(view, "id", name);
    put(view, "label", word(of.app, of.call, "studio.field." + name));
    put(view, "value", entered(of, name, now));
    const auto mistake = of.remarks.mistakes.find(name);
    put(view, "mistake", mistake == of.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
    return view;
}

// A sentence with a time, which a script puts into the reader's own zone.
ViewData planned(const WorkflowOf& of, std::string_view key, const std::optional<workflow::Scheduled>& at) {
    if (!at) return nothing();
    const auto said = locale::format_time(at->at, of.call.language) + " UTC";
    auto view = view_object();
    put(view, "at", rfc3339(at->at));
    put(view, "said", said);
    put(view, "text", word(of.app, of.call, key, {{"time", said}}));
    return view;
}

void put_schedule(const WorkflowOf& of, ViewData& data) {
    const auto schedule = workflow::find_schedule(store_of(of.app), of.id, of.locale);
    auto times = view_list();
    times << time_field(of, "publish_at", input_of(schedule.publish));
    times << time_field(of, "unpublish_at", input_of(schedule.unpublish));
    put(data, "times", std::move(times));
    put(data, "is_translation", of.reviewed);  // a source has no parts that are missing
    const bool again = of.remarks.entered.contains("publish_at");
    put(data, "schedule_open", again);
    put(data, "schedule_version", std::to_string(schedule.version()));
    put(data, "publish_incomplete", again ? of.remarks.entered.contains("publish_incomplete") : schedule.incomplete);
    const auto mistake = of.remarks.mistakes.find("publish_incomplete");
    put(data, "incomplete_mistake", mistake == of.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
    put(data, "will_publish", planned(of, "editor.schedule-is", schedule.publish));
    put(data, "will_unpublish", planned(of, "editor.schedule-is-down", schedule.unpublish));
}

// Absent: as it was shown.
std::optional<std::optional<Time>> time_of(const Form& form, const std::string& name,
                                           const std::optional<workflow::Scheduled>& now, FieldErrors& errors) {
    const auto text = form.text(name);
    if (text == input_of(now)) return std::nullopt;
    if (text.empty()) return std::optional<Time>();
    const auto time = parse_rfc3339(text.size() == 16 ? text + ":00Z" : text + "Z");
    if (!time) errors.push_back({"/" + name, "field.time-picked", {}});
    return time;
}

// What is in the way of the text is said beside the field that it is about.
Error beside_its_field(const Error& error) {
    if (error.reason() == "publish-incomplete")
        return Error(ErrorCode::invalid, {}, {},
                     {{"/publish_incomplete", "field.schedule-incomplete", error.params()}});
    if (error.reason() == "publish-unread")
        return Error(ErrorCode::invalid, {}, {}, {{"/publish_at", "field.schedule-unread", error.params()}});
    if (error.reason() == "publish-nothing")
        return Error(ErrorCode::invalid, {}, {}, {{"/publish_at", "field.schedule-nothing", {}}});
    return error;
}

void set_schedule(const WorkflowStep& step, const workflow::ScheduleRequest& request) {
    const auto seen = number_from(step.form.text("schedule_version"));
    try {
        workflow::set_schedule(store_of(step.app, step.call), step.id, step.locale, request, seen, actor_of(step.call));
    } catch (const Error& error) {
        throw beside_its_field(error);
    }
    if (step.app.agenda_changed) step.app.agenda_changed();
}

void schedule(const WorkflowStep& step) {
    require(step.call, Action::publish, step.locale);
    if (step.action == "schedule-clear") return set_schedule(step, workflow::nothing_scheduled);
    const auto now = workflow::find_schedule(store_of(step.app), step.id, step.locale);
    FieldErrors errors;
    workflow::ScheduleRequest request;
    request.publish_at = time_of(step.form, "publish_at", now.publish, errors);
    request.unpublish_at = time_of(step.form, "unpublish_at", now.unpublish, errors);
    request.incomplete = step.form.has("publish_incomplete");
    request.seen_step = seen_step(step.form);
    throw_if_any(std::move(errors));
    set_schedule(step, request);
}

// "review-anyway": in spite of errors that the checks find.
bool asks(const std::string& action) { return action == "review-ask" || action == "review-anyway"; }

void review(const WorkflowStep& step) {
    const auto status = asks(step.action)                 ? ReviewStatus::requested
                        : step.action == "review-approve" ? ReviewStatus::approved
                        : step.action == "review-change"  ? ReviewStatus::changes_requested
                                                          : ReviewStatus::none;
    workflow::set_review(store_of(step.app, step.call), step.id, step.locale,
                         {.status = status, .note = step.form.text("note"), .seen_step = seen_step(step.form)},
                         editing::Expected::of(step.version.translation, step.version.source),
                         step.call.caller.value());
}

}  // namespace

void put_workflow(const WorkflowOf& of, ViewData& data) {
    put_review(of, data);
    put_schedule(of, data);
}

bool is_workflow(const std::string& action) {
    return action.starts_with("review-") || action == "schedule" || action == "schedule-clear";
}

std::string do_workflow(const WorkflowStep& step) {
    if (step.action.starts_with("schedule")) {
        schedule(step);
        return "done=" + step.action;
    }
    review(step);
    return asks(step.action) ? "done=review-sent" : "done=review";
}

std::optional<std::int64_t> seen_step(const Form& form) { return number_from(form.text("review_step")); }

void keep_entered(const std::string& action, const Form& form, Remarks& remarks) {
    if (action.starts_with("review-")) remarks.entered["note"] = form.text("note");
    if (action != "schedule") return;
    for (const auto* name : {"publish_at", "unpublish_at"}) remarks.entered[name] = form.text(name);
    if (form.has("publish_incomplete")) remarks.entered["publish_incomplete"] = "1";
}

std::optional<Mistake> workflow_mistake(const App& app, const Call& call, const std::string& field,
                                        const std::string& text) {
    if (field == "note") return Mistake{field, word(app, call, "editor.review-note"), text};
    if (field == "publish_at" || field == "unpublish_at" || field == "publish_incomplete")
        return Mistake{field, word(app, call, "studio.field." + field), text};
    return std::nullopt;
}

}  // namespace stele::studio
