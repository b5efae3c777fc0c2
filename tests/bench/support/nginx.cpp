#include "tests/bench/support/nginx.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "tests/bench/support/wrk.hpp"

namespace stele::bench {
namespace {

constexpr auto module = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

// {}: module, user, folder (7 times), port, header lines, content type, brotli
constexpr auto configuration = R"({}{}
daemon off;
worker_processes 2;
worker_rlimit_nofile 16384;
pid {}/pid;
error_log stderr crit;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {}/body; proxy_temp_path {}/proxy; fastcgi_temp_path {}/fastcgi;
    uwsgi_temp_path {}/uwsgi; scgi_temp_path {}/scgi;
    access_log off;
    server_tokens off;
    max_ranges 0;
    sendfile on;
    keepalive_timeout 1h;
    keepalive_requests 1000000000;
    open_file_cache max=12000 inactive=1h;
    open_file_cache_valid 1h;
    server {{
        listen 127.0.0.1:{} reuseport backlog=4096;
        root {}/root;
        default_type "{}";
{}{}    }}
}}
)";

std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool found = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!found) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool connected = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

std::string quoted(const std::string& value) {
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

void write_configuration(const std::string& folder, std::uint16_t port, const Nginx::Fields& fields) {
    const bool brotli = std::filesystem::exists(module);
    std::string type, lines;
    for (const auto& [name, value] : fields)
        if (name == "Content-Type")
            type = value;
        else
            lines += fmt::format("        add_header {} {};\n", name, quoted(value));
    std::ofstream(folder + "/nginx.conf")
        << fmt::format(configuration, brotli ? fmt::format("load_module {};\n", module) : "",
                       ::geteuid() == 0 ? "user root root;" : "", folder, folder, folder, folder, folder, folder, port,
                       folder, type, lines, brotli ? "        brotli_static on;\n" : "");
}

// Parent, and time so far in ticks, of /proc/PID/stat.
std::pair<pid_t, double> parent_and_ticks(const std::filesystem::path& process) {
    std::ifstream file(process / "stat");
    const std::string stat{std::istreambuf_iterator<char>(file), {}};
    std::istringstream rest(stat.substr(std::min(stat.size(), stat.rfind(')') + 1)));
    std::string skipped;
    pid_t parent = 0;
    double user = 0, system = 0;
    rest >> skipped >> parent;
    for (int i = 0; i < 9; ++i) rest >> skipped;
    rest >> user >> system;
    return {parent, user + system};
}

}  // namespace

Nginx::Nginx(const std::string& folder, const Fields& fields) : port_(free_port()) {
    write_configuration(folder, port_, fields);
    master_ = std::make_unique<test::Child>(
        std::vector<std::string>{program("nginx"), "-p", folder, "-c", folder + "/nginx.conf"}, test::Child::Setting{});
    for (int tries = 0; !answers(port_); ++tries) {
        if (tries == 100) throw std::runtime_error("nginx does not start with " + folder + "/nginx.conf");
        ::usleep(20'000);
    }
}

double Nginx::cpu_micros() const {
    double ticks = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto [parent, spent] = parent_and_ticks(entry.path());
        if (parent == master_->process() || name == std::to_string(master_->process())) ticks += spent;
    }
    return ticks * 1e6 / double(::sysconf(_SC_CLK_TCK));
}

}  // namespace stele::bench
