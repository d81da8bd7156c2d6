#!/bin/sh
# GAN Studio: without a verb the window, with one the command line, which needs no display. Switches of Chromium's,
# such as --ozone-platform=wayland, belong to the window.
app=$(dirname "$(readlink -f "$0")")

stop() {
  printf '%s\n' "$@" >&2
  exit 1
}

command_line() {
  NODE_PATH=$app/resources/app.asar.unpacked/node_modules
  TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2}
  export NODE_PATH TF_CPP_MIN_LOG_LEVEL
  exec "$app/resources/node" --no-deprecation "$app/resources/cli.cjs" "$@"
}

# The kernel's namespaces, or a helper that belongs to root: Chromium's sandbox takes one of them. electron-builder's
# packages bring a profile that lets the app have namespaces.
has_sandbox() {
  [ ! -e /etc/apparmor.d/gan-studio ] || return 0
  [ -u "$app/chrome-sandbox" ] && [ "$(stat -c %u "$app/chrome-sandbox")" = 0 ] && return
  [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null || echo 1)" = 1 ] || return
  [ "$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null || echo 0)" = 0 ]
}

window() {
  case " $* " in
  *" --no-sandbox "*) ;;
  *)
    [ "$(id -u)" != 0 ] || stop "The window does not open for root: it would run without Chromium's sandbox." \
      "Start it as an ordinary user. The command line works as root, too: gan-studio --help"
    has_sandbox || stop "This system keeps namespaces from programs, so Chromium's sandbox cannot start." \
      "Install the .deb or the .rpm, which bring a helper for it, or add --no-sandbox to do without."
    ;;
  esac
  case " $* " in
  *" --ozone-platform"*) ;;
  *)
    [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ] || stop "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)." \
      "The command line needs none: gan-studio --help"
    ;;
  esac
  exec "$app/gan-studio-window" "$@"
}

case "${1-}" in
-h | --help | -V | --version) command_line "$@" ;;
"" | -*) window "$@" ;;
*) command_line "$@" ;;
esac
