#pragma once
// A site of made-up articles, written by the use-cases themselves into a SQLite file.
#include <memory>
#include <string>
#include <vector>

#include "server/app.hpp"
#include "src/editing/editing.hpp"

namespace stele::bench {

// n words of a small vocabulary, the same for the same seed.
std::string words(unsigned seed, int n);
// A body of `paragraphs` paragraphs with two headings.
std::string body(unsigned seed, int paragraphs);

locale::Tag tag(std::string_view text);

// The first `count` of 40 locales, en first and nb second, none of which falls back to another but to en.
std::vector<std::string> locales(size_t count);

// The App that `serve` fills, without its front; for filling with a cache that few would give it.
enum class Use { serving, filling };
std::unique_ptr<App> open_site(const std::string& file, const std::vector<std::string>& locales,
                               Use use = Use::serving);

// One English article, published where asked for.
editing::Created add_article(const Store& store, unsigned seed, int paragraphs, bool published);
// All of it in another locale, as a translator would send it.
editing::Saved translate(const Store& store, ArticleId id, const std::string& locale, unsigned seed, int paragraphs,
                         bool published);
std::string slug_of(unsigned seed, const std::string& locale);

}  // namespace stele::bench
