"""«Begins with» for a second wall: PostgreSQL asks its indexes before the wall only what cannot give a row away.

`LIKE` is not among that, `^@` is: with an index of `varchar_pattern_ops`, or collation "C", it finds the same rows.
"""

from typing import Any

from django.db.models import CharField, TextField
from django.db.models.lookups import StartsWith


@CharField.register_lookup
@TextField.register_lookup
class Empieza(StartsWith):
    """`campo__startswith`, everywhere."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if not self.rhs_is_direct_value():
            return self.as_sql(compiler, connection)
        columna, valores = self.process_lhs(compiler, connection)
        return f"{columna} ^@ %s", [*valores, str(self.rhs)]
