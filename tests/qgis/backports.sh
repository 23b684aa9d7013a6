#!/usr/bin/env bash
# Runs the plugin's tests under the QGIS of Debian's backports (3.40), installed into a folder of its own, which stays
# for the next time: RS_SR_PYTHON=.venv-ci/bin/python tests/qgis/backports.sh /var/tmp/qgis-backports [pytest arguments]
# By hand, on Debian 12 as root with debootstrap; 3 GB and some minutes. Last result: docs/qgis.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
there=$1
shift
backend=$(readlink -f "$(dirname "${RS_SR_PYTHON:-.venv-ci/bin/python}")")/python

if [ ! -x "$there/usr/bin/qgis_process.bin" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Release: bookworm' | head -1)
    debootstrap --variant=minbase --include=ca-certificates bookworm "$there" "$mirror"
    echo "deb $mirror bookworm-backports main" >"$there/etc/apt/sources.list.d/backports.list"
    cp /etc/apt/apt.conf.d/* "$there/etc/apt/apt.conf.d/"
    chroot "$there" apt-get -qq update
    DEBIAN_FRONTEND=noninteractive chroot "$there" apt-get -qq install -y --no-install-recommends -t bookworm-backports \
        qgis python3-qgis qgis-providers xvfb xauth python3-venv >/dev/null
fi

mounted=()
cleanup() { for place in "${mounted[@]}"; do umount "$place"; done; }
trap cleanup EXIT
bind() { # a folder of this machine, seen at the same place in there
    mkdir -p "$there$1"
    mount --bind "$1" "$there$1"
    mounted=("$there$1" "${mounted[@]}")
}
cp /etc/ssl/certs/ca-certificates.crt "$there/etc/ssl/certs/" # with that of a proxy, if any
cp /etc/hosts "$there/etc/hosts"                                          # else localhost is not known
bind /proc
bind /dev
bind /sys
bind "$root"
base=$("$backend" -c 'import sys; print(sys.base_prefix)')
[ "$base" = /usr ] || bind "$base"
for folder in ${RS_SR_BIND:-}; do bind "$folder"; done
chroot "$there" /usr/bin/python3 -c 'from qgis.core import Qgis; print("QGIS", Qgis.QGIS_VERSION)'
chroot "$there" env RS_SR_PYTHON="$backend" RS_SR_SHARED_DATA="${RS_SR_SHARED_DATA:-}" PATH=/usr/bin:/bin:/usr/sbin:/sbin \
    bash "$root/.ci/qgis" "$@"
