#include "src/db/postgres/wire.hpp"

#include <bit>
#include <cmath>

namespace stele::db::postgres {
namespace {

template <class T>
T big_endian(std::string_view data) {
    std::make_unsigned_t<T> value = 0;
    for (const char byte : data.substr(0, sizeof(T)))
        value = static_cast<std::make_unsigned_t<T>>(value << 8 | static_cast<unsigned char>(byte));
    return static_cast<T>(value);
}

// NUMERIC is what SUM of BIGINT gives: digits to the base of 10,000, the first of them times 10,000^weight.
struct Numeric {
    int weight;
    bool negative;
    bool finite;
    std::vector<int> digits;
    bool whole() const { return finite && static_cast<int>(digits.size()) <= weight + 1; }
};

Numeric numeric_from(std::string_view data) {
    const auto field = [&](size_t n) { return big_endian<std::int16_t>(data.substr(2 * n)); };
    const auto sign = static_cast<std::uint16_t>(field(2));
    Numeric number{field(1), sign == 0x4000, sign == 0 || sign == 0x4000, {}};
    for (int i = 0; i < field(0); ++i) number.digits.push_back(field(4 + static_cast<size_t>(i)));
    return number;
}

// Absent where it is no whole number or does not fit.
std::optional<std::int64_t> integer_from(const Numeric& number) {
    if (!number.whole()) return std::nullopt;
    std::int64_t value = 0;
    for (int i = 0; i <= number.weight; ++i) {
        const int digit = static_cast<size_t>(i) < number.digits.size() ? number.digits[static_cast<size_t>(i)] : 0;
        // Counted downwards: the smallest integer has no positive counterpart.
        if (__builtin_mul_overflow(value, 10'000, &value) || __builtin_sub_overflow(value, digit, &value))
            return std::nullopt;
    }
    if (number.negative) return value;
    if (__builtin_sub_overflow(std::int64_t{0}, value, &value)) return std::nullopt;
    return value;
}

double real_from(const Numeric& number) {
    double value = 0;
    for (size_t i = 0; i < number.digits.size(); ++i)
        value += number.digits[i] * std::pow(10'000.0, number.weight - static_cast<int>(i));
    return number.negative ? -value : value;
}

}  // namespace

Parameters::Parameters(std::span<const Value> all) {
    for (auto* list : {&lengths, &formats}) list->reserve(all.size());
    types.reserve(all.size());
    values.reserve(all.size());
    numbers_.reserve(all.size());  // the pointers into it stay good
    struct Adder {
        Parameters& to;
        void operator()(Null) const { to.add(Type::unknown, nullptr, 0, 0); }
        void operator()(std::int64_t v) const { to.add_number(Type::int8, static_cast<std::uint64_t>(v)); }
        void operator()(double v) const { to.add_number(Type::float8, std::bit_cast<std::uint64_t>(v)); }
        void operator()(const std::string& v) const { to.add(Type::unknown, v.c_str(), v.size(), 0); }
        void operator()(const Bytes& v) const { to.add(Type::bytes, v.value.data(), v.value.size(), 1); }
    };
    for (const auto& value : all) std::visit(Adder{*this}, value);
}

void Parameters::add(Type type, const char* value, size_t length, int format) {
    types.push_back(static_cast<Oid>(type));
    values.push_back(value);
    lengths.push_back(static_cast<int>(length));
    formats.push_back(format);
}

void Parameters::add_number(Type type, std::uint64_t bits) {
    auto& bytes = numbers_.emplace_back();
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(bits >> (56 - 8 * i));
    add(type, bytes.data(), bytes.size(), 1);
}

bool ResultRow::is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }

std::string_view ResultRow::data(int column, std::string_view wanted) const {
    if (column < 0 || column >= PQnfields(result_) || is_null(column)) wrong_column(column, wanted);
    return {PQgetvalue(result_, row_, column), static_cast<size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t ResultRow::integer(int column) const {
    const auto value = data(column, "integer");
    switch (type(column)) {
        case Type::int8:
        case Type::xid8:
            return big_endian<std::int64_t>(value);
        case Type::int4:
            return big_endian<std::int32_t>(value);
        case Type::oid:
            return big_endian<std::uint32_t>(value);
        case Type::int2:
            return big_endian<std::int16_t>(value);
        case Type::boolean:
            return value[0];
        case Type::numeric:
            if (const auto whole = integer_from(numeric_from(value))) return *whole;
            break;
        default:
            break;
    }
    wrong_column(column, "integer");
}

double ResultRow::real(int column) const {
    const auto value = data(column, "real");
    switch (type(column)) {
        case Type::float8:
            return std::bit_cast<double>(big_endian<std::uint64_t>(value));
        case Type::float4:
            return std::bit_cast<float>(big_endian<std::uint32_t>(value));
        case Type::numeric: {
            const auto number = numeric_from(value);
            if (!number.finite) wrong_column(column, "real");
            return real_from(number);
        }
        default:
            return static_cast<double>(integer(column));
    }
}

std::string_view ResultRow::text(int column) const {
    const auto value = data(column, "text");
    switch (type(column)) {
        case Type::text:
        case Type::varchar:
        case Type::bpchar:
        case Type::name:
        case Type::character:
        case Type::json:
        case Type::unknown_literal:
            return value;
        default:
            wrong_column(column, "text");
    }
}

std::string_view ResultRow::bytes(int column) const {
    const auto value = data(column, "bytes");
    if (type(column) != Type::bytes) wrong_column(column, "bytes");
    return value;
}

}  // namespace stele::db::postgres
