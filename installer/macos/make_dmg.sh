#!/bin/sh
# Signs the bundle, and makes and signs the disk image. Untested.
#
#   installer/macos/make_dmg.sh dist/Anbudsklar.app dist/anbudsklar-0.1.0-macos.dmg
#
# IDENTITY is the name of a "Developer ID Application" certificate in the keychain; without it the bundle is signed ad hoc and
# runs on this Mac only. PROFILE names what `xcrun notarytool store-credentials` has kept; with it, the image is notarised.
set -eu

app=$1
image=$2
here=$(cd "$(dirname "$0")" && pwd)
identity=${IDENTITY:--}

sign() {
    if [ "$identity" = - ]; then
        codesign --force --sign - "$@"
    else
        codesign --force --timestamp --options runtime --sign "$identity" "$@"
    fi
}

# What kinds of files are called in each language: Finder takes the words of Info.plist as names of these.
for language in sv en; do
    mkdir -p "$app/Contents/Resources/$language.lproj"
    cp "$here/$language.lproj/InfoPlist.strings" "$app/Contents/Resources/$language.lproj/"
done

# From the inside out: what a bundle contains must be signed before the bundle itself.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print | while IFS= read -r library; do
    sign "$library"
done
find "$app/Contents/Frameworks" -type d -name '*.framework' -prune -print | while IFS= read -r framework; do
    sign "$framework"
done
sign --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict --verbose=2 "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname Anbudsklar -srcfolder "$stage" -fs HFS+ -format UDZO -imagekey zlib-level=9 "$image"

if [ "$identity" != - ]; then
    sign "$image"
fi
if [ -n "${PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$PROFILE" --wait
    xcrun stapler staple "$image"
fi
