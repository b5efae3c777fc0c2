#pragma once
// Who else has a text open, and where in it. Whoever has it open says so a few times a minute; who has been silent for
// longer than presence_lasts is gone. It leaves no trace in any history.
#include <chrono>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

inline constexpr std::chrono::seconds presence_lasts{45};

struct Present {
    Actor name;
    std::string segment;  // "" where none is open
    Time since{};         // there
};
// The others, those who came first first. Throws not_found (article, locale), invalid (segment).
std::vector<Present> say_present(const Store& store, ArticleId id, const locale::Tag& locale,
                                 const std::string& segment, const Actor& actor);
void leave(const Store& store, ArticleId id, const locale::Tag& locale, const Actor& actor);
// Forgets those who are gone. Called now and then.
void forget_absent(const Store& store);

}  // namespace stele::workflow
