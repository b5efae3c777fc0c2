#include "tests/bench/support/adversarial_forms.hpp"

#include <fmt/format.h>

#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "server/http/percent.hpp"
#include "src/exchange/csv.hpp"
#include "src/exchange/front_matter.hpp"
#include "src/locale/chain.hpp"
#include "src/locale/message.hpp"

namespace stele::bench {
namespace {

locale::Tag tag(std::string_view text) { return locale::Tag::parse(text).value(); }

const std::vector<std::string> locales{"en", "nb", "nn", "da", "sv", "fi", "is",
                                       "de", "fr", "es", "pt", "it", "pl", "ar"};

AdversarialForm own(std::string name, std::string family, size_t max_bytes,
                    const std::function<std::string(size_t)>& text,
                    const std::function<void(const std::string&)>& run) {
    return {std::move(name), std::move(family), max_bytes, [text, run](size_t bytes) {
                auto input = text(bytes);
                const size_t size = input.size();
                return Form{size, [input = std::move(input), run] {
                                try {
                                    run(input);
                                } catch (const std::exception&) {
                                    // To be refused is an answer too; what it costs is what is measured.
                                }
                            }};
            }};
}

std::string listed(size_t bytes, std::string_view open, const std::function<std::string(size_t)>& item,
                   std::string_view close) {
    std::string text(open);
    for (size_t i = 0; text.size() < bytes; ++i) text += item(i);
    return text.append(close);
}

}  // namespace

std::vector<AdversarialForm> adversarial_forms() {
    using fmt::format;
    const auto json = [](const std::string& text) {
        const auto value = api::parse_json(text);
        if (!value.is_object()) return;
        api::Decoder decoder(value.as_object());
        decoder.text("title", api::Lines::one);
        decoder.texts("tags");
        decoder.objects("segments", [](api::Decoder& d) { d.text("id", api::Lines::one); });
        decoder.remaining_texts(api::Lines::many);
        decoder.finish();
    };
    constexpr size_t json_bytes = 8 << 20;
    const auto front = [](const std::string& text) { exchange::split_file(text); };
    constexpr size_t front_bytes = exchange::max_front_matter_bytes - 100;
    const auto accept = [](const std::string& text) {
        static const auto enabled = [] {
            std::vector<locale::Enabled> all;
            for (const auto& l : locales) all.push_back({tag(l), std::nullopt, int(all.size())});
            return all;
        }();
        locale::negotiate(text, enabled, tag("en"));
    };
    constexpr size_t head_bytes = 16'000;
    const auto message = [](const std::string& text) { locale::Message(tag("en"), text).text({}); };
    std::vector<AdversarialForm> tasks{
        own(
            "JSON", "members", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"title\":\"x\"", [](size_t i) { return format(",\"m{}\":\"\"", i); }, "}");
            },
            json),
        own(
            "JSON", "members of wrong types", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"title\":1", [](size_t i) { return format(",\"m{}\":{}", i, i); }, "}");
            },
            json),
        own(
            "JSON", "segments", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"segments\":[{}", [](size_t i) { return format(",{{\"id\":\"b{}\"}}", i); }, "]}");
            },
            json),
        own(
            "JSON", "unknown members of segments", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"segments\":[{}", [](size_t) { return ",{\"x\":0}"; }, "]}");
            },
            json),
        own(
            "JSON", "texts", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"tags\":[\"\"", [](size_t) { return ",\"a\""; }, "]}");
            },
            json),
        own(
            "JSON", "nulls in texts", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"tags\":[\"\"", [](size_t) { return ",null"; }, "]}");
            },
            json),
        own(
            "JSON", "escapes", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"title\":\"", [](size_t) { return "\\u00e9"; }, "\"}");
            },
            json),
        own(
            "JSON", "long numbers", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"tags\":[0", [](size_t) { return ",1234567890.12345678901234567890e-300"; }, "]}");
            },
            json),
        own(
            "JSON", "one long number", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"title\":1", [](size_t) { return "0"; }, "}");
            },
            json),
        own(
            "JSON", "one long fraction", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"title\":0.", [](size_t) { return "7"; }, "}");
            },
            json),
        own(
            "JSON", "depth", json_bytes, [](size_t n) { return std::string(n, '['); }, json),
        own(
            "JSON", "empty arrays", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"tags\":[[]", [](size_t) { return ",[]"; }, "]}");
            },
            json),
        own(
            "JSON", "long equal keys", json_bytes,
            [](size_t n) {
                return listed(
                    n, "{\"x\":0", [](size_t i) { return format(",\"{}{}\":0", std::string(200, 'k'), i); }, "}");
            },
            json),
        own(
            "front matter", "keys", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\n", [](size_t i) { return format("k{}: v\n", i); }, "---\n");
            },
            front),
        own(
            "front matter", "list", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk:\n", [](size_t) { return "- a\n"; }, "---\n");
            },
            front),
        own(
            "front matter", "flow list", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: [a", [](size_t) { return ",a"; }, "]\n---\n");
            },
            front),
        own(
            "front matter", "flow depth", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: ", [](size_t) { return "["; }, "\n---\n");
            },
            front),
        own(
            "front matter", "braces", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: ", [](size_t) { return "{a: "; }, "\n---\n");
            },
            front),
        own(
            "front matter", "aliases", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\na0: &a0 [x,x]\n", [](size_t i) { return format("a{1}: &a{1} [*a{0},*a{0}]\n", i, i + 1); },
                    "---\n");
            },
            front),
        own(
            "front matter", "stairs", front_bytes,
            [](size_t n) {
                std::string t = "---\n";
                for (size_t i = 0; t.size() < n; ++i) t.append(i, ' ').append("k:\n");
                return t + "---\n";
            },
            front),
        own(
            "front matter", "open quote", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: \"", [](size_t) { return "a\n "; }, "---\n");
            },
            front),
        own(
            "front matter", "block text", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: |\n", [](size_t) { return "  a\n"; }, "---\n");
            },
            front),
        own(
            "front matter", "explicit keys", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\n", [](size_t) { return "? a\n"; }, "---\n");
            },
            front),
        own(
            "front matter", "dashes in a line", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk:\n  ", [](size_t) { return "- "; }, "a\n---\n");
            },
            front),
        own(
            "front matter", "long line", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: ", [](size_t) { return "a: "; }, "\n---\n");
            },
            front),
        own(
            "front matter", "tags", front_bytes,
            [](size_t n) {
                return listed(
                    n, "---\nk: ", [](size_t) { return "!!str "; }, "\n---\n");
            },
            front),
        own(
            "CSV", "rows", json_bytes,
            [](size_t n) {
                return listed(
                    n, "a,b\n", [](size_t) { return "1,2\n"; }, "");
            },
            [](const std::string& text) { exchange::parse_csv(text); }),
        own(
            "CSV", "columns", json_bytes,
            [](size_t n) {
                return listed(
                    n, "a", [](size_t i) { return format(",a{}", i); }, "\n");
            },
            [](const std::string& text) { exchange::parse_csv(text); }),
        own(
            "CSV", "quotes", json_bytes,
            [](size_t n) {
                return listed(
                    n, "\"", [](size_t) { return "\"\""; }, "\n");
            },
            [](const std::string& text) { exchange::parse_csv(text); }),
        own(
            "Accept-Language", "real tags", head_bytes,
            [](size_t n) {
                return listed(
                    n, "tlh", [](size_t i) { return format(",{}-x-a{}", locales[i % locales.size()], i); }, "");
            },
            accept),
        own(
            "Accept-Language", "unknown tags", head_bytes,
            [](size_t n) {
                return listed(
                    n, "tlh",
                    [](size_t i) {
                        return format(",q{}{}-Latn-ZZ-1994;q=0.{}", char('a' + i % 20), char('a' + i / 20 % 20),
                                      1 + i % 9);
                    },
                    "");
            },
            accept),
        own(
            "Accept-Language", "excluded", head_bytes,
            [](size_t n) {
                return listed(
                    n, "en;q=0", [](size_t i) { return format(",{};q=0", locales[i % locales.size()]); }, "");
            },
            accept),
        own(
            "Accept-Language", "commas", head_bytes, [](size_t n) { return std::string(n, ','); }, accept),
        own(
            "message", "arguments", json_bytes,
            [](size_t n) {
                return listed(
                    n, "", [](size_t i) { return format("{{a{}}}", i); }, "");
            },
            message),
        own(
            "message", "plurals", 20'000,
            [](size_t n) {
                return listed(
                    n, "", [](size_t i) { return format("{{a{}, plural, one {{x}} other {{y}}}}", i); }, "");
            },
            message),
        own(
            "message", "nested", 20'000,
            [](size_t n) {
                std::string open, close;
                while (open.size() + close.size() < n) open += "{a, select, other {", close += "}}";
                return open + close;
            },
            message),
        own(
            "message", "apostrophes", json_bytes, [](size_t n) { return std::string(n, '\''); }, message),
        own(
            "form", "fields", json_bytes,
            [](size_t n) {
                return listed(
                    n, "a=1", [](size_t) { return "&a=1"; }, "");
            },
            [](const std::string& text) { http::query_items(text); }),
        own(
            "form", "escapes", json_bytes,
            [](size_t n) {
                return listed(
                    n, "a=", [](size_t) { return "%C3%A5"; }, "");
            },
            [](const std::string& text) { http::query_items(text); }),
    };
    return tasks;
}

}  // namespace stele::bench
