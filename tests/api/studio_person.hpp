#pragma once
// A person at a browser without script, for tests of the studio: reads forms out of pages, and sends them as a browser
// would.
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

#include "server/http/percent.hpp"
#include "src/accounts/links.hpp"
#include "tests/support/test_site.hpp"

namespace stele::testing {

using accounts::Role;

inline std::string tag_text(const std::string& text) { return locale::Tag::stored(text).text(); }

inline std::string unescaped(std::string text) {
    const std::pair<std::string_view, std::string_view> entities[] = {{"&lt;", "<"},   {"&gt;", ">"},  {"&quot;", "\""},
                                                                      {"&apos;", "'"}, {"&#39;", "'"}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities)
        for (size_t at = 0; (at = text.find(entity, at)) != std::string::npos; at += character.size())
            text.replace(at, entity.size(), character);
    return text;
}

inline std::string between(const std::string& text, const std::string& before, const std::string& after,
                           size_t from = 0) {
    const auto at = text.find(before, from);
    if (at == std::string::npos) return {};
    const auto begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

using Fields = std::map<std::string, std::string>;

// What a browser would send of the page's form with this action, without the buttons.
inline Fields fields_of(const std::string& html, const std::string& action) {
    const auto form = between(html, "action=\"" + action + "\"", "</form>");
    BOOST_REQUIRE_MESSAGE(!form.empty(), "no form for " + action + " in " + html);
    Fields fields;
    for (size_t at = 0; (at = form.find("<input", at)) != std::string::npos; ++at) {
        const auto tag = form.substr(at, form.find('>', at) - at);
        const bool unchecked = tag.find("checkbox") != std::string::npos && tag.find(" checked") == std::string::npos;
        if (!unchecked) fields[between(tag, " name=\"", "\"")] = unescaped(between(tag, " value=\"", "\""));
    }
    for (size_t at = 0; (at = form.find("<textarea", at)) != std::string::npos; ++at) {
        const auto text = between(form, ">\n", "</textarea>", at);
        fields[between(form, " name=\"", "\"", at)] = unescaped(text);
    }
    for (size_t at = 0; (at = form.find("<select", at)) != std::string::npos; ++at) {
        const auto options = between(form, ">", "</select>", at);
        const auto end = options.find("\" selected");
        const auto begin = end == std::string::npos ? end : options.rfind('"', end - 1);
        fields[between(form, " name=\"", "\"", at)] =
            begin == std::string::npos ? std::string() : options.substr(begin + 1, end - begin - 1);
    }
    return fields;
}

inline std::string encoded(const Fields& fields) {
    std::string body;
    for (const auto& [name, value] : fields) {
        // Browsers send line ends as CRLF.
        std::string lines;
        for (const char c : value) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
        body += (body.empty() ? "" : "&") + http::percent_encoded(name) + "=" + http::percent_encoded(lines);
    }
    return body;
}

class Person {
  public:
    Person(TestSite& site, const std::string& name, Role role, const std::vector<std::string>& locales = {})
        : site_(site) {
        std::vector<locale::Tag> tags;
        for (const auto& text : locales) tags.push_back(locale::Tag::stored(text));
        accounts::create_user(site.store(), {.name = name, .grants = {{role, tags}}});
        const auto answer = site.call("POST", "/studio/sign-in/" + accounts::create_sign_in_link(site.store(), name));
        BOOST_REQUIRE_EQUAL(answer.status, 303);
        cookie_ = answer.header("Set-Cookie");
        cookie_ = cookie_.substr(0, cookie_.find(';'));
    }
    Answer get(const std::string& target) { return site_.call("GET", target, {}, {}, {{"Cookie", cookie_}}); }
    Answer post(const std::string& target, const Fields& fields) { return post_raw(target, encoded(fields)); }
    // What no browser sends.
    Answer post_raw(const std::string& target, const std::string& body) {
        return site_.call("POST", target, {}, body,
                          {{"Cookie", cookie_}, {"Content-Type", "application/x-www-form-urlencoded"}});
    }
    // A form with a file.
    struct Chosen {
        std::string field, name, content;
    };
    Answer post_parts(const std::string& target, const Fields& fields, const Chosen& file) {
        std::string body;
        for (const auto& [name, value] : fields)
            body += "--parting-x\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        body += "--parting-x\r\nContent-Disposition: form-data; name=\"" + file.field + "\"; filename=\"" + file.name +
                "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file.content + "\r\n--parting-x--\r\n";
        return site_.call("POST", target, {}, body,
                          {{"Cookie", cookie_}, {"Content-Type", "multipart/form-data; boundary=parting-x"}});
    }
    // The form at `target`, changed and sent with the button `action`.
    Answer submit(const std::string& target, const Fields& changed, const std::string& action) {
        return send(target, fields_of(get(target).text, target), changed, action);
    }
    Answer send(const std::string& target, Fields fields, const Fields& changed, const std::string& action) {
        for (const auto& [name, value] : changed) fields[name] = value;
        fields["action"] = action;
        return post(target, fields);
    }

  private:
    TestSite& site_;
    std::string cookie_;
};

inline std::string form_path(ArticleId id, const std::string& locale) {
    return "/studio/articles/" + std::to_string(number(id)) + "/" + tag_text(locale);
}

inline int outdated(TestSite& site, ArticleId id, const std::string& locale) {
    return int(site.translation(id, locale).segments.outdated);
}

inline bool has(const Answer& answer, std::string_view text) { return answer.text.find(text) != std::string::npos; }

// The harbour's first paragraph with another month, saved by its editor.
inline void change_source(Person& editor, TestSite& site, const std::string& from, const std::string& to) {
    const auto path = form_path(site.harbour, "nb");
    auto fields = fields_of(editor.get(path).text, path);
    auto& body = fields["body"];
    BOOST_REQUIRE(body.find(from) != std::string::npos);
    body.replace(body.find(from), from.size(), to);
    BOOST_REQUIRE_EQUAL(editor.send(path, fields, {}, "save").status, 303);
}

}  // namespace stele::testing
