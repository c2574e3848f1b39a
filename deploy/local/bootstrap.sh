#!/bin/sh
# Make .venv with the locked packages and our own, and node_modules with what pages load, from
# nothing but a Debian-like machine.
# Instant when nothing has changed; a run that was killed half way is healed by the next.
# Packages come from wherever the user's own pip and npm configuration says.
set -eu

cd "$(dirname "$0")/../.."
. deploy/local/machine.sh
. deploy/local/node.sh

venv=.venv
stamp=$venv/.jiandu-installed   # what is installed, written last
busy=$venv/.jiandu-installing   # there while pip works

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }

# The lock was made with 3.11, so that comes first.
find_python() {
    for name in python3.11 python3 python3.12 python3.13 python3.14; do
        if command -v "$name" > /dev/null && is_recent "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

ensure_python() {
    if ! python=$(find_python); then
        apt_install "Python 3.11 or later is not installed." python3 python3-venv
        python=$(find_python) || fail "This system's Python is older than 3.11: install Python 3.11" \
            "or later with its venv module, so that python3.11 is on PATH, and run this again."
    fi
    if ! "$python" -c 'import venv, ensurepip' 2> /dev/null; then
        apt_install "Python's venv module is not installed." python3-venv
        "$python" -c 'import venv, ensurepip' 2> /dev/null || fail "$python still has no venv module:" \
            "install the package that brings it (python3.11-venv for python3.11), then run this again."
    fi
}

# A virtualenv holds absolute paths, so its place belongs to what is installed.
wanted() {
    { pwd; cat requirements/base.txt requirements/dev.txt pyproject.toml; } | sha256sum
}

works() { "$venv/bin/python" -c 'import pip' 2> /dev/null; }

make_venv() {
    ensure_python
    say "Making the virtual environment $venv with $python."
    rm -rf "$venv"
    "$python" -m venv "$venv" || fail "The virtual environment could not be made: set right what" \
        "Python says above and run this again."
}

install_packages() {
    pip="$venv/bin/python -m pip --disable-pip-version-check install --no-deps"
    : > "$busy"
    say "Installing the locked packages (a minute or two the first time)."
    $pip --quiet --progress-bar off --require-hashes -r requirements/dev.txt ||
        fail "pip could not install the locked packages: see its message above. If no index can be" \
            "reached, set one in your pip configuration (pip config set global.index-url ...) or" \
            "PIP_INDEX_URL, and run this again."
    say "Installing jiandu itself."
    # Setuptools warns, in a box of asterisks, that an editable install stays editable.
    PYTHONWARNINGS=ignore $pip --quiet --no-build-isolation -e . ||
        fail "Our own package could not be installed: see pip's message above."
    wanted > "$stamp"
    rm -f "$busy"
}

is_installed() {
    [ ! -e "$busy" ] && [ -x "$venv/bin/jiandu" ] && works &&
        [ "$(cat "$stamp" 2> /dev/null)" = "$(wanted)" ]
}

# Two commands started at once must not install over each other.
{ mkdir -p .run && [ -w .run ]; } || fail "Cannot write in $(pwd)/.run: run this as its owner."
if command -v flock > /dev/null; then
    exec 9> .run/setup.lock
    flock -n 9 || { say "Another set-up is at work here; waiting for it to finish."; flock 9; }
fi

if ! is_installed; then
    # Without a stamp, or with pip's work unfinished, nobody knows what is in there.
    if [ -e "$busy" ] || [ ! -e "$stamp" ] || ! works; then make_venv; fi
    install_packages
fi
node_is_installed || install_node_packages
# In a shell of its own, which ends where it cannot: all but the papers works without.
has_font || (apt_install "The font of papers to print, Noto Serif CJK, is not installed." \
    fonts-noto-cjk) || say "Until it is, no PDF can be printed; everything else works."
