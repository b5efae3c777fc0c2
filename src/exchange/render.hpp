#pragma once
// A translation as a content file: what stands in the database, said in the lines of the file that was.
#include <optional>
#include <string>
#include <vector>

#include "src/exchange/document.hpp"
#include "src/exchange/merge.hpp"

namespace stele::exchange {

struct ToRender {
    const editing::Article& article;
    const Present& present;
    const std::vector<editing::SegmentView>& source;  // of the source locale
    const content::ContentTypes& types;
    bool source_is_plain;  // without `source:` this file would be taken for the source, if it is one
    std::string path;
    std::optional<std::string> kept;  // the file as last imported or exported
    std::string package = {};         // that it is handed out in
};

struct Rendered {
    std::string bytes;
    std::vector<Rows> rows;  // files that lie beside
    // A text stands in a place of the body where an import cannot tell which segment it is.
    bool ambiguous = false;
};
// `read_rows`: CSV files as last imported or exported.
Rendered render_file(const ToRender& what, const ReadRows& read_rows);

}  // namespace stele::exchange
