#!/usr/bin/env bash
# Unpacks an archive of backup.sh into an installation that has not been started yet, starts it, and restores its newest
# snapshot. Usage: scripts/stack/restore.sh ARCHIVE [SNAPSHOT]
set -euo pipefail
cd "$(dirname "$0")/../.."
archive=${1:?"say from where: scripts/stack/restore.sh ARCHIVE [SNAPSHOT]"}
[ -f "$archive" ] || { echo "$archive is not there" >&2; exit 1; }
if [ -n "$(docker volume ls --quiet --filter name=headwater_elasticsearch)" ]; then
  echo "there is an installation here; restore into it with: docker compose run --rm setup stack restore NAME" >&2
  exit 1
fi

docker compose run --rm --no-deps -T --entrypoint tar secrets -C / -xf - < "$archive"
docker compose up --detach --wait elasticsearch redis
docker compose run --rm setup
newest() { docker compose run --rm -T setup stack backups | awk '$3 == "SUCCESS" { name = $1 } END { print name }'; }
docker compose run --rm setup stack restore "${2:-$(newest)}"
docker compose up --detach
