#include "src/locale/digits.hpp"

#include <unicode/numsys.h>

#include <memory>

#include "src/locale/icu.hpp"

namespace stele::locale {

std::string digits_of(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberingSystem> system(icu::NumberingSystem::createInstance(icu_locale(tag), status));
    check(status, "NumberingSystem::createInstance");
    return system->getName();
}

}  // namespace stele::locale
