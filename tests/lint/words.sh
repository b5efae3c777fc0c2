#!/bin/sh
# Messages that nothing shows: keys of locales/en.json that stand nowhere in the sources, neither whole ("studio.save",
# {{t.studio_save}}, say('saved')) nor begun by a name that is put together (tests/lint/built_words.txt).
set -eu
cd "$(dirname "$0")/../.."
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT

sed -n 's/^  "\([^"]*\)":.*/\1/p' locales/en.json | sort >"$found/keys"
{
  find src server -name '*.cpp' -o -name '*.hpp' | xargs grep -ohE '"[a-z][a-zA-Z0-9._-]*"' | tr -d '"'
  find server -name '*.mjs' | xargs grep -ohE "'[a-z][a-z0-9.-]*'" | tr -d "'" | sed 'p;s/^/script./'
} | sort -u >"$found/whole"
find server config/theme -name '*.mustache' | xargs grep -ohE 't\.[a-z0-9_]+' | cut -c3- | sort -u >"$found/named"

# Templates write "studio.save-now" as t.studio_save_now.
comm -23 "$found/keys" "$found/whole" | awk '
  NR == FNR { named[$0] = 1; next }
  { name = $0; gsub(/[.-]/, "_", name); if (!(name in named)) print }' "$found/named" - |
  grep -vE "$(grep -v '^#' tests/lint/built_words.txt | sed 's/\./\\./g;s/.*/^&/' | paste -sd'|')" >"$found/unused" || true

if [ -s "$found/unused" ]; then
  echo 'messages that nothing shows:'
  cat "$found/unused"
  exit 1
fi
