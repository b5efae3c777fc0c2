#include "tests/faults/failing_calls.hpp"

#include <sqlite3.h>
#include <sys/types.h>

#include <atomic>
#include <cerrno>
#include <initializer_list>

namespace stele::testing {
namespace {

// SQLite's VFS keeps its system calls in a table by name, made to be replaced (sqlite.org/c3ref/vfs.html). Only
// functions without state fit in, so that what they do is decided here.
std::atomic<int> write_code = 0, open_code = 0;

using Write = ssize_t (*)(int, const void*, size_t);
using WriteAt = ssize_t (*)(int, const void*, size_t, off_t);
using Open = int (*)(const char*, int, int);
Write real_write;
WriteAt real_pwrite, real_pwrite64;
Open real_open;

template <class Real, class... A>
auto call(const std::atomic<int>& code, Real real, A... args) -> decltype(real(args...)) {
    if (const int wanted = code) {
        errno = wanted;
        return -1;
    }
    return real(args...);
}

ssize_t fake_write(int file, const void* data, size_t size) { return call(write_code, real_write, file, data, size); }
ssize_t fake_pwrite(int file, const void* data, size_t size, off_t at) {
    return call(write_code, real_pwrite, file, data, size, at);
}
ssize_t fake_pwrite64(int file, const void* data, size_t size, off_t at) {
    return call(write_code, real_pwrite64, file, data, size, at);
}
int fake_open(const char* name, int flags, int mode) { return call(open_code, real_open, name, flags, mode); }

// Where SQLite was built without one of them, its entry is empty.
template <class Function>
void replace(sqlite3_vfs& vfs, const char* name, Function fake, Function& real) {
    real = reinterpret_cast<Function>(vfs.xGetSystemCall(&vfs, name));
    if (real) vfs.xSetSystemCall(&vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(fake));
}

void replace_all() {
    static const bool done = [] {
        auto& vfs = *sqlite3_vfs_find("unix");
        replace(vfs, "write", &fake_write, real_write);
        replace(vfs, "pwrite", &fake_pwrite, real_pwrite);
        replace(vfs, "pwrite64", &fake_pwrite64, real_pwrite64);
        replace(vfs, "open", &fake_open, real_open);
        return true;
    }();
    (void)done;
}

std::atomic<int>& code_of(FailingCalls::Call call) {
    return call == FailingCalls::Call::write ? write_code : open_code;
}

}  // namespace

FailingCalls::FailingCalls(Call call, int code) : call_(call) {
    replace_all();
    code_of(call_) = code;
}

FailingCalls::~FailingCalls() { code_of(call_) = 0; }

}  // namespace stele::testing
