#include "tests/unit/content/edit_script.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace stele::tests {
namespace {

using content::Kind;
using content::Leaf;

constexpr const char* own_words =
    "The harbour library opens at nine on weekdays and stays open until the last ferry has left.\n\n"
    "## Opening hours\n\nRead more\n\nBring a card from any town on the coast; a guest card is made while you wait.\n\n"
    "## Rooms\n\n- The reading room has forty seats and one long table for maps.\n- The workshop has two presses.\n"
    "- The quiet room has no table at all.\n\nRead more\n\n"
    "| Day | Hours |\n|---|---|\n| Monday | nine to five |\n| Tuesday | nine to eight |\n\n"
    "Children borrow without a fee, and so do teachers who come with a class.\n\nRead more\n";

std::string without_front_matter(const std::string& text) {
    if (!text.starts_with("---\n")) return text;
    const size_t end = text.find("\n---\n", 3);
    return end == text.npos ? text : text.substr(end + 5);
}

std::vector<std::filesystem::path> markdown_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::is_directory(folder)) {
        BOOST_TEST_MESSAGE("SKIPPED: no content in " << folder);
        return files;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".md" && entry.path().stem() != "README") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> words_in(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

std::vector<std::vector<Leaf>> corpus() {
    std::vector<std::vector<Leaf>> bodies = {content::segments_of(own_words).leaves};
    const std::filesystem::path top = STELE_SOURCE_DIR;
    const char* named = std::getenv("STELE_CONTENT");
    const std::filesystem::path real = named ? std::filesystem::path(named) : top.parent_path() / "shared/content";
    for (const auto& folder : {real, top / "config/demo"}) {
        for (const auto& file : markdown_files(folder)) {
            std::ostringstream text;
            text << std::ifstream(file).rdbuf();
            auto leaves = content::segments_of(without_front_matter(text.str())).leaves;
            if (leaves.size() > 2) bodies.push_back(std::move(leaves));
        }
    }
    return bodies;
}

EditScript::EditScript(const std::vector<Leaf>& leaves, std::uint64_t seed) : random_(seed) {
    for (size_t i = 0; i < leaves.size(); ++i) {
        pieces_.push_back({leaves[i], {i}});
        for (auto& word : words_in(leaves[i].text)) vocabulary_.push_back(std::move(word));
    }
}

std::vector<Leaf> EditScript::leaves() const {
    std::vector<Leaf> leaves;
    for (const Piece& piece : pieces_) leaves.push_back(piece.leaf);
    return leaves;
}

void EditScript::edit() {
    log_ += "save:";
    for (size_t count = 1 + below(3); count > 0; --count) operation();
    deleted_.insert(deleted_.end(), deleted_just_now_.begin(), deleted_just_now_.end());
    deleted_just_now_.clear();
    log_ += "\n";
}

void EditScript::operation() {
    const size_t at = below(pieces_.size());
    const size_t other = below(pieces_.size());
    const auto note = [&](const char* what) { log_ += std::string(" ") + what + "@" + std::to_string(at); };
    switch (below(10)) {
        case 0:
        case 1:
            note("edit");
            return change_words(pieces_[at]);
        case 2:
            note("split");
            return split(at);
        case 3:
            note("merge");
            return merge(at);
        case 4:
            note("move");
            return move(at);
        case 5:
            note("swap");
            return std::swap(pieces_[at], pieces_[other]);
        case 6: {
            note("duplicate");
            const Piece copy = pieces_[at];
            pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(other), copy);
            return;
        }
        case 7:
            if (pieces_.size() < 4) return;
            note("delete");
            deleted_just_now_.push_back(pieces_[at]);
            pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(at));
            return;
        case 8:
            note("bring back");
            return bring_back();
        default:
            note("kind");
            return change_kind(at);
    }
}

// From one word to nearly all of them: replaced, put in, or taken out.
void EditScript::change_words(Piece& piece) {
    auto words = words_in(piece.leaf.text);
    const size_t changes = 1 + below(std::max<size_t>(1, words.size() * (1 + below(9)) / 10));
    for (size_t i = 0; i < changes && !words.empty(); ++i) {
        const size_t at = below(words.size());
        const auto place = words.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(3)) {
            case 0:
                words[at] = vocabulary_[below(vocabulary_.size())];
                break;
            case 1:
                words.insert(place, vocabulary_[below(vocabulary_.size())]);
                break;
            default:
                if (words.size() > 1) words.erase(place);
        }
    }
    piece.leaf.text = joined(words);
}

void EditScript::split(size_t at) {
    const auto words = words_in(pieces_[at].leaf.text);
    if (words.size() < 2) return;
    const auto middle = words.begin() + static_cast<std::ptrdiff_t>(1 + below(words.size() - 1));
    Piece second = pieces_[at];
    second.leaf.text = joined({middle, words.end()});
    pieces_[at].leaf.text = joined({words.begin(), middle});
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(at) + 1, second);
}

void EditScript::merge(size_t at) {
    if (at + 1 >= pieces_.size() || pieces_.size() < 4) return;
    const Piece& next = pieces_[at + 1];
    pieces_[at].leaf.text += " " + next.leaf.text;
    pieces_[at].origins.insert(next.origins.begin(), next.origins.end());
    pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(at) + 1);
}

void EditScript::move(size_t from) {
    const Piece piece = pieces_[from];
    pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(from));
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(below(pieces_.size() + 1)), piece);
}

void EditScript::bring_back() {
    if (deleted_.empty()) return;
    const auto which = deleted_.begin() + static_cast<std::ptrdiff_t>(below(deleted_.size()));
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(below(pieces_.size() + 1)), *which);
    deleted_.erase(which);
}

// Wrapped in a list, or a heading turned into a paragraph, and back.
void EditScript::change_kind(size_t at) {
    Kind& kind = pieces_[at].leaf.kind;
    if (kind == Kind::paragraph) {
        kind = below(4) == 0 ? Kind::heading : Kind::list_item;
    } else {
        kind = Kind::paragraph;
    }
}

}  // namespace stele::tests
