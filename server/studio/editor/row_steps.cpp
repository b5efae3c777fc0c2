#include "server/studio/editor/row_steps.hpp"

#include <fmt/format.h>

#include <sstream>

#include "server/http/percent.hpp"
#include "server/machine_run.hpp"
#include "server/studio/shell.hpp"
#include "src/base/number.hpp"
#include "src/checks/of_translation.hpp"
#include "src/memory/memory.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

struct Words {
    std::string what, segment, which;
};
Words words_of(const std::string& action) {
    Words words;
    std::istringstream(action) >> words.what >> words.segment >> words.which;
    return words;
}

Shown in_row(std::string_view done, const std::string& segment) {
    const auto id = http::percent_encoded(segment);
    return {fmt::format("done={}&open={}", done, id), "#s-" + id};
}

Shown dismiss(const WorkflowStep& step, const Words& words) {
    checks::dismiss(store_of(step.app, step.call), step.app.checks, step.id, step.locale, words.segment, words.which,
                    std::nullopt, step.form.text("reason"), actor_of(step.call));
    return in_row("dismissed", words.segment);
}

Shown undo_dismissal(const WorkflowStep& step, const Words& words) {
    checks::undo_dismiss(store_of(step.app, step.call), step.id, step.locale, words.segment, words.which,
                         actor_of(step.call));
    return in_row("dismissal-undone", words.segment);
}

Shown undo_keep(const WorkflowStep& step, const Words& words) {
    require(step.call, Action::keep, step.locale);
    editing::undo_keep(store_of(step.app, step.call), step.id, step.locale, {.segments = {words.segment}},
                       editing::Expected::of(step.version.translation, step.version.source), actor_of(step.call));
    return in_row("keep-undone", words.segment);
}

Shown fill_from_memory(const WorkflowStep& step, const std::string& after) {
    const auto made = memory::pretranslate(store_of(step.app, step.call), step.id, step.locale, {.after = after},
                                           actor_of(step.call));
    const auto more = made.next ? "&more=memory&after=" + http::percent_encoded(*made.next) : std::string();
    return {fmt::format("done=filled&count={}{}", made.filled, more), {}};
}

Shown fill_by_machine(const WorkflowStep& step, const std::string& after) {
    const auto made = machine::run_for(step.app, step.call, step.id, step.locale, after);
    const auto more = made.next ? "&more=machine&after=" + http::percent_encoded(*made.next) : std::string();
    return {fmt::format("done=filled&count={}&left={}{}", made.translated, made.left_out.size(), more), {}};
}

std::int64_t count_in(const Call& call, std::string_view name) {
    return number_from(call.request.query(name).value_or("0")).value_or(0);
}

// What a machine would take is said before it runs.
void tell_estimate(App& app, const Call& call, ArticleId id, const locale::Tag& locale, Remarks& remarks) {
    const auto made = machine::estimate(store_of(app), machine::budget_of(app.options), id, locale);
    remarks.offer = {word(app, call, "script.machine-estimate", {{"words", made.words}}), "fill-machine",
                     word(app, call, "script.machine-run")};
    if (made.balance.left)
        remarks.offer->text += " " + word(app, call, "script.machine-left", {{"words", *made.balance.left}});
}

}  // namespace

bool is_row_step(const std::string& action) {
    const auto what = words_of(action).what;
    return what == "dismiss" || what == "undo-finding" || what == "undo-keep" || what == "fill-memory" ||
           what == "fill-estimate" || what == "fill-machine";
}

Shown do_row_step(const WorkflowStep& step) {
    const auto words = words_of(step.action);
    if (words.what == "dismiss") return dismiss(step, words);
    if (words.what == "undo-finding") return undo_dismissal(step, words);
    if (words.what == "undo-keep") return undo_keep(step, words);
    if (words.what == "fill-memory") return fill_from_memory(step, words.segment);
    if (words.what == "fill-machine") return fill_by_machine(step, words.segment);
    return {"ask=machine", {}};
}

void keep_row_open(const std::string& action, const Form& form, Remarks& remarks) {
    const auto words = words_of(action);
    if (words.what != "dismiss") return;
    remarks.open = words.segment;
    remarks.entered["reason"] = form.text("reason");
}

void tell_filled(App& app, const Call& call, ArticleId id, const locale::Tag& locale, Remarks& remarks) {
    if (!accounts::can(call.caller, Action::translate, locale)) return;
    if (call.request.query("ask") == "machine") tell_estimate(app, call, id, locale, remarks);
    if (call.request.query("done") != "filled") return;
    remarks.notice = word(app, call, "script.filled", {{"count", count_in(call, "count")}});
    if (const auto left = count_in(call, "left"); left > 0)
        remarks.notice += " " + word(app, call, "script.machine-left-out", {{"count", left}});
    const auto more = call.request.query("more").value_or("");
    if (more != "memory" && more != "machine") return;
    const auto action = fmt::format("fill-{} {}", more, call.request.query("after").value_or(""));
    remarks.offer = {word(app, call, "board.result.fill-later"), action, word(app, call, "script.fill-go-on")};
}

}  // namespace stele::studio
