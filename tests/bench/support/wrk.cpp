#include "tests/bench/support/wrk.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/child.hpp"

namespace stele::bench {
namespace {

// The figures on one line; and of several paths one at random. Requests are made once: what a choice costs wrk is the
// same whoever answers.
constexpr auto script = R"lua(
local number = 0
function setup(thread)
    number = number + 1
    thread:set("seed", number)
end
function init(args)
    local pause = tonumber(args[1])
    if pause > 0 then delay = function() return pause end end
    if not args[2] then return end
    local ready = {}
    for path in io.lines(args[2]) do ready[#ready + 1] = wrk.format("GET", path) end
    math.randomseed(seed)
    request = function() return ready[math.random(#ready)] end
end
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format("figures %d %d %d %d %d %d %d\n", summary.duration, summary.requests, summary.bytes,
        latency:percentile(50), latency:percentile(99), errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
)lua";

Delivered figures_of(const std::string& said) {
    const auto at = said.find("figures ");
    if (at == std::string::npos) throw std::runtime_error("wrk: " + said);
    std::istringstream line(said.substr(at + 8));
    Delivered found;
    line >> found.seconds >> found.requests >> found.bytes >> found.p50 >> found.p99 >> found.refused >> found.broken;
    found.seconds /= 1e6;
    return found;
}

}  // namespace

std::string program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path ? path : "") + ":/usr/sbin:/usr/local/sbin");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (const auto file = folder + "/" + name; ::access(file.c_str(), X_OK) == 0) return file;
    throw std::runtime_error(name + " is not installed; ./dev bench installs what is missing");
}

Delivered run_wrk(std::uint16_t port, const Wanted& wanted, int connections, int seconds, const std::string& folder) {
    const auto lua = folder + "/wrk.lua", list = folder + "/wrk.paths";
    std::ofstream(lua) << script;
    std::vector<std::string> command{program("wrk"), "--threads=2", fmt::format("--connections={}", connections),
                                     fmt::format("--duration={}s", seconds), "--script=" + lua};
    for (const auto& header : wanted.headers) command.insert(command.end(), {"--header", header});
    command.insert(command.end(), {fmt::format("http://127.0.0.1:{}{}", port, wanted.paths.front()), "--",
                                   std::to_string(wanted.think_ms)});
    if (wanted.paths.size() > 1) {
        std::ofstream paths(list);
        for (const auto& path : wanted.paths) paths << path << '\n';
        command.push_back(list);
    }
    test::Child child(command, {});
    return figures_of(child.output());
}

}  // namespace stele::bench
