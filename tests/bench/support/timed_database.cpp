#include "tests/bench/support/timed_database.hpp"

#include "tests/bench/support/measure.hpp"

namespace stele::bench {
namespace {

// Adds the time of its life.
class Stopwatch {
  public:
    Stopwatch(std::atomic<std::int64_t>& sum, double (*clock)()) : sum_(sum), clock_(clock) {}
    ~Stopwatch() { sum_ += std::int64_t(clock_() - begin_); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

  private:
    std::atomic<std::int64_t>& sum_;
    double (*clock_)();
    const double begin_ = clock_();
};

class TimedConnection final : public db::Connection {
  public:
    TimedConnection(db::Connection& inner, WriteTimes& times) : inner_(inner), times_(times) {}
    db::Dialect dialect() const override { return inner_.dialect(); }

  protected:
    void do_query(std::string_view sql, std::span<const db::Value> values,
                  const std::function<void(db::Row)>& each) override {
        count([&] { inner_.query(sql, values, each); });
    }
    std::int64_t do_execute(std::string_view sql, std::span<const db::Value> values) override {
        std::int64_t rows = 0;
        count([&] { rows = inner_.execute(sql, values); });
        return rows;
    }

  private:
    template <class F>
    void count(F&& statement) {
        const auto begin = thread_cpu_micros();
        statement();
        nanos_ += std::int64_t((thread_cpu_micros() - begin) * 1000);
        times_.sql += nanos_ / 1000;
        nanos_ %= 1000;
        ++times_.statements;
    }

    db::Connection& inner_;
    WriteTimes& times_;
    std::int64_t nanos_ = 0;  // most statements take some microseconds: nothing is rounded away
};

}  // namespace

db::Moment TimedDatabase::write(const std::function<void(db::Transaction&)>& body) {
    const Stopwatch call(times_.calls, wall_micros);
    ++times_.transactions;
    return inner_->write([&](db::Transaction& t) {
        const Stopwatch inside(times_.bodies, thread_cpu_micros);
        TimedConnection connection(*t, times_);
        db::Transaction timed(connection);
        body(timed);
        for (auto& action : timed.actions()) t.after_commit(std::move(action));
    });
}

}  // namespace stele::bench
