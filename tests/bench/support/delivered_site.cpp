#include "tests/bench/support/delivered_site.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

#include "tests/support/child.hpp"

namespace stele::bench {
namespace {

constexpr auto demo = STELE_SOURCE_DIR "/config/demo";

std::string text_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The same text under another key, title and slug.
std::string copy_of(const std::string& original, int number) {
    auto copy = std::regex_replace(original, std::regex("\nkey: [^\n]*"), fmt::format("\nkey: copy-{}", number));
    copy = std::regex_replace(copy, std::regex("\nslug: [^\n]*"), fmt::format("\nslug: kopi-{}", number));
    return std::regex_replace(copy, std::regex("\ntitle: \"([^\n]*)\""), fmt::format("\ntitle: \"$1, {}\"", number));
}

std::string last_line(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text.substr(text.rfind('\n') + 1);
}

}  // namespace

DeliveredSite::DeliveredSite(int copies) {
    import(demo);
    if (copies > 0) write_copies(copies);
    test::Child command({STELE_BINARY, "token", "create", "--name", "bench", "--role", "admin"},
                        {.environment = environment()});
    token_ = last_line(command.output());
}

Environment DeliveredSite::environment(const Environment& more) const {
    Environment all{{"STELE_DATABASE", "sqlite:" + folder() + "/site.db"},
                    {"STELE_LISTEN", "127.0.0.1:0"},
                    {"STELE_MAX_CONNECTIONS_PER_ADDRESS", "0"},
                    {"STELE_MAX_REQUESTS_PER_CONNECTION", "0"}};
    for (const auto& [name, value] : more) all[name] = value;
    return all;
}

void DeliveredSite::write_copies(int count) {
    const auto original = text_of(std::string(demo) + "/lillehammer-solidarity-city.nb.md");
    const auto target = folder() + "/copies";
    std::filesystem::create_directory(target);
    const auto body = original.substr(original.find("---\n", 4) + 4);
    auto longer = copy_of(original, 0);
    for (int i = 1; i < 20; ++i) longer += "\n" + body;
    std::ofstream(target + "/copy-0.nb.md", std::ios::binary) << longer;
    for (int i = 1; i <= count; ++i) {
        std::ofstream(fmt::format("{}/copy-{}.nb.md", target, i), std::ios::binary) << copy_of(original, i);
        copies_.push_back(fmt::format("/nb/kopi-{}", i));
    }
    import(target);
}

void DeliveredSite::import(const std::string& from) const {
    // The demo's files include some that another locale lacks on purpose, and none that are bad.
    test::Child command({STELE_BINARY, "import", from}, {.environment = environment()});
    command.output();
    if (command.wait() != 0) throw std::runtime_error(from + " could not be imported");
}

}  // namespace stele::bench
