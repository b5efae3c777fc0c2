// Orders that change while everybody works: a locale that is enabled, a chain that changes, another ICU. Readers page
// through every list from begin to end; what they got must be one order without a duplicate or a gap.
#include <boost/test/unit_test.hpp>
#include <random>
#include <thread>

#include "src/base/error.hpp"
#include "src/storage/statistics.hpp"
#include "tests/storage/walks.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

constexpr int readers = 16, writers = 4, page = 60;
// STELE_ROUNDS asks for more; with fewer nobody would meet.
int articles() { return std::max(600, usual_rounds(600)); }

// Newer than ours: it places 9 before 10 and Han before Latin, so that its keys of Latin letters are others.
const locale::Collation& newer_icu() {
    static const locale::Collation icu("999.1", "kn-true-kr-hani-latn");
    return icu;
}
template <class Random>
std::string random_title(Random& random) {
    static const std::vector<std::string> words{"Ærlig", "Aabenraa", "Zebra", "øl", "Öl", "Łódź", "çay", "ß", "aal"};
    const auto number = std::to_string(random() % 300);
    return random() % 2 ? words[random() % words.size()] + ' ' + number : number + ' ' + words[random() % words.size()];
}

std::vector<NewWork> content_of(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<NewWork> all;
    for (int i = 0; i < articles(); ++i) {
        NewWork work{.source_locale = "en", .title = random_title(random), .type = i % 3 ? "page" : "news"};
        work.priority = i % 7;
        if (i % 10 < 7) work.translations["nb"] = random_title(random);
        if (i % 4 == 0) work.translations["da"] = random_title(random);
        all.push_back(std::move(work));
    }
    return all;
}

struct Faults {
    void add(const std::string& line) {
        const std::lock_guard lock(mutex);
        if (!line.empty() && lines.size() < 10) lines.push_back(line);
    }
    std::mutex mutex;
    std::vector<std::string> lines;
};

// The site, its nodes (one for each ICU that takes part) and all who work on it.
class Town {
  public:
    Town(Db& db, std::vector<locale::Collation> icus) : seed_(first_seed()), collations_(icus) {
        for (const auto& icu : icus) {
            nodes_.push_back(std::make_unique<WorkSite>(db, std::vector<std::string>{"en", "nb", "nn"}, icu));
            // The first made the orders; others only join.
            if (nodes_.size() == 1) worklist::announce_icu(nodes_[0]->store);
        }
        site().add_many(content_of(seed_));
        storage::renew_statistics(*db);
        for (const auto id : ids()) (number(id) % 5 == 0 ? busy_ : stable_).insert(id);
    }

    WorkSite& site(size_t node = 0) { return *nodes_[node]; }

    // `change` runs while all others work, and returns when it is in force.
    void work_during(const std::vector<ListKind>& lists, const std::function<void()>& change) {
        std::vector<std::jthread> people;
        done_ = false;
        for (int i = 0; i < writers; ++i) people.emplace_back([this, i] { guarded([&] { write(i); }); });
        for (int i = 0; i < readers; ++i) people.emplace_back([&, i] { guarded([&] { read(lists, i); }); });
        guarded(change);
        done_ = true;
        people.clear();
        check(lists);
    }

    int walks() const { return walks_; }

  private:
    std::vector<ArticleId> ids() {
        return site().db->reading([](db::Connection& c) {
            return c.all("SELECT id FROM article ORDER BY id",
                         [](const db::Row& row) { return ArticleId(row.integer(0)); });
        });
    }

    void guarded(const std::function<void()>& body) {
        try {
            body();
        } catch (const std::exception& error) {
            faults_.add(error.what());
            done_ = true;
        }
    }

    void write(int who) {
        std::mt19937_64 random(seed_ + std::uint64_t(who));
        std::vector<ArticleId> mine;
        for (const auto id : busy_)
            if (number(id) / 5 % writers == who) mine.push_back(id);
        auto& node = site(size_t(who) % nodes_.size());
        while (!done_) {
            const auto id = mine[random() % mine.size()];
            touched_.write(id, [&] { write_one(node, id, random); });
            if (random() % 8 == 0) node.publish(node.add("en", random_title(random)), "en");
        }
    }

    static void write_one(WorkSite& node, ArticleId id, std::mt19937_64& random) {
        switch (random() % 6) {
            case 0:
            case 1:
                return node.set_source(id, "title", random_title(random));
            case 2:
                return node.translate_all(id, "nb", random_title(random));
            case 3:
                return node.publish(id, random() % 2 ? "en" : "nb");
            case 4:
                return node.unpublish(id, "nb");
            default:
                return node.set_deleted(id, random() % 2 == 0);
        }
    }

    void read(const std::vector<ListKind>& lists, int who) {
        std::mt19937_64 random(seed_ + 100 + std::uint64_t(who));
        for (bool any = false; !done_ || !any;) {
            const auto kind = random() % lists.size();
            const auto begin = touched_.now();
            const auto rows = walk_if_there(site(random() % nodes_.size()).store, lists[kind]);
            if (!rows) continue;
            any = true;
            ++walks_;
            // What a node with the other ICU wrote since all this began has no key of the order's yet.
            const auto moved = collations_.size() > 1 ? all_but_stable(*rows) : touched_.since(begin);
            faults_.add(fault_in(*rows, lists[kind], moved, collations_));
            const std::lock_guard lock(mutex_);
            seen_[kind].insert(ids_of(*rows, stable_));
        }
    }

    std::set<ArticleId> all_but_stable(const std::vector<Row>& rows) const {
        std::set<ArticleId> ids;
        for (const auto& row : rows)
            if (!stable_.contains(row.id)) ids.insert(row.id);
        return ids;
    }

    // A locale that is being enabled has no lists yet.
    static std::optional<std::vector<Row>> walk_if_there(const Store& store, const ListKind& kind) {
        try {
            return walk(store, kind);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found) throw;
            return std::nullopt;
        }
    }

    // Nobody writes any more: what was seen of the articles that nobody touched must be all of them, each once.
    void check(const std::vector<ListKind>& lists) {
        for (auto& node : nodes_) worklist::key_placed_titles(node->store);
        for (size_t kind = 0; kind < lists.size(); ++kind) {
            const auto rows = walk(site().store, lists[kind]);
            if (!rows) continue;
            faults_.add(fault_in(*rows, lists[kind], {}, {collations_.back()}));
            for (const auto& seen : seen_[kind])
                if (seen != ids_of(*rows, stable_)) faults_.add(lists[kind].name + ": a gap, or an article twice");
        }
        for (auto& node : nodes_)
            for (const auto& line : worklist::check_editions(node->store)) faults_.add(line);
        for (const auto& line : faults_.lines) BOOST_ERROR(line);
    }

    const std::uint64_t seed_;
    const std::vector<locale::Collation> collations_;
    std::vector<std::unique_ptr<WorkSite>> nodes_;
    std::set<ArticleId> stable_, busy_;
    Touched touched_;
    Faults faults_;
    std::mutex mutex_;
    std::map<size_t, std::set<std::vector<ArticleId>>> seen_;  // by list: of the stable ones
    std::atomic<bool> done_ = false;
    std::atomic<int> walks_ = 0;
};

std::string first_cursor(WorkSite& site, const ListKind& kind) {
    return kind.read(site.store, std::nullopt).next.value();
}

void expect_expired(WorkSite& site, const ListKind& kind, const std::string& cursor) {
    BOOST_CHECK_EXCEPTION(kind.read(site.store, cursor), Error,
                          [](const Error& e) { return e.code() == ErrorCode::cursor_expired; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(orders_that_change)

STELE_ON_BOTH_DATABASES(a_locale_that_is_enabled_disturbs_no_reader) {
    Town town(db, {locale::Collation::system()});
    town.work_during(all_lists({"en", "nb", "da"}, page), [&] {
        town.site().enable("da");
        worklist::fill_orders(town.site().store);
    });
    BOOST_TEST(town.site().site().find_enabled(tag("da")));
    BOOST_TEST_MESSAGE(town.walks() << " walks");
}

STELE_ON_BOTH_DATABASES(a_chain_that_changes_disturbs_no_reader) {
    Town town(db, {locale::Collation::system()});
    auto& site = town.site();
    site.enable("da");
    worklist::fill_orders(site.store);
    const auto lists = all_lists({"nn", "en"}, page);
    const auto& by_title = lists[0];
    const auto cursor = first_cursor(site, by_title);
    town.work_during(lists, [&] {
        site.enable("nn", std::vector<std::string>{"da", "nb"});
        worklist::fill_orders(site.store);
    });
    expect_expired(site, by_title, cursor);
    BOOST_TEST_MESSAGE(town.walks() << " walks");
}

// One node is upgraded while the other still runs: both read and write during the change.
STELE_ON_BOTH_DATABASES(another_icu_disturbs_no_reader) {
    Town town(db, {locale::Collation::system(), newer_icu()});
    const auto lists = all_lists({"en", "nb"}, page);
    const auto cursor = first_cursor(town.site(), lists[0]);
    const auto active = town.site().site().find_enabled(tag("en"))->active->number;
    town.work_during(lists, [&] {
        auto& upgraded = town.site(1).store;
        worklist::announce_icu(upgraded);
        worklist::fill_orders(town.site().store);
        BOOST_TEST(town.site().site().find_enabled(tag("en"))->active->number == active);
        worklist::fill_orders(upgraded);
    });
    const auto site = town.site().site();
    BOOST_TEST(site.find_enabled(tag("en"))->active->number != active);
    BOOST_TEST(site.find_enabled(tag("en"))->fingerprint == newer_icu().fingerprint());
    expect_expired(town.site(), lists[0], cursor);
    BOOST_TEST_MESSAGE(town.walks() << " walks");
}

STELE_ON_BOTH_DATABASES(two_icus_do_not_make_the_orders_against_each_other) {
    WorkSite old_node(db);
    old_node.add_many(content_of(1));
    worklist::announce_icu(old_node.store);
    WorkSite new_node(db, {"en", "nb", "nn"}, newer_icu());
    const auto order = [&] { return old_node.site().find_enabled(tag("nb"))->active->number; };
    const auto round = [&](WorkSite& node) {
        worklist::announce_icu(node.store);
        const bool filled = worklist::needs_filling(node.store);
        worklist::fill_orders(node.store);
        worklist::key_placed_titles(node.store);
        return filled;
    };
    const auto first = order();
    BOOST_TEST(round(new_node));
    const auto second = order();
    BOOST_TEST(second != first);
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(!round(old_node));
        BOOST_TEST(!round(new_node));
    }
    BOOST_TEST(order() == second);

    // A chain that an administrator changes on the old node is left to the new one.
    old_node.enable("nn", std::vector<std::string>{"en"});
    BOOST_TEST(!round(old_node));
    BOOST_TEST(round(new_node));
    BOOST_TEST((old_node.site().find_enabled(tag("nn"))->active->chain == std::vector{tag("nn"), tag("en")}));

    // The new one is taken back.
    const auto later = [now = old_node.store.now] { return now() + std::chrono::minutes(6); };
    old_node.store.now = later;
    BOOST_TEST(round(old_node));
    BOOST_TEST(order() != second);
    BOOST_TEST(old_node.site().find_enabled(tag("nb"))->fingerprint == old_node.store.collation.fingerprint());
    BOOST_TEST(worklist::check_editions(old_node.store).size() == 0u);
}

// Where the two agree, it stands where the order's own ICU would have it; else between two titles that have it between
// them by the rules of the node that wrote it, while nothing else moves.
STELE_ON_BOTH_DATABASES(a_title_of_another_icu_stands_beside_its_neighbour_until_it_has_its_key) {
    WorkSite old_node(db, {"en"});
    worklist::announce_icu(old_node.store);
    WorkSite new_node(db, {"en"}, newer_icu());
    for (const auto* title : {"10 x", "5 x", "9 x", "b", "d", "d"}) old_node.publish(old_node.add("en", title), "en");
    const auto moved = old_node.add("en", "a");
    old_node.publish(moved, "en");
    const auto rename = [&](const std::string& title) {
        new_node.set_source(moved, "title", title);
        new_node.publish(moved, "en");
    };
    const auto check = [&] {
        for (auto* node : {&old_node, &new_node}) BOOST_TEST(worklist::check_editions(node->store).size() == 0u);
    };
    const auto expect = [&](const std::vector<std::string>& titles) {
        BOOST_TEST(new_node.titles("en") == titles, boost::test_tools::per_element());
        BOOST_TEST(new_node.listed("en") == titles, boost::test_tools::per_element());
        check();
    };
    const auto key = [](const std::string& title) { return newer_icu().sort_key(title, tag("en")); };
    const auto expect_between = [&](const std::string& title, const std::vector<std::string>& others) {
        for (auto titles : {new_node.titles("en"), new_node.listed("en")}) {
            const auto at = std::ranges::find(titles, title);
            BOOST_TEST_REQUIRE((at != titles.end()));
            BOOST_TEST((at == titles.begin() || key(at[-1]) <= key(title)));
            BOOST_TEST((at + 1 == titles.end() || key(at[1]) > key(title)));
            titles.erase(at);
            BOOST_TEST(titles == others, boost::test_tools::per_element());
        }
        check();
    };
    rename("c");
    expect({"10 x", "5 x", "9 x", "b", "c", "d", "d"});
    rename("d");
    expect({"10 x", "5 x", "9 x", "b", "d", "d", "d"});
    rename("7 x");
    expect_between("7 x", {"10 x", "5 x", "9 x", "b", "d", "d"});
    new_node.unpublish(moved, "en");
    new_node.publish(moved, "en");
    new_node.set_type(moved, "news");
    expect_between("7 x", {"10 x", "5 x", "9 x", "b", "d", "d"});

    BOOST_TEST(count_rows(db, "change WHERE kind = 'order'") == 0);
    worklist::key_placed_titles(old_node.store);
    BOOST_TEST(count_rows(db, "placed") == 0);
    BOOST_TEST(count_rows(db, "change WHERE kind = 'order'") > 0);  // whoever keeps lists for readers is told
    expect({"10 x", "5 x", "7 x", "9 x", "b", "d", "d"});

    rename("1 x");
    expect_between("1 x", {"10 x", "5 x", "9 x", "b", "d", "d"});
    worklist::announce_icu(new_node.store);
    worklist::fill_orders(new_node.store);
    expect({"1 x", "5 x", "9 x", "10 x", "b", "d", "d"});
    BOOST_TEST(count_rows(db, "placed") == 0);
}

STELE_ON_BOTH_DATABASES(a_deleted_article_leaves_no_mark_of_a_title_without_its_key) {
    WorkSite old_node(db, {"en", "nb"});
    worklist::announce_icu(old_node.store);
    WorkSite new_node(db, {"en", "nb"}, newer_icu());
    const auto gone = new_node.add("en", "gone"), stays = new_node.add("en", "stays");
    for (const auto id : {gone, stays}) new_node.publish(id, "en");
    BOOST_TEST(count_rows(db, "placed") > 0);
    new_node.set_deleted(gone, true);
    worklist::key_placed_titles(old_node.store);
    BOOST_TEST(count_rows(db, "placed") == 0);
    new_node.set_deleted(gone, false);
    worklist::key_placed_titles(old_node.store);
    BOOST_TEST(count_rows(db, "placed") == 0);
    BOOST_TEST(worklist::check_editions(old_node.store).size() == 0u);
}

// Not one giant transaction; and what was done when the process ended need not be done again.
STELE_ON_BOTH_DATABASES(a_filling_is_many_short_writes_and_goes_on_after_a_crash) {
    std::int64_t done_first = 0;
    {
        WorkSite site(db);
        site.add_many(content_of(1));
        site.enable("da");
        struct Crash {};
        auto rows = db->rows_written();
        BOOST_CHECK_THROW(worklist::fill_orders(site.store,
                                                [&](std::int64_t done, std::int64_t) {
                                                    BOOST_TEST(db->rows_written() - rows < 2'000);
                                                    rows = db->rows_written();
                                                    done_first = done;
                                                    if (done > articles() / 2) throw Crash();
                                                    return true;
                                                }),
                          Crash);
    }
    db.reopen();
    WorkSite site(db);
    BOOST_TEST(worklist::needs_filling(site.store));
    std::optional<std::int64_t> went_on;
    worklist::fill_orders(site.store, [&](std::int64_t done, std::int64_t) {
        if (!went_on) went_on = done;
        return true;
    });
    BOOST_TEST(went_on.value() > done_first);
    BOOST_TEST(site.listed("da").size() == size_t(articles()));
    BOOST_TEST(worklist::check_editions(site.store).size() == 0u);
}

BOOST_AUTO_TEST_CASE(the_statistics_know_a_new_order_before_it_is_in_force,
                     *boost::unit_test::precondition(Selected{db::Dialect::postgres})) {
    Db db(db::Dialect::postgres, Schema::migrated);
    WorkSite site(db);
    site.add_many(content_of(1));
    site.enable("da");
    worklist::fill_orders(site.store);
    const auto generation = std::to_string(site.site().find_enabled(tag("da"))->active->number);
    for (const std::string table : {"work_title", "listing"})
        BOOST_TEST(count_rows(db, "pg_stats WHERE tablename = '" + table +
                                      "' AND attname = 'generation' AND "
                                      "',' || TRIM(BOTH '{}' FROM CAST(most_common_vals AS TEXT)) || ',' "
                                      "LIKE '%," +
                                      generation + ",%'") == 1);
}

BOOST_AUTO_TEST_SUITE_END()
