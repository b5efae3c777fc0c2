#pragma once
// From a JSON object to typed values, strictly: every mistake is a FieldError with its pointer, and members that nobody
// asked for are mistakes too.
//
//     Decoder d(body);
//     auto title = d.text("title", Lines::one);
//     auto fields = d.object("fields", [&](Decoder& inner) { … });
//     d.finish();  // throws invalid with all that was wrong
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

namespace stele::api {

// one: no control character at all; many: tab and line endings may stand in it.
enum class Lines { one, many };

inline constexpr size_t max_items = 10'000;  // as many as an article may have segments

class Decoder {
  public:
    explicit Decoder(const boost::json::object& object) : Decoder(object, "", own_errors_) {}
    Decoder(const Decoder&) = delete;

    // Each takes the member away from the unknown ones. Absent: not there, or wrong (and then noted).
    std::optional<std::string> text(std::string_view name, Lines lines);
    std::optional<bool> boolean(std::string_view name);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
    std::optional<locale::Tag> tag(std::string_view name);
    // Lists have at most max_items.
    std::optional<std::vector<std::string>> texts(std::string_view name);
    std::optional<std::vector<locale::Tag>> tags(std::string_view name);
    // One of these words.
    std::optional<std::string> word(std::string_view name, std::vector<std::string_view> words);
    // As it is, with the texts in it checked for control characters.
    std::optional<boost::json::object> raw_object(std::string_view name);
    // Calls `each` with a decoder of the member; its finish() is called for it.
    bool object(std::string_view name, const std::function<void(Decoder&)>& each);
    bool objects(std::string_view name, const std::function<void(Decoder&)>& each);

    bool has(std::string_view name) const { return object_.contains({name.data(), name.size()}); }
    // The member whatever its type, for what may be of several; null when absent.
    const boost::json::value* any(std::string_view name);
    // All members that are still unknown, as texts ("fields": localized fields have names of their own).
    std::vector<std::pair<std::string, std::string>> remaining_texts(Lines lines);
    void require(std::string_view name);
    void add_error(std::string_view name, std::string message, Params params = {});
    void wrong_type(std::string_view name, std::string_view expected);
    void finish();

  private:
    Decoder(const boost::json::object& object, std::string pointer, FieldErrors& errors)
        : object_(object), pointer_(std::move(pointer)), errors_(errors) {}
    std::string pointer_to(std::string_view name) const;
    void note_unknown();
    bool fits(std::string_view name, const boost::json::array& items);
    std::optional<std::string> checked(std::string_view name, const boost::json::string& text, Lines lines);

    const boost::json::object& object_;
    std::string pointer_;
    FieldErrors own_errors_;
    FieldErrors& errors_;
    std::set<std::string, std::less<>> known_;
};

// "/a~1b": a member's name as a step of an RFC 6901 pointer.
std::string pointer_step(std::string_view name);

}  // namespace stele::api
