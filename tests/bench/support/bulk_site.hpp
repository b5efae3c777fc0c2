#pragma once
// A site of any size, written in bulk: what each row holds is computed by editing/, and storage/ writes it in few large
// transactions, so that a million articles take minutes and the product's own check finds nothing to say.
#include "src/storage/store.hpp"

namespace stele::bench {

// Every article is English and published. In the second locale of the site all but one of 10,000 are translated, in
// the others seven of ten; a translation is published, one in sixteen of them outdated, one without its summary. Titles
// begin with a number, which is each article's place in every list: so has a page of any list at any size the same mix.
// Keys and slugs rise with the articles: in any other order nearly every one of them would have a page of its indexes
// written anew, which is most of what a fill would take.
struct Bulk {
    int articles = 0;
    int paragraphs = 2;
    int batch = 1'000;  // articles that one transaction writes
};
// Into a site without articles, whose locales are in force.
void fill_in_bulk(const Store& store, const Bulk& bulk);

// The place in every list, from 0, of the article made as number `article` of `articles`, from 0.
int place_of(int article, int articles);
bool is_translated(int place, size_t locale);  // by the locale's number in the site
std::string bulk_slug(int article, const std::string& locale);

}  // namespace stele::bench
