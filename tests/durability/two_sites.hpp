#pragma once
// A database, and a backup of another one: every row of the one says "old", every row of the other "new".
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/databases.hpp"

namespace stele::testing {

class TwoSites {
  public:
    TwoSites();

    std::filesystem::path folder, database, backup;

    // The database as a killed server leaves it: part of it is in its log still.
    void put_old_database() const;
    // Whose rows are in the database now: "old" or "new"; "old new" for a mixture, what is wrong for a damaged one.
    std::string whose() const;
    // A command on the database; its exit status. What it says on standard error goes to `said`.
    int run(const std::vector<std::string>& arguments, std::string* said = nullptr) const;
    std::vector<std::string> restore_command() const;
    std::vector<std::string> files() const;  // in the folder of the database

  private:
    Db home_;  // for its folder
};

std::string content_of(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, const std::string& content);

}  // namespace stele::testing
