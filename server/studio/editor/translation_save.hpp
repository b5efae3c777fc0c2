#pragma once
#include "server/call.hpp"
#include "server/form.hpp"

namespace stele::studio {

// What of a text's faults its publisher has said does not matter. Each is asked for by itself, and what was said to one
// question is still said with the answer to the next.
struct Confirmed {
    bool incomplete = false;  // parts are missing
    bool unread = false;      // texts by a machine are not confirmed
    bool checks = false;      // errors that the checks find
};
// "publish" with "-incomplete", "-unread" and "-anyway" after it, in this order
std::string publish_action(const Confirmed& confirmed);

// Saves what differs from the form, then does what its button says: save, publish_action(), unpublish, preview,
// independent, aligned, or a step of the workflow. Whatever is refused comes back in the form, with all that was typed.
http::Response save_translation(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                                const Form& form);

}  // namespace stele::studio
