#pragma once
// Random edits of a source that know where every leaf came from.
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/content/segment.hpp"

namespace stele::tests {

struct Piece {
    content::Leaf leaf;
    std::set<size_t> origins;  // leaves of the first version that its words came from; several after a merge
};

// The bodies of real and demo content, and one of our own, cut into leaves; says loudly which are absent.
std::vector<std::vector<content::Leaf>> corpus();

class EditScript {
  public:
    EditScript(const std::vector<content::Leaf>& leaves, std::uint64_t seed);

    // One to three operations, as an editor makes them between two saves.
    void edit();
    const std::vector<Piece>& pieces() const { return pieces_; }
    std::vector<content::Leaf> leaves() const;
    const std::string& log() const { return log_; }

  private:
    size_t below(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random_); }
    void operation();
    void change_words(Piece& piece);
    void split(size_t at);
    void merge(size_t at);
    void move(size_t from);
    void bring_back();
    void change_kind(size_t at);

    std::mt19937_64 random_;
    std::vector<Piece> pieces_;
    std::vector<Piece> deleted_;  // in an earlier save
    std::vector<Piece> deleted_just_now_;
    std::vector<std::string> vocabulary_;
    std::string log_;
};

}  // namespace stele::tests
