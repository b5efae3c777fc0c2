#pragma once
// A small file system of a test's own, which can be full. Only root may mount one; elsewhere such a test is left out,
// and says so.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

namespace stele::testing {

class SmallDisk {
  public:
    explicit SmallDisk(std::size_t bytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    const std::filesystem::path& path() const { return path_; }
    // One file takes all that is left, but for so many bytes.
    void fill(std::size_t but = 0);
    // That file is gone.
    void make_room();
    // Throws where a file is open for writing.
    void make_read_only();
    std::vector<std::string> files() const;

  private:
    std::filesystem::path path_;
};

struct MayMount {
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const;
};

}  // namespace stele::testing
