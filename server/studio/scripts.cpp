#include "server/studio/scripts.hpp"

#include <algorithm>
#include <map>

#include "server/delivery/keys.hpp"
#include "server/site/answer.hpp"
#include "server/studio/studio.hpp"
#include "src/base/embedded.hpp"

namespace stele::studio {
namespace {

struct Scripts {
    std::map<std::string, std::string, std::less<>> files;  // by name without folders
    std::string version;
};

// Without indents and lines that are remarks alone: what browsers need not load. No text in the scripts spans lines.
std::string code_of(std::string_view text) {
    std::string code;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (!line.empty() && !line.starts_with("//")) code.append(line) += '\n';
    }
    return code;
}

Scripts read_scripts() {
    Scripts scripts;
    std::string all;
    for (const auto& file : embedded::list("server/studio/")) {
        const bool ours = file.name.ends_with(".mjs") || file.name.ends_with("/editor.css");
        if (!ours) continue;
        scripts.files.emplace(file.name.substr(file.name.rfind('/') + 1),
                              file.name.ends_with(".mjs") ? code_of(file.text) : std::string(file.text));
        all += file.text;
    }
    scripts.version = site::hash_of(all);
    return scripts;
}

const Scripts& scripts() {
    static const Scripts read = read_scripts();
    return read;
}

}  // namespace

std::string script_address(std::string_view file) {
    return "/studio/script/" + scripts().version + "/" + std::string(file);
}

std::string in_page(const boost::json::value& value) {
    std::string out;
    for (const char c : boost::json::serialize(value)) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

std::string script_words(const App& app, const Call& call) {
    boost::json::object words;
    for (const auto& key : app.catalog->keys("en"))
        if (key.starts_with("script.")) words[key.substr(7)] = app.catalog->pattern(call.language, key);
    // What pages say as well.
    using Alias = std::pair<std::string_view, std::string_view>;
    for (const auto& [name, key] : {Alias{"segments", "studio.worklist.segments"},
                                    {"words-left", "studio.words-left"},
                                    {"origin-memory", "editor.origin.memory"},
                                    {"origin-machine", "editor.origin.machine"}})
        words[name] = app.catalog->pattern(call.language, key);
    for (int i = 0; i <= int(content::State::current); ++i) {
        const std::string state(content::name_of(content::State(i)));
        words["state-" + state] = app.catalog->pattern(call.language, "state." + state);
        words["shape-" + state] = app.catalog->pattern(call.language, "state." + state + ".shape");
    }
    return in_page(words);
}

http::Response show_script(App&, const Call& call) {
    const auto file = scripts().files.find(call.request.param("file"));
    if (file == scripts().files.end()) throw Error(ErrorCode::not_found, "path");
    const bool is_script = file->first.ends_with(".mjs");
    auto response = http::text_response(200, is_script ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8",
                                        file->second);
    // A page of another version of the product, still open or from another node, gets what there is, but not for ever.
    const bool same = call.request.param("version") == scripts().version;
    response.set("Cache-Control", same ? "public, max-age=31536000, immutable" : "no-store");
    // A page asks for a score of them at once: they wait for no worker.
    if (same) delivery::may_be_kept(response, {});
    return response;
}

}  // namespace stele::studio
