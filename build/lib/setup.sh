# Set-up shared by build/run and build/test: source it, then call set_up. It finds Python, sees to the Debian libraries and
# keeps one virtual environment made from the locked, hashed requirements. A second start finds the stamps and does nothing.
#
# One environment serves both commands: the demo plays its shift with the same test helpers, font tools and central that the
# checks use, and whoever has run the demo can run the tests at once.
#
# FIELDAPP_VENV     where the virtual environment lives (default: .venv in the project)
# FIELDAPP_NO_APT   set to 1 to only print the command for missing Debian packages, never run it
# pip's and apt's own configuration (index, certificates, proxies) is used as found and written down nowhere.
# shellcheck shell=bash

PROJECT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
VENV="${FIELDAPP_VENV:-$PROJECT/.venv}"
case "$VENV" in /*) ;; *) VENV="$PWD/$VENV" ;; esac
LOCK="$PROJECT/build/requirements/dev.txt"
PLATES="$PROJECT/build/requirements/plates.txt"
DEBIAN_LISTS=("$PROJECT/build/requirements/debian.txt") # a caller may add one

say() { printf '%s\n' "$*" >&2; }

die() { # exit code, message
  local code="$1"
  shift
  say "$*"
  exit "$code"
}

slowly() { # what is being done, command…: its output goes to a log, shown only when it fails; a line now and then meanwhile
  local what="$1" log began=$SECONDS status=0 ticker
  shift
  log="$(mktemp)"
  say "$what"
  # The ticker's sleep must hold neither the caller's pipe nor the set-up lock (9) once it is stopped.
  (while sleep 15 >/dev/null 2>&1 9>&-; do say "  … still at it, $((SECONDS - began)) s"; done) 9>&- &
  ticker=$!
  "$@" </dev/null >"$log" 2>&1 || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    say "This failed: $*"
  else
    say "  done in $((SECONDS - began)) s"
  fi
  rm -f "$log"
  return "$status"
}

insistently() { # command…: what comes over the network may fail once; three tries, with a pause between
  local tries=1
  until "$@"; do
    [ "$tries" -lt 3 ] || return 1
    say "  Trying once more in $((tries * 10)) s."
    sleep "$((tries * 10))" 9>&-
    tries=$((tries + 1))
  done
}

on_debian() { command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; }

find_python() { # prints the first Python 3.11 or 3.12 that runs
  local candidate
  for candidate in python3.11 python3.12 python3; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

venv_works() { [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -m pip --version >/dev/null 2>&1; }

wanted_debian_packages() { # one a line
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "${DEBIAN_LISTS[@]}"
  local python
  if venv_works; then return 0; fi
  if ! python="$(find_python)"; then
    printf '%s\n' python3 python3-venv
  elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    printf '%s\n' "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  fi
}

missing_debian_packages() {
  local wanted installed package
  mapfile -t wanted < <(wanted_debian_packages)
  # A library may go by a newer name that stands for the old one (libglib2.0-0t64): either will do.
  installed="$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" "${wanted[@]/%/t64}" 2>/dev/null || true)"
  for package in "${wanted[@]}"; do
    grep -qxE "installed ${package//./\\.}(t64)?" <<<"$installed" || printf '%s\n' "$package"
  done
}

apt_install() { # packages…
  # A machine that has just started may be bringing itself up to date: its lock is waited for.
  local patiently=(-o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
  insistently slowly "Reading Debian's package lists" "${AS_ROOT[@]}" apt-get "${patiently[@]}" update -q || return 1
  insistently slowly "Installing Debian packages: $*" "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get "${patiently[@]}" install -q -y --no-install-recommends "$@"
}

set_up_debian() {
  if ! on_debian; then
    [ "$(uname -s)" = Linux ] || return 0
    [ -e "$VENV/.system-told" ] || say "Not a Debian system: libraries like those in build/requirements/debian.txt must be installed."
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_debian_packages)
  [ "${#missing[@]}" -gt 0 ] || return 0
  AS_ROOT=()
  if [ "$(id -u)" -ne 0 ]; then
    AS_ROOT=(sudo -n)
  fi
  local by_hand="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  [ "$(id -u)" -eq 0 ] || by_hand="sudo sh -c '$by_hand'"
  if [ "${FIELDAPP_NO_APT:-}" = 1 ] || { [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
    say "These Debian packages are missing. Run this once, then start again:"
    die 2 "$by_hand"
  fi
  apt_install "${missing[@]}" || die 2 "The packages could not be installed. By hand: $by_hand"
}

hash_of() { sha256sum | cut -d ' ' -f 1; }

lock_stamp() { { cat "$LOCK" "$PLATES" && "$VENV/bin/python" -VV; } 2>/dev/null | hash_of; }

project_stamp() { { cat "$PROJECT/pyproject.toml" && printf '%s\n' "$PROJECT" && lock_stamp; } | hash_of; }

stamped() { [ -f "$VENV/$1" ] && [ "$(cat "$VENV/$1")" = "$2" ]; }

set_up_venv() {
  local python anew=() pip=(-m pip --disable-pip-version-check --no-input)
  if ! venv_works; then
    python="$(find_python)" || die 2 "Python 3.11 or 3.12 is needed, and none was found."
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 \
      || die 2 "$python cannot make virtual environments: its venv and ensurepip modules are needed."
    [ ! -e "$VENV/pyvenv.cfg" ] || anew=(--clear) # one whose Python is gone, or that was left half made
    slowly "Making a virtual environment in $VENV with $("$python" -V)" "$python" -m venv "${anew[@]}" "$VENV" \
      || die 2 "The virtual environment could not be made."
  fi
  if ! stamped .fieldapp-lock "$(lock_stamp)"; then
    insistently slowly "Installing the locked requirements (some 400 MB to fetch the first time, a few minutes)" \
      "$VENV/bin/python" "${pip[@]}" install --require-hashes -r "$LOCK" \
      || die 2 "The requirements could not be installed. Is the package index reachable?"
    insistently slowly "Installing the locked extra that reads plates" \
      "$VENV/bin/python" "${pip[@]}" install --require-hashes --no-deps -r "$PLATES" \
      || die 2 "The extra that reads plates could not be installed. Is the package index reachable?"
    lock_stamp >"$VENV/.fieldapp-lock"
  fi
  if ! stamped .fieldapp-project "$(project_stamp)"; then
    slowly "Installing the project itself" \
      "$VENV/bin/python" "${pip[@]}" install --no-deps --no-build-isolation -e "$PROJECT" \
      || die 2 "The project could not be installed into $VENV."
    project_stamp >"$VENV/.fieldapp-project"
  fi
  : >"$VENV/.system-told"
}

set_up() {
  set_up_debian
  mkdir -p "$VENV" || die 2 "The folder $VENV for the virtual environment cannot be made."
  if command -v flock >/dev/null 2>&1; then # two starts at once: the second waits and finds it done
    exec 9>"$VENV/.fieldapp-set-up"
    flock -n 9 || { say "Another start is setting up $VENV; waiting for it."; flock 9; }
    set_up_venv
    exec 9>&-
  else
    set_up_venv
  fi
}
