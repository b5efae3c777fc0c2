#pragma once
// What one content file says: the meaning of its front matter (DESIGN 8, "Content files") and its body.
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/content/content_type.hpp"
#include "src/content/translation.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/front_matter.hpp"

namespace stele::exchange {

// KEY.LOCALE.md or LOCALE/PATH.md. Of a path in UTF-8; the key is in NFC, as no file system is asked to keep names.
struct FileName {
    std::string key;
    locale::Tag locale;
};
std::optional<FileName> parse_file_name(std::string_view path);
std::string canonical_name(const std::string& key, const locale::Tag& locale);

struct Rows {
    std::string path;  // of the CSV, below the folder
    std::string bytes;
};

struct Document {
    std::string path;
    locale::Tag locale;
    FrontMatter front;
    std::string key;
    std::optional<std::string> type;
    std::optional<locale::Tag> source;
    std::optional<std::string> title, slug, summary;
    std::map<std::string, std::string> fields;  // localized ones
    std::optional<bool> published;
    std::optional<int> priority;
    boost::json::object shared;
    std::map<std::string, Rows> rows;  // shared fields that are read from beside the file
    std::vector<std::pair<std::string, std::string>> bases;
    std::optional<std::vector<size_t>> lacks;  // from 0
    content::Mode mode = content::Mode::aligned;
    std::optional<std::string> package;  // that it was handed out in

    bool names_itself_source() const { return source && *source == locale; }
};

// The line of the front matter that names the package a file was handed out in.
inline constexpr std::string_view package_key = "stele-package";

// What is known without the content type, of which file this is.
struct Opened {
    std::string path;
    FileName name;
    FrontMatter front;
    std::string key() const;  // `key:`, else of the file name
    std::optional<std::string> text(std::string_view key) const;
    std::optional<locale::Tag> source() const;
};
// Absent: no front matter. Throws BadFile.
std::optional<Opened> open_file(const std::string& path, const FileName& name, std::string_view bytes);

using ReadRows = std::function<std::optional<std::string>(const std::string& path)>;
// Throws BadFile.
Document read_document(Opened file, const content::ContentType& type, const ReadRows& read_rows);

// Keys that are not shared fields.
bool has_meaning(const content::ContentType& type, std::string_view key);
// "signatories.csv" beside "nb/statement.nb.md" is "nb/signatories.csv". Throws BadFile for a name that leads
// elsewhere.
std::string beside(const std::string& path, const std::string& name, int line);
// A field of rows that names a CSV file.
bool names_csv(const content::ContentType& type, const Entry& entry);

}  // namespace stele::exchange
