from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.cuentas.pared import NOMBRE, paredes

_TABLA = """
    SELECT c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = %s),
        c.relforcerowsecurity, row_security_active(c.oid), r.rolsuper
    FROM pg_class c, pg_roles r WHERE c.oid = to_regclass(%s) AND r.rolname = current_user
"""


class Command(BaseCommand):
    help = (
        "Dice, tabla por tabla, si PostgreSQL separa las empresas y si detiene al usuario con que se conecta el portal."
    )

    def handle(self, *args: Any, **opciones: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Esta base no tiene segunda pared: sólo PostgreSQL.")
        faltas = []
        for modelo, _ in paredes():
            tabla = modelo._meta.db_table
            falta = self._falta(tabla)
            self.stdout.write(f"{tabla}: {falta or 'en pie'}")
            if falta:
                faltas.append(f"{tabla} ({falta})")
        if faltas:
            raise CommandError(f"La pared no detiene a este usuario en {len(faltas)} tablas: {', '.join(faltas)}.")

    @staticmethod
    def _falta(tabla: str) -> str:
        """Why the connected user is not stopped at a table; empty when it is."""
        with connection.cursor() as cursor:
            cursor.execute(_TABLA, [NOMBRE, f'"{tabla}"'])
            puesta, forzada, detiene, superusuario = cursor.fetchone() or (False,) * 4
        if not puesta:
            return "no está puesta: falta manage.py migrate"
        if not forzada:
            return "no rige para el dueño de la tabla: falta manage.py migrate"
        return "" if detiene else f"el usuario {'es superusuario' if superusuario else 'tiene BYPASSRLS'}"
