// Laws 1 to 6 and 9 of the content as properties of random histories: after every step the law of that step is checked,
// and every edition is what a recomputation from texts and publications gives. STELE_ROUNDS histories; STELE_SEED
// repeats one.
#include <set>
#include <thread>

#include "src/publishing/save_source.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::vector<std::string> locales{"nb", "en", "de", "ar"};

// What nobody may change by writing elsewhere: texts, versions and what readers have, of one locale.
struct Seen {
    std::int64_t version = 0, published = 0;
    std::string title, body, page;
    std::set<std::string> outdated;
    std::map<std::string, std::string> targets;  // retired ones too
};

class History {
  public:
    History(ContentSite& s, Seeded& r) : site(s), random(r) {
        id =
            site.add("nb", random.words(3), random.body(4 + random.below(6)), random.chance(50) ? random.words(6) : "");
    }

    void step() {
        before = all();
        source_before = site.translation(id, "nb");
        switch (random.below(15)) {
            case 0:
                return edit_one_sentence();
            case 1:
                return move_a_block();
            case 2:
                return change_spaces_and_destinations();
            case 3:
                return cut_a_block();
            case 4:
                return add_a_block();
            case 5:
                return bring_back();
            case 6:
                return publish_something();
            case 7:
                return unpublish_something();
            case 8:
                return change_shared();
            case 9:
                return keep_and_undo();
            case 10:
                return make_independent();
            case 11:
                return race();
            case 12:
                return save_with_all_that_is_said();
            default:
                return translate_something();
        }
    }

    std::string log;

  private:
    std::map<std::string, Seen> all() {
        std::map<std::string, Seen> seen;
        for (const auto& l : locales) {
            Seen s;
            const auto t = site.translation(id, l);
            s.version = t.version.translation;
            s.title = t.title;
            s.body = t.body;
            if (auto page = publishing::find_page(site.store, id, ContentSite::tag(l));
                page && page->resolved_locale == page->locale) {
                s.published = page->number;
                s.page = page->title.text;
                for (const auto& part : page->parts) {
                    if (part.lang) check_honest(*page, part);
                    if (!part.lang) s.page += "\n" + part.text.value_or("");
                }
            }
            for (const auto& v : site.segments(id, l)) {
                if (v.state == editing::SegmentView::State::outdated && !v.retired) s.outdated.insert(v.id);
                if (v.target) s.targets[v.id] = *v.target;
            }
            seen[l] = std::move(s);
        }
        return seen;
    }

    // Law 6: a part that stands in says its language, and it is the source's.
    void check_honest(const publishing::Page& page, const content::Part& part) {
        BOOST_TEST(part.lang->text() == page.source_locale.text());
    }

    // Law 3, and law 2 for every write: nobody else's text, version or publication moved; no target is gone.
    void others_are_as_they_were(const std::string& written, bool destinations_may_follow = false) {
        const auto after = all();
        for (const auto& l : locales) {
            if (l == written) continue;
            BOOST_TEST(after.at(l).version == before.at(l).version, log << ": version of " << l);
            BOOST_TEST(after.at(l).published == before.at(l).published, log << ": publication of " << l);
            BOOST_TEST(after.at(l).page == before.at(l).page, log << ": page of " << l);
            if (l == "nb" || destinations_may_follow) continue;
            for (const auto& [segment, text] : before.at(l).targets) {
                const auto at = after.at(l).targets.find(segment);
                BOOST_TEST((at != after.at(l).targets.end() && at->second == text),
                           log << ": target of " << segment << " in " << l);
            }
        }
    }

    void outdated_are_as_they_were(bool body_grew = false) {
        const auto after = all();
        for (const auto& l : locales) {
            if (body_grew && site.translation(id, l).mode == content::Mode::independent) continue;
            BOOST_TEST((after.at(l).outdated == before.at(l).outdated), log << ": outdated in " << l);
        }
    }

    std::vector<std::string> blocks() {
        std::vector<std::string> list;
        std::string rest = site.translation(id, "nb").body;
        for (size_t at; (at = rest.find("\n\n")) != std::string::npos; rest.erase(0, at + 2))
            list.push_back(rest.substr(0, at));
        if (!rest.empty()) list.push_back(rest);
        return list;
    }
    void put_blocks(const std::vector<std::string>& list) {
        std::string body;
        for (const auto& block : list) body += block + "\n\n";
        site.set_body(id, "nb", body);
    }

    void edit_one_sentence() {
        log = "edit one sentence";
        const auto views = site.segments(id, "nb");
        const auto& view = views[size_t(random.below(int(views.size())))];
        const auto text = view.source + " " + random.words(1) + "x";
        site.set_segment(id, "nb", view.id, text);
        others_are_as_they_were("nb");
        const auto after = all();
        for (const auto& l : locales) {
            if (l == "nb") continue;
            auto expected = before.at(l).outdated;
            const bool independent = site.translation(id, l).mode == content::Mode::independent;
            const auto unit = independent && view.field == "body" ? std::string("body") : view.id;
            if (before.at(l).targets.contains(unit)) expected.insert(unit);
            BOOST_TEST((after.at(l).outdated == expected), log << ": exactly one in " << l);
        }
    }

    void move_a_block() {
        log = "move a block";
        auto list = blocks();
        if (list.size() < 2) return;
        const auto from = size_t(random.below(int(list.size())));
        auto block = list[from];
        list.erase(list.begin() + std::ptrdiff_t(from));
        list.insert(list.begin() + random.below(int(list.size()) + 1), block);
        put_blocks(list);
        others_are_as_they_were("nb");
        // Lists that come to stand side by side become one list: other blocks, but the same texts.
        outdated_are_as_they_were();
    }

    void change_spaces_and_destinations() {
        log = "change spaces and destinations";
        auto body = site.translation(id, "nb").body;
        if (auto at = body.find("](/"); at != std::string::npos) body.insert(at + 3, "new-");
        if (auto at = body.find(' '); at != std::string::npos && body.substr(0, 1) != "#" && body.substr(0, 1) != "-")
            body.insert(at, "\u00a0");
        site.set_body(id, "nb", body);
        others_are_as_they_were("nb", true);
        outdated_are_as_they_were();
    }

    void cut_a_block() {
        log = "cut a block";
        auto list = blocks();
        if (list.size() < 2) return;
        const auto at = size_t(random.below(int(list.size())));
        cut = list[at];
        list.erase(list.begin() + std::ptrdiff_t(at));
        put_blocks(list);
        others_are_as_they_were("nb");
    }

    void add_a_block() {
        log = "add a block";
        auto list = blocks();
        list.insert(list.begin() + random.below(int(list.size()) + 1), random.paragraph());
        put_blocks(list);
        others_are_as_they_were("nb");
        outdated_are_as_they_were(true);
    }

    void bring_back() {
        log = "bring back";
        if (cut.empty()) return;
        auto list = blocks();
        list.push_back(std::exchange(cut, ""));
        put_blocks(list);
        others_are_as_they_were("nb");
        for (const auto& l : locales)
            if (l != "nb" && site.translation(id, l).mode == content::Mode::aligned) {
                const auto after = all();
                for (const auto& segment : after.at(l).outdated)
                    BOOST_TEST(before.at(l).targets.contains(segment), log << ": " << segment << " in " << l);
            }
    }

    std::string some_target() { return locales[size_t(1 + random.below(3))]; }

    void publish_something() {
        const auto l = random.chance(40) ? "nb" : some_target();
        log = "publish " + l;
        if (l != "nb" && before.at(l).targets.empty()) return;
        if (site.translation(id, l).segments.missing == site.translation(id, l).segments.total) return;
        site.publish(id, l);
        outdated_are_as_they_were();
        const auto after = all();
        for (const auto& other : locales)
            if (other != l)
                BOOST_TEST(after.at(other).version == before.at(other).version, log << ": version of " << other);
        BOOST_TEST(!site.translation(id, l).pending);
    }

    void unpublish_something() {
        const auto l = locales[size_t(random.below(4))];
        log = "unpublish " + l;
        if (!site.translation(id, l).published) return;
        publishing::unpublish(site.store, id, ContentSite::tag(l), site.now(id, l), "test");
        outdated_are_as_they_were();
    }

    void change_shared() {
        log = "change a shared field";
        const auto article = editing::find_article(site.store, std::to_string(number(id))).value();
        editing::change_article(
            site.store, id, {.priority = random.below(10), .shared = boost::json::object{{"note", random.words(2)}}},
            article.version, "test");
        others_are_as_they_were("");
        outdated_are_as_they_were();
    }

    void keep_and_undo() {
        const auto l = some_target();
        log = "keep in " + l;
        if (before.at(l).version == 0) return;
        editing::keep_meaning(site.store, id, ContentSite::tag(l), {.reason = "test"}, site.now(id, l), "test");
        BOOST_TEST(site.outdated(id, l) == 0, log);
        others_are_as_they_were(l);
        if (random.chance(50)) return;
        editing::KeepRequest undo{.segments = {before.at(l).outdated.begin(), before.at(l).outdated.end()}};
        if (undo.segments.empty()) return;
        editing::undo_keep(site.store, id, ContentSite::tag(l), undo, site.now(id, l), "test");
        BOOST_TEST((all().at(l).outdated == before.at(l).outdated), log << ": undone");
    }

    // Law 4 for all locales at once: what the save touches is as current or outdated as it was; the rest of law 3
    // holds.
    void save_with_all_that_is_said() {
        log = "save with all that is said";
        auto list = blocks();
        for (int i = 0; i < 2; ++i) list[size_t(random.below(int(list.size())))] += " " + random.words(1) + "x";
        if (random.chance(50)) list.push_back(random.paragraph());
        publishing::SourceSave save{.texts = editing::Changes{},
                                    .expected = site.now(id, "nb"),
                                    .article = editing::ArticleChanges{.priority = random.below(10)},
                                    .keep = true,
                                    .publish = random.chance(50)};
        save.texts->body.emplace();
        for (const auto& block : list) *save.texts->body += block + "\n\n";
        save.article_version = editing::find_article(site.store, std::to_string(number(id)))->version;
        const auto saved = publishing::save_source(site.store, id, save, "test");
        BOOST_TEST(saved.published == save.publish, log);
        outdated_are_as_they_were();
        const auto after = all();
        for (const auto& l : locales) {
            if (l == "nb") continue;
            const auto kept = after.at(l).version - before.at(l).version;
            BOOST_TEST((kept == 0 || kept == 1), log << ": version of " << l);
            BOOST_TEST(after.at(l).published == before.at(l).published, log << ": publication of " << l);
            // What is missing in it is shown as the source's publication has it.
            if (!save.publish) BOOST_TEST(after.at(l).page == before.at(l).page, log << ": page of " << l);
            BOOST_TEST((after.at(l).targets == before.at(l).targets), log << ": texts in " << l);
        }
    }

    void make_independent() {
        const auto l = some_target();
        log = "independent " + l;
        if (before.at(l).targets.empty() || !random.chance(30)) return;
        editing::Changes changes;
        changes.mode = content::Mode::independent;
        changes.body = random.body(3);
        site.save(id, l, changes);
        others_are_as_they_were(l);
    }

    void translate_something() {
        const auto l = some_target();
        log = "translate into " + l;
        editing::Changes changes;
        for (const auto& v : site.segments(id, l))
            if (!v.retired && random.chance(40)) changes.segments.push_back({v.id, l + " " + random.words(4)});
        if (changes.segments.empty()) return;
        site.save(id, l, changes);
        const auto after = all();
        for (const auto& s : changes.segments)
            BOOST_TEST(!after.at(l).outdated.contains(s.id), log << ": " << s.id << " is current");
        others_are_as_they_were(l);
    }

    // Law 5: of two who saw the same version, who writes the same segment second is told; other segments never collide.
    void race() {
        const auto l = some_target();
        log = "race in " + l;
        const auto views = site.segments(id, l);
        if (views.size() < 2) return;
        const auto seen = site.now(id, l);
        auto write = [&](const std::string& segment, const std::string& text) {
            editing::Changes changes;
            changes.segments.push_back({segment, text});
            editing::save_translation(site.store, id, ContentSite::tag(l), changes, seen, "test");
        };
        const auto& a = views[0];
        const auto& b = views[1];
        write(a.id, "one " + random.words(2));
        if (seen.seen->first > 0) {
            BOOST_CHECK_NO_THROW(write(b.id, "two " + random.words(2)));
            BOOST_CHECK_EXCEPTION(write(a.id, "three " + random.words(2)), Error,
                                  [](const Error& e) { return e.code() == ErrorCode::version_conflict; });
        }
        others_are_as_they_were(l);
    }

    ContentSite& site;
    Seeded& random;
    ArticleId id{};
    std::string cut;
    std::map<std::string, Seen> before;
    editing::Translation source_before{.locale = ContentSite::tag("nb"), .source_locale = ContentSite::tag("nb")};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(laws)

STELE_ON_BOTH_DATABASES(hold_in_random_histories) {
    const auto seed = first_seed();
    const int rounds = usual_rounds(200);
    constexpr int per_database = 10, steps = 12;
    std::unique_ptr<Db> fresh;
    std::unique_ptr<ContentSite> site;
    for (int round = 0; round < rounds; ++round) {
        if (round % per_database == 0) {
            site.reset();
            fresh = std::make_unique<Db>(db.dialect());
            site = std::make_unique<ContentSite>(*fresh);
        }
        Seeded random(seed + std::uint64_t(round));
        History history(*site, random);
        for (int step = 0; step < steps; ++step) {
            BOOST_TEST_CONTEXT("STELE_SEED=" << random.seed << " step " << step) {
                history.step();
                BOOST_TEST(site->check() == "", history.log << ": " << site->check());
            }
        }
    }
}

// Four writers at once on few articles: whatever order they come in, nothing is half-written and no count is wrong.
STELE_ON_BOTH_DATABASES(hold_with_four_writers_at_once) {
    const auto seed = first_seed();
    ContentSite site(db);
    Seeded random(seed);
    std::vector<ArticleId> articles;
    for (int i = 0; i < 3; ++i) articles.push_back(site.add("nb", random.words(3), random.body(6)));
    std::atomic<int> saved{0};
    auto write = [&](std::uint64_t mine, int steps) {
        Seeded r(mine);
        for (int step = 0; step < steps; ++step) {
            const auto id = articles[size_t(r.below(3))];
            const auto& l = locales[size_t(r.below(4))];
            try {
                const auto views = site.segments(id, l);
                const auto& view = views[size_t(r.below(int(views.size())))];
                if (view.retired) continue;
                switch (r.below(4)) {
                    case 0:
                        site.publish(id, l);
                        break;
                    case 1:
                        if (l == "nb") {
                            site.set_body(id, l, site.translation(id, l).body + "\n" + r.paragraph() + "\n");
                            break;
                        }
                        [[fallthrough]];
                    default:
                        site.set_segment(id, l, view.id, l + " " + r.words(5));
                }
                ++saved;
            } catch (const Error& e) {
                const bool expected = e.code() == ErrorCode::version_conflict ||
                                      e.code() == ErrorCode::precondition_required || e.reason() == "publish-nothing" ||
                                      e.code() == ErrorCode::invalid;
                if (!expected) throw;
            }
        }
    };
    for (int batch = 0; batch < std::max(4, usual_rounds(200) / 20); ++batch) {
        std::vector<std::future<void>> writers;
        for (std::uint64_t w = 0; w < 4; ++w)
            writers.push_back(std::async(std::launch::async, write, seed + std::uint64_t(batch) * 4 + w, 10));
        for (auto& writer : writers) BOOST_CHECK_NO_THROW(writer.get());
        BOOST_TEST_CONTEXT("STELE_SEED=" << seed << " batch " << batch) BOOST_TEST(site.check() == "");
    }
    BOOST_TEST(saved > 0);
}

BOOST_AUTO_TEST_SUITE_END()
