#include "server/delivery/delivery.hpp"

#include <iterator>

#include "server/http/characters.hpp"
#include "server/http/percent.hpp"

namespace stele::delivery {
namespace {

using http::Work;

// The fields that decide, gathered in one pass. Of a field that is repeated the first counts: to know less of what a
// client has or takes costs bytes, nothing else.
struct Asked {
    Wishes wishes;
    bool authorized = false, session = false;

    void take(std::string_view name, std::string_view value) {
        const auto set = [&](std::string_view field, std::string_view& wish) {
            if (wish.empty() && http::equal_ignoring_case(name, field)) wish = value;
        };
        switch (name.size()) {
            case 6:
                if (http::equal_ignoring_case(name, "cookie"))
                    session = session || value.find("stele_session") != std::string_view::npos;
                break;
            case 13:
                authorized = authorized || http::equal_ignoring_case(name, "authorization");
                set("if-none-match", wishes.if_none_match);
                break;
            case 15:
                set("accept-encoding", wishes.accept_encoding);
                break;
            case 17:
                set("if-modified-since", wishes.if_modified_since);
                break;
            default:
                break;
        }
    }
};

Asked asked_by(const http::Head& head) {
    Asked asked;
    for (const auto& field : head.fields) asked.take(field.name, field.value);
    return asked;
}

Wishes wishes_of(const http::Request& request) {
    Asked asked;
    for (const auto& [name, value] : request.headers) asked.take(name, value);
    return asked.wishes;
}

// What no answer for all may depend on.
bool is_own(std::string_view name) {
    for (std::string_view own : {"Cookie", "Range", "If-Match", "If-None-Match", "If-Modified-Since",
                                 "If-Unmodified-Since", "If-Range", "Accept-Encoding"})
        if (http::equal_ignoring_case(name, own)) return true;
    return false;
}

http::Request impersonal(http::Request request, std::string_view name) {
    request.method = "GET";
    request.target = target_of(name);
    const auto question = request.target.find('?');
    request.query_string = question == std::string::npos ? "" : request.target.substr(question + 1);
    std::erase_if(request.headers, [](const auto& field) { return is_own(field.first); });
    return request;
}

}  // namespace

struct Delivery::Flight {
    std::string name;
    Epoch epoch = 0;               // when it began
    bool guests_only = false;      // of what it will make
    std::shared_ptr<Entry> entry;  // is there; a coding of it is to be made
    std::vector<Work> waiting;     // beside the leader
    std::vector<Work> late;        // have come after something had changed
};

Delivery::Delivery(std::shared_ptr<Cache> cache, Options options)
    : cache_(std::move(cache)), options_(std::move(options)) {}
Delivery::~Delivery() = default;

Rule Delivery::rule_of(const http::Head& head) const { return options_.rules(http::percent_decoded(head.path)); }

std::shared_ptr<Entry> Delivery::entry_of(std::string_view name, bool counted) const {
    return std::static_pointer_cast<Entry>(counted ? cache_->find(name) : cache_->look(name));
}

http::Ready::Found Delivery::find(const http::Head& head, std::string& name, http::Output& output) {
    if (head.method != "GET" && head.method != "HEAD") return Found::own;
    const auto asked = asked_by(head);
    if (asked.authorized) return Found::own;
    // Most have no query, and need no look into the table of routes to be found.
    std::optional<Rule> rule;
    if (!head.query.empty()) {
        rule = rule_of(head);
        if (!rule->kept) return Found::own;
    }
    write_name(head, options_.with_host, rule ? rule->query : "", name);
    if (const auto entry = entry_of(name, true)) {
        if (entry->guests_only() && asked.session) return Found::own;
        auto found = entry->find(asked.wishes);
        if (!found) return Found::shared;
        output = *std::move(found);
        return Found::answer;
    }
    if (!rule) rule = rule_of(head);
    return rule->kept && !(rule->guests_only && asked.session) ? Found::shared : Found::own;
}

http::Ready::Joined Delivery::join(const std::string& name, Work& work, http::Output& output) {
    const std::lock_guard lock(mutex_);
    // Before what is kept is looked at: while the epoch stays, so does that.
    const auto epoch = cache_->epoch();
    if (const auto there = flights_.find(name); there != flights_.end()) {
        auto& flight = *there->second;
        (flight.epoch == epoch ? flight.waiting : flight.late).push_back(std::move(work));
        return Joined::waits;
    }
    auto flight = std::make_shared<Flight>();
    flight->entry = entry_of(name, false);
    if (flight->entry) {
        if (auto found = flight->entry->find(wishes_of(work.request))) {
            output = *std::move(found);
            return Joined::answer;
        }
    }
    flight->name = name;
    flight->epoch = epoch;
    flight->guests_only = options_.rules(work.request.path).guests_only;
    flights_.emplace(name, flight);
    work.flight = std::move(flight);
    return Joined::leads;
}

std::size_t Delivery::waiting() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [name, flight] : flights_) count += flight->waiting.size() + flight->late.size();
    return count;
}

std::vector<Work> Delivery::take_all(Flight& flight) {
    const std::lock_guard lock(mutex_);
    flights_.erase(flight.name);
    auto all = std::move(flight.waiting);
    std::move(flight.late.begin(), flight.late.end(), std::back_inserter(all));
    flight.late.clear();
    return all;
}

// In one step with what is kept: whoever comes next finds either.
std::vector<Work> Delivery::end(Flight& flight, const std::shared_ptr<Entry>& entry, std::vector<Work>& next) {
    const std::lock_guard lock(mutex_);
    const auto epoch = cache_->epoch();
    const bool is_true = cache_->is_true(*entry);
    if (is_true && !flight.entry) cache_->keep(flight.name, entry);
    auto sharing = std::move(flight.waiting);
    auto late = std::move(flight.late);
    flights_.erase(flight.name);
    if (is_true) {
        // What has changed was something else.
        std::move(late.begin(), late.end(), std::back_inserter(sharing));
    } else if (!late.empty()) {
        auto following = std::make_shared<Flight>();
        following->name = flight.name;
        following->epoch = epoch;
        following->guests_only = flight.guests_only;
        late.front().flight = following;
        next.push_back(std::move(late.front()));
        following->waiting.assign(std::move_iterator(late.begin() + 1), std::move_iterator(late.end()));
        flights_.emplace(following->name, following);
    }
    return sharing;
}

std::shared_ptr<Entry> Delivery::render(const Flight& flight, const http::Request& asked, const Respond& respond,
                                        http::Response& unshared) const {
    using std::chrono::floor;
    using std::chrono::seconds;
    Entry::Made made{.at = flight.epoch, .guests_only = flight.guests_only};
    // The second must be over: of two versions in one, the other would have the same date.
    const auto changed = floor<seconds>(cache_->changed_at());
    if (changed < floor<seconds>(cache_->now())) made.modified = std::chrono::system_clock::to_time_t(changed);
    unshared = respond(impersonal(asked, flight.name));
    return Entry::of(unshared, made);
}

std::vector<Work> Delivery::land(Work& leader, const Respond& respond, const Reply& reply) {
    auto& flight = *static_cast<Flight*>(leader.flight.get());
    http::Response unshared;
    const auto entry = flight.entry ? flight.entry : render(flight, leader.request, respond, unshared);
    if (!entry) return land_unshared(leader, std::move(unshared), reply);
    const auto answer = [&](const Work& work) {
        auto output = entry->answer(wishes_of(work.request));
        output.source = http::Output::Source::miss;
        reply(work, std::move(output));
    };
    entry->answer(wishes_of(leader.request));  // its coding, before it is kept
    std::vector<Work> next;
    const auto sharing = end(flight, entry, next);
    answer(leader);
    for (const auto& work : sharing) answer(work);
    cache_->weigh(flight.name, *entry);
    return next;
}

std::vector<Work> Delivery::land_unshared(Work& leader, http::Response response, const Reply& reply) {
    auto& flight = *static_cast<Flight*>(leader.flight.get());
    // Of a query with more in it another answer may come: a redirect that carries it on.
    const bool whole = leader.request.target == target_of(flight.name);
    auto output = http::serialise(std::move(response));
    auto own = take_all(flight);
    if (whole) {
        reply(leader, std::move(output));
    } else {
        leader.flight.reset();
        own.push_back(std::move(leader));
    }
    return own;
}

std::vector<Work> Delivery::disband(Work& leader) { return take_all(*static_cast<Flight*>(leader.flight.get())); }

}  // namespace stele::delivery
