# Each command of the README, in its order; what they do stands in .ci/ and in portal/management/commands/.
SHELL := /bin/bash
PORT ?= 8000
ARGS ?=
export PORT
.PHONY: run test test-faults demo capturas check bench formato respaldo restaurar candado

run:
	@.ci/puerto "$(PORT)" && .ci/entorno && exec .venv/bin/python manage.py correr

test:
	@.ci/entorno desarrollo && exec .venv/bin/python .ci/probar.py $(ARGS)

# Kills processes of an installation of its own, again and again; needs PostgreSQL and Redis from Debian's packages.
test-faults:
	@.ci/entorno desarrollo && exec .venv/bin/python -m pytest -m fallas tests/fallas $(ARGS)

demo:
	@.ci/entorno desarrollo && exec .venv/bin/python -m tests.demo $(ARGS)

# The pictures of the README and the manuals, in docs/capturas.
capturas:
	@.ci/entorno desarrollo && exec .venv/bin/python -m tests.capturas

check:
	@.ci/entorno desarrollo && exec .venv/bin/python .ci/revisar.py

bench:
	@.ci/entorno desarrollo && exec .venv/bin/python -m bench $(ARGS)

# Makes what `make check` compares: format, generated pages, lock files.
formato:
	@.ci/entorno desarrollo && .venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q . ; .venv/bin/python manage.py configuracion && .venv/bin/python manage.py diagramas

candado:
	@.ci/entorno desarrollo && .venv/bin/python .ci/candado.py

# make respaldo ARCHIVO=respaldo.tar / make restaurar ARCHIVO=respaldo.tar
respaldo:
	@.ci/entorno && exec .venv/bin/python manage.py respaldo "$(ARCHIVO)"

restaurar:
	@.ci/entorno && exec .venv/bin/python manage.py restaurar "$(ARCHIVO)"
