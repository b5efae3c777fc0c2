#pragma once
// What readers get: publications, the routes to them, and the lists of them.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "src/content/markdown.hpp"
#include "src/editing/editing.hpp"
#include "src/storage/store.hpp"

namespace stele::checks {
class Policy;
}

namespace stele::publishing {

// conflict "publish-incomplete" (members: missing, segments) unless `incomplete`; conflict "publish-unread" (members:
// unread, segments), where a machine made texts that nobody has confirmed, unless `unread`; taken when the slug was
// taken meanwhile. `all_published` publishes every locale that is published already, in the same transaction.
//
// `each` runs in the same transaction for every locale that is published in it, then `within`; what they throw undoes
// all of it.
using Within = std::function<void(db::Transaction&)>;
using Each = std::function<void(db::Transaction&, const locale::Tag&)>;
struct PublishRequest {
    bool incomplete = false;
    bool unread = false;
    bool all_published = false;
    // Errors by these checks that nobody has dismissed hold the locale (not those that go with it by `all_published`):
    // conflict "publish-checks" (members: findings). Null: nothing is checked.
    const checks::Policy* checks = nullptr;
    bool override_checks = false;  // errors do not hold it; the log says that there were some
    Each each{};
    Within within{};
};
editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale, const PublishRequest& request,
                         const editing::Expected& expected, const Actor& actor);
// Throws the same conflict "publish-unread" of the text as it is.
void check_read(db::Connection& c, const Store& store, ArticleId id, const locale::Tag& locale);
editing::Version unpublish(const Store& store, ArticleId id, const locale::Tag& locale,
                           const editing::Expected& expected, const Actor& actor, const Within& within = {});

// A text with the language it is in.
struct Text {
    std::string text;
    locale::Tag lang;
};
struct Alternate {
    locale::Tag locale;
    std::string slug;
};
// One article as a reader of `locale` gets it: the publication of resolved_locale; where segments are missing in it,
// the source's published text, with its language.
struct Page {
    ArticleId id{};
    std::string key, type;
    locale::Tag locale;           // asked for
    locale::Tag resolved_locale;  // what it is in
    locale::Tag source_locale;
    std::string slug;  // of resolved_locale
    std::string here;  // the slug under which readers of `locale` find it
    Text title;
    std::optional<Text> summary;
    std::map<std::string, Text> localized_fields;
    boost::json::object shared;  // shared fields
    content::Skeleton skeleton;
    std::vector<content::Part> parts;  // one per slot
    Time published_at{}, updated_at{};
    std::vector<Alternate> alternates;  // enabled locales in which it is published itself, in the site's order
    std::int64_t number = 0;            // of the publication: rises with each publish of resolved_locale
};

struct Redirect {
    int status = 302;  // 302 or 308
    locale::Tag locale;
    std::string slug;
};
struct Nothing {
    std::vector<Alternate> exists_in;  // languages of the article that the slug means, if any
};
using Route = std::variant<Page, Redirect, Nothing>;

// GET /{locale}/{slug}, by the route table of DESIGN 7.
Route read_page(const Store& store, const locale::Tag& locale, std::string_view slug);
// GET /{slug}: which article a bare slug means, negotiated: the Redirect's locale is the reader's.
Route read_bare(const Store& store, std::string_view slug, const locale::Tag& reader);
std::optional<Page> find_page(const Store& store, ArticleId id, const locale::Tag& locale);
// The working text of one locale as a page, for previews.
std::optional<Page> preview_page(const Store& store, ArticleId id, const locale::Tag& locale);

enum class Sort { title, published };  // title: the locale's order; published: newest first
struct ListQuery {
    locale::Tag locale;
    std::optional<std::string> type;
    Sort sort = Sort::title;
    bool fallback = true;  // false: only what is published in the locale itself
    int limit = 25;        // 1..200
    std::optional<std::string> after;
};
struct ListItem {
    ArticleId id{};
    std::string key, type;
    locale::Tag resolved_locale, source_locale;
    std::string slug;  // in resolved_locale
    std::string here;  // the slug under which readers of the list's locale find it
    Text title;
    std::optional<Text> summary;
    boost::json::object shared;
    Time published_at{}, updated_at{};
};
struct ListPage {
    std::vector<ListItem> items;
    std::optional<std::string> next;
    std::optional<std::int64_t> total;
};
ListPage list_articles(const Store& store, const ListQuery& query);
// Of the content types that the store knows those of which a reader of `locale` gets anything, in no order. Throws
// not_found (locale not enabled).
std::vector<std::string> listed_types(const Store& store, const locale::Tag& locale);

}  // namespace stele::publishing
