#!/bin/sh
# Install Debian packages without the servers in them being started or a database cluster made.
# A script of its own, run as root: whatever becomes of the caller, the traps below put the
# machine's settings back. What an interrupted run could not put back, the next one recognises.
#
#   apt_install.sh ROOT PACKAGE...      ROOT is / (tests name a folder of theirs)
set -eu
root=${1%/}
shift

mark="# Written by Jiandu's set-up while it installs packages; removed afterwards."
policy=$root/usr/sbin/policy-rc.d
no_cluster=$root/etc/postgresql-common/createcluster.d/jiandu-no-cluster.conf
made_folder=

restore() {
    rm -f "$no_cluster"
    [ -z "$made_folder" ] || rmdir -p --ignore-fail-on-non-empty "${no_cluster%/*}"
    if [ -f "$policy" ] && grep -qF "$mark" "$policy"; then rm -f "$policy"; fi
}
trap restore EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# dpkg's scripts ask policy-rc.d before they start anything; 101 means "not allowed".
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" > "$policy"
    chmod 755 "$policy"
fi
[ -d "${no_cluster%/*}" ] || made_folder=yes
mkdir -p "${no_cluster%/*}"
printf '%s\ncreate_main_cluster = false\n' "$mark" > "$no_cluster"

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends "$@"
