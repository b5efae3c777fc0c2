#include "server/machine/http_provider.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/IPAddress.h>
#ifdef STELE_TLS
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPSClientSession.h>
#endif
#include <fmt/format.h>

#include <boost/json.hpp>
#include <istream>

#include "src/base/error.hpp"

namespace stele::machine {
namespace {

namespace json = boost::json;
using Session = std::unique_ptr<Poco::Net::HTTPClientSession>;
using Clock = std::chrono::steady_clock;

constexpr size_t largest_answer = 4u << 20;  // bytes

[[noreturn]] void fail(std::string reason) { throw Error(ErrorCode::overloaded, std::move(reason)); }

Session session_for(const Poco::URI& uri) {
#ifdef STELE_TLS
    using Poco::Net::Context;
    if (uri.getScheme() == "https") {
        static const Context::Ptr context = new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_STRICT, 9, true);
        return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
    }
#endif
    return std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
}

struct Answer {
    int status = 0;
    std::string body;
};

std::string read_whole(std::istream& in, Clock::time_point end) {
    std::string body;
    char buffer[16'384];
    while (in.good()) {
        // Some bytes at a time, so that one who dribbles is noticed.
        in.read(buffer, 1);
        if (in.gcount() == 0) break;
        body += buffer[0];
        const auto more = in.readsome(buffer, sizeof buffer);
        body.append(buffer, size_t(more));
        if (body.size() > largest_answer) fail("machine-garbled");
        if (Clock::now() > end) fail("machine-down");
    }
    return body;
}

Answer post(const Service& service, const Poco::URI& uri, const std::string& path, const std::string& body,
            std::chrono::milliseconds patience) {
    const auto end = Clock::now() + patience;
    const auto left = [&] {
        using std::chrono::microseconds;
        return Poco::Timespan(
            std::max<std::int64_t>(1'000, std::chrono::duration_cast<microseconds>(end - Clock::now()).count()));
    };
    try {
        const auto session = session_for(uri);
        session->setTimeout(left());
        Poco::Net::HTTPRequest request("POST", path, "HTTP/1.1");
        request.setContentType("application/json");
        request.setContentLength(std::streamsize(body.size()));
        if (service.protocol == Protocol::deepl) request.set("Authorization", "DeepL-Auth-Key " + service.key);
        session->sendRequest(request) << body;
        session->socket().setReceiveTimeout(left());
        Poco::Net::HTTPResponse response;
        auto& in = session->receiveResponse(response);
        return {int(response.getStatus()), read_whole(in, end)};
    } catch (const Poco::Exception&) {
        // Its message may hold what was sent.
        fail("machine-down");
    }
}

json::object body_for_libretranslate(const Service& service, json::array texts, const locale::Tag& source,
                                     const locale::Tag& target) {
    json::object body{{"q", std::move(texts)},
                      {"source", language_for(service.protocol, source, false)},
                      {"target", language_for(service.protocol, target, true)},
                      {"format", "html"}};
    if (!service.key.empty()) body["api_key"] = service.key;
    return body;
}

json::object body_for_deepl(const Service& service, json::array texts, const locale::Tag& source,
                            const locale::Tag& target) {
    return {{"text", std::move(texts)},
            {"source_lang", language_for(service.protocol, source, false)},
            {"target_lang", language_for(service.protocol, target, true)},
            {"tag_handling", "xml"},
            {"preserve_formatting", true},
            {"split_sentences", "nonewlines"}};
}

// 456: DeepL's own for a quota that is used up.
void check_status(const Answer& answer) {
    switch (answer.status) {
        case 200:
            return;
        case 400:
        case 404:
            fail("machine-language");
        case 401:
        case 403:
            fail("machine-refused");
        case 429:
        case 456:
            fail("machine-quota");
        default:
            fail("machine-down");
    }
}

// {"translatedText": ["…"]} or {"translations": [{"text": "…"}]}
std::vector<std::string> texts_of(Protocol protocol, const std::string& body) {
    boost::system::error_code error;
    const auto parsed = json::parse(body, error);
    const auto* object = error ? nullptr : parsed.if_object();
    const auto* list =
        object ? object->if_contains(protocol == Protocol::deepl ? "translations" : "translatedText") : nullptr;
    if (!list || !list->is_array()) fail("machine-garbled");
    std::vector<std::string> texts;
    for (const auto& item : list->get_array()) {
        const auto* one = item.is_object() ? item.get_object().if_contains("text") : &item;
        if (!one || !one->is_string()) fail("machine-garbled");
        texts.emplace_back(one->get_string());
    }
    return texts;
}

}  // namespace

std::optional<Protocol> protocol_named(std::string_view name) {
    if (name == "libretranslate") return Protocol::libretranslate;
    if (name == "deepl") return Protocol::deepl;
    return std::nullopt;
}

std::string service_url_mistake(const std::string& url) {
    try {
        const Poco::URI uri(url);
        if (uri.getScheme() != "https" && uri.getScheme() != "http") return "it begins with https:// or http://";
        if (uri.getHost().empty()) return "it names no host";
        if (!uri.getUserInfo().empty()) return "the key is an option of its own";
        if (!uri.getRawQuery().empty() || !uri.getFragment().empty()) return "it ends before ? and #";
#ifndef STELE_TLS
        if (uri.getScheme() == "https") return "this binary was built without TLS";
#endif
        return {};
    } catch (const Poco::Exception&) {
        return "it is no address";
    }
}

bool shows_keys(const std::string& url) {
    const Poco::URI uri(url);
    if (uri.getScheme() != "http" || uri.getHost() == "localhost") return false;
    Poco::Net::IPAddress address;
    return !Poco::Net::IPAddress::tryParse(uri.getHost(), address) || !address.isLoopback();
}

HttpProvider::HttpProvider(Service service) : service_(std::move(service)), uri_(service_.url) {}

std::vector<std::string> HttpProvider::translate(std::span<const std::string> texts, const locale::Tag& source,
                                                 const locale::Tag& target, std::chrono::milliseconds patience) {
    const bool deepl = service_.protocol == Protocol::deepl;
    json::array list(texts.begin(), texts.end());
    const auto body = deepl ? body_for_deepl(service_, std::move(list), source, target)
                            : body_for_libretranslate(service_, std::move(list), source, target);
    auto path = uri_.getPathAndQuery();
    while (path.ends_with('/')) path.pop_back();
    const auto answer =
        post(service_, uri_, path + (deepl ? "/v2/translate" : "/translate"), json::serialize(body), patience);
    check_status(answer);
    return texts_of(service_.protocol, answer.body);
}

}  // namespace stele::machine
