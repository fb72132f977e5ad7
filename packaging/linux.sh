#!/bin/sh
# One door on Linux. From any directory:
#
#   sh packaging/linux.sh run [ARGS]     install what is missing, then open the window (ARGS go to gradgui)
#   sh packaging/linux.sh test [ARGS]    the whole check, the same that CI runs (ARGS go to the first pytest)
#   sh packaging/linux.sh endure [WHAT]  the long run: monkeys, races, kills, leaks, every screen, a soak
#   sh packaging/linux.sh wheel          build a wheel into dist/
#   sh packaging/linux.sh bundle         build the program that needs no Python into dist/, and try it out
#
# Everything is installed into .venv in the checkout; nothing else changes, except that missing system packages are
# installed with apt-get where that is allowed without asking for a password.
# GRADGUI_PYTHON names the Python to use, GRADGUI_VENV another place for .venv.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=${GRADGUI_VENV:-$root/.venv}
constraints=packaging/constraints.txt

# What Qt and OpenGL load on a bare Debian or Ubuntu.
window_packages='libglib2.0-0 libegl1 libgl1 libglx-mesa0 libgl1-mesa-dri libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4
libxcb-keysyms1 libxcb-shape0 libxcb-image0 libxcb-render-util0 libdbus-1-3 libfontconfig1'
screen_packages='xvfb xauth'

say() { printf 'gradgui: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# ── System packages ──────────────────────────────────────────────────────────────────────────────

# missing PACKAGE... prints those that dpkg does not know as installed; nothing on systems without dpkg.
missing() {
    has dpkg-query || return 0
    for package in "$@"; do
        # A package may be installed for several architectures; one is enough. Some have a new name on newer systems.
        # shellcheck disable=SC2016
        dpkg-query -W -f='${db:Status-Status}\n' "$package" "${package}t64" 2>/dev/null | grep -qx installed ||
            printf '%s ' "$package"
    done
}

apt() {
    if [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive apt-get "$@"
    fi
}

may_install() { has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }; }

# need PACKAGE... installs what is missing if it may. Returns 1, after one sentence, if something stays missing.
need() {
    wanted=$(missing "$@")
    [ -n "$wanted" ] || return 0
    if may_install; then
        say "installing system packages: $wanted"
        # Without an index, or with an old one, the first try fails; then fetch it once.
        # shellcheck disable=SC2086
        apt install -y -q --no-install-recommends $wanted >/dev/null 2>&1 && return 0
        # shellcheck disable=SC2086
        apt update -q >/dev/null 2>&1 && apt install -y -q --no-install-recommends $wanted >&2 && return 0
    fi
    say "please install these system packages: sudo apt-get install $wanted"
    return 1
}

# ── Python and .venv ─────────────────────────────────────────────────────────────────────────────

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Prints a Python of at least 3.11, best one that can make a venv.
find_python() {
    second=
    for name in ${GRADGUI_PYTHON:-python3.13 python3.12 python3.11 python3}; do
        # Directories of PATH one by one: the first python3.11 may be a stub where the second one works.
        for candidate in $(candidates "$name"); do
            is_new_enough "$candidate" || continue
            if can_make_venv "$candidate"; then
                printf '%s\n' "$candidate"
                return 0
            fi
            second=${second:-$candidate}
        done
    done
    [ -z "$second" ] || printf '%s\n' "$second"
}

candidates() {
    case $1 in */*) printf '%s\n' "$1"; return 0 ;; esac
    printf '%s\n' "$PATH" | tr ':' '\n' | while read -r folder; do
        if [ -x "$folder/$1" ]; then printf '%s\n' "$folder/$1"; fi
    done
}

make_venv() {
    python=$(find_python)
    # A Python that was named is wanted, and no other.
    if [ -z "$python" ] && [ -z "${GRADGUI_PYTHON:-}" ] && need python3 python3-venv; then
        python=$(find_python)
    fi
    [ -n "$python" ] || die "no Python 3.11 or newer was found; please install one (sudo apt-get install python3 python3-venv)."
    if ! can_make_venv "$python"; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        need "$package" || exit 1
        can_make_venv "$python" || die "$python cannot make a virtual environment even with $package."
    fi
    rm -rf "$venv"
    "$python" -m venv "$venv" || die "$python could not make a virtual environment in $venv."
}

# What an installation depends on; a moved checkout is a different one, because its scripts hold the old path.
fingerprint() {
    {
        printf '%s\n' "$root"
        cat "$root/pyproject.toml" "$root/$constraints"
    } | cksum
}

# install [dev]: makes .venv hold gradgui (editable) and its libraries; at once when that is already so.
install() {
    now=$(fingerprint)
    for level in ${1:-run dev}; do
        [ "$(cat "$venv/gradgui-$level.stamp" 2>/dev/null)" = "$now" ] && is_new_enough "$venv/bin/python" && return 0
    done
    if [ "$(cat "$venv/gradgui-root.stamp" 2>/dev/null)" != "$root" ] || ! is_new_enough "$venv/bin/python"; then
        make_venv
        printf '%s\n' "$root" >"$venv/gradgui-root.stamp"
    fi
    say "installing into $venv; the first time this takes a minute or two."
    (
        cd -- "$root"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c "$constraints" -e ".${1:+[$1]}"
    ) || die "the libraries could not be installed; pip says why above."
    printf '%s\n' "$now" >"$venv/gradgui-${1:-run}.stamp"
}

# ── run ──────────────────────────────────────────────────────────────────────────────────────────

has_screen() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ -n "${QT_QPA_PLATFORM:-}" ]; }

can_open_window() { "$venv/bin/python" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' >/dev/null 2>&1; }

run() {
    install
    case ${1:-} in
    train | trace | check | surface | export | lessons | bench | selftest | -h | --help | --version)
        exec "$venv/bin/gradgui" "$@"
        ;;
    esac
    if ! has_screen; then
        say "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open."
        say "these work without one: $venv/bin/gradgui train FILE, $venv/bin/gradgui trace FILE, $venv/bin/gradgui --help"
        exit 1
    fi
    # shellcheck disable=SC2086
    need $window_packages || can_open_window || die "the window cannot open without them."
    exec "$venv/bin/gradgui" "$@"
}

# ── test ─────────────────────────────────────────────────────────────────────────────────────────

# step NAME COMMAND... runs one part of the check and remembers how it went.
step() {
    name=$1
    shift
    count=$((count + 1))
    printf '\n── %s\n' "$name"
    "$@" || failed="${failed:+$failed, }$name"
}

# A test that hangs where Python cannot interrupt it (a lock inside Qt, a thread that does not end) ends its process and
# says where every thread stood; without this the whole check would wait for ever.
endless='--max-worker-restart=2 -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true'
whole_s=3000

offscreen_tests() {
    # shellcheck disable=SC2086
    QT_QPA_PLATFORM=offscreen timeout -k 10 "$whole_s" \
        pytest -q $endless -m "not long and not xvfb" -n "${GRADGUI_TEST_JOBS:-auto}" --dist loadfile "$@"
}

screen_tests() {
    if ! has xvfb-run; then
        say "xvfb-run is missing, so nothing that needs a screen was tested."
        return 1
    fi
    # shellcheck disable=SC2086
    GRADGUI_TEST_DISPLAY=1 QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1 timeout -k 10 "$whole_s" \
        xvfb-run -a -s "-screen 0 1920x1200x24" pytest -q $endless -m "xvfb and not long"
}

check() {
    # shellcheck disable=SC2086
    need $window_packages $screen_packages || say "going on without them."
    install dev
    cd -- "$root"
    PATH=$venv/bin:$PATH
    export PATH
    count=0 failed='' started=$(date +%s)
    step 'ruff format' ruff format --check --quiet --output-format=concise .
    step 'ruff check' ruff check --quiet --output-format=concise .
    step 'mypy' mypy
    step 'lint-imports' lint-imports --no-logo
    step 'pytest' offscreen_tests "$@"
    step 'pytest with a screen' screen_tests
    took=$(($(date +%s) - started))
    if [ -n "$failed" ]; then
        printf '\ngradgui check FAILED in %s s: %s\n' "$took" "$failed"
        exit 1
    fi
    printf '\ngradgui check passed: all %s parts in %s s\n' "$count" "$took"
}

# ── endure ───────────────────────────────────────────────────────────────────────────────────────

endure() {
    # shellcheck disable=SC2086
    need $window_packages $screen_packages || say "going on without them."
    install dev
    cd -- "$root"
    exec "$venv/bin/python" -X faulthandler -m tests.hardening.endure "$@"
}

# ── wheel ────────────────────────────────────────────────────────────────────────────────────────

wheel() {
    install
    cd -- "$root"
    "$venv/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps -w dist . || die "the wheel could not be built."
    ls -1 dist/*.whl
}

# ── bundle ───────────────────────────────────────────────────────────────────────────────────────

bundle() {
    # shellcheck disable=SC2086
    need $window_packages $screen_packages binutils xz-utils || say "going on without them."
    install bundle
    cd -- "$root"
    exec "$venv/bin/python" packaging/bundle.py "$@"
}

what=${1:-}
[ $# -eq 0 ] || shift
case $what in
run) run "$@" ;;
test) check "$@" ;;
endure) endure "$@" ;;
wheel) wheel ;;
bundle) bundle "$@" ;;
*)
    sed -n '3,12s/^# \{0,1\}//p' "$0"
    case $what in '' | -h | --help) exit 0 ;; *) exit 2 ;; esac
    ;;
esac
