#include "src/exchange/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "src/content/limits.hpp"
#include "src/exchange/yaml.hpp"
#include "src/locale/text.hpp"

namespace stele::exchange {
namespace {

// Spreadsheets put it in front of UTF-8 and want it there.
constexpr std::string_view mark = "\xEF\xBB\xBF";

struct Record {
    int line = 1;
    std::vector<std::string> cells;
};

class Reader {
  public:
    explicit Reader(std::string_view bytes, char separator = ',') : rest_(bytes), ends_{separator, '\n'} {
        if (rest_.starts_with(mark)) rest_.remove_prefix(mark.size());
    }
    bool done() const { return rest_.empty(); }

    Record next() {
        Record record{line_, {}};
        for (;;) {
            record.cells.push_back(rest_.starts_with('"') ? quoted() : bare());
            if (record.cells.size() > content::max_row_columns)
                throw BadFile(line_, fmt::format("more than {} columns", content::max_row_columns), "leave some out");
            if (rest_.starts_with(ends_[0])) {
                rest_.remove_prefix(1);
                continue;
            }
            if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
            if (rest_.empty()) return record;
            if (rest_.front() != '\n')
                throw BadFile(line_, "text after a closing quote", "write a quote inside as \"\"");
            rest_.remove_prefix(1);
            ++line_;
            return record;
        }
    }

  private:
    std::string bare() {
        auto end = std::min(rest_.find_first_of(std::string_view(ends_, sizeof ends_)), rest_.size());
        auto cell = rest_.substr(0, end);
        if (cell.ends_with('\r') && (end == rest_.size() || rest_[end] == '\n')) cell.remove_suffix(1), --end;
        if (cell.find('"') != std::string_view::npos)
            throw BadFile(line_, "a quote inside a cell without quotes", "put the cell in quotes and double the quote");
        rest_.remove_prefix(end);
        return std::string(cell);
    }

    std::string quoted() {
        const int opened = line_;
        std::string cell;
        rest_.remove_prefix(1);
        for (;;) {
            const auto end = rest_.find('"');
            if (end == std::string_view::npos) throw BadFile(opened, "an open quote", "close it");
            cell += rest_.substr(0, end);
            line_ += int(std::count(rest_.begin(), rest_.begin() + std::ptrdiff_t(end), '\n'));
            rest_.remove_prefix(end + 1);
            if (!rest_.starts_with('"')) return cell;
            cell += '"';
            rest_.remove_prefix(1);
        }
    }

    std::string_view rest_;
    const char ends_[2];  // of a cell without quotes
    int line_ = 1;
};

std::vector<std::string> header_of(Reader& reader) {
    if (reader.done()) throw BadFile(1, "no header row", "name the columns in the first line");
    auto header = reader.next().cells;
    for (size_t i = 0; i < header.size(); ++i)
        if (header[i].empty() || std::find(header.begin(), header.begin() + std::ptrdiff_t(i), header[i]) !=
                                     header.begin() + std::ptrdiff_t(i))
            throw BadFile(1, "a column without a name of its own", "name each column, once");
    return header;
}

// One that begins with the mark would be read without it, were it the first and bare.
std::string cell_text(std::string_view cell) {
    if (cell.find_first_of("\",\r\n") == std::string_view::npos && !cell.starts_with(mark)) return std::string(cell);
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

bool is_row(const boost::json::value& row) {
    if (!row.is_object() || row.as_object().empty()) return false;
    return std::all_of(row.as_object().begin(), row.as_object().end(),
                       [](const auto& member) { return member.value().is_string() && !member.key().empty(); });
}

// The former columns that are still used, then new ones as they come.
std::vector<std::string> columns_of(const boost::json::array& rows, std::string_view former) {
    std::vector<std::string> columns;
    try {
        Reader reader(former);
        columns = header_of(reader);
    } catch (const BadFile&) {
        columns.clear();
    }
    for (const auto& row : rows)
        for (const auto& member : row.as_object())
            if (std::find(columns.begin(), columns.end(), std::string(member.key())) == columns.end())
                columns.emplace_back(member.key());
    return columns;
}

}  // namespace

boost::json::array parse_csv(std::string_view bytes, char separator) {
    if (!locale::is_utf8(bytes)) throw BadFile(0, "not UTF-8", "save the file in UTF-8");
    Reader reader(bytes, separator);
    const auto header = header_of(reader);
    boost::json::array rows;
    while (!reader.done()) {
        const auto record = reader.next();
        if (record.cells.size() == 1 && record.cells[0].empty() && header.size() > 1) continue;  // an empty line
        if (record.cells.size() != header.size())
            throw BadFile(record.line, fmt::format("{} cells for {} columns", record.cells.size(), header.size()),
                          "put cells that contain a comma in quotes");
        if (rows.size() >= content::max_rows)
            throw BadFile(record.line, fmt::format("more than {} rows", content::max_rows), "split the list");
        boost::json::object row;
        for (size_t i = 0; i < header.size(); ++i) row[header[i]] = record.cells[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

std::optional<std::string> to_csv(const boost::json::value& rows, std::string_view former) {
    if (!rows.is_array() || !std::all_of(rows.as_array().begin(), rows.as_array().end(), is_row)) return std::nullopt;
    const auto& list = rows.as_array();
    const auto columns = columns_of(list, former);
    if (columns.empty()) return std::nullopt;
    for (const auto& row : list)  // a row that lacks a column would come back with an empty text in it
        if (row.as_object().size() != columns.size()) return std::nullopt;
    const std::string eol = former.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    std::string out(former.starts_with(mark) ? mark : std::string_view());
    for (size_t i = 0; i < columns.size(); ++i) out += (i ? "," : "") + cell_text(columns[i]);
    out += eol;
    for (const auto& row : list) {
        for (size_t i = 0; i < columns.size(); ++i)
            out += (i ? "," : "") + cell_text(std::string_view(row.as_object().at(columns[i]).as_string()));
        out += eol;
    }
    return out;
}

}  // namespace stele::exchange
