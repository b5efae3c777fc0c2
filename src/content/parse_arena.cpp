#include "src/content/parse_arena.hpp"

#include <cmark-gfm.h>

#include <algorithm>
#include <cstring>

namespace stele::content {
namespace {

constexpr size_t first_chunk = 16 * 1024;
constexpr size_t largest_chunk = 1024 * 1024;
constexpr size_t header = sizeof(size_t);  // before each block: its size

// Under the address sanitizer each block is a chunk by itself, so that it sees who writes over the end of one.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool by_itself = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool by_itself = true;
#else
constexpr bool by_itself = false;
#endif
#else
constexpr bool by_itself = false;
#endif

thread_local ParseArena* newest = nullptr;

size_t& size_of(void* block) { return *reinterpret_cast<size_t*>(static_cast<char*>(block) - header); }

// Without memory the process ends, as with cmark's own allocator: its frames cannot be unwound.
void* allocate_in_newest(size_t count, size_t size) noexcept { return newest->allocate(count * size); }
void* resize_in_newest(void* block, size_t size) noexcept { return newest->resize(block, size); }
void release_in_newest(void* block) noexcept { newest->release(block); }

}  // namespace

ParseArena::ParseArena() : outer_(newest) { newest = this; }

ParseArena::~ParseArena() { newest = outer_; }

cmark_mem* ParseArena::functions() const {
    static cmark_mem mem{allocate_in_newest, resize_in_newest, release_in_newest};
    return &mem;
}

void* ParseArena::allocate(size_t bytes) {
    // A multiple of `step` together with its header.
    const size_t size = (bytes + header + step - 1) / step * step - header;
    void* block = nullptr;
    if (void*& reusable = free_[std::min(size, reused) / step]; size < reused && reusable) {
        block = reusable;
        std::memcpy(&reusable, block, sizeof reusable);
    } else {
        block = carve(size);
    }
    return std::memset(block, 0, bytes);
}

void* ParseArena::carve(size_t size) {
    if (size_t(end_ - next_) < size + header) {
        const size_t usual = std::min(largest_chunk, first_chunk << std::min<size_t>(chunks_.size(), 6));
        const size_t bytes = by_itself ? size + header : std::max(usual, size + header);
        chunks_.emplace_back(new char[bytes]);
        next_ = chunks_.back().get();
        end_ = next_ + bytes;
    }
    void* block = next_ + header;
    next_ += header + size;
    size_of(block) = size;
    return block;
}

bool ParseArena::is_last(void* block) const { return static_cast<char*>(block) + size_of(block) == next_; }

void* ParseArena::resize(void* block, size_t bytes) {
    if (!block) return allocate(bytes);
    const size_t size = size_of(block);
    if (bytes <= size) return block;
    const size_t more = (bytes - size + step - 1) / step * step;
    if (is_last(block) && size_t(end_ - next_) >= more) {
        next_ += more;
        size_of(block) = size + more;
        return block;
    }
    void* moved = std::memcpy(allocate(bytes), block, size);
    release(block);
    return moved;
}

void ParseArena::release(void* block) {
    if (!block) return;
    const size_t size = size_of(block);
    if (is_last(block)) {
        next_ = static_cast<char*>(block) - header;
    } else if (size < reused) {
        void*& reusable = free_[size / step];
        std::memcpy(block, &reusable, sizeof reusable);
        reusable = block;
    }
}

}  // namespace stele::content
