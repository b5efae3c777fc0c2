#include "server/cli/command.hpp"

int main(int argc, char** argv) {
    using namespace stele::cli;
    return run_commands(argc, argv,
                        {
                            serve_command(),
                            import_command(),
                            export_command(),
                            migrate_command(),
                            worklist_command(),
                            coverage_command(),
                            user_command(),
                            token_command(),
                            memory_command(),
                            check_command(),
                            backup_command(),
                            restore_command(),
                        });
}
