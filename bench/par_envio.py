"""The peer of filing: Django takes the same body and keeps the files, without a check, an account or a row."""

import os
import tempfile

import django
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.handlers.wsgi import WSGIRequest

if not settings.configured:
    settings.configure(FILE_UPLOAD_MAX_MEMORY_SIZE=1024 * 1024, ALLOWED_HOSTS=["*"])
    django.setup()
almacen = FileSystemStorage(os.environ.get("PAR_DIR", tempfile.gettempdir()))


def application(environ, start_response):
    """WSGI: keep every file of the form."""
    for archivo in WSGIRequest(environ).FILES.values():
        almacen.save("archivo", archivo)
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]
