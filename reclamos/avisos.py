"""What who complains is told, always by mail, with an account or without (Q-03)."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse

from portal.adjuntos.models import Adjunto
from portal.avisos.actions import avisar
from portal.cuentas.models import Perfil
from portal.impresos.actions import emitir
from portal.impresos.models import Impreso
from portal.templatetags.ventanilla import dia_semana
from reclamos.models import Reclamo, Recurso

FORMULARIO = "formulario_reclamo"


def avisar_a_quien_reclama(
    reclamo: Reclamo,
    plantilla: str,
    *,
    comentario: str = "",
    adjuntos: Iterable[Adjunto] = (),
    plazo: str = "",
    boton: str = "Ver mi reclamo",
    clave: str = "",
    recurso: Recurso | None = None,
    **contexto: Any,
) -> None:
    """Write `plantilla` to who complains; `plazo` is a sentence with its **date** marked so."""
    datos = [
        ("Código de reclamo", reclamo.codigo or "por asignar"),
        ("N° de ingreso", reclamo.ingreso),
        ("Empresa", str(reclamo.distribuidora)),
        ("Materia", reclamo.materia.nombre),
        ("Suministro", reclamo.suministro),
    ]
    if recurso:
        datos.insert(2, ("N° de expediente", recurso.numero))
    seguir = reverse("reclamos:consulta", query={"codigo": str(reclamo)})
    avisar(
        reclamo.caso,
        plantilla,
        para=[(reclamo.correo, reclamo.solicitante)],
        contexto={
            "saludo": reclamo.nombre.split(" ")[0],
            "reclamo": reclamo,
            "recurso": recurso,
            "empresa": str(reclamo.distribuidora),
            "comentario": comentario,
            "datos": datos,
            "plazo_texto": plazo,
            "boton": (boton, seguir if reclamo.sin_cuenta else reclamo.get_absolute_url()),
            "motivo": f"porque presentaste el reclamo {reclamo}",
            **contexto,
        },
        adjuntos=adjuntos,
        clave=clave,
    )


def termino_de_respuesta(reclamo: Reclamo) -> str:
    """The term in which it will be answered, as the mail says it."""
    if reclamo.vence is None:
        return f"{reclamo.distribuidora} no tiene un plazo fijado para responder esta materia."
    local = reclamo.vence.astimezone(_zona(reclamo))
    return f"{reclamo.distribuidora} debe responder a más tardar el **{dia_semana(local.date())} de {local:%Y}**."


def _zona(reclamo: Reclamo) -> ZoneInfo:
    return ZoneInfo(reclamo.distribuidora.zona_horaria)


def dia_en_palabras(reclamo: Reclamo, momento: Any) -> str:
    """The date of a moment on the company's calendar: «martes 1 de diciembre»."""
    return dia_semana(momento.astimezone(_zona(reclamo)).date()) if momento else ""


def acusar(reclamo: Reclamo) -> None:
    """The first mail, at once: number, documents and the term; the code follows with the form."""
    documentos = reclamo.caso.adjuntos.filter(tipo="documento")
    avisar_a_quien_reclama(reclamo, "reclamo_recibido", plazo=termino_de_respuesta(reclamo), adjuntos=documentos)


def emitir_formulario(reclamo: Reclamo, *, por: Perfil | None) -> None:
    """The form as it was written, with its code; the mail that carries it goes out when the PDF is made (Q-03)."""
    empresa = reclamo.distribuidora
    datos = [
        ("Reclama", reclamo.nombre, "doble"),
        ("Documento", reclamo.documento_escrito),
        ("NIS o N° de cliente", reclamo.suministro),
        ("Correo electrónico", reclamo.correo),
        ("Teléfono", reclamo.telefono),
        ("Materia", reclamo.materia.nombre),
        ("Monto reclamado", reclamo.importe),
        ("Cuándo ocurrió", f"{reclamo.hecho_el:%d-%m-%Y}"),
        ("N° de ingreso", f"{reclamo.ingreso}, el {reclamo.ingresado.astimezone(_zona(reclamo)):%d-%m-%Y, %H:%M}"),
    ]
    contexto = {
        "reclamo": reclamo,
        "empresa": empresa,
        "datos": datos,
        "documentos": reclamo.caso.adjuntos.filter(tipo="documento"),
        "plazo": termino_de_respuesta(reclamo).replace("**", ""),
    }
    plantilla = "impresos/formulario_reclamo.html"
    emitir(
        reclamo.caso, tipo=FORMULARIO, titulo="Formulario de reclamo", plantilla=plantilla, contexto=contexto, por=por
    )


def emitir_caratula(reclamo: Reclamo, resolucion: Adjunto, *, comentario: str, plazo: str, por: Perfil) -> None:
    """The cover of the resolution: what was decided about which complaint, and which file says so."""
    datos = [
        ("Reclama", reclamo.nombre, "doble"),
        ("Documento", reclamo.documento_escrito),
        ("NIS o N° de cliente", reclamo.suministro),
        ("Materia", reclamo.materia.nombre),
        ("N° de ingreso", f"{reclamo.ingreso}, el {reclamo.ingresado.astimezone(_zona(reclamo)):%d-%m-%Y, %H:%M}"),
        (
            "Respondido",
            f"{reclamo.respondido.astimezone(_zona(reclamo)):%d-%m-%Y, %H:%M}" if reclamo.respondido else "",
        ),
    ]
    contexto = {
        "reclamo": reclamo,
        "datos": datos,
        "resolucion": resolucion,
        "comentario": comentario,
        "plazo": plazo.replace("**", ""),
    }
    emitir(
        reclamo.caso, tipo="caratula_resolucion", titulo="Carátula de la resolución",
        plantilla="impresos/caratula_resolucion.html", contexto=contexto, por=por,
    )  # fmt: skip


def acusar_con_formulario(impreso: Impreso) -> None:
    """The mail that is always sent: code, the form as PDF, the documents, and the term (Q-03)."""
    reclamo = Reclamo.objects.select_related("caso", "distribuidora", "materia", "solicitante__usuario").get(
        pk=impreso.caso_id
    )
    documentos = reclamo.caso.adjuntos.filter(tipo__in=("documento", FORMULARIO))
    avisar_a_quien_reclama(
        reclamo,
        "reclamo_codificado",
        plazo=termino_de_respuesta(reclamo),
        adjuntos=documentos,
        clave=f"reclamo_codificado:{reclamo.pk}",
    )
