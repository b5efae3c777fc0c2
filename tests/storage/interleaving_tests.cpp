// Law 5 as a property: two translators and an editor work on one article in a random order, each from what they saw
// last. Nobody's text is replaced by somebody who has not seen it, and nothing of another locale moves. STELE_ROUNDS
// histories; STELE_SEED repeats one.
#include <boost/test/framework.hpp>
#include <boost/test/results_collector.hpp>
#include <thread>

#include "src/workflow/comments.hpp"
#include "src/workflow/review.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::vector<std::string> locales{"nb", "en", "de"};

// Of one locale: what is stored, and what readers have.
struct Text {
    editing::Version version;
    std::int64_t published = 0;
    std::map<std::string, std::string> texts;  // by segment; retired ones too
    bool operator==(const Text& other) const {
        return version.translation == other.version.translation && published == other.published && texts == other.texts;
    }
};

struct Worker {
    std::string name, locale;
    Text seen;
};

class History {
  public:
    History(ContentSite& s, Seeded& r) : site(s), random(r) {
        id = site.add("nb", random.words(2),
                      random.paragraph() + "\n\n" + random.paragraph() + "\n\n## " + random.words(2) + "\n");
        site.translate_all(id, "en");
        site.translate_all(id, "de");
        workers = {{"tove", "en", {}}, {"amir", random.chance(70) ? "en" : "de", {}}, {"edda", "nb", {}}};
        now = all();
        for (auto& worker : workers) look(worker);
    }

    void step() {
        auto& worker = workers[size_t(random.below(3))];
        const bool editor = worker.locale == "nb";
        log += "; " + worker.name + " ";
        switch (random.below(10)) {
            case 0:
            case 1:
                log += "looks";
                return look(worker);
            case 2:
                return review();
            case 3:
                return comment(worker);
            case 4:
                return editor ? keep() : race();
            case 5:
                return editor ? publish() : save(worker);
            default:
                return save(worker);
        }
    }

    std::string log;

  private:
    Text text_of(const std::string& locale) {
        Text text;
        const auto t = site.translation(id, locale);
        text.version = t.version;
        if (t.published) text.published = publishing::find_page(site.store, id, ContentSite::tag(locale))->number;
        for (const auto& s : site.segments(id, locale)) {
            if (locale == "nb" && !s.retired) text.texts[s.id] = s.source;
            if (locale != "nb" && s.target) text.texts[s.id] = *s.target;
        }
        return text;
    }
    std::map<std::string, Text> all() {
        std::map<std::string, Text> texts;
        for (const auto& locale : locales) texts[locale] = text_of(locale);
        return texts;
    }
    void look(Worker& worker) { worker.seen = now.at(worker.locale); }

    std::string some_segment(const Worker& worker) {
        auto at = worker.seen.texts.begin();
        std::advance(at, random.below(int(worker.seen.texts.size())));
        return at->first;
    }

    std::optional<editing::Version> try_save(const std::string& who, const std::string& locale,
                                             const editing::Version& seen, const std::string& segment,
                                             const std::string& text) {
        editing::Changes changes;
        changes.segments.push_back({segment, text});
        try {
            return editing::save_translation(site.store, id, ContentSite::tag(locale), changes,
                                             editing::Expected::of(seen.translation, seen.source), who)
                .version;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::version_conflict) throw;
            return std::nullopt;
        }
    }

    // What was not written stands as it stood, in this locale and in the others.
    void check_rest(const std::string& locale, const std::map<std::string, Text>& after, const std::string& segment) {
        for (const auto& other : locales)
            if (other != locale) BOOST_TEST((after.at(other) == now.at(other)), log << ": " << other << " moved");
        for (const auto& [other, text] : now.at(locale).texts) {
            const auto at = after.at(locale).texts.find(other);
            if (other != segment)
                BOOST_TEST((at != after.at(locale).texts.end() && at->second == text),
                           log << ": " << other << " moved");
        }
    }

    void save(Worker& worker) {
        const auto segment = some_segment(worker);
        const auto text = worker.name + " " + random.words(3);
        log += "saves " + segment;
        const auto& stored = now.at(worker.locale).texts;
        const bool unseen = stored.at(segment) != worker.seen.texts.at(segment);
        const auto saved = try_save(worker.name, worker.locale, worker.seen.version, segment, text);
        auto after = all();
        BOOST_TEST(saved.has_value() == !unseen, log << (unseen ? ": an unseen text was replaced" : ": refused"));
        if (saved) {
            BOOST_TEST(after.at(worker.locale).texts.at(segment) == text, log);
            check_rest(worker.locale, after, segment);
            // The answer to a save is the whole text with its version: whoever goes on from that has seen it.
            worker.seen = after.at(worker.locale);
            BOOST_TEST((worker.seen.version == *saved), log);
        } else {
            BOOST_TEST((after == now), log << ": a refused save left something");
        }
        now = std::move(after);
    }

    // Both translators at once, from the same version: of one segment one wins, of two both are saved.
    void race() {
        log += "races";
        auto tove = workers[0], amir = workers[1];
        tove.seen = now.at(tove.locale);
        amir.seen = now.at(amir.locale);
        const auto of_tove = some_segment(tove), of_amir = some_segment(amir);
        const auto text = random.words(3);
        std::optional<editing::Version> first, second;
        std::thread other([&] { second = try_save("amir", amir.locale, amir.seen.version, of_amir, "amir " + text); });
        first = try_save("tove", tove.locale, tove.seen.version, of_tove, "tove " + text);
        other.join();
        const bool same = tove.locale == amir.locale && of_tove == of_amir;
        BOOST_TEST(int(first.has_value()) + int(second.has_value()) == (same ? 1 : 2), log);
        const auto after = all();
        if (first) BOOST_TEST(after.at(tove.locale).texts.at(of_tove) == "tove " + text, log);
        if (second) BOOST_TEST(after.at(amir.locale).texts.at(of_amir) == "amir " + text, log);
        BOOST_TEST((after.at("nb") == now.at("nb")), log);
        now = after;
    }

    void nothing_moved() {
        const auto after = all();
        BOOST_TEST((after == now), log << ": a text or a version moved");
    }

    void review() {
        log += "reviews";
        const auto locale = random.chance(50) ? "en" : "de";
        const auto status = workflow::ReviewStatus(random.below(4));
        const auto tag = ContentSite::tag(locale);
        const auto seen = workflow::find_review(site.store, id, tag).step;
        const accounts::Known rita{.name = "rita", .grants = {{accounts::Role::reviewer, {}}}};
        workflow::set_review(site.store, id, tag, {status, "a note", seen}, site.now(id, locale), rita);
        nothing_moved();
    }
    void comment(const Worker& worker) {
        log += "comments";
        workflow::add_comment(site.store, id, ContentSite::tag(worker.locale),
                              {.segment = some_segment(worker), .text = random.words(4)}, worker.name);
        nothing_moved();
    }
    void keep() {
        log += "keeps";
        const auto locale = random.chance(50) ? "en" : "de";
        editing::keep_meaning(site.store, id, ContentSite::tag(locale), {}, site.now(id, locale), "edda");
        check_only(locale, false);
    }
    void publish() {
        const auto& locale = locales[size_t(random.below(3))];
        log += "publishes " + locale;
        site.publish(id, locale);
        check_only(locale, true);
    }
    // No text anywhere; versions and publications of this locale alone.
    void check_only(const std::string& locale, bool publishes) {
        auto after = all();
        for (const auto& other : locales) {
            BOOST_TEST((after.at(other).texts == now.at(other).texts), log << ": a text of " << other);
            if (other != locale) BOOST_TEST((after.at(other) == now.at(other)), log << ": " << other << " moved");
        }
        if (publishes) BOOST_TEST(after.at(locale).published == after.at(locale).version.translation, log);
        now = std::move(after);
    }

    ContentSite& site;
    Seeded& random;
    ArticleId id{};
    std::vector<Worker> workers;
    std::map<std::string, Text> now;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(interleavings)

STELE_ON_BOTH_DATABASES(of_two_translators_and_an_editor_lose_nothing) {
    const auto first = first_seed();
    ContentSite site(db, locales);
    const int rounds = usual_rounds(db.dialect() == db::Dialect::sqlite ? 200 : 60);
    for (int i = 0; i < rounds; ++i) {
        Seeded random(first + std::uint64_t(i));
        History history(site, random);
        for (int step = 0; step < 8; ++step) history.step();
        BOOST_TEST_REQUIRE(
            boost::unit_test::results_collector.results(boost::unit_test::framework::current_test_case().p_id).passed(),
            "STELE_SEED=" << random.seed << history.log);
    }
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()
