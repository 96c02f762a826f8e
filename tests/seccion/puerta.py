"""Filling in any declared form, as a browser sends it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import muestras, reloj
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil, Unidad
from reclamos.seccion.deberes import de_ruta
from reclamos.seccion.declaracion import Archivo, Campo, Deber, Paso
from reclamos.seccion.models import Asunto

DE_CLASE = {
    "texto": "Texto", "parrafo": "Dos líneas\r\nde texto", "entero": "3", "monto": "900", "nis": "2.210.733",
    "correo": "eusebia@correo.example",
}  # fmt: skip
A_PROPOSITO = {
    ("certificado", "monto"): "", ("acuerdo", "entrega"): "100", ("sesion", "hora"): "09:30",
    ("facturar", "documento"): "12.345.678-5",
}  # fmt: skip
PDF = muestras.pdf("Documento")


def valor(campo: Campo, ruta: str = "", sesion: Asunto | None = None) -> Any:
    """Something right for a field."""
    if (ruta, campo.nombre) in A_PROPOSITO:
        return A_PROPOSITO[ruta, campo.nombre]
    match campo.clase:
        case "fecha":
            return reloj.hoy("America/Santiago").isoformat()
        case "opcion":
            return campo.opciones[0][0]
        case "unidad":
            return Unidad.objects.get(nombre="Oficina Centro").pk
        case "sesion":
            return sesion.pk if sesion else ""
        case "evento":
            return "ninguno"
    return DE_CLASE[campo.clase]


def campos(declarados: Iterable[Campo], ruta: str = "", **mas: Any) -> dict[str, Any]:
    return {c.nombre: valor(c, ruta, mas.get("sesion")) for c in declarados}


def adjuntos(archivos: Iterable[Archivo]) -> dict[str, Any]:
    return {f"archivo_{a.codigo}": SimpleUploadedFile(f"{a.codigo}.pdf", PDF) for a in archivos if a.obligatorio}


def lineas(filas: list[dict[str, Any]], iniciales: int = 0) -> dict[str, Any]:
    """Lines as a formset sends them."""
    datos = {"r-TOTAL_FORMS": str(len(filas)), "r-INITIAL_FORMS": str(iniciales)}
    return datos | {f"r-{i}-{campo}": v for i, fila in enumerate(filas) for campo, v in fila.items()}


def formulario(deber: Deber, **cambios: Any) -> dict[str, Any]:
    """The form that registers a case of a duty."""
    datos = {"clave": str(uuid.uuid4())} | campos(deber.campos, deber.ruta) | adjuntos(deber.archivos)
    if deber.renglones:
        datos |= lineas([campos(deber.renglones.campos) | {"antes": "30", "despues": "60"}])
    return datos | cambios


def registrar(navegador: Client, ruta: str, **cambios: Any) -> Asunto:
    """Register through the page; the case."""
    respuesta = navegador.post(reverse("seccion:registrar", args=[ruta]), formulario(de_ruta(ruta), **cambios))
    assert respuesta.status_code == 302, respuesta.context["form"].errors
    with sin_ambito():
        return Asunto.objects.get(pk=respuesta.url.rstrip("/").rpartition("/")[2])


def datos_del_paso(asunto: Asunto, paso: Paso, **cambios: Any) -> dict[str, Any]:
    datos = campos(paso.campos, asunto.clase, sesion=cambios.pop("sesion", None)) | adjuntos(paso.archivos)
    if paso.de_renglon:
        with sin_ambito():
            cuantos = asunto.renglones.count()
        datos |= lineas([campos(paso.de_renglon)] * cuantos, cuantos)
    return datos | cambios


def dar(navegador: Client, asunto: Asunto, suceso: str, **cambios: Any) -> Any:
    """Take a step through the page; the answer."""
    paso = asunto.deber.paso(suceso)
    assert paso is not None
    return navegador.post(reverse("seccion:paso", args=[asunto.pk, suceso]), datos_del_paso(asunto, paso, **cambios))


def andar(entrar: Any, asunto: Asunto, *pasos: tuple[str, Perfil], **cambios: Any) -> Asunto:
    """Several steps, each by its person; the case as it is then."""
    for suceso, perfil in pasos:
        respuesta = dar(entrar(perfil), asunto, suceso, **cambios)
        assert respuesta.status_code == 302, (suceso, respuesta.status_code, respuesta.context["form"].errors)
    return releer(asunto)


def releer(asunto: Asunto) -> Asunto:
    with sin_ambito():
        return Asunto.objects.select_related("distribuidora", "caso", "sesion").get(pk=asunto.pk)
