#!/bin/sh
# Makes the Debian package of an archive: sh src/dist/deb.sh ARCHIVE.tar.gz FOLDER writes
# FOLDER/prontodb_VERSION_ARCHITECTURE.deb and its checksum, and prints the package's name. The same
# archive gives the same bytes: every time in it is SOURCE_DATE_EPOCH, in seconds.
set -eu
archive=$1
folder=$2
source=$(cd "${0%/*}" && pwd)
: "${SOURCE_DATE_EPOCH:=0}"
export SOURCE_DATE_EPOCH

mkdir -p "$folder"
staging=$(mktemp -d "$folder/deb.XXXXXX")
trap 'rm -rf "$staging"' EXIT INT TERM
tar -xzf "$archive" -C "$staging"
program=$(echo "$staging"/prontodb-*)
root=$staging/root
umask 022

# prontodb-VERSION-linux-PROCESSOR. A version with a dash is one before the release, which sorts
# before it with a tilde.
name=${program##*/}
version=${name#prontodb-}
processor=${version##*-}
version=$(echo "${version%-*-*}" | tr - '~')
case $processor in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *)
    echo "no Debian architecture is known for $processor" >&2
    exit 1
    ;;
esac

lib=$root/usr/lib/prontodb
share=$root/usr/share
doc=$share/doc/prontodb
mkdir -p "$lib" "$share/zsh/vendor-completions" "$root/usr/bin" "$root/usr/lib/systemd/system" \
  "$root/etc/default" "$root/DEBIAN" "$share/lintian/overrides" "$doc"
for part in bin lib conf native release; do
  if [ -e "$program/$part" ]; then cp -R "$program/$part" "$lib/"; fi
done
# "prontodb install" then makes configuration and database, and no copy of the program.
: >"$lib/lib/packaged"
sed 's|^home=${0%/\*}/\.\.$|home=/usr/lib/prontodb|' "$program/bin/prontodb" >"$root/usr/bin/prontodb"
grep -q '^home=/usr/lib/prontodb$' "$root/usr/bin/prontodb"
chmod 755 "$root/usr/bin/prontodb"

cp -R "$program/share/bash-completion" "$program/share/fish" "$share/"
cp "$program/share/zsh/site-functions/_prontodb" "$share/zsh/vendor-completions/"
cp "$program/share/systemd/prontodb.service" "$root/usr/lib/systemd/system/"
if [ -d "$program/share/man" ]; then cp -R "$program/share/man" "$share/"; fi
cp -R "$program/share/doc/prontodb/." "$doc/"
cp -R "$program/NOTICE" "$program/sbom.json" "$program/legal" "$doc/"
cp "$source/debian/copyright" "$doc/copyright"
{
  echo "prontodb ($version) unstable; urgency=medium"
  echo
  echo '  * What is new is in /usr/share/doc/prontodb/changelog.md.'
  echo
  echo " -- $(sed -n 's/^Maintainer: //p' "$source/debian/control")  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
} >"$doc/changelog"
find "$doc/changelog" -exec gzip -9n {} +
if [ -d "$share/man" ]; then find "$share/man" -type f -exec gzip -9n {} +; fi
cp "$source/debian/default" "$root/etc/default/prontodb"
cp "$source/debian/lintian-overrides" "$share/lintian/overrides/prontodb"

# Names of functions are for debuggers alone.
find "$lib" -type f -name '*.so' -exec chmod 644 {} + -exec strip --strip-unneeded {} +

# What is shipped as an executable or library, and asks for libraries of the system.
elf() {
  find "$lib" -type f \( -name '*.so' -o -perm -u+x \) -exec sh -c \
    'for file; do if [ "$(head -c 4 "$file" | tail -c 3)" = ELF ]; then echo "$file"; fi; done' sh {} +
}
elf >"$staging/elf"
needed=$(xargs -r objdump -p <"$staging/elf" | awk '$1 == "NEEDED" { print $2 }' | sort -u)
libraries=
for library in $needed; do
  if [ -n "$(find "$lib" -name "$library")" ]; then continue; fi
  case $library in
    libc.so.6 | libm.so.6 | libdl.so.2 | libpthread.so.0 | librt.so.1 | ld-linux-*) package=libc6 ;;
    libz.so.1) package='zlib1g' ;;
    *)
      echo "no Debian package is known for $library" >&2
      exit 1
      ;;
  esac
  case $libraries in *$package*) ;; *) libraries="$libraries${libraries:+, }$package" ;; esac
done
glibc=$(xargs -r objdump -T <"$staging/elf" 2>/dev/null | grep -o 'GLIBC_2[.0-9]*' | sort -uV | tail -1)
libraries=$(echo "$libraries" | sed "s/libc6/libc6 (>= ${glibc#GLIBC_})/")

for script in config postinst prerm postrm; do
  cp "$source/debian/$script" "$root/DEBIAN/"
  chmod 755 "$root/DEBIAN/$script"
done
cp "$source/debian/templates" "$root/DEBIAN/"
echo /etc/default/prontodb >"$root/DEBIAN/conffiles"
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -perm -u+x -exec chmod 644 {} +
find "$root" -type f -perm -u+x -exec chmod 755 {} +
(cd "$root" && find etc usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
size=$(find "$root/usr" "$root/etc" -type f -printf '%k\n' | awk '{ sum += $1 } END { print sum }')
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
  -e "s/@LIBRARIES@/$libraries/" "$source/debian/control" >"$root/DEBIAN/control"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

package=prontodb_${version}_$architecture.deb
# One thread, since the result of several depends on their number.
dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" "$staging/$package" >/dev/null
(cd "$staging" && sha256sum "$package" >"$package.sha256")
mv "$staging/$package" "$staging/$package.sha256" "$folder/"
echo "$folder/$package"
