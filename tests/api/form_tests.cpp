// Forms with files (RFC 7578), as browsers send them and as nobody should.
#include <boost/test/unit_test.hpp>

#include "server/form.hpp"
#include "src/base/error.hpp"

using namespace stele;

namespace {

Form read(const std::string& body, const std::string& type = "multipart/form-data; boundary=part") {
    http::Request request;
    request.headers = {{"Content-Type", type}};
    request.body = body;
    return form_of(request);
}

bool is_refused(const std::string& body, const std::string& type = "multipart/form-data; boundary=part") {
    try {
        read(body, type);
        return false;
    } catch (const Error& error) {
        return error.code() == ErrorCode::malformed && error.reason() == "form";
    }
}

std::string field(const std::string& name, const std::string& value) {
    return "--part\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

std::string file(const std::string& name, const std::string& content) {
    return "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
           "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
}

const std::string end = "--part--\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(forms_with_files)

BOOST_AUTO_TEST_CASE(fields_are_text_and_files_are_bytes) {
    const std::string bytes("\xff\xfe\0\r\n--par\r\n\r\n--partly", 22);
    const auto form = read(field("text", "hå\r\nandre") + file("gamle ord.csv", bytes) + field("text", "") + end);
    BOOST_TEST(form.text("text") == "hå\nandre");
    BOOST_TEST(form.items().size() == 2u);
    BOOST_REQUIRE(form.file("file"));
    BOOST_TEST(form.file("file")->name == "gamle ord.csv");
    BOOST_TEST((form.file("file")->content == bytes));
    BOOST_TEST(!form.file("text"));
}

BOOST_AUTO_TEST_CASE(a_field_without_a_chosen_file_has_none) {
    BOOST_TEST(!read(file("", "") + end).file("file"));
    BOOST_TEST(read(file("empty.csv", "") + end).file("file"));
}

BOOST_AUTO_TEST_CASE(what_is_broken_is_refused) {
    BOOST_TEST(is_refused(field("a", "b") + end, "multipart/form-data"));
    BOOST_TEST(is_refused(field("a", "\xff") + end));
    BOOST_TEST(is_refused(field("a", std::string("b\0c", 3)) + end));
    BOOST_TEST(is_refused("no parts at all"));
    std::string many;
    for (int i = 0; i < 300; ++i) many += field("a", "b");
    BOOST_TEST(is_refused(many + end));
}

BOOST_AUTO_TEST_SUITE_END()
