#!/bin/sh
# Opens Interview Coach on macOS: double-click it (the first time: right-click it, then choose Open).
exec "$(dirname "$0")/start.sh" "$@"
