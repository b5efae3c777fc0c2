#pragma once
// Files of the theme as they are served: css and pictures, read once at start. A file of the same name in the folder
// theme/ below options.overrides replaces one, others come beside.
#include <map>
#include <string>
#include <string_view>

#include "server/views.hpp"

namespace stele::site {

struct Asset {
    std::string bytes;
    std::string_view content_type;
    std::string hash;  // 16 hexadecimal digits
};

class Theme {
  public:
    explicit Theme(const cli::Options& options);

    // "site.css", or "site.HASH.css" with the hash that the file has now.
    const Asset* find(std::string_view name) const;
    // "/assets/site.HASH.css": the address may be kept for good, for other bytes have another one.
    std::string address(std::string_view name) const;

  private:
    std::map<std::string, Asset, std::less<>> assets_;
};

// The templates of the site and the names that they may use.
ViewFolder theme_templates();

}  // namespace stele::site
