# The image of web, tareas and agenda; docker-compose.yml says which is which.
FROM python:3.11.13-slim-bookworm AS entorno
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /
RUN python -m venv /entorno && /entorno/bin/pip install --no-deps --require-hashes --requirement /requirements.txt

FROM python:3.11.13-slim-bookworm
# pg_dump and pg_restore, for manage.py respaldo and restaurar; Pango, for PDFs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /portal ventanilla \
    && install --directory --owner ventanilla /datos
COPY --from=entorno /entorno /entorno
COPY --chown=root:root . /portal
WORKDIR /portal
ENV PATH=/entorno/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ENTORNO=produccion VAR_DIR=/datos
# Names with hashes are made once, here; these settings serve this step alone and are not kept.
RUN SECRET_KEY=solo-para-reunir-los-archivos-0123456789-abcdefghijklmnop \
    CLAVE_DE_HISTORIAL=otra-para-reunir-los-archivos-0123456789-abcdefghijklmnop DATABASE_URL=sqlite:////tmp/x \
    CIFRADO_LLAVES=x:c29sby1wYXJhLXJldW5pci1sb3MtYXJjaGl2b3MtMDE= \
    ALLOWED_HOSTS=x.example DIRECCION_PUBLICA=https://x.example EMAIL_URL=smtp://x PROXIES_DE_CONFIANZA=1 \
    python manage.py collectstatic --no-input --verbosity 0
USER ventanilla
VOLUME /datos
EXPOSE 8000
CMD ["gunicorn", "-c", "portal/gunicorn.py", "portal.wsgi"]
