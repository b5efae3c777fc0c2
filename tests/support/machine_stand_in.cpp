#include "tests/support/machine_stand_in.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include <boost/json.hpp>
#include <condition_variable>

namespace stele::testing {
namespace {

namespace json = boost::json;
using Mood = MachineStandIn::Mood;

// Capitals outside of elements and entities.
std::string in_capitals(const std::string& xml) {
    std::string out;
    bool inside = false;
    for (char c : xml) {
        if (c == '<' || c == '&') inside = true;
        out += !inside && c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
        if (c == '>' || c == ';') inside = false;
    }
    return out;
}

std::string without_elements(const std::string& xml) {
    std::string out;
    bool inside = false;
    for (char c : xml) {
        if (c == '<') inside = true;
        if (!inside) out += c;
        if (c == '>') inside = false;
    }
    return out;
}

// The first two elements stand in each other's place.
std::string turned(std::string xml) {
    const auto one = xml.find("id=\"1\""), two = xml.find("id=\"2\"");
    if (one != xml.npos && two != xml.npos) std::swap(xml[one + 4], xml[two + 4]);
    return xml;
}

std::string translated(const std::string& xml, Mood mood) {
    const auto text = in_capitals(xml);
    if (mood == Mood::loses_marks) return without_elements(text);
    return mood == Mood::turns_marks ? turned(text) : text;
}

json::object answer_to(const json::object& body, Mood mood) {
    const bool deepl = body.contains("text");
    json::array texts;
    for (const auto& text : body.at(deepl ? "text" : "q").as_array()) {
        auto made = translated(std::string(text.as_string()), mood);
        if (deepl)
            texts.push_back(json::object{{"detected_source_language", "EN"}, {"text", std::move(made)}});
        else
            texts.emplace_back(std::move(made));
    }
    if (mood == Mood::one_short) texts.pop_back();
    return {{deepl ? "translations" : "translatedText", std::move(texts)}};
}

int status_in(Mood mood) {
    switch (mood) {
        case Mood::refuses:
            return 403;
        case Mood::out_of_quota:
            return 456;
        case Mood::no_language:
            return 400;
        case Mood::broken:
            return 500;
        default:
            return 200;
    }
}

class Handler final : public Poco::Net::HTTPRequestHandler {
  public:
    explicit Handler(MachineStandIn& owner) : owner_(owner) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
        std::string body;
        Poco::StreamCopier::copyToString(request.stream(), body);
        owner_.note({request.getURI(), request.get("Authorization", ""), body});
        const auto mood = owner_.mood.load();
        if (mood == Mood::silent) owner_.be_silent();
        response.setStatus(Poco::Net::HTTPResponse::HTTPStatus(status_in(mood)));
        response.setContentType("application/json");
        const bool well = status_in(mood) == 200 && mood != Mood::garbled;
        response.send() << (well ? json::serialize(answer_to(json::parse(body).as_object(), mood)) : "<html>no</html>");
    }

  private:
    MachineStandIn& owner_;
};

class Factory final : public Poco::Net::HTTPRequestHandlerFactory {
  public:
    explicit Factory(MachineStandIn& owner) : owner_(owner) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return new Handler(owner_);
    }

  private:
    MachineStandIn& owner_;
};

}  // namespace

struct MachineStandIn::Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;
};

MachineStandIn::MachineStandIn() : gate_(std::make_unique<Gate>()) {
    const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
    server_ = std::make_unique<Poco::Net::HTTPServer>(new Factory(*this), socket, new Poco::Net::HTTPServerParams);
    server_->start();
}

void MachineStandIn::break_silence() {
    const std::lock_guard lock(gate_->mutex);
    gate_->open = true;
    gate_->changed.notify_all();
}

void MachineStandIn::wait_until_asked(size_t times) {
    std::unique_lock lock(gate_->mutex);
    gate_->changed.wait(lock, [&] { return asked().size() >= times; });
}

MachineStandIn::~MachineStandIn() {
    break_silence();
    server_->stopAll(true);
}

std::string MachineStandIn::url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

std::vector<MachineStandIn::Asked> MachineStandIn::asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
}

void MachineStandIn::note(Asked one) {
    {
        const std::lock_guard lock(mutex_);
        asked_.push_back(std::move(one));
    }
    const std::lock_guard lock(gate_->mutex);
    gate_->changed.notify_all();
}

void MachineStandIn::be_silent() {
    std::unique_lock lock(gate_->mutex);
    gate_->changed.wait(lock, [this] { return gate_->open; });
}

}  // namespace stele::testing
