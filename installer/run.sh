#!/bin/sh
# Opens the window; where there is no display, runs the demo day into out/ and says so.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  exec .venv/bin/python -m app
fi
echo "No display here: running the demo day into out/ instead. 没有显示屏，改为把演示的一天做到 out/ 里。"
exec .venv/bin/python -m app demo out/
