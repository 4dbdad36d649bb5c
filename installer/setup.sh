#!/bin/sh
# Prepares this checkout: `sh installer/setup.sh run` for the program, `… dev` for the gate too.
# Needs: git, make, Python 3.11–3.13. Installs the system libraries Qt needs when it may (root or
# sudo); otherwise it names them in one sentence and stops. A second run only compares a stamp.
set -eu
cd "$(dirname "$0")/.."
mode=${1:-run}
state=.setup
mkdir -p "$state"

stop() { printf '%s\n' "$1" >&2; exit 1; }

stamp=$(cat requirements/run.txt "requirements/$mode.txt" installer/setup.sh installer/fonts.py \
  resources/fonts/*.toml 2>/dev/null | sha256sum | cut -d' ' -f1)
[ -x .venv/bin/python ] && [ "$(cat "$state/$mode" 2>/dev/null)" = "$stamp" ] \
  && .venv/bin/python installer/fonts.py --check && exit 0
# the developer's set-up holds everything the program needs
[ "$mode" = run ] && [ -x .venv/bin/python ] && [ -f "$state/dev" ] \
  && [ "$(cat "$state/dev-run" 2>/dev/null)" = "$stamp" ] \
  && .venv/bin/python installer/fonts.py --check && exit 0

find_python() {
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
      && { command -v "$name"; return; }
  done
  return 1
}
python=$(find_python) || stop "Python 3.11, 3.12 or 3.13 is needed: install the package python3. 需要 Python 3.11 以上，请安装 python3。"

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }
missing=""
want() { missing="$missing $1"; }
"$python" -c 'import ensurepip, venv' 2>/dev/null || want python3-venv
has_library libglib-2.0.so.0 || want libglib2.0-0
has_library libGL.so.1 || want libgl1
has_library libEGL.so.1 || want libegl1
has_library libfontconfig.so.1 || want libfontconfig1
has_library libxkbcommon.so.0 || want libxkbcommon0
has_library libdbus-1.so.3 || want libdbus-1-3
has_library libxkbcommon-x11.so.0 || want libxkbcommon-x11-0
has_library libxcb-cursor.so.0 || want libxcb-cursor0
has_library libxcb-icccm.so.4 || want libxcb-icccm4
has_library libxcb-image.so.0 || want libxcb-image0
has_library libxcb-keysyms.so.1 || want libxcb-keysyms1
has_library libxcb-render-util.so.0 || want libxcb-render-util0
has_library libxcb-xkb.so.1 || want libxcb-xkb1
has_library libxcb-shape.so.0 || want libxcb-shape0
has_library libwayland-cursor.so.0 || want libwayland-cursor0
has_library libwayland-egl.so.1 || want libwayland-egl1
if [ "$mode" = dev ]; then
  command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want postgresql
  command -v dbus-daemon >/dev/null 2>&1 || want dbus-daemon
  command -v pdffonts >/dev/null 2>&1 || want poppler-utils
  [ -x /usr/sbin/cupsd ] || want cups-daemon
  command -v lpstat >/dev/null 2>&1 && [ -x /usr/sbin/lpadmin ] || want cups-client
  [ -f /usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd ] || want cups-filters
  # Ubuntu has no package chromium, only a stub that wants snap: there Playwright brings its own below
  has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1
  has_chromium || ! apt-cache policy chromium 2>/dev/null | grep -q "Candidate: [0-9]" || want chromium
fi

if [ -n "$missing" ]; then
  . installer/rights.sh
  find_rights "$missing"
  if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    stop "These system packages are missing and cannot be installed from here:$missing. Please run as root: apt-get install$missing 缺少上面这些系统软件包，请让管理员安装后再试。"
  fi
  echo "Installing system packages:$missing"
  $as_root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends$missing" \
    >"$state/apt.log" 2>&1 || stop "Installing$missing failed; the last lines of $state/apt.log say why: $(tail -n 3 "$state/apt.log")"
fi

[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 || {
  rm -rf .venv
  "$python" -m venv .venv || stop "Making .venv failed: install the package python3-venv. 建立 .venv 失败，请安装 python3-venv。"
}
echo "Installing locked Python packages ($mode)"
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "requirements/$mode.txt" \
  >"$state/pip.log" 2>&1 || stop "Installing the locked packages failed; the last lines of $state/pip.log say why: $(tail -n 3 "$state/pip.log")"

if [ "$mode" = dev ] && ! has_chromium; then
  . installer/rights.sh
  find_rights " chromium"
  $as_root env PLAYWRIGHT_BROWSERS_PATH="$PWD/$state/browsers" .venv/bin/python -m playwright install --with-deps --only-shell chromium \
    >"$state/chromium.log" 2>&1 || stop "Installing Chromium failed; the last lines of $state/chromium.log say why: $(tail -n 3 "$state/chromium.log")"
fi

.venv/bin/python installer/fonts.py
printf '%s' "$stamp" >"$state/$mode"
if [ "$mode" = dev ]; then
  cat requirements/run.txt requirements/run.txt installer/setup.sh installer/fonts.py resources/fonts/*.toml 2>/dev/null \
    | sha256sum | cut -d' ' -f1 | tr -d '\n' >"$state/dev-run"
fi
