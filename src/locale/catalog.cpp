#include "src/locale/catalog.hpp"

#include <atomic>
#include <boost/json.hpp>
#include <optional>
#include <stdexcept>

#include "src/locale/cache.hpp"
#include "src/locale/chain.hpp"
#include "src/locale/message.hpp"
#include "src/locale/parents.hpp"

namespace stele::locale {
namespace {

using Messages = std::map<std::string, Message, std::less<>>;

Message read_message(const Tag& tag, const boost::json::value& value) {
    if (!value.is_string()) throw std::runtime_error("the value is not a string");
    if (value.get_string().empty()) throw std::runtime_error("the value is empty");
    return Message(tag, std::string(value.get_string()));
}

Messages read_file(const Tag& tag, const std::string& json) {
    boost::json::error_code error;
    const auto file = boost::json::parse(json, error);
    if (error) throw std::runtime_error("not JSON: " + error.message());
    if (!file.is_object()) throw std::runtime_error("not a JSON object");
    Messages messages;
    for (const auto& [key, value] : file.get_object()) {
        if (key.starts_with('_')) continue;
        try {
            messages.emplace(key, read_message(tag, value));
        } catch (const std::runtime_error& mistake) {
            throw std::runtime_error(std::string(key) + ": " + mistake.what());
        }
    }
    return messages;
}

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

}  // namespace

struct Catalog::Impl {
    std::map<Tag, Messages> languages;
    std::vector<Enabled> loaded;
    Tag english = Tag::stored("en");
    std::uint64_t id = next_id();  // two catalogs of one process (tests, a reload) share the threads' caches

    const Message* find(const Tag& tag, std::string_view key) const {
        const auto language = languages.find(tag);
        if (language == languages.end()) return nullptr;
        const auto message = language->second.find(key);
        return message == language->second.end() ? nullptr : &message->second;
    }

    const Message* find(std::string_view text, std::string_view key) const {
        const auto tag = Tag::parse(text);
        return tag ? find(*tag, key) : nullptr;
    }

    Tag closest(const Tag& tag) const {
        for (const auto& parent : parents_of(tag))
            if (languages.contains(parent)) return parent;
        return negotiate(tag.text(), loaded, english).locale;
    }
};

Catalog::Catalog(const std::map<std::string, std::string>& files) : impl_(std::make_unique<Impl>()) {
    for (const auto& [name, json] : files) {
        try {
            const auto tag = Tag::parse(name);
            if (!tag) throw std::runtime_error("the name is not a language tag");
            impl_->languages.emplace(*tag, read_file(*tag, json));
            impl_->loaded.push_back({*tag, std::nullopt});
        } catch (const std::runtime_error& mistake) {
            throw std::runtime_error(name + ".json: " + mistake.what());
        }
    }
    if (!impl_->languages.contains(impl_->english)) throw std::runtime_error("en.json: not there");
}

Catalog::~Catalog() = default;

Tag Catalog::interface_tag(const Tag& tag) const {
    if (impl_->languages.contains(tag)) return tag;
    thread_local BoundedCache<Tag> closest(128);
    return closest.get(std::to_string(impl_->id) + ' ' + tag.text(), [&] { return impl_->closest(tag); });
}

std::string Catalog::text(const Tag& tag, std::string_view key, const Params& params) const {
    const auto* message = impl_->find(interface_tag(tag), key);
    // An unfinished language says the rest in English rather than in keys.
    if (!message) message = impl_->find(impl_->english, key);
    return message ? message->text(params) : std::string(key);
}

std::string Catalog::pattern(const Tag& tag, std::string_view key) const {
    const auto* message = impl_->find(interface_tag(tag), key);
    if (!message) message = impl_->find(impl_->english, key);
    return message ? message->pattern() : std::string(key);
}

bool Catalog::has(std::string_view key) const { return impl_->find(impl_->english, key) != nullptr; }

std::vector<std::string> Catalog::tags() const {
    std::vector<std::string> names;
    for (const auto& [tag, messages] : impl_->languages) names.push_back(tag.text());
    return names;
}

std::vector<std::string> Catalog::keys(std::string_view tag) const {
    std::vector<std::string> names;
    const auto parsed = Tag::parse(tag);
    const auto language = parsed ? impl_->languages.find(*parsed) : impl_->languages.end();
    if (language == impl_->languages.end()) return names;
    for (const auto& [key, message] : language->second) names.push_back(key);
    return names;
}

std::vector<std::string> Catalog::arguments(std::string_view tag, std::string_view key) const {
    const auto* message = impl_->find(tag, key);
    return message ? message->arguments() : std::vector<std::string>();
}

std::vector<std::string> Catalog::missing_plurals(std::string_view tag, std::string_view key) const {
    const auto* message = impl_->find(tag, key);
    return message ? message->missing_plurals() : std::vector<std::string>();
}

}  // namespace stele::locale
