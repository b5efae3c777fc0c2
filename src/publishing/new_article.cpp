#include "src/publishing/new_article.hpp"

#include <algorithm>

#include "src/editing/counting.hpp"
#include "src/editing/save.hpp"
#include "src/editing/structure.hpp"
#include "src/publishing/candidate.hpp"
#include "src/storage/editions.hpp"

namespace stele::publishing {
namespace {

using editing::Source;
using editing::Work;

// What is published has the slug, though its working text may have another one now.
void throw_if_routed(db::Connection& c, const content::Frame& frame) {
    const auto route = storage::find_route(c, frame.locale, frame.slug);
    if (route && !route->former)
        throw Error(ErrorCode::taken, "slug-taken", {{"slug", frame.slug}},
                    {{"/slug", "field.taken", {{"value", frame.slug}}}}, {{"article_id", number(route->article_id)}});
}

class Planning {
  public:
    Planning(db::Connection& c, const Store& store, const WholeArticle& whole, const Actor& actor)
        : c_(c),
          store_(store),
          actor_(actor),
          now_(store.now()),
          plan_{.source = editing::plan_source(c, store, whole.article, actor, now_),
                .publication = {},
                .entries = {},
                .parts = {},
                .refused = {},
                .editions = {},
                .published = {}} {}

    ArticlePlan run(const WholeArticle& whole) {
        plan_.editions = editing::first_editions(plan_.source.source, now_);
        if (whole.publish) publish_source();
        for (const auto& translation : whole.translations) {
            try {
                add(translation);
                plan_.refused.emplace_back();
            } catch (const Error& e) {
                if (e.code() == ErrorCode::internal || e.code() == ErrorCode::storage_unavailable) throw;
                plan_.refused.emplace_back(e);
            }
        }
        return std::move(plan_);
    }

  private:
    void publish_source() {
        auto& source = plan_.source.source;
        Work work{.frame = source.frame, .targets = {}, .wordings = {}, .edition = {}, .publication = {}};
        auto made = candidate_of(source, std::move(work), std::nullopt, std::nullopt, {}, now_);
        source.frame = std::move(made.frame);
        plan_.entries.push_back(entry_of(source.frame, "publish", plan_.source.entry.document));
        publish(std::move(made.publication), std::move(made.next), plan_.publication);
    }

    void add(const WholeArticle::Translation& translation) {
        const auto& source = plan_.source.source;
        editing::enabled_locale(*source.site, translation.locale);
        Work before{
            .frame = {.locale = translation.locale}, .targets = {}, .wordings = {}, .edition = {}, .publication = {}};
        auto save = editing::target_save(c_, store_, source, std::move(before), translation.changes, {}, actor_);
        const auto document = editing::document_of(editing::past_of(source, save.after));
        ArticlePlan::Part part{
            .frame = save.after.frame, .targets = {}, .wordings = save.what.wordings, .publication = {}, .entries = {}};
        for (const auto& id : save.what.written) part.targets.push_back(save.after.targets.at(id));
        auto edition = editing::edition_of(source, save.after, save.after.frame.text_hash, now_);
        if (save.result.changed) part.entries.push_back(entry_of(part.frame, save.what.action, document));
        if (translation.publish) {
            throw_if_routed(c_, save.after.frame);
            const auto source_title = plan_.publication ? std::optional(plan_.publication->title) : std::nullopt;
            auto made =
                candidate_of(source, std::move(save.after), source_title, std::nullopt, {.incomplete = true}, now_);
            part.frame = std::move(made.frame);
            part.entries.push_back(entry_of(part.frame, "publish", document));
            publish(std::move(made.publication), std::move(made.next), part.publication);
        } else if (save.result.changed) {
            replace(std::move(edition));
        }
        if (!part.entries.empty()) plan_.parts.push_back(std::move(part));
    }

    void publish(storage::Publication publication, content::Edition edition, std::optional<storage::Publication>& to) {
        plan_.published[publication.locale] = {publication.title, publication.published_at};
        to = std::move(publication);
        replace(std::move(edition));
    }

    void replace(content::Edition edition) {
        const auto at = std::ranges::find(plan_.editions, edition.locale, &content::Edition::locale);
        if (at != plan_.editions.end()) *at = std::move(edition);
    }

    editing::Entry entry_of(const content::Frame& frame, std::string action, std::string document) const {
        return {{}, frame.locale, frame.version, std::move(action), actor_, now_, std::move(document)};
    }

    db::Connection& c_;
    const Store& store_;
    const Actor& actor_;
    const Time now_;
    ArticlePlan plan_;
};

void record_all(db::Transaction& t, ArticleId id, const std::vector<editing::Entry>& entries) {
    for (auto entry : entries) {
        entry.id = id;
        editing::record(t, entry);
    }
}

void write_part(db::Transaction& t, ArticleId id, const ArticlePlan::Part& part) {
    editing::write_frame(t, id, part.frame);
    storage::add_wordings(t, id, part.wordings);
    storage::upsert_targets(t, id, part.frame.locale, part.targets);
    if (part.publication) write_publication(t, id, *part.publication);
    record_all(t, id, part.entries);
}

// Before the first write, so that nothing has to be undone; and before it gets an id: one that is given up would be a
// gap, and not always the same one, on PostgreSQL.
void check_free(db::Connection& c, const ArticlePlan& plan) {
    const auto check = [&](const content::Frame& frame, bool published) {
        editing::throw_if_taken(c, plan.source.source.article.key, frame);
        if (published) throw_if_routed(c, frame);
    };
    check(plan.source.source.frame, plan.publication.has_value());
    for (const auto& part : plan.parts) check(part.frame, part.publication.has_value());
}

ArticleId write_all(db::Transaction& t, const ArticlePlan& plan, Source source) {
    const auto id = editing::insert_source(t, source, plan.source.entry);
    if (plan.publication) write_publication(t, id, *plan.publication);
    record_all(t, id, plan.entries);
    for (const auto& part : plan.parts) write_part(t, id, part);
    editing::insert_editions(t, source, plan.editions);
    storage::ListingPlan listings(source.site);
    listings.change(id, source.article.type, {}, source.article.type, plan.published);
    listings.apply(t);
    return id;
}

}  // namespace

ArticlePlan plan_article(db::Connection& c, const Store& store, const WholeArticle& whole, const Actor& actor) {
    return Planning(c, store, whole, actor).run(whole);
}

std::optional<ArticleId> write_article(db::Transaction& t, const ArticlePlan& plan) {
    auto source = plan.source.source;
    if (!storage::hold_site(t, source.site->version)) return std::nullopt;
    check_free(*t, plan);
    try {
        return write_all(t, plan, std::move(source));
    } catch (const Error& e) {
        // Taken between the check and the write, on another node: what is written so far must not stay.
        if (e.code() == ErrorCode::taken) throw Error(ErrorCode::overloaded, "contended");
        throw;
    }
}

}  // namespace stele::publishing
