# Functions for the scripts of set-up: telling, and installing Debian's packages where we may.
# To be sourced.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

root_prefix() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

# apt_install REASON PACKAGE...: install, or say what to do.
apt_install() {
    reason=$1
    shift
    if ! command -v apt-get > /dev/null || ! prefix=$(root_prefix); then
        fail "$reason Install it (on Debian 12: apt-get install $*), or run this as root or as a" \
            "user with passwordless sudo, and it is installed for you."
    fi
    say "$reason Installing $* with apt-get."
    if ! { $prefix apt-get update -q &&
        $prefix DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; }
    then
        fail "apt-get could not install $*: set right what it says above and run this again."
    fi
}

# Papers are set in this font, and browsers show Chinese with its sisters. Called by name, so that
# a machine without fontconfig can be told about too.
has_font() {
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/root}/.fonts" "${HOME:-/root}/.local/share/fonts" \
        -name 'NotoSerifCJK*' -print -quit 2> /dev/null)" ]
}
