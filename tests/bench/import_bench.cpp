// Import and export of folders of Markdown: how many translations a second, where the time goes, how much memory.
// Beside it the same articles by the use-cases that editors call, each a durable commit of its own.
#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/make_app.hpp"
#include "src/exchange/document.hpp"
#include "src/exchange/exchange.hpp"
#include "tests/bench/support/content_tree.hpp"
#include "tests/bench/support/filled_site.hpp"
#include "tests/bench/support/measure.hpp"
#include "tests/bench/support/timed_database.hpp"

namespace {

using namespace stele;

const std::vector<std::string> locales{"en", "nb", "de", "sv"};

double memory_mb() {
    ::malloc_trim(0);
    std::ifstream file("/proc/self/statm");
    double pages = 0, resident = 0;
    file >> pages >> resident;
    return resident * double(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

// The most since the last reset.
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }
double peak_mb() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

double process_cpu_micros() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto micros = [](const timeval& t) { return double(t.tv_sec) * 1e6 + double(t.tv_usec); };
    return micros(usage.ru_utime) + micros(usage.ru_stime);
}

struct Measured {
    double wall = 0, cpu = 0, before = 0, peak = 0;
};
Measured measure(const std::function<void()>& body) {
    Measured m{.before = memory_mb()};
    reset_peak();
    const auto wall = bench::wall_micros(), cpu = process_cpu_micros();
    body();
    m.wall = bench::wall_micros() - wall;
    m.cpu = process_cpu_micros() - cpu;
    m.peak = peak_mb();
    return m;
}

// Each alone, on one thread: what a file costs before the database sees it.
void print_parts(const std::string& folder, int files) {
    const exchange::FolderFiles disk(folder);
    std::vector<std::pair<std::string, std::string>> all;
    const auto reading = measure([&] {
        for (const auto& path : disk.list())
            if (int(all.size()) < files) all.emplace_back(path, disk.read(path).value());
    });
    std::vector<std::string> bodies;
    const auto yaml = measure([&] {
        for (const auto& [path, bytes] : all)
            bodies.push_back(exchange::open_file(path, *exchange::parse_file_name(path), bytes)->front.body);
    });
    size_t leaves = 0;
    const auto segments = measure([&] {
        for (const auto& body : bodies) leaves += content::segments_of(body).leaves.size();
    });
    const bench::Table table("of a file, before it is planned and written", {"part", "cpu µs"});
    const auto each = [&](const Measured& m) { return bench::figure(m.cpu / double(all.size())); };
    table.row({"reading, twice", bench::figure(2 * reading.cpu / double(all.size()))});
    table.row({"front matter, twice", bench::figure(2 * yaml.cpu / double(all.size()))});
    table.row({fmt::format("segmentation ({} segments)", leaves / all.size()), each(segments)});
}

void print_times(const bench::WriteTimes& times, const Measured& whole, int files) {
    const bench::Table table("the writes of that import", {"part", "µs per translation"});
    const auto row = [&](const std::string& name, double micros) { table.row({name, bench::figure(micros / files)}); };
    row("SQL, cpu", double(times.sql));
    row("around it in the transaction, cpu", double(times.bodies - times.sql));
    row("all threads, cpu", whole.cpu);
    row("transactions with commit and sync, wall", double(times.calls));
    row("the whole import, wall", whole.wall);
    table.row({"statements per translation", bench::figure(double(times.statements) / files)});
    table.row({"translations per transaction", bench::figure(double(files) / double(times.transactions))});
}

void row(const bench::Table& table, const std::string& what, int files, const Measured& m) {
    table.row({what, std::to_string(files), bench::figure(files / m.wall * 1e6), bench::figure(m.cpu / files),
               bench::figure(m.before), bench::figure(m.peak)});
}

void run(const bench::Table& table, int articles, bool with_parts) {
    const bench::Folder folder, out, place;
    const int files = articles * int(locales.size());
    bench::write_content_tree(folder.path(), articles, locales);
    const auto app = bench::open_site(place.path() + "/site.db", {"en"});
    auto* times = new bench::TimedDatabase(std::move(app->database));
    app->database.reset(times);
    const auto import = [&] {
        const auto report = exchange::import_files(store_of(*app), exchange::FolderFiles(folder.path()), {});
        if (!report.clean() || report.created + report.unchanged != files) throw std::runtime_error("import");
    };
    const auto first = measure(import);
    row(table, "import", files, first);
    if (with_parts) {
        print_times(times->times(), first, files);
        print_parts(folder.path(), files);
    }
    row(table, "import again, nothing changed", files, measure(import));
    row(table, "export into an empty folder", files,
        measure([&] { exchange::export_files(store_of(*app), out.path(), {}); }));
}

// What the obvious program does: each file by itself, as an editor would save and publish it.
void run_one_by_one(const bench::Table& table, int articles) {
    const bench::Folder place;
    const auto app = bench::open_site(place.path() + "/site.db", locales);
    row(table, "one durable commit for each save and publish", articles * int(locales.size()), measure([&] {
            for (int i = 0; i < articles; ++i) {
                const auto made = bench::add_article(store_of(*app), unsigned(i), 9, true);
                for (size_t n = 1; n < locales.size(); ++n)
                    bench::translate(store_of(*app), made.id, locales[n], unsigned(i) + 7919u * unsigned(n), 9, true);
            }
        }));
}

void run_folder(const bench::Table& table, const std::string& name, const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder)) {
        fmt::print("{} is not there: left out\n", name);
        return;
    }
    const bench::Folder place;
    const auto app = bench::open_site(place.path() + "/site.db", {"en"});
    int created = 0;
    const auto m =
        measure([&] { created = exchange::import_files(store_of(*app), exchange::FolderFiles(folder), {}).created; });
    row(table, name, created, m);
}

}  // namespace

// Articles of the smaller folder, 2,500 where nothing is said; the larger one has ten times as many.
int main(int argc, char** argv) {
    const int articles = argc > 1 ? std::atoi(argv[1]) : 2'500;
    const bench::Table table("files of articles in 4 locales, on the disk",
                             {"what", "files", "files/s", "cpu µs/file", "MB before", "MB at most"});
    run(table, articles, true);
    run(table, 10 * articles, false);
    run_one_by_one(table, articles / 10);
    run_folder(table, "the demo", std::filesystem::path(STELE_SOURCE_DIR) / "config/demo");
    run_folder(table, "content beside the repository", std::filesystem::path(STELE_SOURCE_DIR) / "../shared/content");
}
