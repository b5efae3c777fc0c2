#include "tests/faults/small_disk.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace stele::testing {
namespace {

constexpr auto filler = "filler";

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

// In a namespace of this process, what is mounted is gone with it, however it ends.
bool have_own_mounts() {
    static const bool own =
        ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return own;
}

}  // namespace

SmallDisk::SmallDisk(std::size_t bytes) {
    auto name = (std::filesystem::temp_directory_path() / "stele-disk-XXXXXX").string();
    if (!::mkdtemp(name.data())) fail(name);
    path_ = name;
    const auto options = "mode=0777,size=" + std::to_string(bytes);
    if (::mount("tmpfs", name.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) != 0) fail("mount");
}

SmallDisk::~SmallDisk() {
    ::umount2(path_.c_str(), MNT_DETACH);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void SmallDisk::fill(std::size_t but) {
    const int file = ::open((path_ / filler).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) fail("open");
    int code = 0;
    do {  // again, where somebody else has just taken some of it
        struct statvfs space {};
        ::statvfs(path_.c_str(), &space);
        const auto left = space.f_bavail * space.f_bsize;
        code = left <= but ? 0 : ::posix_fallocate(file, 0, static_cast<off_t>(left - but));
    } while (code == ENOSPC);
    ::close(file);
    if (code != 0) throw std::system_error(code, std::generic_category(), "fallocate");
}

void SmallDisk::make_room() { std::filesystem::remove(path_ / filler); }

void SmallDisk::make_read_only() {
    if (::mount(nullptr, path_.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) fail("remount");
}

std::vector<std::string> SmallDisk::files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
        if (entry.path().filename() != filler) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

boost::test_tools::assertion_result MayMount::operator()(boost::unit_test::test_unit_id) const {
    boost::test_tools::assertion_result result(::geteuid() == 0 && have_own_mounts());
    if (!result) result.message() << "only root may mount a small disk";
    return result;
}

}  // namespace stele::testing
