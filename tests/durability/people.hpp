#pragma once
// 64 people at work on one site over the API, who know what the server told them was saved. Each writes the first,
// second, third … text of a sequence of their own into one place, so that the number of the text that is found there
// later says which of their saves have survived.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/content_site.hpp"

namespace stele::testing {

// What came of a request. `Send` throws where no answer comes any more.
struct Reply {
    int status = 0;
    std::string etag;
    std::string text;
};
struct Letter {
    std::string method, target, body, etag;  // etag: If-Match, where it is not empty
};
using Send = std::function<Reply(const Letter&)>;

// Where a person writes, and how far they have come: text number `acknowledged` is saved, one up to number `started`
// may be.
struct Place {
    enum class Kind { segment, body, title, published, article } kind;
    int person = 0;
    ArticleId article{};
    std::string locale, segment;
    std::atomic<int> acknowledged = 0, started = 0;

    std::string text(int number) const;
    std::string key(int number) const;  // of an article: each number is one of its own
};
// The state of all places at one moment.
struct Moment {
    std::vector<int> acknowledged, started;
};

class People {
  public:
    // Fills the site with `groups` articles, each the work of eight people in five locales: four translate, one writes
    // the source, one publishes, two write new articles. All places have their text number 0 afterwards.
    People(ContentSite& site, int groups);
    ~People();

    // All begin, each on a thread with a way of their own to the server.
    void begin(const std::function<Send(int person)>& connect);
    // Returns when `saves` more have been acknowledged, or when nobody is at work any more.
    void wait_for(int saves);
    // As it was before they began, on a site that is, too.
    void start_over();
    // Each stops after the answer that they wait for, or when none comes.
    void stop();

    Moment now() const;
    int saved() const { return saved_; }
    // Answers that were neither a success nor the 503 of a server in trouble: there should be none.
    std::vector<std::string> refusals();
    const std::vector<std::unique_ptr<Place>>& places() const { return places_; }

  private:
    struct Person {
        std::vector<Place*> places;  // in turn
        std::string etag;            // that they have seen last
        std::string first_etag = etag;
    };
    void add(Person person);
    Place* place(Place::Kind kind, ArticleId article = {}, std::string locale = {}, std::string segment = {});
    void add_translators(ContentSite& site, ArticleId article);
    void work(Person& person, const Send& send);
    bool write(Person& person, Place& place, const Send& send);

    std::vector<std::unique_ptr<Place>> places_;
    std::vector<Person> people_;
    std::vector<std::thread> threads_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> saved_ = 0;
    std::mutex mutex_;
    std::condition_variable progress_;
    int at_work_ = 0;
    std::vector<std::string> refusals_;
};

}  // namespace stele::testing
