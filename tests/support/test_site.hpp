#pragma once
// A few articles in nb, en and ar, on a TestApp: the smallest site that has every kind of gap.
//
//   harbour    news, source nb, published; en complete and published; ar nothing
//   about      page, source en, published; nb lacks its last paragraph, published as it is; ar nothing
//   statement  statement, source en with rows and a date, published; nothing else
//   welcome    page, source ar, a draft; nothing else
#include "src/editing/editing.hpp"
#include "tests/support/test_app.hpp"

namespace stele::testing {

class TestSite : public TestApp {
  public:
    explicit TestSite(Db& db);

    ArticleId harbour, about, statement, welcome;

    editing::Translation translation(ArticleId id, const std::string& locale);
    // The id of the segment of `locale` whose source text begins so; fails the test when there is none.
    std::string segment(ArticleId id, const std::string& locale, std::string_view source_begins);
};

std::string path_of(ArticleId id);                             // "/api/v1/articles/7"
std::string path_of(ArticleId id, const std::string& locale);  // "/api/v1/articles/7/translations/nb"

}  // namespace stele::testing
