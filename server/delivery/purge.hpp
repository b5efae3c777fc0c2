#pragma once
// Tells caches before the server (a CDN, Varnish) what they may not show any more: POSTs the keys of each change to the
// configured addresses, signed. Nobody waits for them: what cannot be delivered now is put together with what comes
// later and tried again, for as long as it takes.
//
//     POST …    Content-Type: application/json
//     Stele-Signature: t=1795320000,v1=5f8c…            see signature()
//     {"keys":["article-17","locale-nb"]}   or   {"all":true}
//
// What happened while nobody was there to tell it is not known, so the first thing told is "all".
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/delivery/keys.hpp"

namespace stele::delivery {

// "t=SECONDS,v1=HEX": HEX is the HMAC-SHA256 of "SECONDS.BODY" with the secret as its key. Whoever checks it should
// also refuse times that are long past.
std::string signature(std::string_view secret, std::int64_t seconds, std::string_view body);

// The addresses of the option purge_urls, which stand side by side with spaces or commas between them.
std::vector<std::string> purge_urls_of(std::string_view option);

// What is wrong with an address, in words for whoever wrote it; empty for one that can be used.
std::string purge_url_mistake(const std::string& url);

struct PurgeOptions {
    std::vector<std::string> urls;
    std::string secret;
    std::string trusted{};  // as Post takes it
    std::function<void(std::string_view line)> log{};
    std::size_t most_keys = 1'000;  // that wait; more become {"all":true}
    std::chrono::milliseconds answer_within{5'000};
    // Between two POSTs, so that many changes become one; after a failure, doubled at each up to the longest.
    std::chrono::milliseconds pause{100}, first_delay{500}, longest_delay{60'000};
};

class PurgeHook {
  public:
    explicit PurgeHook(PurgeOptions options);
    // Tries once more to deliver what waits, where that did not fail before.
    ~PurgeHook();
    PurgeHook(const PurgeHook&) = delete;
    PurgeHook& operator=(const PurgeHook&) = delete;

    // Takes the keys along; never blocks.
    void add(const Keys& keys);

    struct Counts {
        std::uint64_t delivered = 0, failed = 0;  // POSTs
        std::size_t waiting = 0;                  // keys; "all" is one
    };
    Counts counts() const;

  private:
    class Receiver;
    const PurgeOptions options_;
    std::vector<std::unique_ptr<Receiver>> receivers_;
};

}  // namespace stele::delivery
