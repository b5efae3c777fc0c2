// Random histories: what is exported comes back the same, and two-sided edits lose no text.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <set>

#include "src/content/markdown.hpp"
#include "tests/storage/exchange_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::vector<std::string> locales{"en", "nb", "de"};
constexpr auto all_states = std::array{content::State::untranslated, content::State::incomplete,
                                       content::State::outdated, content::State::ready, content::State::current};

// Sometimes refused, as for a person: a step that cannot be is no step.
template <class F>
void attempt(F&& step) {
    try {
        step();
    } catch (const Error& e) {
        if (e.code() == ErrorCode::internal) throw;
    }
}

std::string changed_word(Seeded& random, const std::string& text) { return text + " " + random.words(1); }

// One step of an editor or a translator.
void step(ContentSite& site, Seeded& random, ArticleId id) {
    const auto source = editing::find_article(site.store, std::to_string(number(id)))->source_locale.text();
    const auto& locale = locales[size_t(random.below(3))];
    attempt([&] {
        switch (random.below(9)) {
            case 0:
            case 1: {
                auto body = random.body(2 + random.below(4));
                if (random.chance(70)) body = site.translation(id, source).body + random.paragraph() + "\n";
                site.set_body(id, source, body);
                return;
            }
            case 2:
            case 3: {
                auto segments = site.segments(id, locale);
                if (segments.empty()) return;
                const auto& s = segments[size_t(random.below(int(segments.size())))];
                site.set_segment(id, locale, s.id, changed_word(random, s.target.value_or(s.source)));
                return;
            }
            case 4:
                return site.translate_all(id, locale, random.words(1) + " ");
            case 5:
                return site.publish(id, locale);
            case 6: {
                editing::Changes changes;
                changes.mode = random.chance(50) ? content::Mode::independent : content::Mode::aligned;
                if (changes.mode == content::Mode::independent) changes.body = random.body(2);
                if (locale != source && random.chance(40)) site.save(id, locale, changes);
                return;
            }
            case 7: {
                auto segments = site.segments(id, locale);
                if (locale == source || segments.empty()) return;
                site.set_segment(id, locale, segments[size_t(random.below(int(segments.size())))].id, "");
                return;
            }
            default: {
                editing::Changes changes;
                changes.title = random.words(3) + (random.chance(20) ? ": #" + random.words(1) : "");
                if (random.chance(50)) changes.summary = random.words(6);
                site.save(id, locale, changes);
            }
        }
    });
}

std::vector<ArticleId> random_articles(ContentSite& site, Seeded& random, int count) {
    std::vector<ArticleId> ids;
    for (int i = 0; i < count; ++i)
        ids.push_back(site.add(locales[size_t(random.below(3))], random.words(3), random.body(1 + random.below(5)),
                               random.chance(50) ? random.words(5) : ""));
    return ids;
}

// What translators and readers of a site see, by key.
std::map<std::string, std::string> picture(ContentSite& site) {
    std::map<std::string, std::string> lines;
    std::set<std::string> pending;
    for (const auto& locale : locales) {
        for (const auto state : all_states) {
            worklist::Query query{
                .locale = ContentSite::tag(locale), .states = {state}, .pending = {}, .limit = 200, .after = {}};
            for (const auto& item : worklist::list(site.store, query).items) {
                const auto& e = item.edition;
                const bool done = state == content::State::ready || state == content::State::current;
                lines[locale + " " + item.key] = fmt::format(
                    "{} {} title {} segments {} {} {} words {} {} {} published {}",
                    done ? "done" : content::name_of(state), item.source_locale.text(), e.title, e.segments.total,
                    e.segments.missing, e.segments.outdated, e.words.total, e.words.missing, e.words.outdated,
                    e.published && state != content::State::untranslated);  // nothing to publish is not published again
                if (e.pending) pending.insert(item.key);
            }
        }
    }
    for (const auto& locale : locales) {
        worklist::Query query{.locale = ContentSite::tag(locale),
                              .states = {all_states.begin(), all_states.end()},
                              .pending = {},
                              .limit = 200,
                              .after = {}};
        for (const auto& item : worklist::list(site.store, query).items) {
            const auto id = editing::find_article(site.store, item.key)->id;
            for (const auto& s : site.segments(id, locale)) {
                if (s.retired) continue;
                using enum editing::SegmentView::State;
                lines[locale + " " + item.key] += fmt::format("\n  {} [{}] {}", s.field, s.target.value_or("-"),
                                                              s.state == missing    ? "missing"
                                                              : s.state == outdated ? "outdated"
                                                                                    : "current");
            }
            if (pending.contains(item.key)) continue;
            const auto page = publishing::find_page(site.store, id, ContentSite::tag(locale));
            // Without a title of its own a publication, which may be read here by fallback, keeps the source's of the
            // day it was published.
            if (page && !site.translation(id, page->resolved_locale.text()).title.empty())
                lines["page " + locale + " " + item.key] =
                    page->slug + "\n" + page->title.text + "\n" + (page->summary ? page->summary->text : "") + "\n" +
                    content::render_html(page->skeleton, page->parts, page->resolved_locale);
        }
    }
    return lines;
}

// Pages of articles that are pending on one side are nobody's to compare.
void compare(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after,
             std::uint64_t seed) {
    for (const auto& [key, text] : before) {
        const auto at = after.find(key);
        BOOST_TEST((at != after.end() && at->second == text),
                   "seed " << seed << " " << key << "\nwas:  " << text
                           << "\nnow:  " << (at == after.end() ? "nothing" : at->second));
    }
}

// ---- two sides ----

std::set<std::string> texts_of(const std::string& title, const std::string& body) {
    std::set<std::string> texts{title};
    for (const auto& leaf : content::segments_of(body).leaves) texts.insert(leaf.text);
    texts.erase("");
    return texts;
}

std::set<std::string> working_texts(ContentSite& site, ArticleId id, const std::string& locale) {
    std::set<std::string> texts;
    for (const auto& s : site.segments(id, locale))
        if (s.target) texts.insert(*s.target);
    return texts;
}

std::set<std::string> all_texts(ContentSite& site, ArticleId id, const std::string& locale) {
    auto texts = working_texts(site, id, locale);
    for (const auto& r : editing::list_revisions(site.store, id, ContentSite::tag(locale), 100, {}))
        if (const auto past = editing::find_revision(site.store, id, ContentSite::tag(locale), r.n))
            texts.merge(texts_of(past->title, past->body));
    return texts;
}

std::string edited_file(Seeded& random, const std::string& bytes) {
    const auto close = bytes.find("\n---\n") + 5;
    auto head = bytes.substr(0, close), body = bytes.substr(close);
    if (random.chance(30)) {
        const auto at = head.find("title:");
        if (at != std::string::npos) head.replace(at, head.find('\n', at) - at, "title: " + random.words(3));
    }
    auto parsed = content::segments_of(body);
    std::vector<std::optional<std::string>> texts;
    for (auto& leaf : parsed.leaves) {
        if (random.chance(25)) leaf.text = random.chance(50) ? random.words(4) : changed_word(random, leaf.text);
        texts.emplace_back(leaf.text);
    }
    if (!texts.empty() && random.chance(20)) texts[size_t(random.below(int(texts.size())))].reset();
    body = content::compose(parsed.skeleton, texts);
    if (random.chance(20)) body += "\n" + random.paragraph() + "\n";
    return head + body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_histories)

STELE_ON_BOTH_DATABASES(an_export_into_an_empty_database_is_the_same_site) {
    const auto first = first_seed();
    for (int round = 0; round < usual_rounds(30); ++round) {
        Seeded random(first + std::uint64_t(round));
        Db from(db.dialect()), to(db.dialect());
        ContentSite site(from, locales);
        const auto ids = random_articles(site, random, 5);
        for (int i = 0; i < 60; ++i) step(site, random, ids[size_t(random.below(5))]);
        ContentSite other(to, locales);
        const auto files = exported(site.store);
        const auto report = import(other.store, files);
        BOOST_TEST(mistakes(report) == "", "seed " << random.seed << "\n" << mistakes(report));
        compare(picture(site), picture(other), random.seed);
        BOOST_TEST((exported(other.store).files == files.files), "seed " << random.seed);
        BOOST_TEST(other.check() == "");
    }
}

STELE_ON_BOTH_DATABASES(two_sided_edits_lose_no_text) {
    const auto first = first_seed();
    int conflicts = 0, lost = 0;
    ContentSite site(db, locales);
    const int rounds = usual_rounds(1000);
    for (int round = 0; round < rounds; ++round) {
        Seeded random(first + std::uint64_t(round));
        const auto key = fmt::format("a{}", round);
        exchange::MemoryFiles files;
        files.files[key + ".nb.md"] =
            "---\nsource: nb\ntitle: " + random.words(3) + "\n---\n\n" + random.body(1 + random.below(4));
        files.files[key + ".en.md"] = files.files[key + ".nb.md"];
        files.files[key + ".en.md"].replace(4, 11, "");  // without "source: nb"
        BOOST_REQUIRE_EQUAL(mistakes(import(site.store, files)), "");
        const auto id = editing::find_article(site.store, key)->id;
        for (int i = random.below(4); i > 0; --i) {
            if (random.chance(60)) {
                const std::string locale = random.chance(50) ? "nb" : "en";
                attempt([&] {
                    const auto segments = site.segments(id, locale);
                    const auto& s = segments[size_t(random.below(int(segments.size())))];
                    site.set_segment(id, locale, s.id,
                                     random.chance(15) && s.id != "title" ? "" : changed_word(random, s.source));
                });
            } else {
                attempt([&] {
                    site.set_body(id, "nb", edited_file(random, "\n---\n" + site.translation(id, "nb").body).substr(5));
                });
            }
        }
        for (auto& [path, bytes] : files.files)
            if (random.chance(70)) bytes = edited_file(random, bytes);
        std::map<std::string, std::set<std::string>> before;
        for (const std::string locale : {"nb", "en"}) before[locale] = working_texts(site, id, locale);
        const bool theirs = random.chance(20);
        const auto report = import(site.store, files, {.theirs = theirs});
        conflicts += int(report.conflicts.size());
        std::set<std::string> listed;
        for (const auto& c : report.conflicts) listed.insert(c.path);
        for (const auto& b : report.bad) listed.insert(b.path);
        for (const std::string locale : {"nb", "en"}) {
            const auto all = all_texts(site, id, locale);
            for (const auto& text : before[locale])
                if (!all.contains(text)) {
                    ++lost;
                    BOOST_TEST_MESSAGE("seed " << random.seed << " lost of the database, " << locale << ": " << text);
                }
            const auto path = key + "." + locale + ".md";
            if (listed.contains(path)) continue;
            const auto& bytes = files.files.at(path);
            for (const auto& text : texts_of("", bytes.substr(bytes.find("\n---\n") + 5)))
                if (!all.contains(text)) {
                    ++lost;
                    BOOST_TEST_MESSAGE("seed " << random.seed << " lost of the file, " << locale << ": " << text);
                }
        }
    }
    BOOST_TEST_MESSAGE(rounds << " two-sided histories, " << conflicts << " conflicts, " << lost << " texts lost");
    BOOST_TEST(lost == 0);
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()
