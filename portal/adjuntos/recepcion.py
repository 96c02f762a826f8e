"""Receiving large uploads on disk: a disk that is full is a sentence beside the field, not an error page."""

from typing import Any

import structlog
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

log = structlog.get_logger(__name__)


class NoRecibido(SimpleUploadedFile):
    """A file of which nothing could be kept; the one who judges it says so."""

    def __init__(self, nombre: str) -> None:
        super().__init__(nombre, b"")


class Recepcion(TemporaryFileUploadHandler):
    """Django's, which goes on reading, and throwing away, when the disk takes no more."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.sin_disco = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._rendirse(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.sin_disco:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._rendirse(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.sin_disco:
            try:
                return super().file_complete(file_size)
            except OSError as error:  # what was still to be written
                self._rendirse(error)
        return NoRecibido(self.file_name or "")

    def _rendirse(self, error: OSError) -> None:
        log.error("sin_disco_para_recibir", error=error.strerror)
        self.sin_disco = True
