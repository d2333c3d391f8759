#!/bin/sh
# Install what the page is made of and lay the modules it serves into web/vendor. No bundler: the
# browser finds them through the import map in index.html.
set -eu
cd "$(dirname "$0")"
. ./node.sh
npm ci --silent "${@:---omit=dev}"
mkdir -p vendor
cp node_modules/preact/dist/preact.mjs node_modules/preact/hooks/dist/hooks.mjs node_modules/htm/dist/htm.mjs vendor/
cat node_modules/preact/LICENSE node_modules/htm/LICENSE > vendor/LICENSES.txt
