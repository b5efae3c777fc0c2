#pragma once
// The cache before the handlers: answers that are kept are given on the loop; one that is not is made once for all who
// ask for it meanwhile, and kept when it says so (Surrogate-Key).
//
// Requests share a making, called a flight, only as long as nothing has changed since it began: whoever asks after a
// change waits for its end, and is answered with it only where it turns out that the change was none of its own; else
// the next flight is theirs. For one name there is never more than one at a time, so that nobody is given something
// older than what anybody was given before they asked.
#include <mutex>
#include <unordered_map>

#include "server/delivery/cache.hpp"
#include "server/delivery/entry.hpp"
#include "server/delivery/name.hpp"
#include "server/http/ready.hpp"

namespace stele {
struct App;
}

namespace stele::delivery {

class Delivery : public http::Ready {
  public:
    struct Options {
        bool with_host = true;  // answers depend on the host that was asked
        Rules rules;
    };
    Delivery(std::shared_ptr<Cache> cache, Options options);
    ~Delivery() override;

    Found find(const http::Head& head, std::string& name, http::Output& output) override;
    Joined join(const std::string& name, http::Work& work, http::Output& output) override;
    std::vector<http::Work> land(http::Work& leader, const Respond& respond, const Reply& reply) override;
    std::vector<http::Work> disband(http::Work& leader) override;

    // Requests that wait for an answer which is being made for another.
    std::size_t waiting() const;

  private:
    struct Flight;

    Rule rule_of(const http::Head& head) const;
    std::shared_ptr<Entry> entry_of(std::string_view name, bool counted) const;
    std::shared_ptr<Entry> render(const Flight& flight, const http::Request& asked, const Respond& respond,
                                  http::Response& unshared) const;
    // The answer is not for all: the leader has it, the others want their own.
    std::vector<http::Work> land_unshared(http::Work& leader, http::Response response, const Reply& reply);
    // Those who share its answer. Who cannot begins the next flight, whose leader is left in `next`.
    std::vector<http::Work> end(Flight& flight, const std::shared_ptr<Entry>& entry, std::vector<http::Work>& next);
    std::vector<http::Work> take_all(Flight& flight);

    std::shared_ptr<Cache> cache_;
    Options options_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

// What the server answers from; null where the app keeps nothing.
std::shared_ptr<http::Ready> delivery_of(const App& app);

}  // namespace stele::delivery
