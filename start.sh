#!/bin/sh
# Opens Interview Coach on Linux: double-click it, or run ./start.sh in a terminal. The first time it sets up.
set -eu
cd "$(dirname "$0")"

say() {
    echo "$1"
    # Started by a double click, the window would be gone before anybody has read it.
    if [ -t 0 ]; then printf 'Press Enter to close this window. '; read -r _ || true; fi
}

python=""
for name in python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python="$name"
        break
    fi
done
if [ -z "$python" ]; then
    say "Interview Coach needs Python 3.11 or later with its venv module: install it (python.org; on Debian and Ubuntu: sudo apt install python3 python3-venv), then start this again."
    exit 1
fi

# Set up when there is nothing yet, when its Python has gone, and when what is needed has changed.
if ! .venv/bin/python -c '' 2>/dev/null || [ ! -f .venv/.ready ] || [ pyproject.toml -nt .venv/.ready ] || [ constraints.txt -nt .venv/.ready ]; then
    echo "Setting up Interview Coach. This happens once, needs the internet, and takes a few minutes."
    .venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv
    if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .; then
        say "That did not work: is this computer connected to the internet? Start this again when it is."
        exit 1
    fi
    # As make does: the kernel that the notebooks ask for, bound to this Python.
    .venv/bin/python -m ipykernel install --sys-prefix --name python3 --display-name "Interview Coach" >/dev/null
    touch .venv/.ready
fi

.venv/bin/interview-coach app work "$@" || { say "Interview Coach could not open; the lines above say why."; exit 1; }
