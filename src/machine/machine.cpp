#include "src/machine/machine.hpp"

#include <algorithm>
#include <span>

#include "src/editing/work.hpp"
#include "src/machine/protect.hpp"
#include "src/machine/use.hpp"
#include "src/memory/fill.hpp"

namespace stele::machine {
namespace {

using memory::Missing;

constexpr size_t texts_a_call = 40, bytes_a_call = 20'000;
// A run is one request; whoever has more to do comes again. A call has what is left of it, and is not begun with less
// than a service may need.
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds run_time{15}, least_for_a_call{5};

// What goes to the service at once.
struct Batch {
    std::vector<const Missing*> segments;
    std::vector<Protected> hidden;
    std::vector<std::string> texts;
    std::int64_t words = 0;
};

// From the front of `rest`, which is shortened by it.
Batch next_batch(std::span<const Missing>& rest) {
    Batch batch;
    size_t bytes = 0;
    while (!rest.empty() && batch.segments.size() < texts_a_call) {
        auto hidden = protect(rest.front().source);
        bytes += hidden.xml.size();
        if (bytes > bytes_a_call && !batch.segments.empty()) break;
        batch.segments.push_back(&rest.front());
        batch.words += rest.front().words;
        batch.texts.push_back(hidden.xml);
        batch.hidden.push_back(std::move(hidden));
        rest = rest.subspan(1);
    }
    return batch;
}

class Translating {
  public:
    Translating(const Store& store, Provider& provider, const Budget& budget, ArticleId id, const locale::Tag& locale,
                const Actor& actor)
        : store_(store), provider_(provider), budget_(budget), id_(id), locale_(locale), actor_(actor) {}

    Run run(std::span<const Missing> rest) {
        const auto source = store_.db.reading([&](db::Connection& c) { return editing::read_source(c, store_, id_); });
        const auto end_of_run = Clock::now() + run_time;
        const Missing* last = nullptr;
        while (!rest.empty()) {
            const auto left = end_of_run - Clock::now();
            if (last && left < least_for_a_call) {
                run_.next = memory::mark_of(*last);
                break;
            }
            const auto batch = next_batch(rest);
            std::vector<std::string> translated;
            try {
                take(batch);
                translated = ask(batch, source.article.source_locale, left);
            } catch (const Error&) {
                // What was done is told first; whoever goes on hears of this.
                if (!last) throw;
                run_.next = memory::mark_of(*last);
                break;
            }
            save(batch, translated);
            last = batch.segments.back();
        }
        return end();
    }

  private:
    void take(const Batch& batch) {
        if (take_words(store_.db, budget_, locale_, store_.now(), batch.words)) return;
        const auto left = store_.db.reading(
            [&](db::Connection& c) { return balance_of(c, budget_, locale_, store_.now()).left.value_or(0); });
        throw Error(ErrorCode::conflict, "machine-budget", {{"words", batch.words}, {"left", left}});
    }

    std::vector<std::string> ask(const Batch& batch, const locale::Tag& source, Clock::duration patience) {
        const auto now = store_.now();
        try {
            auto texts = provider_.translate(batch.texts, source, locale_,
                                             std::chrono::duration_cast<std::chrono::milliseconds>(patience));
            if (texts.size() != batch.texts.size()) throw Error(ErrorCode::overloaded, "machine-garbled");
            return texts;
        } catch (...) {
            give_back(store_.db, locale_, now, batch.words);
            throw;
        }
    }

    void save(const Batch& batch, const std::vector<std::string>& translated) {
        memory::Filling filling{.texts = {}, .origin = "machine"};
        for (size_t i = 0; i < translated.size(); ++i) {
            const auto& segment = *batch.segments[i];
            if (auto text = restore(segment.source, batch.hidden[i], translated[i]))
                filling.texts.push_back({segment.id, std::move(*text)});
            else
                run_.left_out.push_back(segment.id);
        }
        const auto filled = memory::fill_missing(store_, id_, locale_, std::move(filling), actor_);
        run_.translated += filled.filled;
        run_.left_out.insert(run_.left_out.end(), filled.unfit.begin(), filled.unfit.end());
        run_.words += batch.words;
    }

    Run end() {
        const auto now = editing::find_translation(store_, id_, locale_);
        if (!now) throw Error(ErrorCode::not_found, "article");
        run_.missing = int(now->segments.missing);
        run_.version = now->version;
        run_.balance =
            store_.db.reading([&](db::Connection& c) { return balance_of(c, budget_, locale_, store_.now()); });
        return std::move(run_);
    }

    const Store& store_;
    Provider& provider_;
    const Budget& budget_;
    const ArticleId id_;
    const locale::Tag& locale_;
    const Actor& actor_;
    Run run_;
};

// What only consists of marks, numbers and placeholders is for a person to copy.
std::vector<Missing> translatable(const Store& store, ArticleId id, const locale::Tag& locale,
                                  const std::string& after = {}) {
    auto missing = memory::find_missing(store, id, locale, after);
    std::erase_if(missing, [](const Missing& m) { return !protect(m.source).has_words; });
    return missing;
}

}  // namespace

Estimate estimate(const Store& store, const Budget& budget, ArticleId id, const locale::Tag& locale) {
    Estimate estimate;
    for (const auto& segment : translatable(store, id, locale)) {
        ++estimate.segments;
        estimate.words += segment.words;
    }
    estimate.balance = store.db.reading([&](db::Connection& c) { return balance_of(c, budget, locale, store.now()); });
    return estimate;
}

Run translate_missing(const Store& store, Provider& provider, const Budget& budget, ArticleId id,
                      const locale::Tag& locale, const std::string& after, const Actor& actor) {
    const auto missing = translatable(store, id, locale, after);
    return Translating(store, provider, budget, id, locale, actor).run(missing);
}

}  // namespace stele::machine
