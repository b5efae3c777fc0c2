// compose, and the stored form of a skeleton.
#include <boost/json.hpp>
#include <stdexcept>

#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

namespace json = boost::json;

std::string filled(const Skeleton& skeleton, const std::vector<std::string_view>& texts) {
    std::string out;
    for (size_t i = 0; i < skeleton.slots.size(); ++i) {
        out += skeleton.literals[i];
        out += text_in_slot(skeleton.slots[i], texts[i]);
    }
    return out += skeleton.literals.back();
}

// Bytes as the code points U+0000 to U+00FF, escaped: any literal survives, in ASCII.
void append_string(std::string& out, std::string_view bytes) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
            out += c;
        } else {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    out += '"';
}

template <typename Range, typename Append>
void append_list(std::string& out, const Range& range, Append append) {
    out += '[';
    bool first = true;
    for (const auto& item : range) {
        if (!first) out += ',';
        first = false;
        append(item);
    }
    out += ']';
}

std::string bytes_from(const json::value& value) {
    std::string bytes;
    const json::string& text = value.as_string();
    for (size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            bytes += text[i];
            continue;
        }
        if (byte < 0xC2 || byte > 0xC3 || i + 1 == text.size()) throw std::runtime_error("skeleton: not a byte");
        bytes += static_cast<char>(((byte & 3) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F));
    }
    return bytes;
}

Slot slot_from(const json::value& value) {
    const json::array& parts = value.as_array();
    if (parts.size() != 3) throw std::runtime_error("skeleton: not a slot");
    const auto kind = kind_named(std::string_view(parts[0].as_string()));
    if (!kind) throw std::runtime_error("skeleton: unknown kind");
    Slot slot{*kind, {}, bytes_from(parts[1])};
    for (const json::value& prefix : parts[2].as_array()) slot.line_prefixes.push_back(bytes_from(prefix));
    return slot;
}

}  // namespace

std::string compose(const Skeleton& skeleton, std::span<const std::optional<std::string>> texts) {
    std::vector<bool> present;
    std::vector<std::string_view> own;
    for (size_t i = 0; i < skeleton.slots.size(); ++i) {
        present.push_back(i < texts.size() && texts[i] && !scan::is_blank(*texts[i]));
        if (present.back()) own.push_back(*texts[i]);
    }
    if (own.size() == skeleton.slots.size()) return filled(skeleton, own);
    return filled(without_absent(skeleton, present), own);
}

// {"literals": […], "slots": [[kind, next_prefix, [line_prefix …]] …]}
std::string to_stored(const Skeleton& skeleton) {
    std::string out = "{\"literals\":";
    const auto string = [&](std::string_view bytes) { append_string(out, bytes); };
    append_list(out, skeleton.literals, string);
    out += ",\"slots\":";
    append_list(out, skeleton.slots, [&](const Slot& slot) {
        out += '[';
        string(name_of(slot.kind));
        out += ',';
        string(slot.next_prefix);
        out += ',';
        append_list(out, slot.line_prefixes, string);
        out += ']';
    });
    return out += '}';
}

Skeleton parse_skeleton(std::string_view stored) {
    try {
        const json::value value = json::parse(json::string_view(stored.data(), stored.size()));
        Skeleton skeleton;
        for (const json::value& literal : value.at("literals").as_array())
            skeleton.literals.push_back(bytes_from(literal));
        for (const json::value& slot : value.at("slots").as_array()) skeleton.slots.push_back(slot_from(slot));
        if (skeleton.literals.size() != skeleton.slots.size() + 1) throw std::runtime_error("skeleton: not aligned");
        return skeleton;
    } catch (const std::runtime_error&) {
        throw;
    } catch (const std::exception& e) {
        throw std::runtime_error(std::string("skeleton: ") + e.what());
    }
}

}  // namespace stele::content
