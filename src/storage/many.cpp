#include "src/storage/many.hpp"

#include <algorithm>

namespace stele::storage {
namespace {

constexpr size_t max_keys = 256;  // a power of two
constexpr size_t max_rows = 100;  // of at most 20 values: far below SQLite's 32,766 and PostgreSQL's 65,535

std::string text_of(const ManyRows& sql, size_t rows) {
    std::string text(sql.head);
    size_t number = 0;
    for (size_t i = 0; i < rows; ++i) {
        if (i > 0) text += sql.between;
        for (const char c : sql.row) {
            if (c == '?')
                text += '$' + std::to_string(++number);
            else
                text += c;
        }
    }
    return text += sql.tail;
}

template <class Run>
void in_chunks(const ManyRows& sql, std::span<const db::Value> values, Run run) {
    const auto width = static_cast<size_t>(std::count(sql.row.begin(), sql.row.end(), '?'));
    for (size_t from = 0; from < values.size(); from += max_rows * width) {
        const auto chunk = values.subspan(from, std::min(max_rows * width, values.size() - from));
        run(text_of(sql, chunk.size() / width), chunk);
    }
}

}  // namespace

void run_many(db::Connection& c, const ManyRows& sql, std::span<const db::Value> values) {
    in_chunks(sql, values, [&](const std::string& text, auto chunk) { c.execute(text, chunk); });
}

void query_many(db::Connection& c, const ManyRows& sql, std::span<const db::Value> values,
                const std::function<void(db::Row)>& each) {
    in_chunks(sql, values, [&](const std::string& text, auto chunk) { c.query(text, chunk, each); });
}

void query_in(db::Connection& c, const ManyKeys& sql, std::vector<db::Value> keys,
              const std::function<void(db::Row)>& each) {
    for (size_t from = 0; from < keys.size(); from += max_keys) {
        std::vector<db::Value> some(keys.begin() + std::ptrdiff_t(from),
                                    keys.begin() + std::ptrdiff_t(std::min(from + max_keys, keys.size())));
        size_t wanted = 4;
        while (wanted < some.size()) wanted *= 2;
        some.resize(wanted, some.back());  // a key that is there twice finds its rows once
        c.query(std::string(sql.head).append(parameters(1, wanted)).append(sql.tail), some, each);
    }
}

std::string parameters(size_t first, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += (i == 0 ? "$" : ", $") + std::to_string(first + i);
    return text;
}

}  // namespace stele::storage
