# The wheel is built with the tools of the whole lock; the service gets only what it runs on.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY requirements.service.lock ./
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.service.lock
COPY . .
RUN pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir /wheels . \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/tiltaksvakt tiltaksvakt
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app/examples /usr/share/tiltaksvakt/examples
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    TILTAKSVAKT_DATA_DIR=/var/lib/tiltaksvakt/data
USER tiltaksvakt
WORKDIR /var/lib/tiltaksvakt
RUN mkdir -m 700 data
VOLUME /var/lib/tiltaksvakt/data

# Exit code 1 is work for a person (a measure without an owner); only 2 means that the service cannot do its job.
HEALTHCHECK --interval=5m --timeout=60s --start-period=1m --retries=2 \
    CMD tiltaksvakt doctor --health >/dev/null; test $? -lt 2

ENTRYPOINT ["tiltaksvakt"]
CMD ["run"]
