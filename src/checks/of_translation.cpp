#include "src/checks/of_translation.hpp"

#include <algorithm>

#include "src/checks/dismissals.hpp"
#include "src/content/limits.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/validate.hpp"
#include "src/editing/work.hpp"
#include "src/locale/text.hpp"
#include "src/terms/index.hpp"
#include "src/workflow/place.hpp"

namespace stele::checks {
namespace {

using editing::Source;
using editing::Work;

struct Segment {
    std::string id, source, target, basis, origin = "human";
    content::Kind kind = content::Kind::paragraph;
    bool markup = true, whole = false;
    size_t max_chars = 0;
};

// What the article's type and our own limits say about the segment's text.
void set_limits(Segment& segment, const content::ContentType& type) {
    constexpr std::string_view field = "fields.";
    if (segment.id == content::title_id) {
        segment.markup = false;
        segment.max_chars = content::max_title_chars;
    } else if (segment.id == content::summary_id) {
        segment.max_chars = content::max_summary_chars;
    } else if (segment.id.starts_with(field)) {
        const auto* known = type.find(std::string_view(segment.id).substr(field.size()));
        segment.markup = !known || known->kind == content::FieldKind::markdown;
        if (known) segment.max_chars = known->max;
    }
}

void add_target(Segment& segment, const Source& source, const Work& work) {
    const auto at = work.targets.find(segment.id);
    if (at == work.targets.end()) return;
    segment.target = work.text(source, at->second);
    segment.basis = work.basis_text(source, at->second);
    segment.origin = at->second.origin;
}

std::vector<Segment> segments_of(const Source& source, const Work& work, const content::ContentType& type) {
    std::vector<Segment> segments;
    const bool independent = work.frame.mode == content::Mode::independent;
    for (const auto& s : source.live) {
        if (independent && source.is_body(s)) continue;
        Segment segment{.id = s.id, .source = s.text, .target = {}, .basis = {}, .kind = s.kind};
        set_limits(segment, type);
        add_target(segment, source, work);
        segments.push_back(std::move(segment));
    }
    if (independent) {
        Segment body{
            .id = std::string(content::body_id), .source = editing::source_body(source), .target = {}, .basis = {}};
        body.kind = content::Kind::block;
        body.whole = true;
        add_target(body, source, work);
        segments.push_back(std::move(body));
    }
    return segments;
}

// What the checks of one translation have in common.
class Checker {
  public:
    Checker(db::Connection& c, const Source& source, const locale::Tag& locale, const Policy& policy)
        : policy_(policy), source_locale_(source.article.source_locale), locale_(locale) {
        if (policy.severity(Check::terms) != Severity::off) index_ = terms::index_of(c, source_locale_);
    }

    std::vector<Finding> run(const Segment& segment) const {
        std::vector<terms::Match> matches;
        if (index_ && !index_->terms().empty()) matches = terms::matches(*index_, segment.source, segment.markup);
        return check({.source = segment.source,
                      .target = segment.target,
                      .source_locale = source_locale_,
                      .target_locale = locale_,
                      .kind = segment.kind,
                      .markup = segment.markup,
                      .whole = segment.whole,
                      .basis = segment.basis,
                      .origin = segment.origin,
                      .max_chars = segment.max_chars,
                      .terms = matches},
                     policy_);
    }

  private:
    const Policy& policy_;
    locale::Tag source_locale_, locale_;
    std::shared_ptr<const terms::Index> index_;
};

content::Hash hash_of(const Segment& segment) { return content::exact_hash(segment.source + '\0' + segment.target); }

SegmentFindings shown(const Segment& segment, std::vector<Finding> findings, const Dismissals& dismissals) {
    SegmentFindings all{segment.id, {}};
    const auto texts = hash_of(segment);
    for (auto& finding : findings) {
        const auto at = dismissals.find({segment.id, id_of(finding), texts});
        all.findings.push_back({std::move(finding), at == dismissals.end() ? std::nullopt : std::optional(at->second)});
    }
    return all;
}

bool is_source(const Source& source, const locale::Tag& locale) { return source.article.source_locale == locale; }

struct Read {
    Source source;
    std::vector<Segment> segments;
};
Read read(db::Connection& c, const Store& store, ArticleId id, const locale::Tag& locale) {
    Read all{editing::read_source(c, store, id), {}};
    editing::enabled_locale(*all.source.site, locale);
    if (is_source(all.source, locale)) {
        // Compared with nothing.
        for (const auto& s : all.source.live)
            all.segments.push_back({.id = s.id, .source = s.text, .target = {}, .basis = {}});
        return all;
    }
    const auto work = editing::read_work(c, all.source, locale);
    all.segments = segments_of(all.source, work, store.types.find_or_page(all.source.article.type));
    return all;
}

Segment& segment_in(Read& all, std::string_view id) {
    const auto at =
        std::find_if(all.segments.begin(), all.segments.end(), [&](const Segment& s) { return s.id == id; });
    if (at == all.segments.end()) throw Error(ErrorCode::not_found, "segment", {{"segment", std::string(id)}});
    return *at;
}

// As it is being typed.
void take(Segment& segment, const std::optional<std::string>& text) {
    if (!text || *text == segment.target) return;
    segment.target = *text;
    segment.origin = "human";
}

// `text` as a reason has to be one.
void check_reason(const std::string& text) {
    FieldErrors errors;
    editing::check_text(errors, "/reason", text, max_reason_chars, true);
    if (locale::normalize_space(text).empty()) errors.push_back({"/reason", "field.required", {}});
    throw_if_any(std::move(errors));
}

boost::json::array told(const Dismissals& dismissals) {
    boost::json::array all;
    for (const auto& [key, dismissal] : dismissals)
        all.push_back({{"finding", key.finding}, {"reason", dismissal.reason}, {"actor", dismissal.actor}});
    return all;
}

// Those of `segments` of which something is left when `is_wanted` has seen all findings.
template <class Wanted>
std::vector<SegmentFindings> check_all(const Checker& checker, const std::vector<Segment>& segments,
                                       const Dismissals& dismissals, const Wanted& is_wanted) {
    std::vector<SegmentFindings> found;
    for (const auto& segment : segments) {
        if (segment.target.empty()) continue;
        auto one = shown(segment, checker.run(segment), dismissals);
        std::erase_if(one.findings, [&](const Shown& each) { return !is_wanted(each); });
        if (!one.findings.empty()) found.push_back(std::move(one));
    }
    return found;
}

bool stands(const Shown& one) { return !one.dismissed; }

Policy errors_of(const Policy& policy) {
    Policy errors = policy;
    for (size_t i = 0; i < check_count; ++i)
        if (policy.severity(Check(i)) != Severity::error) errors.set(Check(i), Severity::off);
    return errors;
}

}  // namespace

std::vector<SegmentFindings> check_translation(const Store& store, const Policy& policy, ArticleId id,
                                               const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        const auto all = read(c, store, id, locale);
        const Checker checker(c, all.source, locale, policy);
        return check_all(checker, all.segments, find_dismissals(c, id, locale), [](const Shown&) { return true; });
    });
}

std::vector<SegmentFindings> find_dismissed(const Store& store, const Policy& policy, ArticleId id,
                                            const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) -> std::vector<SegmentFindings> {
        const auto dismissals = find_dismissals(c, id, locale);
        if (dismissals.empty()) return {};
        auto all = read(c, store, id, locale);
        std::erase_if(all.segments, [&](const Segment& segment) {
            const auto at = dismissals.lower_bound({segment.id, {}, {}});
            return at == dismissals.end() || at->first.segment != segment.id;
        });
        const Checker checker(c, all.source, locale, policy);
        return check_all(checker, all.segments, dismissals, [](const Shown& one) { return !stands(one); });
    });
}

std::vector<SegmentFindings> find_errors(const Store& store, const Policy& policy, ArticleId id,
                                         const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        const auto all = read(c, store, id, locale);
        const auto errors = errors_of(policy);
        const Checker checker(c, all.source, locale, errors);
        return check_all(checker, all.segments, find_dismissals(c, id, locale), stands);
    });
}

SegmentFindings check_segment(const Store& store, const Policy& policy, ArticleId id, const locale::Tag& locale,
                              std::string_view segment_id, const std::optional<std::string>& text) {
    return store.db.reading([&](db::Connection& c) {
        auto all = read(c, store, id, locale);
        auto& segment = segment_in(all, segment_id);
        if (is_source(all.source, locale)) return SegmentFindings{segment.id, {}};
        take(segment, text);
        return shown(segment, Checker(c, all.source, locale, policy).run(segment), find_dismissals(c, id, locale));
    });
}

std::vector<terms::Match> terms_of_segment(const Store& store, ArticleId id, const locale::Tag& locale,
                                           std::string_view segment_id) {
    return store.db.reading([&](db::Connection& c) {
        auto all = read(c, store, id, locale);
        const auto& segment = segment_in(all, segment_id);
        return terms::matches(*terms::index_of(c, all.source.article.source_locale), segment.source, segment.markup);
    });
}

void dismiss(const Store& store, const Policy& policy, ArticleId id, const locale::Tag& locale,
             std::string_view segment_id, std::string_view finding, const std::optional<std::string>& text,
             const std::string& reason, const Actor& actor) {
    check_reason(reason);
    // The texts are a hash of what was looked at: one that changes meanwhile has the finding again.
    const auto [saved_texts, seen_texts] = store.db.reading([&](db::Connection& c) {
        auto all = read(c, store, id, locale);
        auto& segment = segment_in(all, segment_id);
        auto before = hash_of(segment);
        take(segment, text);
        const auto found = is_source(all.source, locale) ? std::vector<Finding>()
                                                         : Checker(c, all.source, locale, policy).run(segment);
        if (std::none_of(found.begin(), found.end(), [&](const Finding& f) { return id_of(f) == finding; }))
            throw Error(ErrorCode::not_found, "finding");
        return std::pair(std::move(before), hash_of(segment));
    });
    store.db.write([&, saved = saved_texts, seen = seen_texts](db::Transaction& t) {
        const DismissalKey key{std::string(segment_id), std::string(finding), seen};
        upsert_dismissal(t, id, locale, key, {reason, actor, store.now()});
        boost::json::object detail{{"segment", segment_id}, {"finding", finding}, {"reason", reason}};
        const auto gone = forget_others(t, id, locale, segment_id, saved, seen);
        if (!gone.empty()) detail["forgotten"] = told(gone);
        workflow::log(t, store.now(), "check-dismissed", id, locale, actor, detail);
    });
}

void undo_dismiss(const Store& store, ArticleId id, const locale::Tag& locale, std::string_view segment,
                  std::string_view finding, const Actor& actor) {
    store.db.write([&](db::Transaction& t) {
        if (delete_dismissal(t, id, locale, segment, finding))
            workflow::log(t, store.now(), "check-restored", id, locale, actor,
                          {{"segment", segment}, {"finding", finding}});
    });
}

void hold(db::Connection& c, const Source& source, const Work& work, const Policy& policy,
          const content::ContentTypes& types) {
    if (is_source(source, work.frame.locale)) return;
    const auto errors = errors_of(policy);
    const Checker checker(c, source, work.frame.locale, errors);
    const auto segments = segments_of(source, work, types.find_or_page(source.article.type));
    const auto dismissals = find_dismissals(c, source.article.id, work.frame.locale);
    boost::json::array held;
    for (const auto& [segment, findings] : check_all(checker, segments, dismissals, stands))
        for (const auto& [finding, none] : findings)
            held.push_back(
                boost::json::object{{"segment", segment}, {"check", name_of(finding.check)}, {"id", id_of(finding)}});
    if (held.empty()) return;
    const auto count = std::int64_t(held.size());
    throw Error(ErrorCode::conflict, "publish-checks", {{"count", count}}, {}, {{"findings", std::move(held)}});
}

}  // namespace stele::checks
