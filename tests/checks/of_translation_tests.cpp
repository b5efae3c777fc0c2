// What people say about findings, and what holds a publication.
#include "src/accounts/audit.hpp"
#include "src/checks/of_translation.hpp"
#include "src/terms/terms.hpp"
#include "tests/checks/checking.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto en = locale::Tag::stored("en"), nb = locale::Tag::stored("nb");

ErrorCode code_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

struct Checked {
    explicit Checked(Db& db) : site(db) {}

    // "b1 numbers.differs (Counted again)", a line each.
    static std::string told(const std::vector<checks::SegmentFindings>& all) {
        std::string text;
        for (const auto& segment : all)
            for (const auto& [finding, dismissed] : segment.findings)
                text += segment.segment + " " + finding.message.substr(6) +
                        (dismissed ? " (" + dismissed->reason + ")" : "") + "\n";
        return text;
    }
    std::string told() { return told(checks::check_translation(site.store, policy, id, nb)); }

    // The n-th finding of the text as it is, or as it would be.
    std::string finding(size_t n = 0, const std::optional<std::string>& text = {}) {
        return checks::id_of(checks::check_segment(site.store, policy, id, nb, "b1", text).findings.at(n).finding);
    }
    void dismiss(const std::string& finding, const std::string& reason, const std::optional<std::string>& text = {},
                 std::string_view segment = "b1") {
        checks::dismiss(site.store, policy, id, nb, segment, finding, text, reason, "kari");
    }
    void undo(const std::string& finding) { checks::undo_dismiss(site.store, id, nb, "b1", finding, "per"); }
    ErrorCode publish(bool checked = true) {
        return code_of([&] {
            publishing::publish(site.store, id, nb, {.checks = checked ? &policy : nullptr}, site.now(id, "nb"),
                                "kari");
            throw Error(ErrorCode::not_implemented);  // it went through
        });
    }

    ContentSite site;
    checks::Policy policy;
    ArticleId id{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(checks_of_a_translation)

STELE_ON_BOTH_DATABASES(a_finding_is_dismissed_until_a_text_changes) {
    Checked t(db);
    t.id = t.site.add("en", "Visitors", "We had 90 visitors in all.\n");
    t.site.set_segment(t.id, "nb", "b1", "Vi hadde 80 besøkende i alt.");
    BOOST_TEST(t.told() == "b1 numbers.differs\n");
    const auto first = t.finding();
    t.dismiss(first, "Counted again");
    BOOST_TEST(t.told() == "b1 numbers.differs (Counted again)\n");
    t.undo(first);
    BOOST_TEST(t.told() == "b1 numbers.differs\n");
    t.dismiss(first, "Counted again");
    t.site.set_segment(t.id, "nb", "b1", "Vi hadde 85 besøkende i alt.");
    BOOST_TEST(t.told() == "b1 numbers.differs\n");
    BOOST_TEST(checks::find_dismissed(t.site.store, t.policy, t.id, nb).empty());
    BOOST_CHECK(code_of([&] { t.dismiss(first, "Of another text"); }) == ErrorCode::not_found);
    BOOST_CHECK(code_of([&] { t.dismiss(t.finding(), "No such segment", {}, "b9"); }) == ErrorCode::not_found);
    BOOST_TEST(
        checks::check_segment(t.site.store, t.policy, t.id, nb, "b1", "Vi hadde 90 besøkende i alt.").findings.empty());
    // A dismissal of what is being typed holds once that is saved.
    const std::string typed = "Vi hadde 86 besøkende i alt.";
    t.dismiss(t.finding(0, typed), "Yes", typed);
    t.site.set_segment(t.id, "nb", "b1", typed);
    BOOST_TEST(t.told() == "b1 numbers.differs (Yes)\n");
    BOOST_TEST(checks::check_translation(t.site.store, t.policy, t.id, en).empty());
}

STELE_ON_BOTH_DATABASES(what_is_dismissed_while_typing_leaves_the_saved_text_its_dismissals) {
    Checked t(db);
    t.id = t.site.add("en", "Visitors", "We had 90 visitors in all.\n");
    t.site.set_segment(t.id, "nb", "b1", "Vi hadde 80 besøkende i alt.");
    t.dismiss(t.finding(), "Counted again");
    // The same finding of another text, and another one.
    const std::string same = "Vi hadde 80 besøkende i alt. ", other = "Vi hadde 81 besøkende i alt.";
    for (const auto& typed : {same, other}) t.dismiss(t.finding(0, typed), "Of what is typed", typed);
    BOOST_TEST(t.told() == "b1 numbers.differs (Counted again)\n");
    // What is left behind is that of texts that are neither there nor typed any more, and the log has it.
    const auto detail =
        accounts::read_log(t.site.store, {.kind = "", .actor = "", .before = {}, .limit = 1}).entries.at(0).detail;
    BOOST_TEST(detail.at("forgotten").as_array().size() == 1u);
    BOOST_TEST(detail.at("forgotten").at(0).at("reason").as_string() == "Of what is typed");
    BOOST_TEST(detail.at("forgotten").at(0).at("actor").as_string() == "kari");
    t.site.set_segment(t.id, "nb", "b1", other);
    BOOST_TEST(t.told() == "b1 numbers.differs (Of what is typed)\n");
}

STELE_ON_BOTH_DATABASES(a_dismissal_is_of_one_finding_and_hides_none_that_comes_later) {
    Checked t(db);
    t.id = t.site.add("en", "Visitors", "The harbour has some boats.\n");
    t.site.translate_all(t.id, "nb");
    t.site.set_segment(t.id, "nb", "b1", "Havna i {by} har {antall} båter.");
    t.dismiss(t.finding(), "Ours");
    BOOST_TEST(t.told() == "b1 placeholders.extra (Ours)\nb1 placeholders.extra\n");
    BOOST_CHECK(t.publish() == ErrorCode::conflict);  // the other one holds it still
    t.dismiss(t.finding(1), "Ours, too");
    BOOST_CHECK(t.publish() == ErrorCode::not_implemented);

    const auto add = [&](std::string text, std::string right) {
        terms::NewTerm term{en, std::move(text), {}, {}, {}};
        term.translations[nb] = {.texts = {std::move(right)}};
        terms::create(t.site.store, term, "kari");
    };
    add("harbour", "kai");
    BOOST_TEST(t.told() == "b1 terms.missing\nb1 placeholders.extra (Ours)\nb1 placeholders.extra (Ours, too)\n");
    t.dismiss(t.finding(0), "They say so here");
    add("boat", "skute");
    BOOST_TEST(t.told().starts_with("b1 terms.missing (They say so here)\nb1 terms.missing\n"));
}

STELE_ON_BOTH_DATABASES(a_dismissal_has_a_reason_and_stands_in_the_log) {
    Checked t(db);
    t.id = t.site.add("en", "Visitors", "We had 90 visitors in all.\n");
    t.site.set_segment(t.id, "nb", "b1", "Vi hadde 80 besøkende i alt.");
    const auto finding = t.finding();
    for (const auto* blank : {"", " \n", "\u00A0"})
        BOOST_CHECK(code_of([&] { t.dismiss(finding, blank); }) == ErrorCode::invalid);
    t.dismiss(finding, "Counted again");
    BOOST_TEST(t.told(checks::find_dismissed(t.site.store, t.policy, t.id, nb)) ==
               "b1 numbers.differs (Counted again)\n");
    t.undo(finding);
    t.undo(finding);  // nothing more to take back
    std::string logged;
    for (const auto& entry :
         accounts::read_log(t.site.store, {.kind = "", .actor = "", .before = {}, .limit = 2}).entries)
        logged += entry.kind + " " + entry.actor + " " + boost::json::serialize(entry.detail) + "\n";
    BOOST_TEST(logged == "check-restored per {\"segment\":\"b1\",\"finding\":\"" + finding +
                             "\"}\ncheck-dismissed kari {\"segment\":\"b1\",\"finding\":\"" + finding +
                             "\",\"reason\":\"Counted again\"}\n");
}

STELE_ON_BOTH_DATABASES(errors_hold_a_publication_until_they_are_mended_or_dismissed) {
    Checked t(db);
    t.id = t.site.add("en", "Visitors", "Hello {name}, we had 90 visitors.\n");
    t.site.translate_all(t.id, "nb");
    t.site.set_segment(t.id, "nb", "b1", "Hei {navn}, vi hadde 80 besøkende.");
    BOOST_TEST(t.told(checks::find_errors(t.site.store, t.policy, t.id, nb)) == "b1 placeholders.extra\n");
    BOOST_CHECK(t.publish() == ErrorCode::conflict);
    t.dismiss(t.finding(), "Ours");
    BOOST_TEST(checks::find_errors(t.site.store, t.policy, t.id, nb).empty());
    BOOST_CHECK(t.publish() == ErrorCode::not_implemented);
    t.policy.set(checks::Check::numbers, checks::Severity::error);
    BOOST_CHECK(t.publish() == ErrorCode::conflict);
    BOOST_CHECK(t.publish(false) == ErrorCode::not_implemented);
}

BOOST_AUTO_TEST_SUITE_END()
