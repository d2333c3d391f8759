#!/bin/sh
# Pin every dependency for all platforms. torch is pinned without a build suffix and without its
# CUDA packages: which build comes is decided where it is installed (see Makefile). What is only
# measured beside us is pinned by itself, to be installed into a folder of its own.
set -eu
cd "$(dirname "$0")/.."
for extra in "" "test" "bench" "oidc" "otel" "openvino"; do
    lock="requirements${extra:+-$extra}.lock"
    .venv/bin/uv pip compile --quiet pyproject.toml ${extra:+--extra "$extra"} --universal --python-version 3.11 \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "$lock.all"
    grep -vE '^(nvidia-|triton|cuda-)' "$lock.all" > "$lock"
    rm "$lock.all"
    if [ "$extra" = bench ]; then
        grep -vxF -f requirements.lock -f requirements-test.lock "$lock" > "$lock.own"
        mv "$lock.own" "$lock"
    fi
    if [ "$extra" = oidc ] || [ "$extra" = otel ] || [ "$extra" = openvino ]; then  # beside requirements.lock, where somebody wants it
        grep -vxF -f requirements.lock "$lock" > "$lock.own"
        mv "$lock.own" "$lock"
    fi
    echo "wrote $lock: $(wc -l < "$lock") packages"
done
# by itself: it lists what other environments hold
printf 'cyclonedx-bom>=7.5\n' | .venv/bin/uv pip compile --quiet - --universal --python-version 3.11 \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-sbom.lock
echo "wrote requirements-sbom.lock: $(wc -l < requirements-sbom.lock) packages"
# by itself too: only `make docs` needs it
printf 'mkdocs-material>=9.8\n' | .venv/bin/uv pip compile --quiet - --universal --python-version 3.11 \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-docs.lock
echo "wrote requirements-docs.lock: $(wc -l < requirements-docs.lock) packages"
# the same pins as requirements.lock with the hashes of every file that the index has, for --require-hashes
.venv/bin/uv pip compile --quiet requirements.lock --universal --python-version 3.11 --no-deps --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-hashed.lock
echo "wrote requirements-hashed.lock"
