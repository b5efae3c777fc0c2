#include "server/app.hpp"

namespace stele {

Store store_of(App& app) {
    return {.db = *app.database,
            .types = app.types,
            .default_locale = locale::Tag::stored(app.options.default_locale),
            .now = app.now};
}

}  // namespace stele
