#include "tests/faults/real_server.hpp"

#include <fstream>
#include <iterator>

namespace stele::testing {
namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Folder::Folder() {
    auto name = (fs::temp_directory_path() / "stele-faults-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(name.data()));
    path = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
}

FilledDatabase::FilledDatabase(db::Dialect dialect) : db(dialect) {
    TestSite site(db);
    token = site.token(accounts::Role::admin);
    harbour = site.harbour;
}

std::string FilledDatabase::copy_to(const fs::path& folder) const {
    fs::copy_file(db.url().substr(db.url().find(':') + 1), folder / "stele.db");
    return "sqlite:" + (folder / "stele.db").string();
}

RealServer::RealServer(const std::string& url, test::Child::Setting setting, std::vector<std::string> options) {
    setting.environment.insert({{"STELE_DATABASE", url},
                                {"STELE_LISTEN", "127.0.0.1:0"},
                                {"STELE_SECRET_FILE", (folder_.path / "stele.secret").string()}});
    setting.errors = (folder_.path / "log").string();
    if (setting.user != 0 && ::chown(folder_.path.c_str(), setting.user, setting.user) != 0)
        throw std::runtime_error("cannot chown " + folder_.path.string());
    options.insert(options.begin(), {STELE_BINARY, "serve"});
    child_ = std::make_unique<test::Child>(options, setting);
    port_ = child_->port();
}

test::HttpClient RealServer::client(const std::string& token, const std::string& language) const {
    test::HttpClient made(port_);
    made.with("Authorization", "Bearer " + token)
        .with("Accept-Language", language)
        .with("Content-Type", "application/json");
    return made;
}

std::string RealServer::log() const { return contents(folder_.path / "log"); }

Ended run_command(std::vector<std::string> arguments) {
    const Folder folder;
    arguments.insert(arguments.begin(), STELE_BINARY);
    test::Child command(arguments, {.errors = (folder.path / "errors").string()});
    auto said = command.output();
    const int status = command.wait();
    return {status, said + contents(folder.path / "errors")};
}

std::string found_by_check(const std::string& url) {
    const auto ended = run_command({"check", "--editions", "--database", url});
    return ended.status == 0 ? std::string() : ended.said;
}

}  // namespace stele::testing
