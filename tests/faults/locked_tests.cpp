// Another process holds the database's lock for longer than anybody waits for it.
#include <sqlite3.h>

#include <future>

#include "tests/faults/expect.hpp"
#include "tests/faults/real_server.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

// What a maintenance script in another terminal would do.
class Lock {
  public:
    explicit Lock(const std::string& url) {
        BOOST_REQUIRE(sqlite3_open(url.substr(url.find(':') + 1).c_str(), &db_) == SQLITE_OK);
        sqlite3_busy_timeout(db_, 5'000);
        BOOST_REQUIRE(sqlite3_exec(db_, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    ~Lock() { release(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    void release() {
        sqlite3_close(db_);
        db_ = nullptr;
    }

  private:
    sqlite3* db_ = nullptr;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(database_locked)

BOOST_AUTO_TEST_CASE(writers_are_told_to_come_back_and_readers_notice_nothing) {
    FilledDatabase filled;
    filled.db.close();
    RealServer server(filled.db.url(), {.environment = {{"STELE_THREADS", "3"}}});
    auto reader = server.client(filled.token);
    // Behind what the server tidies up when it starts.
    BOOST_TEST(reader.post("/api/v1/articles", new_article("before", 99)).status == 201);
    Lock lock(filled.db.url());
    // More of them than workers answer readers.
    std::vector<std::future<test::HttpResponse>> writers;
    for (int n = 0; n < 4; ++n)
        writers.push_back(std::async(std::launch::async, [&, n] {
            return server.client(filled.token).post("/api/v1/articles", new_article("locked-" + std::to_string(n), 99));
        }));
    const auto answered = [](const auto& writer) { return writer.wait_for(0s) == std::future_status::ready; };
    int read = 0;
    while (std::none_of(writers.begin(), writers.end(), answered)) {
        BOOST_TEST_REQUIRE(reader.get("/nb/havna").status == 200);
        BOOST_TEST_REQUIRE(reader.get("/api/v1/worklist?locale=ar").status == 200);
        ++read;
    }
    BOOST_TEST(read > 20);
    lock.release();
    // Who had waited for as long as the database lets them is refused, and who was to be written together with them;
    // those behind find it free.
    int refused = 0;
    for (auto& writer : writers) {
        const auto answer = writer.get();
        if (answer.status == 201) continue;
        expect_problem(answer, ErrorCode::storage_unavailable, "busy", "nb");
        ++refused;
    }
    BOOST_TEST(refused >= 1);
    BOOST_TEST(reader.post("/api/v1/articles", new_article("unlocked", 99)).status == 201);
    expect_log(server.log(), "busy", filled.token);
    server.stop();
    BOOST_TEST(found_by_check(filled.db.url()) == "");
}

BOOST_AUTO_TEST_SUITE_END()
