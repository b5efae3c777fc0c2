#include "tests/durability/people.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace stele::testing {
namespace {

namespace json = boost::json;
using Kind = Place::Kind;

constexpr std::string_view paragraphs[] = {"The harbour opens at seven.", "Boats leave every hour."};

// Of very different lengths, so that pages split and rows move.
std::string sentence(int person, int number) {
    auto text = fmt::format("Person {} wrote number {}", person, number);
    for (int i = (person * 31 + number * 17) % 90; i > 0; --i) text += fmt::format(" word{}", (i * number) % 97);
    return text + ".";
}

std::string path_of(const Place& place) {
    return fmt::format("/api/v1/articles/{}/translations/{}", number(place.article), place.locale);
}

Letter letter_to(const Place& place, int number, const std::string& etag) {
    const auto text = place.text(number);
    switch (place.kind) {
        case Kind::segment:
            return {"PATCH", path_of(place),
                    json::serialize(json::object{{"segments", {{{"id", place.segment}, {"text", text}}}}}), etag};
        case Kind::body:
            return {"PATCH", path_of(place), json::serialize(json::object{{"body", text}}), etag};
        case Kind::title:
            return {"PATCH", path_of(place), json::serialize(json::object{{"title", text}}), etag};
        case Kind::published:
            return {"POST", path_of(place) + "/publish", R"({"incomplete": true})", etag};
        case Kind::article:
            return {"POST", "/api/v1/articles",
                    json::serialize(json::object{{"key", place.key(number)},
                                                 {"source_locale", "en"},
                                                 {"translation", {{"title", place.key(number)}, {"body", text}}}}),
                    ""};
    }
    return {};
}

}  // namespace

std::string Place::text(int number) const {
    if (kind == Kind::title || kind == Kind::published) return fmt::format("Title {} of person {}", number, person);
    if (kind == Kind::body)
        return fmt::format("{}\n\n{}\n\n{}\n", paragraphs[0], paragraphs[1], sentence(person, number));
    return sentence(person, number);
}

std::string Place::key(int number) const { return fmt::format("person-{}-article-{}", person, number); }

People::People(ContentSite& site, int groups) {
    for (int group = 0; group < groups; ++group) {
        auto* body = place(Kind::body, {}, "en");
        body->person = int(people_.size());
        const auto article = body->article = site.add("en", fmt::format("Harbour {}", group), body->text(0));
        add({.places = {body}, .etag = site.version(article, "en").etag()});
        add_translators(site, article);

        auto *title = place(Kind::title, article, "sv"), *published = place(Kind::published, article, "sv");
        title->person = int(people_.size());
        editing::Changes changes;
        changes.title = title->text(0);
        editing::save_translation(site.store, article, ContentSite::tag("sv"), changes, {}, "test");
        site.publish(article, "sv");
        add({.places = {title, published}, .etag = site.version(article, "sv").etag()});
        for (int i = 0; i < 2; ++i) add({.places = {place(Kind::article)}, .etag = {}});
    }
}

// Two in the same locale, on one segment each, which never conflict; the others have a locale each.
void People::add_translators(ContentSite& site, ArticleId article) {
    for (const auto& [locale, paragraph] : {std::pair{"nb", 0}, {"nb", 1}, {"de", 0}, {"ar", 1}}) {
        for (const auto& s : site.segments(article, locale)) {
            if (s.source != paragraphs[paragraph]) continue;
            auto* segment = place(Kind::segment, article, locale, s.id);
            segment->person = int(people_.size());
            editing::Changes changes;
            changes.segments.push_back({s.id, segment->text(0)});
            editing::save_translation(site.store, article, ContentSite::tag(locale), changes, site.now(article, locale),
                                      "test");
            add({.places = {segment}, .etag = site.version(article, locale).etag()});
        }
    }
}

People::~People() { stop(); }

Place* People::place(Kind kind, ArticleId article, std::string locale, std::string segment) {
    auto made = std::make_unique<Place>();
    made->kind = kind;
    made->article = article;
    made->locale = std::move(locale);
    made->segment = std::move(segment);
    places_.push_back(std::move(made));
    return places_.back().get();
}

void People::add(Person person) {
    for (auto* place : person.places) place->person = int(people_.size());
    people_.push_back(std::move(person));
}

void People::begin(const std::function<Send(int)>& connect) {
    stopping_ = false;
    at_work_ = int(people_.size());
    for (size_t i = 0; i < people_.size(); ++i)
        threads_.emplace_back([this, i, send = connect(int(i))] { work(people_[i], send); });
}

void People::work(Person& person, const Send& send) {
    try {
        while (!stopping_)
            for (auto* place : person.places)
                if (!write(person, *place, send)) stopping_ = true;
    } catch (const std::exception&) {
        // No answer: the server is gone, and with it this person's connection.
    }
    std::lock_guard lock(mutex_);
    --at_work_;
    progress_.notify_all();
}

bool People::write(Person& person, Place& place, const Send& send) {
    const int number = ++place.started;
    const auto reply = send(letter_to(place, number, person.etag));
    if (reply.status == 503) throw std::runtime_error(reply.text);
    std::lock_guard lock(mutex_);
    if (reply.status != 200 && reply.status != 201) {
        refusals_.push_back(fmt::format("person {}: {} {}", place.person, reply.status, reply.text));
        return false;
    }
    if (place.kind != Kind::article) person.etag = reply.etag;
    place.acknowledged = number;
    ++saved_;
    progress_.notify_all();
    return true;
}

void People::wait_for(int saves) {
    std::unique_lock lock(mutex_);
    const int wanted = saved_ + saves;
    progress_.wait(lock, [&] { return saved_ >= wanted || at_work_ == 0; });
}

void People::stop() {
    stopping_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void People::start_over() {
    for (auto& person : people_) person.etag = person.first_etag;
    for (auto& place : places_) place->acknowledged = place->started = 0;
    saved_ = 0;
}

Moment People::now() const {
    Moment moment;
    for (const auto& place : places_) {
        moment.acknowledged.push_back(place->acknowledged);
        moment.started.push_back(place->started);
    }
    return moment;
}

std::vector<std::string> People::refusals() {
    std::lock_guard lock(mutex_);
    return refusals_;
}

}  // namespace stele::testing
