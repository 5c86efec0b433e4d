#!/usr/bin/env bash
# Takes a snapshot and archives what cannot be made anew: snapshots, secrets, and what was captured. Redis is filled
# again from the store. Usage: scripts/stack/backup.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:?"say where: scripts/stack/backup.sh FOLDER"}
mkdir -p "$target"
archive=$(cd "$target" && pwd)/headwater-$(date -u +%Y%m%dT%H%M%S).tar
umask 077

docker compose run --rm setup stack backup
# The one-off `secrets` has all these volumes. Written beside and then renamed: an archive that is there is whole.
docker compose run --rm --no-deps -T --entrypoint sh secrets \
  -c 'cd / && tar -cf - secrets/* var/lib/headwater var/lib/snapshots' > "$archive.new"
mv "$archive.new" "$archive"
echo "$archive"
