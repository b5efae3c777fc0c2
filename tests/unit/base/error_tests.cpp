#include <boost/test/unit_test.hpp>
#include <set>

#include "src/base/error.hpp"

using namespace stele;

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(each_have_a_name_of_their_own) {
    std::set<std::string_view> names;
    for (int code = 0; code <= int(ErrorCode::request_timeout); ++code) {
        const auto name = name_of(ErrorCode(code));
        BOOST_TEST(names.insert(name).second, name);
        BOOST_TEST(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == name.npos, name);
    }
}

BOOST_AUTO_TEST_CASE(tell_the_log_what_they_carry) {
    const Error error(ErrorCode::taken, "slug", {{"slug", "byen"}, {"article", std::int64_t(17)}},
                      {{"/slug", "field.taken", {}}});
    BOOST_TEST(std::string(error.what()) == "taken: slug slug=byen article=17 [/slug field.taken]");
    BOOST_TEST((error.code() == ErrorCode::taken));
    BOOST_TEST(error.reason() == "slug");
}

BOOST_AUTO_TEST_CASE(of_fields_are_thrown_only_when_there_are_any) {
    BOOST_CHECK_NO_THROW(throw_if_any({}));
    BOOST_CHECK_EXCEPTION(throw_if_any({{"/title", "field.required", {}}}), Error, [](const Error& error) {
        return error.code() == ErrorCode::invalid && error.fields().size() == 1 &&
               error.fields()[0].pointer == "/title";
    });
}

BOOST_AUTO_TEST_SUITE_END()
