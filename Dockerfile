# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# Set to an index that carries CPU builds of torch; the plain ones bring gigabytes of CUDA.
ARG PIP_EXTRA_INDEX_URL=""
WORKDIR /opt/opportune
RUN python -m venv .venv
COPY requirements.lock requirements-hashed.lock pyproject.toml README.md LICENSE ./
# With the CPU build every other file is checked by its hash; the plain one needs CUDA packages that are in no lock.
RUN if .venv/bin/pip install "torch==2.13.0+cpu"; \
    then .venv/bin/pip install --require-hashes --requirement requirements-hashed.lock; \
    else .venv/bin/pip install --requirement requirements.lock; fi
COPY api ./api
COPY catalog ./catalog
COPY crawlers ./crawlers
COPY delivery ./delivery
COPY operations ./operations
COPY recommender ./recommender
COPY web ./web
COPY docs ./docs
RUN .venv/bin/pip install --no-deps --no-build-isolation --editable . \
    && sh web/install.sh && rm -rf web/node_modules

FROM python:3.11-slim-bookworm
ENV PATH="/opt/opportune/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    OPPORTUNE_DATA_DIR=/var/lib/opportune
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin opportune \
    && install -d -o opportune -g opportune /var/lib/opportune
COPY --from=build /opt/opportune /opt/opportune
WORKDIR /opt/opportune
USER 10001
EXPOSE 8000
ENTRYPOINT ["opportune"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
