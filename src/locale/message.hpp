#pragma once
// For the catalog only: one ICU MessageFormat, parsed once.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

namespace stele::locale {

// Immutable; shared by all threads. Text and bare {name} arguments are put together by us; plural, select and typed
// arguments go to ICU's MessageFormat, of which each thread has its own copy (it is not safe to share).
class Message {
  public:
    // Throws std::runtime_error saying what is wrong with the pattern and where.
    Message(Tag tag, std::string pattern);

    // A {name} without a value stays as it is written, so that a mistake is seen and nothing breaks.
    std::string text(const Params& params) const;
    const std::string& pattern() const { return pattern_; }
    const std::vector<std::string>& arguments() const { return arguments_; }  // sorted, each once
    std::vector<std::string> missing_plurals() const;

  private:
    struct Part {
        bool is_argument;
        std::string text;  // the words, or the argument's name
    };

    std::string put_together(const Params& params) const;
    std::string by_icu(const Params& params) const;

    Tag tag_;
    std::string pattern_;
    std::uint64_t id_;  // never used twice in a process: the key of the threads' copies
    bool simple_ = true;
    std::vector<Part> parts_;
    std::vector<std::string> arguments_;
};

}  // namespace stele::locale
