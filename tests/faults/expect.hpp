#pragma once
// What a fault has to look like to whoever made the request, and in the log.
#include <string>

#include "server/app.hpp"
#include "tests/support/http_client.hpp"

namespace stele::testing {

// A problem document with this status and type, whose words are those of the catalog in the caller's language.
// `code` and `reason` as in Error.
void expect_problem(const test::HttpResponse& answer, ErrorCode code, const std::string& reason,
                    const std::string& language);
// A page that says the same to a person.
void expect_page(const test::HttpResponse& answer, ErrorCode code, const std::string& reason,
                 const std::string& language);
// The log names the reason, and has nothing of the text and no token of the request.
void expect_log(const std::string& log, const std::string& reason, const std::string& token);

// A word that stands in every text that these tests write, and nowhere else.
inline const std::string text_of_users = "fjellvettregel";

// A new article with so many bytes of text.
std::string new_article(const std::string& key, std::size_t bytes);

}  // namespace stele::testing
