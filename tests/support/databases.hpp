#pragma once
// A fresh database for each test, on each kind of database:
//
//     STELE_ON_BOTH_DATABASES(a_title_is_kept) {          // two test cases: a_title_is_kept_sqlite,
//     a_title_is_kept_postgres
//         editing::create(db, ...);                       // `db` is a stele::testing::Db&; it is a db::Database& too
//         db->read([&](db::Connection& c) { ... });
//     }
//
// STELE_TEST_DATABASES=sqlite (or postgres) leaves the other out; else both must run.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>
#include <string>

#include "src/db/db.hpp"

namespace stele::testing {

enum class Schema { migrated, empty };

// A database of its own, open, and gone with this object.
class Db {
  public:
    explicit Db(db::Dialect dialect, Schema schema = Schema::migrated);
    // With other options than the defaults; their url is replaced.
    Db(db::Dialect dialect, Schema schema, db::Options options);
    ~Db();
    Db(const Db&) = delete;
    Db& operator=(const Db&) = delete;

    // What STELE_DATABASE takes: "sqlite:/…" or "postgresql://…".
    const std::string& url() const { return url_; }
    db::Dialect dialect() const { return dialect_; }
    db::Database& operator*() { return *database_; }
    db::Database* operator->() { return database_.get(); }
    operator db::Database&() { return *database_; }

    // Another process may have it alone, or what is in the file may be looked at: closed until reopen().
    void close() { database_.reset(); }
    void reopen();
    void reopen(const db::Options& options);

  private:
    void make(Schema schema);

    db::Dialect dialect_;
    std::string name_;    // PostgreSQL: of the database
    std::string folder_;  // SQLite: where the file is
    std::string url_;
    db::Options options_;
    std::unique_ptr<db::Database> database_;
};

// Whether STELE_TEST_DATABASES asks for it; as a precondition of a test case, too.
bool is_selected(db::Dialect dialect);
struct Selected {
    db::Dialect dialect;
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const {
        boost::test_tools::assertion_result result(is_selected(dialect));
        if (!result) result.message() << "left out by STELE_TEST_DATABASES";
        return result;
    }
};

}  // namespace stele::testing

#define STELE_ON_ONE_DATABASE(name, which, kind_of_schema)                                                       \
    BOOST_AUTO_TEST_CASE(name##_##which,                                                                         \
                         *boost::unit_test::precondition(stele::testing::Selected{stele::db::Dialect::which})) { \
        stele::testing::Db fresh(stele::db::Dialect::which, stele::testing::Schema::kind_of_schema);             \
        name##_on(fresh);                                                                                        \
    }
#define STELE_ON_BOTH_DATABASES_WITH(name, kind_of_schema) \
    static void name##_on(stele::testing::Db& db);         \
    STELE_ON_ONE_DATABASE(name, sqlite, kind_of_schema)    \
    STELE_ON_ONE_DATABASE(name, postgres, kind_of_schema)  \
    static void name##_on([[maybe_unused]] stele::testing::Db& db)

// Migrated with the product's schema.
#define STELE_ON_BOTH_DATABASES(name) STELE_ON_BOTH_DATABASES_WITH(name, migrated)
// Without any table.
#define STELE_ON_BOTH_EMPTY_DATABASES(name) STELE_ON_BOTH_DATABASES_WITH(name, empty)
