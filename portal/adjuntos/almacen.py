"""Where files are kept when it is this machine's disk."""

import contextlib
import os
import uuid
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class AlmacenEnDisco(FileSystemStorage):
    """Whole or not at all: written aside, forced to disk, then given its name."""

    def _save(self, name: str, content: File) -> str:
        destino = Path(self.path(name))
        destino.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        provisorio = destino.with_name(f"{uuid.uuid4().hex}.parte")
        try:
            with open(os.open(provisorio, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as salida:
                for trozo in content.chunks():
                    salida.write(trozo)
                salida.flush()
                os.fsync(salida.fileno())
            os.rename(provisorio, destino)
        except BaseException:
            with contextlib.suppress(OSError):
                provisorio.unlink()
            raise
        carpeta = os.open(destino.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(carpeta)
        finally:
            os.close(carpeta)
        return name
