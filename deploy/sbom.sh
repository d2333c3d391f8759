#!/bin/sh
# List what running needs (requirements.lock), with licences and hashes of what is installed, as CycloneDX 1.6.
# Test tools in the same environment are left out: they are not shipped.
set -eu
cd "$(dirname "$0")/.."
.venv/sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --output-format JSON --spec-version 1.6 \
    --output-reproducible --output-file "$1.all" .venv
.venv/bin/python deploy/sbom_of_lock.py "$1.all" requirements.lock "$1"
rm "$1.all"
