#include "tests/support/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace stele::test {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& words) {
    std::vector<char*> made;
    for (const auto& word : words) made.push_back(const_cast<char*>(word.c_str()));
    made.push_back(nullptr);
    return made;
}

std::vector<std::string> merged(std::map<std::string, std::string> environment) {
    for (char** each = environ; *each; ++each) {
        const std::string_view line = *each;
        const auto equals = line.find('=');
        if (equals != std::string_view::npos)
            environment.emplace(line.substr(0, equals), line.substr(equals + 1));  // what was added stays
    }
    std::vector<std::string> lines;
    for (const auto& [name, value] : environment) lines.push_back(name + "=" + value);
    return lines;
}

// Between fork and exec in a process with threads: system calls only.
[[noreturn]] void become(char* const* arguments, char* const* environment, int output, const Child::Setting& setting) {
    ::dup2(output, STDOUT_FILENO);
    const char* errors = setting.errors.c_str();
    if (*errors) ::dup2(::open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644), STDERR_FILENO);
    const rlimit files{setting.open_files, setting.open_files};
    if (setting.open_files != 0 && ::setrlimit(RLIMIT_NOFILE, &files) != 0) ::_exit(126);
    if (setting.user != 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(setting.user) != 0 || ::setuid(setting.user) != 0))
        ::_exit(126);
    if (setting.traced && ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(126);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const Setting& setting) {
    const auto lines = merged(setting.environment);
    const auto arguments = pointers(command), environment = pointers(lines);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    process_ = ::fork();
    if (process_ == 0) become(arguments.data(), environment.data(), ends[1], setting);
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

void Child::kill() {
    if (process_ > 0) ::kill(process_, SIGKILL);
    wait();
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
    char chunk[4096];
    for (ssize_t got = 0; (got = ::read(output_, chunk, sizeof chunk)) > 0;) said.append(chunk, size_t(got));
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

}  // namespace stele::test
