#pragma once
#include "server/call.hpp"

namespace stele::api {

// 200 with the translation as it is now, and the ETag of a write that was just made.
http::Response translation_answer(App& app, ArticleId id, const locale::Tag& locale, const editing::Version& version);

}  // namespace stele::api
