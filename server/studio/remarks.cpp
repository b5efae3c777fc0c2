#include "server/studio/remarks.hpp"

#include <charconv>

#include "server/faults.hpp"
#include "server/studio/shell.hpp"

namespace stele::studio {
namespace {

// "/segments/3/text" → the fourth id; "/slug" → "slug"; "/fields/place" → "fields.place".
std::string place_of(std::string_view pointer, const std::vector<std::string>& ids) {
    constexpr std::string_view segments = "/segments/", fields = "/fields/";
    if (pointer.starts_with(segments)) {
        pointer.remove_prefix(segments.size());
        size_t i = 0;
        const auto [end, error] = std::from_chars(pointer.data(), pointer.data() + pointer.size(), i);
        return error == std::errc() && i < ids.size() ? ids[i] : std::string();
    }
    if (pointer.starts_with(fields)) return "fields." + std::string(pointer.substr(fields.size()));
    return std::string(pointer.substr(pointer.empty() ? 0 : 1));
}

std::string member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void add_conflict(Remarks& remarks, const boost::json::object& conflict) {
    auto place = member(conflict, "segment");
    if (place.empty()) place = member(conflict, "field");
    if (place.empty()) return;
    remarks.conflicts[place] = {member(conflict, "theirs"), member(conflict, "actor"),
                                parse_rfc3339(member(conflict, "at"))};
}

constexpr std::string_view saved_in_part = "saved_in_part";

}  // namespace

Error after_save(const Error& fault) {
    auto members = fault.members();
    members[saved_in_part] = true;
    return Error(fault.code(), fault.reason(), fault.params(), fault.fields(), std::move(members));
}

bool is_after_save(const Error& fault) { return fault.members().contains(saved_in_part); }

bool is_about_texts(const Error& error) {
    return error.code() == ErrorCode::invalid || error.code() == ErrorCode::version_conflict ||
           error.code() == ErrorCode::precondition_required || !error.fields().empty();
}

Remarks remarks_of(const App& app, const Call& call, const Error& error, const std::vector<std::string>& ids) {
    Remarks remarks;
    remarks.stale = error.code() == ErrorCode::version_conflict || error.code() == ErrorCode::precondition_required;
    for (const auto& field : error.fields()) {
        const auto place = place_of(field.pointer, ids);
        const auto text = word(app, call, field.message, field.params);
        if (place.empty()) {
            remarks.mistake = text;
        } else {
            remarks.mistakes[place] = text;
        }
    }
    if (const auto* conflicts = error.members().if_contains("conflicts"); conflicts && conflicts->is_array())
        for (const auto& conflict : conflicts->get_array())
            if (conflict.is_object()) add_conflict(remarks, conflict.get_object());
    if (remarks.mistakes.empty() && remarks.conflicts.empty() && remarks.mistake.empty())
        remarks.mistake =
            is_after_save(error) ? word(app, call, "studio.saved.in-part") : fault_of(app, error, call.language).detail;
    return remarks;
}

}  // namespace stele::studio
