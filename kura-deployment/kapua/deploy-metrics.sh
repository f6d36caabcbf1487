#!/usr/bin/env bash
# SPDX-License-Identifier: EPL-2.0
#
# Prints the metrics of a DEPLOY-V2 "EXEC/download" request that makes a gateway fetch a .dp, check
# it and install it: one a line, name, type and value, separated by tabs.
#
#   deploy-metrics.sh rejoin-azure_1.0.0.dp https://example.org/rejoin-azure_1.0.0.dp
set -euo pipefail

if [ $# -ne 2 ] || [ ! -f "$1" ]; then
  echo "give: the .dp file, and the http or https address from which the gateway gets it" >&2
  exit 2
fi
file=$1
address=$2
case $address in
  http://* | https://*) ;;
  *) echo "the address has to begin with http:// or https://" >&2; exit 2 ;;
esac

# A manifest line goes on in the next one after a blank.
read_manifest() {
  if command -v unzip >/dev/null; then
    unzip -p "$file" META-INF/MANIFEST.MF
  else
    path=$(realpath "$file")
    scratch=$(mktemp -d)
    (cd "$scratch" && jar xf "$path" META-INF/MANIFEST.MF && cat META-INF/MANIFEST.MF)
    rm -r "$scratch"
  fi
}
manifest=$(read_manifest | tr -d '\r' | sed -e ':a;N;$!ba;s/\n //g')
header() { sed -n "s/^$1: //p" <<<"$manifest" | head -n 1; }
name=$(header DeploymentPackage-SymbolicName)
version=$(header DeploymentPackage-Version)
if [ -z "$name" ] || [ -z "$version" ]; then
  echo "$file is not a deployment package" >&2
  exit 2
fi
hash=$(sha256sum "$file" | cut -d ' ' -f 1)

metric() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
metric dp.uri String "$address"
metric dp.name String "$name"
metric dp.version String "$version"
metric dp.download.protocol String HTTP
metric dp.download.hash String "SHA-256:$hash"
# Without it a file of that name that is on the gateway already is installed, whatever is in it.
metric dp.download.force Boolean true
metric dp.install Boolean true
metric dp.install.system.update Boolean false
metric dp.reboot Boolean false
metric job.id Long "$(date +%s%3N)"
