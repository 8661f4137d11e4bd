#!/bin/sh
# Tries what bin/dist.sh has made: installs, upgrades, removes and purges the Debian package in a Debian
# system of its own, which debootstrap makes in target/dist/debian, and runs the archive there as a user
# without Java. Needs root, debootstrap and a mirror of Debian: DEBIAN_MIRROR names another one. The
# packages of another folder can be named: bin/try-packages.sh FOLDER.
set -eu
cd "${0%/*}/.."
dist=${1:-target/dist}
root=$PWD/target/dist/debian
package=$(echo "$dist"/prontodb_*.deb)
archive=$(echo "$dist"/prontodb-*.tar.gz)
[ -f "$package" ] && [ -f "$archive" ] || { echo "there are no packages in $dist: run bin/dist.sh" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo 'a Debian system can be made by root alone' >&2; exit 1; }

finish() {
  umount "$root/dev/pts" 2>/dev/null || :
  umount "$root/proc" 2>/dev/null || :
}
trap finish EXIT INT TERM
finish
if [ ! -e "$root/etc/debian_version" ]; then
  rm -rf "$root"
  debootstrap --variant=minbase --include=adduser,bash-completion bookworm "$root" \
    "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$dist/debootstrap.log" ||
    { tail "$dist/debootstrap.log" >&2; exit 1; }
fi
mount -t proc proc "$root/proc"
mount --bind /dev/pts "$root/dev/pts"

inside() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
    DEBIAN_FRONTEND=noninteractive "$@"
}
as_user() { # command line
  inside su - sam -c "$1"
}
apt() {
  inside apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >"$root/tmp/apt.log" 2>&1 || { cat "$root/tmp/apt.log" >&2; exit 1; }
}
fail() {
  echo "FAILED: $*" >&2
  exit 1
}
is() { # what, expected, actual
  [ "$2" = "$3" ] || fail "$1: expected \"$2\", but it is \"$3\""
  echo "ok: $1"
}
there() { # what, path
  [ -e "$root$2" ] || fail "$1: $2 is missing"
  echo "ok: $1"
}
gone() { # what, path
  [ ! -e "$root$2" ] || fail "$1: $2 is there"
  echo "ok: $1"
}

# What an earlier run may have left.
inside dpkg --purge prontodb >/dev/null 2>&1 || :
rm -rf "$root/var/lib/prontodb" "$root/home/sam" "$root/opt/a program" "$root/srv/packages"
inside id sam >/dev/null 2>&1 || inside useradd --shell /bin/bash sam
inside install -d -o sam -g sam /home/sam
mkdir -p "$root/srv/packages"
cp "$package" "$root/srv/packages/first.deb"
dpkg-deb --raw-extract "$package" "$root/srv/packages/next"
version=$(sed -n 's/^Version: //p' "$root/srv/packages/next/DEBIAN/control")
sed -i "s/^Version: .*/Version: $version+next/" "$root/srv/packages/next/DEBIAN/control"
dpkg-deb --root-owner-group -Znone --build "$root/srv/packages/next" "$root/srv/packages/next.deb" >/dev/null
rm -rf "$root/srv/packages/next"

is 'there is no Java' '' "$(inside sh -c 'command -v java || :')"
apt install /srv/packages/first.deb
is 'another user writes and reads' 'al dente' \
  "$(as_user "prontodb set kb.recipes.pasta 'al dente'; prontodb get kb.recipes.pasta")"
as_user 'prontodb -q install'
there 'install writes the configuration' /home/sam/.local/etc/odx/prontodb/pronto.conf
gone 'install copies no program' /home/sam/.local/lib/odx
there 'a manual page' /usr/share/man/man1/prontodb-import.1.gz
is 'bash completes' '<get><kb.recipes.pasta>' "$(printf '%s\n' \
  '. /usr/share/bash-completion/bash_completion; prontodb() { printf "<%s>" "$@"; echo; }' \
  "$(printf 'prontodb ge\tkb.rec\tpas\t')" exit |
  inside su - sam -c "script -qec 'bash --norc -i' /dev/null" | tr -d '\r' | grep '^<')"
is 'the server has a user of its own' '/var/lib/prontodb:/usr/sbin/nologin' \
  "$(inside getent passwd prontodb | cut -d: -f6-7)"
there 'a unit for systemd' /usr/lib/systemd/system/prontodb.service
is 'the unit is not enabled' '' "$(find "$root/etc/systemd" -name 'prontodb*' 2>/dev/null)"

# What the unit would do: the folder of the server, a database, a server that answers and stops.
inside install -d -o prontodb -g prontodb -m 700 /var/lib/prontodb
inside su -s /bin/sh prontodb -c 'cd /var/lib/prontodb
  export PRONTO_DB=/var/lib/prontodb/pronto.db PRONTO_ADMIN_PASS=another
  prontodb set kb.t.x 1
  prontodb -q serve --unix /var/lib/prontodb/http.sock 2>/var/lib/prontodb/log & server=$!
  for i in $(seq 100); do [ -S http.sock ] && break; sleep 0.1; done
  [ -S http.sock ] || cat /var/lib/prontodb/log >&2
  kill $server
  wait $server; [ $? = 143 ] && touch /var/lib/prontodb/stopped'
there 'the server runs as its user, and stops' /var/lib/prontodb/stopped

echo 'PRONTO_SERVE_OPTIONS=--listen 127.0.0.1:7979' >>"$root/etc/default/prontodb"
apt install /srv/packages/next.deb
is 'the upgrade is installed' "$version+next" "$(inside dpkg-query -W -f '${Version}' prontodb)"
is 'the upgrade keeps the data' 'al dente' "$(as_user 'prontodb get kb.recipes.pasta')"
is 'the upgrade keeps settings' 1 "$(grep -c 7979 "$root/etc/default/prontodb")"

apt remove prontodb
gone 'remove takes the program away' /usr/lib/prontodb
gone 'and its command' /usr/bin/prontodb
there 'remove keeps the data of the server' /var/lib/prontodb/pronto.db
there 'remove keeps settings' /etc/default/prontodb

apt purge prontodb
gone 'purge takes settings away' /etc/default/prontodb
there 'purge keeps the data of the server, unless told' /var/lib/prontodb/pronto.db
there 'purge keeps the data of users' /home/sam/.local/data/odx/prontodb/pronto.db

apt install /srv/packages/first.deb
is 'a new installation finds the data' 1 \
  "$(inside su -s /bin/sh prontodb -c 'prontodb -d /var/lib/prontodb/pronto.db get kb.t.x')"
echo 'prontodb prontodb/remove-data boolean true' | inside debconf-set-selections
apt purge prontodb
gone 'purge takes the data of the server away when told' /var/lib/prontodb
there 'but not the data of users' /home/sam/.local/data/odx/prontodb/pronto.db
is 'nothing of the package is left' '' \
  "$(find "$root/usr" "$root/etc" -name '*prontodb*' ! -path "$root/etc/passwd*" ! -path "$root/etc/group*" | head -3)"

mkdir -p "$root/opt/a program"
tar -xzf "$archive" -C "$root/opt/a program" --strip-components=1 --no-same-owner
chmod -R a-w "$root/opt/a program"
is 'the archive runs from any folder, for any user' 'al dente' \
  "$(as_user "'/opt/a program/prontodb' get kb.recipes.pasta")"
as_user "'/opt/a program/prontodb' -q install" 2>/dev/null
is 'and installs itself for its user' 'al dente' "$(as_user '.local/bin/prontodb get kb.recipes.pasta')"
(cd "$dist" && sha256sum --quiet -c ./*.sha256)
echo 'ok: the SHA-256 sums are right'
