#include "server/delivery/entry.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>

#include "server/delivery/keys.hpp"
#include "server/http/characters.hpp"
#include "server/http/conditional.hpp"

namespace stele::delivery {
namespace {

bool is_redirect(int status) { return status == 301 || status == 302 || status == 307 || status == 308; }

bool is_for_all(const http::Response& response) {
    if (response.status != 200 && !is_redirect(response.status)) return false;
    if (response.header(surrogate_key).empty() || !response.header("Set-Cookie").empty()) return false;
    // It depends on more than its address.
    if (!response.header("Vary").empty()) return false;
    const auto control = response.header("Cache-Control");
    return control.find("no-store") == std::string_view::npos && control.find("private") == std::string_view::npos;
}

std::string hash_of(std::string_view bytes) { return fmt::format("{:016x}", XXH3_64bits(bytes.data(), bytes.size())); }

// Of the handler, where it gave a strong one.
std::string tag_of(const http::Response& response) {
    if (response.status != 200) return {};
    const auto tag = http::parse_entity_tag(response.header("ETag"));
    return tag && !tag->weak ? tag->opaque : hash_of(response.body);
}

// RFC 9110 section 15.4.5, and the keys: a proxy that asks again may have been told to forget by them.
constexpr std::array<std::string_view, 4> in_304{"ETag", "Cache-Control", "Vary", surrogate_key};

http::Response not_modified_of(const http::Response& response) {
    http::Response unchanged{.status = 304, .headers = {}, .body = {}, .kind = response.kind};
    for (const auto name : in_304)
        if (const auto value = response.header(name); !value.empty()) unchanged.set(name, std::string(value));
    return unchanged;
}

}  // namespace

struct Entry::Representation {
    http::Output whole, unchanged;
    std::string tag;  // with its quotes

    std::size_t bytes() const {
        return whole.head.size() + whole.body.size() + unchanged.head.size() + tag.size() + sizeof(*this);
    }
};

std::shared_ptr<Entry> Entry::of(http::Response& response, const Made& made) {
    if (!is_for_all(response)) return nullptr;
    return std::make_shared<Entry>(std::move(response), made);
}

Entry::Entry(http::Response response, const Made& made)
    : tag_(tag_of(response)),
      modified_(response.status == 200 ? made.modified : std::nullopt),
      guests_only_(made.guests_only),
      coded_(response.status == 200 && may_be_coded(response.header("Content-Type"), response.body.size())) {
    made_at = made.at;
    places = Cache::places(response.header(surrogate_key));
    auto body = std::move(response.body);
    response.body.clear();
    fields_ = std::move(response);
    if (coded_) fields_.set("Vary", "Accept-Encoding");
    if (modified_) fields_.set("Last-Modified", http::http_date(*modified_));
    auto& identity = owned_[std::size_t(Coding::identity)];
    identity = representation(Coding::identity, std::move(body));
    representations_[std::size_t(Coding::identity)] = identity.get();
    bytes_ = sizeof(*this) + places.size() * sizeof(places[0]) + identity->bytes();
    // Codings are seldom made of an entry that is not asked for again; its fields take about as much as a head.
    bytes_ += identity->whole.head.size();
}

Entry::~Entry() = default;

std::unique_ptr<Entry::Representation> Entry::representation(Coding coding, std::string body) const {
    auto response = fields_;
    auto made = std::make_unique<Representation>();
    if (response.status == 200) {
        made->tag = fmt::format("\"{}{}\"", tag_, suffix_of(coding));
        response.set("ETag", made->tag);
        if (coding != Coding::identity) response.set("Content-Encoding", std::string(name_of(coding)));
        made->unchanged = http::serialise(not_modified_of(response));
        made->unchanged.source = http::Output::Source::hit;
    }
    response.body = std::move(body);
    made->whole = http::serialise(std::move(response));
    made->whole.source = http::Output::Source::hit;
    return made;
}

Coding Entry::coding_for(const Wishes& wishes) const {
    return coded_ && !wishes.accept_encoding.empty() ? choose_coding(wishes.accept_encoding) : Coding::identity;
}

// If-None-Match alone decides where it is there (RFC 9110 section 13.2.2). A redirect has nothing to compare.
http::Output Entry::output_of(const Representation& representation, const Wishes& wishes) const {
    if (representation.tag.empty()) return representation.whole;
    if (!wishes.if_none_match.empty())
        return http::names_tag(wishes.if_none_match, representation.tag) ? representation.unchanged
                                                                         : representation.whole;
    if (modified_ && !wishes.if_modified_since.empty()) {
        const auto since = http::parse_http_date(wishes.if_modified_since);
        if (since && *modified_ <= *since) return representation.unchanged;
    }
    return representation.whole;
}

std::optional<http::Output> Entry::find(const Wishes& wishes) const {
    const auto* there = representations_[std::size_t(coding_for(wishes))].load(std::memory_order_acquire);
    if (!there) return std::nullopt;
    return output_of(*there, wishes);
}

const Entry::Representation& Entry::made(Coding coding) {
    auto& place = representations_[std::size_t(coding)];
    if (const auto* there = place.load(std::memory_order_acquire)) return *there;
    const std::lock_guard lock(making_);
    if (const auto* there = place.load(std::memory_order_acquire)) return *there;
    const auto& identity = *owned_[std::size_t(Coding::identity)];
    auto bytes = encoded(identity.whole.body, coding);
    if (bytes.size() >= identity.whole.body.size()) {
        place.store(&identity, std::memory_order_release);
        return identity;
    }
    auto& owned = owned_[std::size_t(coding)];
    bytes.shrink_to_fit();
    owned = representation(coding, std::move(bytes));
    bytes_.fetch_add(owned->bytes(), std::memory_order_relaxed);
    place.store(owned.get(), std::memory_order_release);
    return *owned;
}

http::Output Entry::answer(const Wishes& wishes) {
    try {
        return output_of(made(coding_for(wishes)), wishes);
    } catch (const std::bad_alloc&) {  // then without a coding, for now
        return output_of(*owned_[std::size_t(Coding::identity)], wishes);
    }
}

}  // namespace stele::delivery
