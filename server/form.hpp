#pragma once
// What a browser's form sends: application/x-www-form-urlencoded, or multipart/form-data (RFC 7578) where it has files.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"

namespace stele {

// A file as it was chosen; its content can be any bytes.
struct Upload {
    std::string name, content;
};
using Uploads = std::map<std::string, Upload>;  // by field

class Form {
  public:
    explicit Form(http::QueryItems items, Uploads files = {}) : items_(std::move(items)), files_(std::move(files)) {}
    // The first field of that name; empty when absent. Line endings are "\n" (a browser sends "\r\n").
    std::string text(std::string_view name) const;
    bool has(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    // The file of that field; null where none was chosen.
    const Upload* file(const std::string& name) const;
    const http::QueryItems& items() const { return items_; }  // without the files

  private:
    http::QueryItems items_;
    Uploads files_;
};

bool is_form(const http::Request& request);
// Throws malformed ("form") for bad escapes or parts, NUL or what is not UTF-8; unsupported_media for another content
// type.
Form form_of(const http::Request& request);

}  // namespace stele
