#!/usr/bin/env bash
# Installs, from Debian's packages, the programs that some tests use as independent witnesses (age).
# Does nothing where they are there; where it cannot install, says so, and those tests are skipped.
set -u
command -v age >/dev/null && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The program 'age' is not installed: the tests that read sealed files with it will be skipped." >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
(apt-get install -y --no-install-recommends age || { apt-get update && apt-get install -y --no-install-recommends age; }) >/dev/null
