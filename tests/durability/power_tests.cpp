// The power is cut at a random change of a file: every write that was acknowledged is there, none is half there.
#include <fmt/format.h>

#include <filesystem>
#include <limits>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/make_app.hpp"
#include "server/routes.hpp"
#include "tests/durability/found.hpp"
#include "tests/durability/power.hpp"
#include "tests/durability/served.hpp"

using namespace stele;
using namespace stele::testing;
using Disk = Machine::Disk;

namespace {

namespace fs = std::filesystem;

std::string file_of(const Db& db) { return db.url().substr(std::string_view("sqlite:").size()); }

// A filled site of eight people in one process, on a machine that can be switched off.
class Scene {
  public:
    Scene() : db_(db::Dialect::sqlite), site_(db_, {"en", "nb", "de", "ar", "sv"}), people_(site_, 1) {
        token_ = admin_token(site_.store);
        db_.close();
        folder_ = fs::canonical(fs::path(file_of(db_)).parent_path());
        app_.options.database = "sqlite:" + live().string();
        app_.secret = "a secret of the tests";
        app_.log = [](std::string_view) {};
        load_parts(app_);
    }

    // What is wrong after a cut at that change.
    std::string after_cut(int at, Disk disk, std::uint64_t seed);
    int saved() const { return people_.saved(); }

  private:
    fs::path live() const { return folder_ / "live/stele.db"; }
    fs::path left() const { return folder_ / "left/stele.db"; }
    void work(Machine& machine, Seeded& chance);
    Send connect();
    std::string what_is_wrong();

    Db db_;
    ContentSite site_;
    People people_;
    App app_;
    std::string token_;
    fs::path folder_;
};

Send Scene::connect() {
    return [this](const Letter& letter) {
        auto request = http::request_for(letter.method, letter.target);
        request.host = "stele.test";
        request.headers = {{"Authorization", "Bearer " + token_}, {"Content-Type", "application/json"}};
        if (!letter.etag.empty()) request.headers.emplace_back("If-Match", letter.etag);
        request.body = letter.body;
        auto response = dispatch(app_, request);
        return Reply{response.status, std::string(response.header("ETag")), std::move(response.body)};
    };
}

// In several sittings, each of which ends with the log moved into the database and removed.
void Scene::work(Machine& machine, Seeded& chance) {
    while (!machine.is_off()) {
        try {
            app_.database = db::Database::open({.url = app_.options.database, .readers = 2});
        } catch (const Error&) {
            return;  // cut while it was opened
        }
        people_.begin([&](int) { return connect(); });
        people_.wait_for(10 + chance.below(150));
        people_.stop();
        app_.database.reset();
    }
}

std::string Scene::what_is_wrong() {
    std::string lines;
    for (const auto& refusal : people_.refusals()) lines += refusal + "\n";
    const auto database = db::Database::open({.url = "sqlite:" + left().string()});
    database->read([&](db::Connection& c) {
        c.query("PRAGMA integrity_check", {}, [&](db::Row row) {
            if (row.text(0) != "ok") lines += row.text(0) + "\n";
        });
    });
    const Store store{*database, site_.types, site_.store.default_locale};
    const auto moment = people_.now();
    lines += lost_or_half(store, people_, moment, moment) + halves(*database);
    for (const auto& line : worklist::check_editions(store)) lines += line + "\n";
    return lines;
}

std::string Scene::after_cut(int at, Disk disk, std::uint64_t seed) {
    for (const auto& folder : {live().parent_path(), left().parent_path()}) {
        fs::remove_all(folder);
        fs::create_directory(folder);
    }
    fs::copy_file(file_of(db_), live());
    people_.start_over();
    Seeded chance(seed);
    {
        Machine machine(live().parent_path(), disk, at, seed);
        work(machine, chance);
        machine.leave(left().parent_path());
    }
    try {
        return what_is_wrong();
    } catch (const std::exception& error) {
        return error.what();
    }
}

// Most cuts come early, where there are many; some after the log has been started over.
int random_change(Seeded& chance) { return 1 + chance.below(chance.chance(10) ? 6'000 : 900); }

}  // namespace

BOOST_AUTO_TEST_SUITE(power_cut, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(no_acknowledged_write_is_lost) {
    auto seed = first_seed();
    Seeded chance(seed);
    Scene scene;
    int saved = 0;
    for (int round = 0, rounds = usual_rounds(200); round < rounds; ++round) {
        const auto at = random_change(chance);
        const auto wrong = scene.after_cut(at, Disk::honest, ++seed);
        BOOST_TEST(wrong == "", fmt::format("cut at change {}: {}", at, wrong));
        saved += scene.saved();
    }
    BOOST_TEST_MESSAGE(saved << " acknowledged writes in all");
}

// The proof that the machine forgets what it may forget: with another setting of SQLite the same cuts do lose writes.
BOOST_AUTO_TEST_CASE(a_log_that_is_not_synced_at_each_commit_loses_acknowledged_writes) {
    auto seed = first_seed();
    Seeded chance(seed);
    Scene scene;
    for (const auto disk : {Disk::no_sync_at_commit, Disk::no_sync}) {
        int losses = 0;
        for (int round = 0; round < 10; ++round)
            losses += scene.after_cut(100 + chance.below(800), disk, ++seed).empty() ? 0 : 1;
        BOOST_TEST(losses > 0);
        BOOST_TEST_MESSAGE(losses << " of 10 cuts lost something");
    }
}

BOOST_AUTO_TEST_CASE(a_new_database_that_was_cut_off_can_be_made_again) {
    auto seed = first_seed();
    Seeded chance(seed);
    Db folder_of(db::Dialect::sqlite, Schema::empty);
    folder_of.close();
    const auto folder = fs::canonical(fs::path(file_of(folder_of)).parent_path());
    for (int round = 0, rounds = usual_rounds(30); round < rounds; ++round) {
        for (const auto* name : {"live", "left"}) {
            fs::remove_all(folder / name);
            fs::create_directory(folder / name);
        }
        const auto url_in = [&](const char* name) { return "sqlite:" + (folder / name / "stele.db").string(); };
        const int at = 1 + chance.below(160);
        bool made = false;
        {
            Machine machine(folder / "live", Disk::honest, at, ++seed);
            try {
                const auto database = db::Database::open({.url = url_in("live")});
                db::migrate(*database);
                made = true;
            } catch (const Error&) {
                BOOST_TEST(machine.is_off());
            }
            machine.cut();
            machine.leave(folder / "left");
        }
        const auto database = db::Database::open({.url = url_in("left")});
        const auto status = db::schema_status(*database);
        BOOST_TEST((!made || status.at == status.wanted), "cut at change " << at);
        db::migrate(*database);
        BOOST_TEST(db::schema_status(*database).at == status.wanted);
        BOOST_TEST(halves(*database) == "");
    }
}

// What was written to the log may survive a crash, synced or not: nobody may be told that nothing was changed.
BOOST_AUTO_TEST_CASE(a_commit_that_cannot_be_synced_is_unknown_and_the_next_is_durable) {
    Db folder_of(db::Dialect::sqlite, Schema::empty);
    folder_of.close();
    const auto folder = fs::canonical(fs::path(file_of(folder_of)).parent_path());
    for (const auto* name : {"live", "left"}) fs::create_directory(folder / name);
    const auto write = [](db::Database& database, const std::string& name) {
        database.write([&](db::Transaction& t) { t->run("INSERT INTO site (name, value) VALUES ($1, '')", name); });
    };
    {
        Machine machine(folder / "live", Disk::honest, std::numeric_limits<int>::max(), 1);
        const auto database = db::Database::open({.url = "sqlite:" + (folder / "live/stele.db").string()});
        db::migrate(*database);
        machine.fail_syncs(true);
        BOOST_CHECK_EXCEPTION(write(*database, "unknown"), Error,
                              [](const Error& e) { return e.code() == ErrorCode::outcome_unknown; });
        machine.fail_syncs(false);
        write(*database, "durable");
        machine.cut();
        machine.leave(folder / "left");
    }
    const auto database = db::Database::open({.url = "sqlite:" + (folder / "left/stele.db").string()});
    const auto found = database->reading([](db::Connection& c) {
        return c.one("SELECT 1 FROM site WHERE name = 'durable'", [](db::Row row) { return row.integer(0); });
    });
    BOOST_TEST(found.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
