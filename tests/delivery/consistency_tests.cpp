// Writers publish numbered versions while readers read them in every shape: nobody sees an older version than anybody
// had at that address before they asked, nor than was acknowledged to a writer by then; no answer mixes two versions or
// has another locale's text; every coding is that of the bytes that its tag names.
#include <array>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "src/publishing/publishing.hpp"
#include "tests/delivery/decoded.hpp"
#include "tests/delivery/served_site.hpp"
#include "tests/support/rounds.hpp"

using namespace stele;
using namespace stele::testing;
using stele::test::HttpResponse;

namespace {

constexpr int articles = 3, writers = 2, reading = 4;
const std::array<std::string, 2> locales{"en", "nb"};

// "a1-nb-v17": what every part of a text says.
struct Mark {
    int article, locale, version;
};
std::string mark_of(int article, int locale, int version) {
    return "a" + std::to_string(article) + "-" + locales[std::size_t(locale)] + "-v" + std::to_string(version);
}

std::vector<Mark> marks_in(std::string_view text) {
    std::vector<Mark> marks;
    for (std::size_t at = text.find("-v"); at != std::string_view::npos; at = text.find("-v", at + 1)) {
        if (at < 5 || text[at - 5] != 'a' || text[at - 3] != '-') continue;
        const auto locale = std::find(locales.begin(), locales.end(), text.substr(at - 2, 2)) - locales.begin();
        if (locale == std::ssize(locales)) continue;
        marks.push_back({text[at - 4] - '0', int(locale), std::atoi(text.data() + at + 2)});
    }
    return marks;
}

// Long enough that it takes more than one packet, and that there is something to compress.
boost::json::object text_of(int article, int locale, int version) {
    const auto mark = mark_of(article, locale, version);
    std::string body;
    for (int i = 0; i < 4; ++i) {
        body += "Paragraph " + std::to_string(i) + " of " + mark + ".";
        for (int w = 0; w < 60; ++w) body += " word" + std::to_string(w * 7 + i);
        body += "\n\n";
    }
    return {{"title", "Lantern " + mark}, {"summary", "In short " + mark + "."}, {"body", body}};
}

// An address, and whose texts stand there.
struct Address {
    std::string target;
    int article = -1;  // -1: all of them
    int locale = 0;    // of the text, be it a fallback or not
    std::string language;
};

class Watched {
  public:
    explicit Watched(ServedSite& site) : site_(site) {
        for (int a = 0; a < articles; ++a) create(a);
        for (const auto& [reader, locale] : {std::pair("en", 0), std::pair("nb", 1), std::pair("ar", 0)}) {
            for (int a = 0; a < articles; ++a) {
                const auto slug = "lantern-" + std::to_string(a) + "-" + locales[std::size_t(locale)];
                const auto language = std::string(reader) + (reader == locales[std::size_t(locale)] ? "" : ", en");
                add({"/" + std::string(reader) + "/" + slug, a, locale, language});
                add({"/api/v1/articles/lantern-" + std::to_string(a) + "?locale=" + reader, a, locale, {}});
            }
            add({"/" + std::string(reader) + "/?type=page", -1, locale, {}});
            add({"/api/v1/articles?type=page&locale=" + std::string(reader), -1, locale, {}});
        }
    }

    std::size_t addresses() const { return addresses_.size(); }
    int published() const { return published_; }
    int read() const { return read_; }
    int unchanged() const { return unchanged_; }
    std::string faults() const {
        std::string all;
        for (const auto& fault : faults_) all += fault + "\n";
        return all;
    }

    static bool over(std::chrono::steady_clock::time_point until) { return std::chrono::steady_clock::now() >= until; }
    void write(int writer, std::chrono::steady_clock::time_point until) {
        auto client = site_.editor();
        // However slow the machine, each text has a few versions.
        const auto goes_on = [&](int version) { return version <= few || !over(until); };
        for (int version = 2; goes_on(version); ++version)
            for (int a = writer; a < articles; a += writers)
                for (int l = 0; l < int(locales.size()) && goes_on(version); ++l) publish(client, a, l, version);
    }

    void read_on(std::uint64_t seed, std::chrono::steady_clock::time_point until) {
        std::mt19937_64 random(seed);
        auto client = site_.client();
        std::map<std::string, HttpResponse> had;  // by coding and target
        while (!over(until)) {
            const auto at = random() % addresses_.size();
            constexpr std::array<const char*, 4> codings{"", "br", "gzip", "gzip;q=0.5, br;q=0.1"};
            const std::string coding = codings[random() % codings.size()];
            look(client, at, coding, random() % 2 == 0, had[coding + " " + addresses_[at].target]);
        }
    }

  private:
    using Versions = std::array<std::atomic<int>, articles>;
    static constexpr int few = 4;

    void create(int a) {
        auto text = text_of(a, 0, 1);
        text["slug"] = "lantern-" + std::to_string(a) + "-en";
        auto client = site_.editor();
        const boost::json::object article{
            {"key", "lantern-" + std::to_string(a)}, {"type", "page"}, {"source_locale", "en"}, {"translation", text}};
        const auto created = client.post("/api/v1/articles", to_text(article));
        BOOST_REQUIRE_EQUAL(created.status, 201);
        ids_[std::size_t(a)] = ArticleId(boost::json::parse(created.body).at("id").as_int64());
        auto norwegian = text_of(a, 1, 1);
        norwegian["slug"] = "lantern-" + std::to_string(a) + "-nb";
        const auto seen = client.get(path(a, 1));
        BOOST_REQUIRE_EQUAL(client.put(path(a, 1), to_text(norwegian), ServedSite::if_match(seen)).status, 200);
        for (int l = 0; l < int(locales.size()); ++l) publish(client, a, l, 1);
    }

    void add(Address address) {
        addresses_.push_back(std::move(address));
        seen_.push_back(std::make_unique<Versions>());
    }

    std::string path(int a, int l) const { return path_of(ids_[std::size_t(a)], locales[std::size_t(l)]); }

    void publish(test::HttpClient& client, int a, int l, int version) {
        const auto refused = ServedSite::save_and_publish(client, path(a, l), text_of(a, l, version));
        if (!refused.empty()) return fault(refused);
        acknowledged_[std::size_t(l)][std::size_t(a)] = version;
        ++published_;
    }

    void look(test::HttpClient& client, std::size_t at, const std::string& coding, bool ask_again, HttpResponse& had) {
        const auto& address = addresses_[at];
        std::array<int, articles> least{};
        for (std::size_t a = 0; a < articles; ++a)
            least[a] = std::max(acknowledged_[std::size_t(address.locale)][a].load(), (*seen_[at])[a].load());
        Headers headers;
        if (!coding.empty()) headers.emplace_back("Accept-Encoding", coding);
        const bool conditional = ask_again && had.status == 200;
        if (conditional) headers.emplace_back("If-None-Match", std::string(had.header("ETag")));
        auto response = client.get(address.target, headers);
        ++read_;
        if (response.status == 304 && conditional) {
            ++unchanged_;
            if (response.header("ETag") != had.header("ETag")) fault(address.target + ": 304 with another tag");
        } else if (response.status != 200) {
            return fault(address.target + ": " + std::to_string(response.status));
        } else {
            had = std::move(response);
        }
        check(at, had, least);
    }

    void check(std::size_t at, const HttpResponse& response, const std::array<int, articles>& least) {
        const auto& address = addresses_[at];
        const auto text = decoded(response.body, response.header("Content-Encoding"));
        std::array<std::set<int>, articles> versions;
        for (const auto& mark : marks_in(text)) {
            versions[std::size_t(mark.article)].insert(mark.version);
            if (mark.locale != address.locale) fault(address.target + ": text of " + locales[std::size_t(mark.locale)]);
            if (address.article >= 0 && mark.article != address.article) fault(address.target + ": another article");
        }
        if (!address.language.empty() && response.header("Content-Language") != address.language)
            fault(address.target + ": in " + std::string(response.header("Content-Language")));
        for (int a = 0; a < articles; ++a) {
            if (address.article >= 0 && a != address.article) continue;
            const auto& found = versions[std::size_t(a)];
            if (found.size() != 1) {
                fault(address.target + ": " + std::to_string(found.size()) + " versions of article " +
                      std::to_string(a));
                continue;
            }
            const int version = *found.begin();
            if (version < least[std::size_t(a)])
                fault(address.target + ": version " + std::to_string(version) + " after " +
                      std::to_string(least[std::size_t(a)]));
            auto& seen = (*seen_[at])[std::size_t(a)];
            for (int before = seen; before < version && !seen.compare_exchange_weak(before, version);) {
            }
        }
        check_tag(address, response, text);
    }

    // A tag stands for the same bytes always, and the same bytes for one tag; without its coding, for the same text.
    void check_tag(const Address& address, const HttpResponse& response, const std::string& text) {
        const auto tag = std::string(response.header("ETag"));
        const auto coding = std::string(response.header("Content-Encoding"));
        const std::string suffix = coding == "br" ? "-br\"" : coding == "gzip" ? "-gz\"" : "";
        auto base = tag;
        if (!suffix.empty()) {
            if (!tag.ends_with(suffix)) fault(address.target + ": " + coding + " with tag " + tag);
            base = tag.substr(0, tag.size() - suffix.size()) + "\"";
        }
        const std::hash<std::string> hash;
        const std::lock_guard lock(mutex_);
        const auto same = [](auto& map, const auto& key, const auto& value) {
            return map.emplace(key, value).first->second == value;
        };
        const bool held = same(bytes_of_tag_, address.target + tag, hash(response.body)) &&
                          same(tag_of_bytes_, address.target + coding + std::to_string(hash(response.body)), tag) &&
                          same(bytes_of_tag_, address.target + " text " + base, hash(text));
        if (!held) faults_.insert(address.target + ": tag " + tag + " of other bytes");
    }

    void fault(const std::string& what) {
        const std::lock_guard lock(mutex_);
        if (faults_.size() < 20) faults_.insert(what);
    }

    ServedSite& site_;
    std::array<ArticleId, articles> ids_{};
    std::vector<Address> addresses_;
    std::array<Versions, locales.size()> acknowledged_{};
    std::vector<std::unique_ptr<Versions>> seen_;  // by address
    std::atomic<int> published_ = 0, read_ = 0, unchanged_ = 0;
    std::mutex mutex_;
    std::set<std::string> faults_;
    std::map<std::string, std::size_t> bytes_of_tag_;
    std::map<std::string, std::string> tag_of_bytes_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(consistency)

STELE_ON_BOTH_DATABASES(no_reader_sees_what_is_not_true_any_more) {
    const auto seed = first_seed();
    ServedSite site(db);
    Watched watched(site);
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(usual_rounds(25) * 100);
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w) threads.emplace_back([&, w] { watched.write(w, until); });
    for (int r = 0; r < reading; ++r) threads.emplace_back([&, r] { watched.read_on(seed + std::uint64_t(r), until); });
    for (auto& thread : threads) thread.join();
    const auto counts = site.app.cache->counts();
    BOOST_TEST_MESSAGE(watched.published() << " publications, " << watched.read() << " answers, " << watched.unchanged()
                                           << " unchanged, " << counts.hits << " hits, " << counts.misses << " misses");
    BOOST_TEST(watched.faults() == "");
    BOOST_TEST(watched.published() > articles * 2 * 2);
    BOOST_TEST(counts.hits > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
