#pragma once
// Faults that the HTTP front finds by itself, as pages for those who read in a browser. All of them are made at the
// start: a server that has too much to do only chooses one.
#include <map>
#include <string>
#include <utility>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace stele {

class FrontPages {
  public:
    explicit FrontPages(const App& app);
    // Absent for a program, and for what only programs meet; those get a problem document.
    const http::Response* find(int status, const locale::Tag& language) const;

  private:
    std::map<std::pair<int, std::string>, http::Response> pages_;
};

// Browsers name text/html where they ask for a page (WHATWG Fetch, section 2.2.5); scripts and programs do not, or name
// JSON beside it.
bool wants_page(const http::Request& request);

}  // namespace stele
