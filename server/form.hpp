#pragma once
// What a browser's form sends (application/x-www-form-urlencoded).
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"

namespace stele {

class Form {
  public:
    explicit Form(http::QueryItems items) : items_(std::move(items)) {}
    // The first field of that name; empty when absent. Line endings are "\n" (a browser sends "\r\n").
    std::string text(std::string_view name) const;
    bool has(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    const http::QueryItems& items() const { return items_; }

  private:
    http::QueryItems items_;
};

bool is_form(const http::Request& request);
// Throws malformed ("form") for bad escapes, NUL or what is not UTF-8; unsupported_media for another content type.
Form form_of(const http::Request& request);

}  // namespace stele
