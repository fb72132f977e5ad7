#!/bin/sh
# Puts gradgui into the menu of this user and lets .gradgui files open with it; ./install.sh --remove takes it out again.
# The program itself stays where this file is.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
id=org.gradgui.gradgui

refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$data/applications" || true; fi
    if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$data/mime" || true; fi
}

case ${1:-} in
'')
    mkdir -p "$data" "$bin" "$data/applications"
    cp -R "$here/share/." "$data/"
    # The whole path, in quotes: the folder may have a space in its name.
    sed "s|^Exec=gradgui|Exec=\"$here/gradgui\"|" "$here/share/applications/$id.desktop" >"$data/applications/$id.desktop"
    ln -sf "$here/gradgui" "$bin/gradgui"
    refresh
    printf 'gradgui is in the menu, and as a command: %s\n' "$bin/gradgui"
    ;;
--remove)
    (cd "$here/share" && find . -type f) | while read -r file; do rm -f "$data/$file"; done
    if [ -L "$bin/gradgui" ]; then rm -f "$bin/gradgui"; fi
    refresh
    printf 'gradgui is out of the menu; the folder %s can be deleted.\n' "$here"
    ;;
*)
    sed -n '2,3s/^# //p' "$0"
    exit 2
    ;;
esac
