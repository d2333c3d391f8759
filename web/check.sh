#!/bin/sh
# Check the page's types: JSDoc in the modules against the API's own description.
set -eu
cd "$(dirname "$0")"
. ./node.sh
sh install.sh --include=dev
npx --no-install openapi-typescript ../openapi.json --output api.d.ts >/dev/null
npx --no-install tsc --project .
echo "the page's types fit openapi.json"
