#!/usr/bin/env bash
# Installs, from Debian's packages, the programs that some tests use: age as an independent witness, Chromium to
# look at pages with, PostgreSQL's server to read patients from, promtool to try Prometheus' rules with, bubblewrap to
# run the image in without an engine, systemd-analyze to verify its units with. Does nothing
# where they are there; where it cannot install, says so, and those tests are skipped.
set -u
missing=()
for program in age chromium; do command -v "$program" >/dev/null || missing+=("$program"); done
# The server's programs stand beside the path, a folder a version.
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
command -v promtool >/dev/null || missing+=(prometheus)
command -v bwrap >/dev/null || missing+=(bubblewrap)
command -v systemd-analyze >/dev/null || missing+=(systemd)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Not installed: ${missing[*]}. The tests that need them will be skipped." >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# The tests start servers of their own: no cluster of the system's is made, and none is started.
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
  mkdir -p /etc/postgresql-common/createcluster.d
  echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/osteon.conf
fi
# Of Prometheus the tests run one program: its service is masked, and never started.
if [[ " ${missing[*]} " == *" prometheus "* ]]; then
  mkdir -p /etc/systemd/system
  ln -sf /dev/null /etc/systemd/system/prometheus.service
fi
install() { apt-get install -y --no-install-recommends "${missing[@]}"; }
(install || { apt-get update && install; }) >/dev/null
