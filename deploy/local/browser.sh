#!/bin/sh
# Find or install what tests of pages and screenshots drive: Chromium, with a font for Chinese, and
# with its own words in that language, such as those of a file's box.
# JIANDU_CHROMIUM names another Chromium than the one on PATH; see browser.py.
set -eu

cd "$(dirname "$0")/../.."
. deploy/local/machine.sh

has_chromium() {
    [ -n "${JIANDU_CHROMIUM:-}" ] && [ -x "$JIANDU_CHROMIUM" ] ||
        command -v chromium > /dev/null || command -v chromium-browser > /dev/null
}

has_chromium || apt_install "Chromium, which tests of pages and screenshots drive, is not installed \
(JIANDU_CHROMIUM may name one elsewhere)." chromium chromium-l10n fonts-noto-cjk fontconfig
has_font || apt_install "A font for Chinese is not installed." fonts-noto-cjk fontconfig
