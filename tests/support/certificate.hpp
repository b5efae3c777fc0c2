#pragma once
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace stele::test {

// A key and a certificate for "localhost" that signs itself.
struct Certificate {
    Certificate() {
        std::string name = (std::filesystem::temp_directory_path() / "stele-tls-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()));
        folder = name;
        const auto command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
            "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout '" +
            key() + "' -out '" + file() + "' 2>/dev/null";
        BOOST_REQUIRE_EQUAL(std::system(command.c_str()), 0);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }
    std::string key() const { return (folder / "key.pem").string(); }
    std::string file() const { return (folder / "certificate.pem").string(); }

    std::filesystem::path folder;
};

}  // namespace stele::test
