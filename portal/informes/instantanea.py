"""Reading while others write: a connection of its own, on which the database stands still."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.informes import lectura

_COMIENZO = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@contextmanager
def instantanea() -> Iterator[BaseDatabaseWrapper]:
    """A second connection inside one read-only transaction: all that is read is of one and the same moment.

    It goes where reports read (`lectura`). The worker's own connection stays free to note the progress. Of the primary
    it does not see what the caller has not committed.
    """
    otra = connections[lectura.alias()].copy()
    try:
        with otra.cursor() as cursor:
            cursor.execute(_COMIENZO.get(otra.vendor, "BEGIN"))
        yield otra
    finally:
        if otra.connection is not None:
            otra.rollback()
        otra.close()
