#include "server/cli/command.hpp"

int main(int argc, char** argv) {
    using namespace stele::cli;
    return run_commands(argc, argv,
                        {
                            migrate_command(),
                            backup_command(),
                            restore_command(),
                        });
}
