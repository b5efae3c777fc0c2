#include "src/exchange/tar.hpp"

#include <fmt/format.h>

#include <set>

namespace stele::exchange {
namespace {

constexpr size_t block = 512;
constexpr size_t longest_name = 100;

// Fields by their offsets in the standard's table. kind: '0' a file, 'x' what is to be known of the next one.
std::string header_of(std::string_view name, size_t size, Time time, char kind) {
    std::string header(block, '\0');
    const auto put = [&](size_t at, std::string_view text) { header.replace(at, text.size(), text); };
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    put(0, name.substr(0, longest_name));
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, fmt::format("{:011o}", size));
    put(136, fmt::format("{:011o}", seconds));
    put(148, "        ");
    put(156, {&kind, 1});
    put(257, "ustar");
    put(263, "00");
    unsigned sum = 0;  // with spaces where it will stand
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put(148, fmt::format("{:06o}", sum));
    header[154] = '\0';
    return header;
}

void add(std::string& tar, const std::string& header, const std::string& bytes) {
    tar += header + bytes;
    tar.resize((tar.size() + block - 1) / block * block, '\0');
}

// "30 path=…\n": the number counts all of it, itself too.
std::string path_record(const std::string& path) {
    const auto rest = " path=" + path + "\n";
    auto size = rest.size() + 2;
    if (std::to_string(size).size() + rest.size() != size) ++size;
    return std::to_string(size) + rest;
}

}  // namespace

std::string tar_of(const std::vector<NamedFile>& files, Time time) {
    std::string tar;
    std::set<std::string> names;
    for (const auto& file : files) {
        if (!names.insert(file.path).second) continue;
        if (file.path.size() > longest_name) {
            const auto record = path_record(file.path);
            add(tar, header_of("name", record.size(), time, 'x'), record);
        }
        add(tar, header_of(file.path, file.bytes.size(), time, '0'), file.bytes);
    }
    return tar.append(2 * block, '\0');
}

}  // namespace stele::exchange
