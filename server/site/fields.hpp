#pragma once
// What a content type adds to a page: dates, a place, people, names, other articles.
#include <optional>
#include <string>

#include "server/app.hpp"
#include "server/views.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::site {

// "onsdag 20. juni 2018": the type's first date that is no part of an interval.
std::optional<std::string> date_of(const content::ContentType& type, const boost::json::object& shared,
                                   const locale::Tag& locale);
// The type's first interval that has a value.
std::optional<std::string> range_of(const content::ContentType& type, const boost::json::object& shared,
                                    const locale::Tag& locale);
// The day of the last publication, where it is another one than that of the first.
std::optional<std::string> formatted_updated(const publishing::Page& page);
// "Nyhet" in the words closest to `locale`; false for plain pages, of which it says nothing.
ViewData type_view(const App& app, const std::string& type, const locale::Tag& locale);

// page_type, page_date, facts, people, rows and related.
void put_fields(App& app, const publishing::Page& page, ViewData& view);

}  // namespace stele::site
