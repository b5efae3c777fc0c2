#pragma once
#include <string>
#include <string_view>

namespace stele {

// UTF-8 without U+FFFE and U+FFFF, which are no characters of XML (XML 1.0, section 2.2): U+FFFD stands for them.
inline std::string for_xml(std::string text) {
    for (const std::string_view nothing : {"\xef\xbf\xbe", "\xef\xbf\xbf"})
        for (size_t at = 0; (at = text.find(nothing, at)) != std::string::npos; at += nothing.size())
            text.replace(at, nothing.size(), "\xef\xbf\xbd");
    return text;
}

}  // namespace stele
