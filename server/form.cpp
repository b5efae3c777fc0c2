#include "server/form.hpp"

#include <Poco/MemoryStream.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>
#include <Poco/StreamCopier.h>

#include <algorithm>

#include "src/base/error.hpp"
#include "src/locale/text.hpp"

namespace stele {
namespace {

// CRLF, CR and LF are one line end each (HTML, constructing the entry list).
std::string with_plain_line_endings(const std::string& text) {
    std::string plain;
    plain.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (!pair) plain += text[i] == '\r' ? '\n' : text[i];
    }
    return plain;
}

// A NUL may also stand there as it is, without an escape.
bool is_text(std::string_view value) { return locale::is_utf8(value) && value.find('\0') == std::string_view::npos; }

bool has_parts(const http::Request& request) {
    return request.header("Content-Type").starts_with("multipart/form-data");
}

Form form_of_fields(const http::Request& request) {
    if (!http::escapes_are_sound(request.body)) throw Error(ErrorCode::malformed, "form");
    return Form(http::query_items(request.body));
}

constexpr int most_parts = 200;

Form form_of_parts(const http::Request& request) {
    http::QueryItems items;
    Uploads files;
    try {
        const Poco::Net::MediaType type{std::string(request.header("Content-Type"))};
        Poco::MemoryInputStream in(request.body.data(), std::streamsize(request.body.size()));
        Poco::Net::MultipartReader reader(in, type.getParameter("boundary"));
        for (int parts = 0; reader.hasNextPart(); ++parts) {
            if (parts == most_parts) throw Error(ErrorCode::malformed, "form");
            Poco::Net::MessageHeader header;
            reader.nextPart(header);
            std::string disposition;
            Poco::Net::NameValueCollection about;
            Poco::Net::MessageHeader::splitParameters(header.get("Content-Disposition", ""), disposition, about);
            std::string content;
            Poco::StreamCopier::copyToString(reader.stream(), content);
            const auto name = about.get("name", "");
            if (!about.has("filename"))
                items.emplace_back(name, std::move(content));
            else if (!about["filename"].empty() || !content.empty())
                files[name] = {about["filename"], std::move(content)};
        }
    } catch (const Poco::Exception&) {
        throw Error(ErrorCode::malformed, "form");
    }
    return Form(std::move(items), std::move(files));
}

}  // namespace

std::string Form::text(std::string_view name) const {
    for (const auto& [key, value] : items_)
        if (key == name) return with_plain_line_endings(value);
    return {};
}

bool Form::has(std::string_view name) const {
    return std::any_of(items_.begin(), items_.end(), [&](const auto& item) { return item.first == name; });
}

std::vector<std::string> Form::texts(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [key, value] : items_)
        if (key == name) found.push_back(with_plain_line_endings(value));
    return found;
}

const Upload* Form::file(const std::string& name) const {
    const auto at = files_.find(name);
    return at == files_.end() ? nullptr : &at->second;
}

bool is_form(const http::Request& request) {
    return request.header("Content-Type").starts_with("application/x-www-form-urlencoded") || has_parts(request);
}

Form form_of(const http::Request& request) {
    if (!is_form(request)) throw Error(ErrorCode::unsupported_media, "not-form");
    auto form = has_parts(request) ? form_of_parts(request) : form_of_fields(request);
    for (const auto& [name, value] : form.items())
        if (!is_text(name) || !is_text(value)) throw Error(ErrorCode::malformed, "form");
    return form;
}

}  // namespace stele
