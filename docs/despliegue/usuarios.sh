#!/bin/sh
# Two users from the start: the owner makes the tables, the application works with their rows. An owner would bypass
# the grants that guard history: after each migration the owner takes back from the application the right to change or
# delete rows of it (portal/historial/guardia.py), and puts up the wall between companies, which holds against both
# (portal/cuentas/pared.py). Neither may be superuser or have BYPASSRLS: `manage.py segunda_pared` tells.
set -eu
secretos="${SECRETOS:-/run/secrets}"
psql --set=ON_ERROR_STOP=1 --set=duena="$(cat "$secretos/clave_duena")" \
    --set=aplicacion="$(cat "$secretos/clave_aplicacion")" --username postgres <<'SQL'
CREATE ROLE ventanilla_duena LOGIN PASSWORD :'duena';
CREATE ROLE ventanilla_app LOGIN PASSWORD :'aplicacion';
CREATE DATABASE ventanilla OWNER ventanilla_duena;
REVOKE ALL ON DATABASE ventanilla FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE ventanilla TO ventanilla_app; -- imports are read into a table of their own
\connect ventanilla
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO ventanilla_duena;
GRANT USAGE ON SCHEMA public TO ventanilla_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ventanilla_duena IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ventanilla_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ventanilla_duena IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO ventanilla_app;
SQL
