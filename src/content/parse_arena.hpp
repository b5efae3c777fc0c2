#pragma once
// The memory of cmark's trees. cmark allocates some hundred bytes for each node and frees them one by one, which costs
// as much as parsing; here they are taken from large chunks, and all go at once.
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

struct cmark_mem;

namespace stele::content {

// While one lives, cmark's nodes of this thread are made in the newest; trees live as long as it does. Only on the
// stack, or as a member of what is.
class ParseArena {
  public:
    ParseArena();
    ~ParseArena();
    ParseArena(const ParseArena&) = delete;
    ParseArena& operator=(const ParseArena&) = delete;

    cmark_mem* functions() const;

    void* allocate(size_t bytes);  // zeroed
    void* resize(void* block, size_t bytes);
    void release(void* block);

  private:
    static constexpr size_t step = 16;      // sizes are multiples of it
    static constexpr size_t reused = 1024;  // blocks up to this size are used again

    void* carve(size_t size);
    bool is_last(void* block) const;

    ParseArena* outer_;
    std::vector<std::unique_ptr<char[]>> chunks_;
    char* next_ = nullptr;
    char* end_ = nullptr;
    std::array<void*, reused / step + 1> free_{};  // by size: each begins with the address of the next
};

}  // namespace stele::content
