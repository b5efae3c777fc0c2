#pragma once
// What parts of an article are called in the interface.
#include <map>
#include <string>
#include <vector>

#include "server/call.hpp"

namespace stele::studio {

// Of a content type's field; its own name where the catalog has none for it ("content-field.NAME").
std::string field_label(const App& app, const Call& call, const std::string& name);
// "Heading", "Field: Place"
std::string kind_label(const App& app, const Call& call, const editing::SegmentView& segment);
// "Paragraph 5", "Title", by segment; of those that the source has now.
std::map<std::string, std::string> place_labels(const App& app, const Call& call,
                                                const std::vector<editing::SegmentView>& segments);

}  // namespace stele::studio
