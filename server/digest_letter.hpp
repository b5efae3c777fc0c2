#pragma once
#include "server/app.hpp"
#include "src/workflow/digest.hpp"

namespace stele {

// What somebody has not read yet, in the language of their interface.
mail::Mail digest_letter(const App& app, const workflow::Person& person,
                         const std::vector<workflow::Notification>& items, bool more);
// "Kari asked for a review of “Havna åpner igjen” in English": one notification in a sentence.
std::string sentence_of(const App& app, const locale::Tag& language, const workflow::Notification& notification);

// Where it leads: to the text, or to those of the board where it is of many. `account` is told.
std::string address_of(const workflow::Notification& notification, const std::string& account);

}  // namespace stele
