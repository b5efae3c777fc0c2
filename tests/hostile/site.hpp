#pragma once
// The test site behind its real front, and requests as somebody means them who wishes it no good: what each has to be
// answered, in two languages, and that nothing is different afterwards.
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/http/server.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/scenario.hpp"

namespace stele::testing {

// Where most requests go.
inline const std::string articles = "/api/v1/articles";

// Every row of every table as text, sorted.
using Dump = std::map<std::string, std::vector<std::string>>;
Dump dump_of(db::Database& database);
// The tables in which two dumps differ, for a message.
std::string difference(const Dump& a, const Dump& b);

class HostileSite : public TestSite {
  public:
    explicit HostileSite(Db& db);
    ~HostileSite();

    std::uint16_t port() const { return server_.port(); }
    std::vector<std::string> lines();  // of the log until now
    // Over a connection of this thread's; `as` as in TestApp::call.
    test::HttpResponse send(const std::string& method, const std::string& target, const std::string& as = {},
                            const std::string& body = {}, test::Headers headers = {});
    Dump dump() { return dump_of(*app.database); }

  private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
    http::Server server_;
    test::HttpClient client_;
};

struct Case {
    std::string name;
    Who who;
    std::string method;
    std::string target;
    std::string body{};
    int status = 422;
    std::string type{};   // of the problem, without "urn:stele:"
    std::string place{};  // of the mistake: "pointer /title", "parameter limit", "header If-Match"; empty: the whole
    std::string says{};   // words of the remedy in English, which site.cpp knows in Norwegian
    test::Headers headers{};
};

// Asks each in English and in Norwegian. Every answer is a problem that openapi.yaml knows, names the place, gives the
// remedy in the language that was asked for, and leaves the database as it was.
void refuse_all(HostileSite& site, const std::vector<Case>& cases);

// What answers are held against besides; also for requests that refuse_all cannot send.
void check_refusal(HostileSite& site, const Case& expected, const test::HttpResponse& response,
                   const std::string& language);

// The body of a save that changes a title; as it is, so that it may be no JSON.
inline std::string titled(const std::string& title) { return R"({"translation": {"title": ")" + title + "\"}}"; }

}  // namespace stele::testing
