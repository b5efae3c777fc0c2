#pragma once
// One answer as it is kept: the bytes of each content coding, ready to be sent, and those of its 304.
#include <array>
#include <atomic>
#include <ctime>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/delivery/cache.hpp"
#include "server/delivery/coding.hpp"
#include "server/http/output.hpp"
#include "server/http/response.hpp"

namespace stele::delivery {

// What of a request decides which of an entry's answers it gets: the values of its fields, empty where it has none.
struct Wishes {
    std::string_view accept_encoding, if_none_match, if_modified_since;
};

class Entry : public Kept {
  public:
    struct Made {
        Epoch at = 0;
        std::optional<std::time_t> modified{};  // Last-Modified, where a time can be named
        bool guests_only = false;               // those with a session get answers of their own
    };
    // Null where the answer may not be kept: `response` is left as it was then.
    static std::shared_ptr<Entry> of(http::Response& response, const Made& made);
    Entry(http::Response response, const Made& made);
    ~Entry() override;

    bool guests_only() const { return guests_only_; }
    std::size_t bytes() const override { return bytes_.load(std::memory_order_relaxed); }

    // The answer to such a request: whole, or 304. Absent where its coding has not been made yet.
    std::optional<http::Output> find(const Wishes& wishes) const;
    // Makes it where need be: takes its time.
    http::Output answer(const Wishes& wishes);

  private:
    struct Representation;

    Coding coding_for(const Wishes& wishes) const;
    http::Output output_of(const Representation& representation, const Wishes& wishes) const;
    const Representation& made(Coding coding);
    std::unique_ptr<Representation> representation(Coding coding, std::string body) const;

    http::Response fields_;  // without a body, ETag and Content-Encoding
    std::string tag_;        // inside the quotes; empty for a redirect
    std::optional<std::time_t> modified_;
    bool guests_only_, coded_;
    std::atomic<std::size_t> bytes_ = 0;
    std::mutex making_;
    std::array<std::unique_ptr<Representation>, codings> owned_;
    // A coding that does not pay is the identity.
    std::array<std::atomic<const Representation*>, codings> representations_{};
};

}  // namespace stele::delivery
