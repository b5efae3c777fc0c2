#pragma once
// What the front asks before it has a handler make an answer: is one ready, or being made for somebody else?
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/http/output.hpp"
#include "server/http/request.hpp"

namespace stele::http {

class Connection;
class Loop;

// A request on its way to a worker, and whom the answer is for.
struct Work {
    Loop* loop = nullptr;
    Connection* connection = nullptr;
    Request request;
    std::shared_ptr<void> flight{};  // others wait for the same answer, or may come to: Ready::land()
};

class Ready {
  public:
    virtual ~Ready() = default;

    // On a loop, for a GET or HEAD without a body: may neither wait nor compute for long.
    //   answer   `output` is it
    //   shared   to be made, for whoever asks for the same meanwhile as well: join() is next, with `name` as it is left
    //   own      the answer is this client's own
    enum class Found { answer, shared, own };
    virtual Found find(const Head& head, std::string& name, Output& output) = 0;

    //   answer   it has become ready in between
    //   waits    `work` was taken; it gets its answer with those of the one that leads
    //   leads    work.flight is set: a worker has to land() it, or disband() must be called
    enum class Joined { answer, waits, leads };
    virtual Joined join(const std::string& name, Work& work, Output& output) = 0;

    // On a worker. Makes the answer and gives it to all who wait; those that it is not for are returned, to be answered
    // each alone. Throws before anybody has been answered, or not at all.
    using Respond = std::function<Response(const Request&)>;
    using Reply = std::function<void(const Work&, Output)>;
    virtual std::vector<Work> land(Work& leader, const Respond& respond, const Reply& reply) = 0;
    // There will be no answer; those who waited for it, without the leader.
    virtual std::vector<Work> disband(Work& leader) = 0;
};

}  // namespace stele::http
