#pragma once
// `stele serve` as a process of its own, on the articles of TestSite, with its log.
#include <filesystem>

#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/test_site.hpp"

namespace stele::testing {

// A folder that is gone with this object.
struct Folder {
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
};

// A closed database with the articles of TestSite in it.
struct FilledDatabase {
    explicit FilledDatabase(db::Dialect dialect = db::Dialect::sqlite);
    // SQLite: a copy of it elsewhere; returns its URL.
    std::string copy_to(const std::filesystem::path& folder) const;

    Db db;
    std::string token;  // of an administrator
    ArticleId harbour{};
};

class RealServer {
  public:
    explicit RealServer(const std::string& url, test::Child::Setting setting = {},
                        std::vector<std::string> options = {});

    // Calls as the token's owner, who reads `language`.
    test::HttpClient client(const std::string& token, const std::string& language = "nb") const;
    std::uint16_t port() const { return port_; }
    const test::Child& process() const { return *child_; }
    // Stops it.
    void stop() { child_.reset(); }
    std::string log() const;

  private:
    Folder folder_;
    std::unique_ptr<test::Child> child_;
    std::uint16_t port_ = 0;
};

struct Ended {
    int status;
    std::string said;  // on both outputs
};
// One command of the real binary, to its end.
Ended run_command(std::vector<std::string> arguments);
// What `stele check --editions` finds; "" is what it should be.
std::string found_by_check(const std::string& url);

}  // namespace stele::testing
