"""What the tests of the panel share: standing answers and links."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.base import ContentFile

from portal.adjuntos.models import Fijo
from portal.cuentas.models import Distribuidora
from portal.plazos.models import Regla
from solicitudes.formularios import Formulario
from solicitudes.models import Enlace, RespuestaAutomatica


@pytest.fixture
def fijo(db) -> Callable[..., Fijo]:
    """A file that belongs to no case, with its bytes."""

    def _fijo(nombre: str = "respuesta.pdf") -> Fijo:
        fila = Fijo(nombre=nombre, formato="pdf", bytes=18, sha256="a" * 64, sha256_recibido="a" * 64)
        fila.archivo.save("x", ContentFile(b"%PDF-1.7 de prueba"), save=False)
        fila.save()
        return fila

    return _fijo


@pytest.fixture
def preparada(distribuidora: Distribuidora, fijo) -> Callable[..., RespuestaAutomatica]:
    """The standing answer of company 1 to a Solicitud de Información, with both switches off."""

    def _preparada(**campos) -> RespuestaAutomatica:
        clave = {"distribuidora": distribuidora, "formulario": campos.pop("formulario", Formulario.SI)}
        datos = {"texto": "Van las condiciones.", "archivo": fijo(), **campos}
        return RespuestaAutomatica.objects.update_or_create(**clave, defaults=datos)[0]

    return _preparada


@pytest.fixture
def enlace(fijo) -> Callable[[], Enlace]:
    """A blank form that can be downloaded."""

    def _enlace() -> Enlace:
        datos = {"grupo": Enlace.Grupo.FORMULARIO, "archivo": fijo("formulario.pdf"), "orden": 3}
        return Enlace.objects.update_or_create(titulo="Formulario de prueba", defaults=datos)[0]

    return _enlace


@pytest.fixture
def regla(db) -> Callable[..., Regla]:
    """Ten business days in Chile for a Solicitud de Información, not verified."""

    def _regla(**campos) -> Regla:
        datos = {"materia": "solicitudes.SI.respuesta", "vigente_desde": date(2015, 1, 1), "distribuidora": None}
        return Regla.objects.update_or_create(**datos | campos, defaults={"cantidad": 10})[0]

    return _regla
