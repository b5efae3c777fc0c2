#pragma once
// Values as PostgreSQL's binary protocol has them (src/include/catalog/pg_type.dat, *send and *recv of each type).
#include <libpq-fe.h>

#include <array>
#include <deque>
#include <span>
#include <vector>

#include "src/db/db.hpp"
#include "src/db/row.hpp"

namespace stele::db::postgres {

enum class Type : Oid {
    unknown = 0,
    boolean = 16,
    bytes = 17,
    character = 18,
    name = 19,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    oid = 26,
    json = 114,
    float4 = 700,
    float8 = 701,
    unknown_literal = 705,
    bpchar = 1042,
    varchar = 1043,
    numeric = 1700,
    xid8 = 5069,
};

// Parameters of one call. Whole numbers are declared BIGINT, so that `$1 = 0` is not an INTEGER that overflows later;
// the type of a string is left to the server (text, or what a function asks for).
class Parameters {
  public:
    explicit Parameters(std::span<const Value> values);
    int count() const { return static_cast<int>(types.size()); }

    std::vector<Oid> types;  // 0: the server infers it
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;  // 0 text, 1 binary

  private:
    void add(Type type, const char* value, size_t length, int format);
    void add_number(Type type, std::uint64_t bits);

    std::vector<std::array<char, 8>> numbers_;
};

// One row of a result in binary format.
class ResultRow final : public RowImpl {
  public:
    explicit ResultRow(const PGresult* result) : result_(result) {}
    void move_to(int row) { row_ = row; }

    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view text(int column) const override;
    std::string_view bytes(int column) const override;

  private:
    Type type(int column) const { return static_cast<Type>(PQftype(result_, column)); }
    std::string_view data(int column, std::string_view wanted) const;

    const PGresult* result_;
    int row_ = 0;
};

}  // namespace stele::db::postgres
