#!/bin/sh
# Installs for one user, without root: what the .run file starts after unpacking. With --remove it takes all of it away
# again and leaves the person's data alone.
set -eu

data="${XDG_DATA_HOME:-$HOME/.local/share}"
config="${XDG_CONFIG_HOME:-$HOME/.config}"
home="$HOME/.local/lib/fieldapp"
bin="$HOME/.local/bin"
here="$(cd "$(dirname "$0")" && pwd -P)"

say() { printf '%s\n' "$*"; }

stop_daemon() {
  if [ -x "$home/fieldapp-sync" ]; then
    "$home/fieldapp-sync" stop >/dev/null 2>&1 || true
  fi
  if command -v systemctl >/dev/null 2>&1; then
    systemctl --user disable --now fieldapp-sync.service >/dev/null 2>&1 || true
  fi
}

list_small_files() { (cd "$here/desktop" && find . -type f | sed 's#^\./##'); }

place_of() { # a file below desktop/ → where it goes
  case "$1" in
    share/*) printf '%s/%s\n' "$data" "${1#share/}" ;;
    autostart/*) printf '%s/autostart/%s\n' "$config" "${1#autostart/}" ;;
    systemd/*) printf '%s/systemd/user/%s\n' "$config" "${1#systemd/}" ;;
  esac
}

remove() {
  stop_daemon
  if [ -f "$home/installed-files" ]; then
    while IFS= read -r file; do rm -f -- "$file"; done <"$home/installed-files"
  fi
  for program in fieldapp fieldapp-sync fieldapp-remove; do
    case "$(readlink "$bin/$program" 2>/dev/null || true)" in "$home"/*) rm -f -- "$bin/$program" ;; esac
  done
  rm -rf -- "$home"
}

if [ "${1:-}" = --remove ]; then
  remove
  say "Removed. What you saved stays in $data/fieldapp. 已卸载,您保存的内容仍在。"
  exit 0
fi

# Every library in the folder is asked what it needs and this system has not; "inside" is where the others lie.
missing="$(find "$here/fieldapp/inside" -name '*.so*' -type f -exec env LD_LIBRARY_PATH="$here/fieldapp/inside" ldd {} + 2>/dev/null \
  | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u | tr '\n' ' ')"
if [ -n "$missing" ]; then
  say "This system lacks libraries the app needs: $missing"
  say "缺少系统库:$missing"
  if [ -f "$here/debian-packages" ] && command -v apt-get >/dev/null 2>&1; then
    say "As root, this brings them. 请用管理员权限安装:"
    say "apt-get install --no-install-recommends $(cat "$here/debian-packages")"
  fi
  exit 3
fi
if ! mkdir -p "$HOME/.local/lib" "$bin" 2>/dev/null || [ ! -w "$HOME/.local/lib" ]; then
  say "Cannot write to $HOME/.local: nothing was installed. 无法写入主目录,未安装。"
  exit 4
fi

rm -rf -- "$home.new"
cp -a "$here/fieldapp" "$home.new"
cp "$here/install.sh" "$home.new/remove.sh"
[ ! -e "$home" ] || remove
mv "$home.new" "$home"
: >"$home/installed-files"
list_small_files | while IFS= read -r name; do
  target="$(place_of "$name")"
  mkdir -p "$(dirname "$target")"
  sed "s#@HOME@#$HOME#g" "$here/desktop/$name" >"$target"
  printf '%s\n' "$target" >>"$home/installed-files"
done
ln -sf "$home/fieldapp" "$bin/fieldapp"
ln -sf "$home/fieldapp-sync" "$bin/fieldapp-sync"
printf '#!/bin/sh\nexec "%s/remove.sh" --remove\n' "$home" >"$home/fieldapp-remove"
chmod 755 "$home/fieldapp-remove" "$home/remove.sh"
ln -sf "$home/fieldapp-remove" "$bin/fieldapp-remove"
say "Installed: $bin/fieldapp. To remove it: $bin/fieldapp-remove"
say "已安装:$bin/fieldapp。卸载:$bin/fieldapp-remove"
