#include "tests/support/scenario.hpp"

namespace stele::testing {

void run(TestApp& app, const std::vector<Scenario>& scenarios) {
    for (const auto& s : scenarios) {
        BOOST_TEST_CONTEXT(s.name << ": " << s.method << " " << s.target) {
            const auto token = s.who.role ? app.token(*s.who.role, s.who.locales) : std::string();
            const auto answer = app.call(s.method, s.target, token, s.body, s.headers);
            BOOST_TEST(answer.status == s.status, answer);
            if (!s.type.empty()) BOOST_TEST(answer.string("/type") == "urn:stele:" + s.type, answer);
            for (const auto& [pointer, value] : s.members)
                BOOST_TEST(to_text(answer[pointer]) == value, pointer << " of " << answer);
            for (const auto& [name, value] : s.answer_headers) BOOST_TEST(answer.header(name) == value, name);
        }
    }
}

}  // namespace stele::testing
