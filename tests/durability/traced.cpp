#include "tests/durability/traced.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/child.hpp"

namespace stele::testing {
namespace {

bool changes_a_file(const __ptrace_syscall_info& info) {
    switch (info.entry.nr) {
        case SYS_openat:
            return info.entry.args[2] & O_CREAT;
        case SYS_pwrite64:
        case SYS_ftruncate:
        case SYS_fsync:
        case SYS_fdatasync:
        case SYS_renameat:
        case SYS_renameat2:
        case SYS_linkat:
        case SYS_unlinkat:
        case SYS_fchmodat:
        case SYS_fchownat:
#ifdef SYS_rename  // not on every architecture
        case SYS_rename:
        case SYS_link:
        case SYS_unlink:
        case SYS_chmod:
        case SYS_chown:
#endif
            return true;
        case SYS_write:
            return info.entry.args[0] > STDERR_FILENO;
        default:
            return false;
    }
}

bool at_such_a_call(pid_t thread) {
    __ptrace_syscall_info info{};
    return ::ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY &&
           changes_a_file(info);
}

void go_on(pid_t thread, int status) {
    const int signal = WSTOPSIG(status);
    // Of tracing itself: the end of exec, a new thread, a call. Any other is for the program.
    const bool of_tracing = signal == SIGTRAP || signal == (SIGTRAP | 0x80) || signal == SIGSTOP;
    ::ptrace(PTRACE_SYSCALL, thread, nullptr, of_tracing ? 0 : signal);
}

}  // namespace

int run_until_call(const std::vector<std::string>& command, int kill_at) {
    test::Child child(command, {.environment = {}, .errors = "/dev/null", .traced = true});
    int status = 0;
    if (::waitpid(child.process(), &status, 0) != child.process() || !WIFSTOPPED(status)) return -1;
    const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    if (::ptrace(PTRACE_SETOPTIONS, child.process(), nullptr, options) != 0) return -1;
    int calls = 0;
    ::ptrace(PTRACE_SYSCALL, child.process(), nullptr, 0);
    while (true) {
        const auto thread = ::waitpid(-1, &status, __WALL);
        if (thread < 0) return calls;
        if (!WIFSTOPPED(status)) {
            if (thread == child.process()) return calls;  // it has ended
            continue;
        }
        if (WSTOPSIG(status) == (SIGTRAP | 0x80) && at_such_a_call(thread) && ++calls == kill_at) {
            ::kill(child.process(), SIGKILL);
            while (::waitpid(-1, &status, __WALL) != child.process() || WIFSTOPPED(status)) continue;
            return calls;
        }
        go_on(thread, status);
    }
}

}  // namespace stele::testing
