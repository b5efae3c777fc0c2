#pragma once
// Services that translate, over HTTP(S), in the protocol of LibreTranslate or of DeepL.
#include <Poco/URI.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "src/machine/provider.hpp"

namespace stele::machine {

enum class Protocol { libretranslate, deepl };
std::optional<Protocol> protocol_named(std::string_view name);
// What is wrong with an address of a service; "" = nothing.
std::string service_url_mistake(const std::string& url);
// Would a key be sent to it as anybody on the way can read it: by http, to another machine?
bool shows_keys(const std::string& url);

struct Service {
    Protocol protocol;
    std::string url;  // to which "/translate" or "/v2/translate" is added
    std::string key;  // may be empty with LibreTranslate; stands in no message and no log
};

class HttpProvider final : public Provider {
  public:
    explicit HttpProvider(Service service);
    std::vector<std::string> translate(std::span<const std::string> texts, const locale::Tag& source,
                                       const locale::Tag& target, std::chrono::milliseconds patience) override;

  private:
    Service service_;
    Poco::URI uri_;
};

// How the services name a language: DeepL "NB", "EN-GB", "ZH-HANS"; LibreTranslate "nb", "zt".
std::string language_for(Protocol protocol, const locale::Tag& tag, bool as_target);

}  // namespace stele::machine
