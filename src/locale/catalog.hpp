#pragma once
// The server's own words: locales/TAG.json, flat JSON of ICU MessageFormat.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

namespace stele::locale {

// Immutable after load; shared by all threads.
class Catalog {
  public:
    // name -> JSON text, such as {"en", "{\"page.not-found\": …}"}; a key that begins with "_" is a note for
    // translators. Throws std::runtime_error naming file, key and mistake: invalid MessageFormat, nested values, empty
    // values, numbered arguments, no "en".
    explicit Catalog(const std::map<std::string, std::string>& files);
    ~Catalog();

    // The words closest to `tag` (its own, else by the parents and negotiation over what is loaded, else "en").
    Tag interface_tag(const Tag& tag) const;
    // The message in interface_tag(tag), else in English. An unknown key gives the key itself; a test asserts there is
    // none in the code.
    std::string text(const Tag& tag, std::string_view key, const Params& params = {}) const;
    // The same message as it was written, for whoever puts its arguments in later: a script in a browser.
    std::string pattern(const Tag& tag, std::string_view key) const;
    bool has(std::string_view key) const;
    std::vector<std::string> tags() const;
    std::vector<std::string> keys(std::string_view tag) const;
    std::vector<std::string> arguments(std::string_view tag, std::string_view key) const;  // sorted argument names

    // For each plural and ordinal argument the CLDR categories of the language that its message leaves out, such as
    // "count: few"; "=1" and "other" do not stand for them. Empty when all is said.
    std::vector<std::string> missing_plurals(std::string_view tag, std::string_view key) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace stele::locale
