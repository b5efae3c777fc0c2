#include "src/terms/stem.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "src/locale/characters.hpp"
#include "src/locale/text.hpp"

namespace stele::terms {
namespace {

std::string_view language_of(const locale::Tag& tag) {
    return std::string_view(tag.text()).substr(0, tag.text().find('-'));
}

// What Snowball knows by another code than BCP 47, beside its own ISO 639 codes.
std::string algorithm_of(std::string_view language) {
    if (language == "nb" || language == "nn") return "norwegian";
    return std::string(language);
}

struct Delete {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, Delete>;

// Null where there are none. Stemmers keep a buffer, so each thread has its own; there are some thirty languages.
sb_stemmer* stemmer_for(const locale::Tag& tag) {
    thread_local std::unordered_map<std::string, Stemmer> stemmers;
    const auto algorithm = algorithm_of(language_of(tag));
    const auto at = stemmers.find(algorithm);
    if (at != stemmers.end()) return at->second.get();
    constexpr size_t most = 200;
    if (stemmers.size() >= most) stemmers.clear();
    return stemmers.emplace(algorithm, Stemmer(sb_stemmer_new(algorithm.c_str(), nullptr))).first->second.get();
}

bool is_any_of(std::string_view language, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), language) != list.end();
}

bool elides(std::string_view language) { return is_any_of(language, {"fr", "it", "ca", "oc", "co", "scn"}); }

// Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan: blocks of Unicode, whatever the language of the text.
bool is_unspaced(char32_t c) {
    constexpr std::array<std::pair<char32_t, char32_t>, 10> blocks{{{0x0E00, 0x0EFF},
                                                                    {0x0F00, 0x0FFF},
                                                                    {0x1000, 0x109F},
                                                                    {0x1780, 0x17FF},
                                                                    {0x3005, 0x3007},
                                                                    {0x3040, 0x30FF},
                                                                    {0x3400, 0x4DBF},
                                                                    {0x4E00, 0x9FFF},
                                                                    {0xF900, 0xFAFF},
                                                                    {0x20000, 0x3FFFF}}};
    return c >= blocks[0].first &&
           std::any_of(blocks.begin(), blocks.end(), [&](auto block) { return c >= block.first && c <= block.second; });
}

class Words {
  public:
    Words(const content::Prose& prose, const locale::Tag& tag)
        : prose_(prose), tag_(tag), elides_(elides(language_of(tag))) {}

    std::vector<Word> run() {
        for (const auto piece : locale::word_tokens(prose_.text, tag_)) {
            const size_t first = at_;
            const auto end = size_t(piece.data() - prose_.text.data()) + piece.size();
            while (at_ < prose_.characters.size() && prose_.characters[at_].byte < end) ++at_;
            if (first < at_) add(first, at_);
        }
        return std::move(words_);
    }

  private:
    char32_t c(size_t i) const { return prose_.characters[i].c; }
    bool is_wordy(size_t i) const { return locale::is_letter(c(i)) || locale::digit_value(c(i)) >= 0; }

    void add(size_t first, size_t last) {
        if (!is_wordy(first)) return;
        if (is_unspaced(c(first))) {
            for (size_t i = first; i < last; ++i)
                words_.push_back(
                    {prose_.text.substr(prose_.characters[i].byte, byte_after(i) - prose_.characters[i].byte), i, i + 1,
                     false});
            return;
        }
        constexpr size_t longest_elided = 3;
        for (size_t i = first; elides_ && i < last && i - first <= longest_elided; ++i)
            if ((c(i) == U'\'' || c(i) == 0x2019) && i + 1 < last) {
                first = i + 1;
                break;
            }
        words_.push_back({stem(text(first, last), tag_), first, last, all_capitals(first, last)});
    }

    size_t byte_after(size_t i) const {
        return i + 1 < prose_.characters.size() ? prose_.characters[i + 1].byte : prose_.text.size();
    }
    std::string_view text(size_t first, size_t last) const {
        const auto begin = prose_.characters[first].byte;
        return std::string_view(prose_.text).substr(begin, byte_after(last - 1) - begin);
    }
    bool all_capitals(size_t first, size_t last) const {
        size_t letters = 0;
        for (size_t i = first; i < last; ++i) {
            if (!locale::is_letter(c(i))) continue;
            if (!locale::is_upper(c(i))) return false;
            ++letters;
        }
        return letters > 1;
    }

    const content::Prose& prose_;
    const locale::Tag& tag_;
    bool elides_;
    size_t at_ = 0;
    std::vector<Word> words_;
};

}  // namespace

std::string stem(std::string_view word, const locale::Tag& tag) {
    auto folded = locale::fold_case(word);
    constexpr std::string_view curly = "\u2019";
    if (const auto at = folded.find(curly); at != folded.npos) folded.replace(at, curly.size(), "'");
    auto* stemmer = stemmer_for(tag);
    constexpr size_t longest_word = 200;  // bytes: what is longer is no word of a language
    if (!stemmer || folded.size() > longest_word) return folded;
    const auto* stemmed =
        sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(folded.data()), int(folded.size()));
    if (!stemmed) return folded;
    return {reinterpret_cast<const char*>(stemmed), size_t(sb_stemmer_length(stemmer))};
}

std::vector<Word> words_of(const content::Prose& prose, const locale::Tag& tag) { return Words(prose, tag).run(); }

}  // namespace stele::terms
