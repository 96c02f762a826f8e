"""The files of a case: checked, hashed, stored out of the web's reach under a random name."""

import uuid

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from portal import reloj
from portal.adjuntos import cifrado
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Caso
from portal.historial.models import Evento


def _privado() -> Storage:
    return storages["adjuntos"]


def _donde(archivo: models.Model, nombre: str) -> str:
    """A random key in the folder of its day; of the name that the user gave nothing remains."""
    return f"{reloj.ahora():%Y/%m/%d}/{uuid.uuid4().hex}"


class Archivo(models.Model):
    """What is known of a file that passed the check."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nombre = models.CharField("nombre que le dio quien lo subió", max_length=255)
    formato = models.CharField(max_length=10, help_text="jpg, png, pdf, doc, docx: por su contenido")
    bytes = models.PositiveBigIntegerField("tamaño en bytes")
    sha256 = models.CharField("SHA-256 de lo guardado", max_length=64)
    sha256_recibido = models.CharField("SHA-256 de lo recibido", max_length=64)
    archivo = models.FileField(storage=_privado, upload_to=_donde, max_length=100)
    llave = models.CharField("llave con que está cifrado", max_length=20, blank=True, default="", db_default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nombre

    @property
    def borrado(self) -> bool:
        """Its bytes were let go of; the row tells that it was here."""
        return not self.archivo

    def abrir(self) -> File:
        """What was kept, to be read from start to end. FileNotFoundError; `cifrado.NoSeAbre`."""
        try:
            return self._abrir()
        except FileNotFoundError:  # between the reading of the row and now its key may have been changed
            antes = self.archivo.name
            self.refresh_from_db(fields=["archivo", "llave"])
            if self.archivo.name == antes:
                raise
            return self._abrir()

    def _abrir(self) -> File:
        if self.borrado:
            raise FileNotFoundError
        guardado = self.archivo.storage.open(str(self.archivo.name), "rb")
        return cifrado.descifrar(guardado, self.sha256) if self.llave else guardado


class Guardado(Archivo):
    """A file that passed and waits for its form: stored before any lock is taken, swept when nobody links it.

    A form that comes back with an error names it again, so that nobody chooses the same file twice.
    """

    perfil = models.ForeignKey(Perfil, models.CASCADE, null=True, blank=True, related_name="+")
    creado = models.DateTimeField(default=reloj.ahora)

    objects = ManagerAcotado()
    PARED = Pared(persona="perfil")

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(perfil=perfil)


class Adjunto(Archivo):
    """A file of a case. `tipo` is the document code that its domain gives it (`cedula`, `respuesta`)."""

    caso = models.ForeignKey(Caso, models.PROTECT, related_name="adjuntos")
    evento = models.ForeignKey(Evento, models.PROTECT, null=True, blank=True, related_name="adjuntos")
    tipo = models.CharField(max_length=40)
    subido = models.DateTimeField(default=reloj.ahora)
    subido_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="adjuntos")

    objects = ManagerAcotado()
    PARED = Pared(sigue="caso")

    class Meta:
        ordering = ["subido", "pk"]
        indexes = [models.Index(fields=["caso", "tipo"], name="adjunto_por_caso")]

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Caso.visible_para(perfil, "caso__")


class Fijo(Archivo):
    """A file of the portal or of a company that belongs to no case: a blank form, a standing answer.

    It is never replaced in its row: what is newer is another row. Cases that it was given to keep its bytes.
    """

    subido = models.DateTimeField(default=reloj.ahora)
    subido_por = models.ForeignKey(Perfil, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "archivos fijos"
