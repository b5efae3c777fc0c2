#include "server/api/decoder.hpp"

#include <algorithm>

namespace stele::api {
namespace {

namespace json = boost::json;

// C0 and C1 controls and DEL. NUL would end the text in a C interface; the others hide in logs and terminals.
bool has_control(std::string_view text, Lines lines) {
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool layout = c == '\t' || c == '\n' || c == '\r';
        if ((c < 0x20 && !(layout && lines == Lines::many)) || c == 0x7f) return true;
        // U+0080 … U+009F are C2 80 … C2 9F.
        if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
    }
    return false;
}

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

// Every text inside, names of members too. `pointer` grows on the way down.
void find_controls(const json::value& value, std::string pointer, FieldErrors& errors) {
    if (const auto* text = value.if_string()) {
        if (has_control(view(*text), Lines::many))
            errors.push_back({std::move(pointer), "field.control-character", {}});
    } else if (const auto* array = value.if_array()) {
        for (size_t i = 0; i < array->size(); ++i)
            find_controls((*array)[i], pointer + "/" + std::to_string(i), errors);
    } else if (const auto* object = value.if_object()) {
        for (const auto& [name, member] : *object) {
            const std::string_view key(name.data(), name.size());
            const auto inner = pointer + pointer_step(key);
            if (has_control(key, Lines::one)) errors.push_back({inner, "field.control-character", {}});
            find_controls(member, inner, errors);
        }
    }
}

}  // namespace

std::string pointer_step(std::string_view name) {
    std::string step = "/";
    for (char c : name) {
        if (c == '~')
            step += "~0";
        else if (c == '/')
            step += "~1";
        else
            step += c;
    }
    return step;
}

std::string Decoder::pointer_to(std::string_view name) const { return pointer_ + pointer_step(name); }

void Decoder::add_error(std::string_view name, std::string message, Params params) {
    errors_.push_back({pointer_to(name), std::move(message), std::move(params)});
}

void Decoder::wrong_type(std::string_view name, std::string_view expected) {
    add_error(name, "field.type", {{"expected", std::string(expected)}});
}

void Decoder::require(std::string_view name) {
    if (!has(name)) add_error(name, "field.required");
}

const json::value* Decoder::any(std::string_view name) {
    known_.emplace(name);
    return object_.if_contains({name.data(), name.size()});
}

std::optional<std::string> Decoder::checked(std::string_view name, const json::string& text, Lines lines) {
    if (!has_control(view(text), lines)) return std::string(view(text));
    add_error(name, "field.control-character");
    return std::nullopt;
}

std::optional<std::string> Decoder::text(std::string_view name, Lines lines) {
    const auto* value = any(name);
    if (!value) return std::nullopt;
    if (const auto* text = value->if_string()) return checked(name, *text, lines);
    wrong_type(name, "string");
    return std::nullopt;
}

std::optional<bool> Decoder::boolean(std::string_view name) {
    const auto* value = any(name);
    if (!value) return std::nullopt;
    if (const auto* yes = value->if_bool()) return *yes;
    wrong_type(name, "boolean");
    return std::nullopt;
}

std::optional<std::int64_t> Decoder::integer(std::string_view name, std::int64_t min, std::int64_t max) {
    const auto* value = any(name);
    if (!value) return std::nullopt;
    if (!value->is_int64() && !value->is_uint64()) {
        wrong_type(name, "integer");
        return std::nullopt;
    }
    // Boost.JSON keeps as unsigned only what is beyond the largest signed number.
    if (value->is_int64() && value->get_int64() >= min && value->get_int64() <= max) return value->get_int64();
    add_error(name, "field.out-of-range", {{"min", min}, {"max", max}});
    return std::nullopt;
}

std::optional<locale::Tag> Decoder::tag(std::string_view name) {
    const auto written = text(name, Lines::one);
    if (!written) return std::nullopt;
    auto tag = locale::Tag::parse(*written);
    if (!tag) add_error(name, "field.not-a-tag", {{"value", *written}});
    return tag;
}

bool Decoder::fits(std::string_view name, const json::array& items) {
    if (items.size() <= max_items) return true;
    add_error(name, "field.too-many", {{"max", std::int64_t{max_items}}});
    return false;
}

std::optional<std::vector<std::string>> Decoder::texts(std::string_view name) {
    const auto* value = any(name);
    if (!value) return std::nullopt;
    const auto* array = value->if_array();
    if (array && !fits(name, *array)) return std::nullopt;
    const auto is_text = [](const json::value& v) { return v.is_string(); };
    if (!array || !std::all_of(array->begin(), array->end(), is_text)) {
        wrong_type(name, "array");
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (const auto& item : *array) {
        auto text = checked(name, item.get_string(), Lines::one);
        if (!text) return std::nullopt;
        texts.push_back(std::move(*text));
    }
    return texts;
}

std::optional<std::vector<locale::Tag>> Decoder::tags(std::string_view name) {
    const auto written = texts(name);
    if (!written) return std::nullopt;
    std::vector<locale::Tag> tags;
    for (size_t i = 0; i < written->size(); ++i) {
        if (auto tag = locale::Tag::parse((*written)[i]))
            tags.push_back(*tag);
        else
            errors_.push_back(
                {pointer_to(name) + "/" + std::to_string(i), "field.not-a-tag", {{"value", (*written)[i]}}});
    }
    return tags;
}

std::optional<std::string> Decoder::word(std::string_view name, std::vector<std::string_view> words) {
    auto written = text(name, Lines::one);
    if (!written || std::find(words.begin(), words.end(), *written) != words.end()) return written;
    std::string choice;
    for (auto word : words) choice += (choice.empty() ? "" : ", ") + std::string(word);
    add_error(name, "field.choice", {{"choices", choice}});
    return std::nullopt;
}

std::optional<json::object> Decoder::raw_object(std::string_view name) {
    const auto* value = any(name);
    if (!value) return std::nullopt;
    if (const auto* object = value->if_object()) {
        find_controls(*value, pointer_to(name), errors_);
        return *object;
    }
    wrong_type(name, "object");
    return std::nullopt;
}

bool Decoder::object(std::string_view name, const std::function<void(Decoder&)>& each) {
    const auto* value = any(name);
    if (!value) return false;
    if (!value->is_object()) {
        wrong_type(name, "object");
        return false;
    }
    Decoder inner(value->get_object(), pointer_to(name), errors_);
    each(inner);
    inner.note_unknown();
    return true;
}

bool Decoder::objects(std::string_view name, const std::function<void(Decoder&)>& each) {
    const auto* value = any(name);
    if (!value) return false;
    const auto* array = value->if_array();
    if (!array) {
        wrong_type(name, "array");
        return false;
    }
    if (!fits(name, *array)) return false;
    for (size_t i = 0; i < array->size(); ++i) {
        const auto pointer = pointer_to(name) + "/" + std::to_string(i);
        if (!(*array)[i].is_object()) {
            errors_.push_back({pointer, "field.type", {{"expected", std::string("object")}}});
            continue;
        }
        Decoder inner((*array)[i].get_object(), pointer, errors_);
        each(inner);
        inner.note_unknown();
    }
    return true;
}

std::vector<std::pair<std::string, std::string>> Decoder::remaining_texts(Lines lines) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& member : object_) {
        const std::string name(member.key());
        if (known_.contains(name)) continue;
        if (auto value = text(name, lines)) texts.emplace_back(name, std::move(*value));
    }
    return texts;
}

void Decoder::note_unknown() {
    for (const auto& member : object_) {
        const std::string_view name(member.key().data(), member.key().size());
        if (!known_.contains(name)) add_error(name, "field.unknown");
    }
}

void Decoder::finish() {
    note_unknown();
    throw_if_any(std::move(errors_));
}

}  // namespace stele::api
