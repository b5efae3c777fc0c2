#!/usr/bin/env bash
# The check finds what it is there to find, and lets pass what is allowed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

# expect ok|broken FILE INCLUDE
expect() {
    rm -rf "$tree/src" "$tree/server"
    mkdir -p "$tree/src" "$tree/server" "$tree/$(dirname "$2")"
    printf '#include %s\n' "$3" >"$tree/$2"
    local got=ok
    "$here/includes.sh" "$tree" >/dev/null || got=broken
    [ $got = "$1" ] || { echo "$2 with #include $3: expected $1, got $got"; failed=1; }
}

expect ok     src/editing/save.cpp      '"src/storage/articles.hpp"'
expect ok     src/editing/save.cpp      '"src/publishing/publish.hpp"'
expect ok     src/db/sqlite/driver.cpp  '<sqlite3.h>'
expect ok     src/db/sqlite/driver.cpp  '"src/db/db.hpp"'
expect ok     src/locale/tag.cpp        '<unicode/locid.h>'
expect ok     server/http/loop.cpp      '<Poco/Net/PollSet.h>'
expect ok     server/routes.cpp         '"server/api/articles.hpp"'
expect ok     server/main.cpp           '<CLI/CLI.hpp>'
expect broken src/storage/articles.cpp  '"src/editing/save.hpp"'
expect broken src/content/segment.cpp   '"src/db/db.hpp"'
expect broken src/base/time.cpp         '"src/locale/tag.hpp"'
expect broken src/editing/save.cpp      '"server/app.hpp"'
expect broken src/editing/save.cpp      '<Poco/Net/Socket.h>'
expect broken src/content/segment.cpp   '<unicode/brkiter.h>'
expect broken src/db/pool.cpp           '<sqlite3.h>'
expect broken src/db/sqlite/driver.cpp  '<libpq-fe.h>'
expect broken server/http/loop.cpp      '"src/content/segment.hpp"'
expect broken src/content/segment.cpp   '"segment.hpp"'
expect broken src/newcomer/a.cpp        '"src/base/time.hpp"'
exit $failed
