// Single segments as they were in a revision: what a translator gets who takes back what made a text current.
#include "src/editing/restore_segments.hpp"
#include "tests/support/content_site.hpp"

namespace stele::testing {
namespace {

using State = editing::SegmentView::State;

editing::SegmentView segment_of(ContentSite& site, ArticleId id, const std::string& segment) {
    for (auto& one : site.segments(id, "en"))
        if (one.id == segment) return one;
    throw std::runtime_error("no segment " + segment);
}

// An article with an outdated English title, which is then mended, and its summary after it.
struct Mended {
    explicit Mended(db::Database& db) : site(db), id(site.add("nb", "Havn", "Lykt.", "Kort.")) {
        site.translate_all(id, "en");
        site.save(id, "nb", {.title = "Ny havn"});
        before = site.version(id, "en").translation;
        site.set_segment(id, "en", "title", "New harbour");
        site.set_segment(id, "en", "summary", "Brief.");
    }
    editing::Saved bring_back(const std::vector<std::string>& segments) {
        return editing::restore_segments(site.store, id, ContentSite::tag("en"), before, segments, site.now(id, "en"),
                                         "anna");
    }
    ContentSite site;
    ArticleId id;
    std::int64_t before = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(segments_back)

STELE_ON_BOTH_DATABASES(a_segment_comes_back_with_its_text_and_what_it_was_made_from) {
    Mended m(db);
    const auto saved = m.bring_back({"title"});
    BOOST_TEST(saved.changed);
    const auto title = segment_of(m.site, m.id, "title");
    BOOST_TEST(title.target.value() == "x Havn");
    BOOST_TEST(title.basis.value() == "Havn");
    BOOST_TEST((title.state == State::outdated));
    BOOST_TEST(segment_of(m.site, m.id, "summary").target.value() == "Brief.");
    BOOST_TEST(m.site.check() == "");
    // There is nothing left to bring back.
    BOOST_TEST(!m.bring_back({"title"}).changed);
}

STELE_ON_BOTH_DATABASES(a_segment_that_had_no_text_has_none_again) {
    ContentSite site(db);
    const auto id = site.add("nb", "Havn", "Lykt.", "Kort.");
    site.set_segment(id, "en", "title", "Harbour");
    const auto before = site.version(id, "en").translation;
    site.set_segment(id, "en", "summary", "Brief.");
    editing::restore_segments(site.store, id, ContentSite::tag("en"), before, {"summary"}, site.now(id, "en"), "anna");
    BOOST_TEST((segment_of(site, id, "summary").state == State::missing));
    BOOST_TEST(segment_of(site, id, "title").target.value() == "Harbour");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_segment_that_the_source_has_no_more_does_not_come_back) {
    Mended m(db);
    m.site.save(m.id, "nb", {.summary = ""});
    BOOST_TEST(!m.bring_back({"summary"}).changed);
    BOOST_TEST(m.site.check() == "");
}

STELE_ON_BOTH_DATABASES(nothing_comes_back_over_what_somebody_else_wrote_or_into_a_source) {
    Mended m(db);
    const auto stale = editing::Expected::of(m.before, m.before);
    const auto code = [](const auto& work) {
        try {
            work();
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::internal;
    };
    BOOST_TEST((code([&] {
                    editing::restore_segments(m.site.store, m.id, ContentSite::tag("en"), m.before, {"title"}, stale,
                                              "anna");
                }) == ErrorCode::version_conflict));
    BOOST_TEST((code([&] {
                    editing::restore_segments(m.site.store, m.id, ContentSite::tag("nb"), 1, {"title"},
                                              m.site.now(m.id, "nb"), "anna");
                }) == ErrorCode::conflict));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace stele::testing
