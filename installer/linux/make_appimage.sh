#!/bin/sh
# Makes an AppImage of the frozen program. Untested.
#
#   installer/linux/make_appimage.sh dist/anbudsklar dist/anbudsklar-0.1.0-x86_64.AppImage
#
# The system's libraries are not in it, as they are not in the frozen program: it runs on desktops with the same C library or a
# newer one. Associations of files come with the .deb only.
set -eu

program=$1
image=$2
here=$(cd "$(dirname "$0")" && pwd)
name=se.anbudsklar.Anbudsklar
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

mkdir -p "$stage/usr/lib" "$stage/usr/share/applications" "$stage/usr/share/metainfo" "$stage/usr/share/icons/hicolor/scalable/apps"
cp -a "$program" "$stage/usr/lib/anbudsklar"
cp "$here/$name.desktop" "$stage/"
cp "$here/$name.desktop" "$stage/usr/share/applications/"
cp "$(dirname "$program")/$name.metainfo.xml" "$stage/usr/share/metainfo/$name.appdata.xml"
cp "$here/../../resources/icons/anbudsklar.svg" "$stage/$name.svg"
cp "$here/../../resources/icons/anbudsklar.svg" "$stage/usr/share/icons/hicolor/scalable/apps/$name.svg"
ln -s "$name.svg" "$stage/.DirIcon"
cat > "$stage/AppRun" <<'END'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/anbudsklar/anbudsklar" "$@"
END
chmod +x "$stage/AppRun"

appimagetool --no-appstream "$stage" "$image"
