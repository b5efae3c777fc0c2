#pragma once
// Pages from mustache templates: those of the public theme and of the studio, each of which a file of the same name
// below options.overrides replaces.
//
// Everything is read and checked at start: a tag that is not closed, a partial that is not there, a name that the
// folder's data never have. `{{> name}}` takes another template of the same folder; it is put in when the template is
// read.
// `{{{name}}}` is for names that end in "_html" only: what is HTML says so where it is made.
#include <algorithm>
#include <cstdint>
#include <kainjow/mustache.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "server/cli/options.hpp"

namespace stele {

// Objects, lists, texts and booleans. Whatever a template of the folder may ask for has to be in it: absent things as
// false, so that a name which is missing is a mistake.
using ViewData = kainjow::mustache::data;

struct ViewFolder {
    std::string_view name;             // "theme": render("theme/page", …)
    std::string_view embedded_folder;  // "config/theme/"
    std::string_view override_folder;  // "theme"
    std::string_view names;            // all that its templates may use, separated by white space
};

class Views {
  public:
    // Throws std::runtime_error that names the template and the mistake.
    Views(const cli::Options& options, std::span<const ViewFolder> folders);

    // "theme/page". Throws std::logic_error for a template that does not exist and for a name that `data` lacks. Any
    // thread may call it: each has its own parsed templates (kainjow's render() changes them).
    std::string render(const std::string& name, const ViewData& data) const;
    bool has(const std::string& name) const { return templates_.count(name) > 0; }

  private:
    std::map<std::string, std::string> templates_;  // partials put in
    std::uint64_t id_;                              // never used twice in a process
};

// data["title"] = text, for texts that come as views.
// (Not by set(), which copies all that hangs on a value. Kainjow takes what it holds by copy only, and hands it out as
// const: that of a value of one's own is not.)
inline ViewData view_text(std::string&& text) {
    ViewData view(ViewData::type::string);
    const_cast<std::string&>(view.string_value()) = std::move(text);
    return view;
}
inline void put(ViewData& data, const std::string& name, ViewData&& value) { data[name] = std::move(value); }
inline void put(ViewData& data, const std::string& name, const ViewData& value) { put(data, name, ViewData(value)); }
inline void put(ViewData& data, const std::string& name, std::string&& text) {
    put(data, name, view_text(std::move(text)));
}
inline void put(ViewData& data, const std::string& name, std::string_view text) { put(data, name, std::string(text)); }
inline void put(ViewData& data, const std::string& name, bool value) {
    put(data, name, ViewData(value ? ViewData::type::bool_true : ViewData::type::bool_false));
}
inline void put(ViewData& data, const std::string& name, const char* text) { put(data, name, std::string_view(text)); }
inline void put(ViewData& data, const std::string& name, const std::string& text) {
    put(data, name, std::string_view(text));
}

// push_back() copies the item, and so does a list that grows all that it has: kainjow's move may throw.
inline void append(ViewData& list, ViewData&& item) {
    auto& items = const_cast<kainjow::mustache::list&>(list.list_value());
    if (items.size() == items.capacity()) {
        kainjow::mustache::list grown;
        grown.reserve(std::max<std::size_t>(8, 2 * items.size()));
        for (auto& each : items) grown.push_back(std::move(each));
        items.swap(grown);
    }
    items.push_back(std::move(item));
}

inline ViewData view_list() { return ViewData(ViewData::type::list); }
inline ViewData view_object() { return ViewData(ViewData::type::object); }

}  // namespace stele
