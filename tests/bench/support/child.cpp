#include "tests/bench/support/child.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace stele::bench {
namespace {

[[noreturn]] void become(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
                         int output) {
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::dup2(output, STDOUT_FILENO);
    std::vector<char*> arguments;
    for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    process_ = ::fork();
    if (process_ == 0) {
        ::close(ends[0]);
        become(command, environment, ends[1]);
    }
    ::close(ends[1]);
    output_ = ends[0];
    if (process_ < 0) throw std::runtime_error("fork");
}

Child::~Child() {
    if (process_ > 0) ::kill(process_, SIGTERM);
    wait();
    ::close(output_);
}

int Child::wait() {
    if (process_ <= 0) return -1;
    int status = 0;
    ::waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::uint16_t Child::port() {
    constexpr std::string_view mark = "listening on http://127.0.0.1:";
    std::string said;
    char c = 0;
    while (::read(output_, &c, 1) == 1) {
        said += c;
        if (const auto at = said.find(mark); c == '\n' && at != std::string::npos)
            return static_cast<std::uint16_t>(std::stoi(said.substr(at + mark.size())));
    }
    throw std::runtime_error("the server did not start: " + said);
}

std::string Child::output() {
    std::string said;
    std::array<char, 4096> chunk;
    for (ssize_t got = 0; (got = ::read(output_, chunk.data(), chunk.size())) > 0;)
        said.append(chunk.data(), size_t(got));
    return said;
}

Child::Memory Child::memory_kilobytes() const {
    std::ifstream file(fmt::format("/proc/{}/status", process_));
    Memory memory;
    for (std::string name; file >> name;) {
        if (name == "VmRSS:") file >> memory.resident;
        if (name == "RssAnon:") file >> memory.own;
    }
    return memory;
}

double Child::cpu_micros() const {
    std::ifstream file(fmt::format("/proc/{}/stat", process_));
    const std::string stat{std::istreambuf_iterator<char>(file), {}};
    // utime and stime are the 14th and 15th; the second, a name in parentheses, may have spaces.
    std::istringstream rest(stat.substr(stat.rfind(')') + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) * 1e6 / double(::sysconf(_SC_CLK_TCK));
}

}  // namespace stele::bench
