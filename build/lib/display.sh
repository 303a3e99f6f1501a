# A virtual display for machines that have none: source it, call start_display, and stop_display runs at exit.
# The server picks a free number itself and tells it when it is ready, so two starts never collide; it lets in only who
# holds its cookie, listens on no network port and is stopped by its own process id.
# shellcheck shell=bash

DISPLAY_SERVER=""
DISPLAY_FOLDER=""

has_display() { [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

stop_display() {
  if [ -n "$DISPLAY_SERVER" ]; then
    kill "$DISPLAY_SERVER" 2>/dev/null || true
    wait "$DISPLAY_SERVER" 2>/dev/null || true
    DISPLAY_SERVER=""
  fi
  [ -z "$DISPLAY_FOLDER" ] || rm -rf "$DISPLAY_FOLDER"
  DISPLAY_FOLDER=""
}

start_display() { # sets DISPLAY and XAUTHORITY; gives up after two minutes
  local cookie number="" waited=0
  DISPLAY_FOLDER="$(mktemp -d)"
  cookie="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
  : >"$DISPLAY_FOLDER/cookie"
  xauth -q -f "$DISPLAY_FOLDER/cookie" source - <<<"add :0 . $cookie"
  : >"$DISPLAY_FOLDER/number"
  Xvfb -displayfd 8 -screen 0 "${FIELDAPP_SCREEN:-1280x800x24}" -nolisten tcp -noreset -auth "$DISPLAY_FOLDER/cookie" \
    8>"$DISPLAY_FOLDER/number" >"$DISPLAY_FOLDER/log" 2>&1 </dev/null &
  DISPLAY_SERVER=$!
  while ! read -r number <"$DISPLAY_FOLDER/number"; do
    if ! kill -0 "$DISPLAY_SERVER" 2>/dev/null || [ "$waited" -ge 1200 ]; then
      cat "$DISPLAY_FOLDER/log" >&2
      stop_display
      say "The virtual display did not start."
      return 1
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
  xauth -q -f "$DISPLAY_FOLDER/cookie" source - <<<"add :$number . $cookie"
  export DISPLAY=":$number" XAUTHORITY="$DISPLAY_FOLDER/cookie"
  unset WAYLAND_DISPLAY
  export QT_QPA_PLATFORM=xcb QT_QUICK_BACKEND="${QT_QUICK_BACKEND:-software}"
}
