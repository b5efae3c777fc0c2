// What one act told of many texts is one notification to its reader.
#include "src/workflow/assignments.hpp"
#include "src/workflow/digest.hpp"
#include "src/workflow/grouped.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

const auto en = locale::Tag::stored("en"), ar = locale::Tag::stored("ar");

std::vector<ArticleId> give(PeopleSite& site, int count, const locale::Tag& locale, const std::string& to) {
    site.clock += 1s;
    std::vector<workflow::TextPlace> places;
    std::vector<ArticleId> ids;
    for (int i = 0; i < count; ++i) {
        ids.push_back(site.add("nb", "By " + std::to_string(i), "Tekst.\n"));
        places.push_back({ids.back(), locale});
    }
    BOOST_TEST(workflow::assign_many(site.store, places, workflow::AssignTo{to, {}}, site.who("edda")).done == count);
    return ids;
}

// "assigned en 25, assigned ar": page by page.
std::string grouped(PeopleSite& site, std::int64_t account, bool unread, int limit = 3) {
    std::string text;
    workflow::NotificationQuery query{.unread = unread, .limit = limit, .after = {}};
    do {
        const auto page = workflow::list_grouped(site.store, account, query);
        BOOST_TEST(int(page.items.size()) <= limit);
        for (const auto& n : page.items) {
            text += (text.empty() ? "" : ", ") + std::string(workflow::name_of(n.kind)) + " " + n.locale.text();
            if (n.texts > 1) text += " " + std::to_string(n.texts);
            if (!unread && !n.read_at) text += " new";
        }
        query.after = page.next;
    } while (query.after);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(grouped_notifications)

STELE_ON_BOTH_DATABASES(of_many_texts_assigned_at_once_is_one) {
    PeopleSite site(db);
    site.store.now = [&site] { return site.clock += 1us; };  // an act of several transactions has one time all the same
    give(site, 120, en, "amir");
    const auto arabic = give(site, 7, ar, "amir");
    give(site, 1, en, "amir");
    give(site, 1, en, "amir");
    BOOST_TEST(grouped(site, site.amir, true) == "assigned en, assigned en, assigned ar 7, assigned en 120");
    BOOST_TEST(grouped(site, site.amir, true, 1) == "assigned en, assigned en, assigned ar 7, assigned en 120");
    BOOST_TEST(workflow::unread_groups(site.store, site.amir) == 4);
    // One that is opened is read; the others of its act wait on.
    auto page = workflow::list_notifications(site.store, site.amir, {.unread = true, .limit = 3, .after = {}});
    workflow::read_notifications(site.store, site.amir, {page.items[2].id});
    BOOST_TEST(grouped(site, site.amir, true) == "assigned en, assigned en, assigned ar 6, assigned en 120");
    BOOST_TEST(grouped(site, site.amir, false) ==
               "assigned en new, assigned en new, assigned ar 7 new, assigned en 120 new");
}

STELE_ON_BOTH_DATABASES(are_read_by_whoever_looks_at_what_they_were_assigned) {
    PeopleSite site(db);
    give(site, 5, en, "amir");
    give(site, 3, ar, "amir");
    give(site, 2, en, "tove");
    site.clock += 1s;
    workflow::read_assigned_in(site.store, site.amir, en);
    BOOST_TEST(grouped(site, site.amir, true) == "assigned ar 3");
    BOOST_TEST(grouped(site, site.tove, true) == "assigned en 2");
    BOOST_TEST(workflow::unread_groups(site.store, site.amir) == 1);
}

STELE_ON_BOTH_DATABASES(keep_what_is_about_one_text_apart) {
    PeopleSite site(db);
    std::vector<ArticleId> ids{site.add("nb", "A", "T.\n"), site.add("nb", "B", "T.\n")};
    for (const auto id : ids) workflow::tell_conflict(site.store, site.tove, id, en, "rita");
    BOOST_TEST(grouped(site, site.tove, true) == "conflict en, conflict en");
    BOOST_TEST(workflow::unread_groups(site.store, site.tove) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
