#pragma once
// Files of the repository that are linked into the binary: schema/, locales/, config/, openapi.yaml, studio templates.
#include <optional>
#include <string_view>
#include <vector>

namespace stele::embedded {

struct File {
    std::string_view name;  // path from the top of the repository: "schema/0001_content.sql"
    std::string_view text;  // bytes as they were at build time
};

std::optional<std::string_view> find(std::string_view name);
// Every file whose name begins with `prefix`, by name.
std::vector<File> list(std::string_view prefix);

}  // namespace stele::embedded
