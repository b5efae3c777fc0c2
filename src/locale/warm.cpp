#include "src/locale/warm.hpp"

#include "src/locale/collate.hpp"
#include "src/locale/format.hpp"
#include "src/locale/text.hpp"

namespace stele::locale {

void warm_thread(const std::vector<Tag>& tags) {
    using namespace std::chrono_literals;
    const auto date = 2020y / std::chrono::January / 1;
    const Time time = std::chrono::sys_days(date);
    for (const auto& tag : tags) {
        format_date(date, tag);
        format_date_range(date, date, tag);
        format_time(time, tag);
        format_relative(time, time + 1h, tag);
        format_number(std::int64_t(1), tag);
        format_list({"a", "b"}, tag);
        plural_category(1, tag);
        native_name(tag);
        sort_key("a", tag);
        count_words("a", tag);
    }
}

}  // namespace stele::locale
