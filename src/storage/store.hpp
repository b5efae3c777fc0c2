#pragma once
// What every use-case needs: the database, the content types, the site's default locale, the clock. Passed by
// reference; owned by server/app.hpp or by a test's fixture.
#include <string>

#include "src/base/time.hpp"
#include "src/content/content_type.hpp"
#include "src/db/db.hpp"
#include "src/locale/collate.hpp"
#include "src/locale/tag.hpp"

namespace stele {

struct Store {
    db::Database& db;
    const content::ContentTypes& types;
    locale::Tag default_locale;
    Clock now = system_now;
    locale::Collation collation = locale::Collation::system();
};

// Who does it, as the revisions and the change log name them: "kari", "token:ci", "import".
using Actor = std::string;

}  // namespace stele
