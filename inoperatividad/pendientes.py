"""What waits for each function, and by when: the first page, and the morning's reminder."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from inoperatividad import permissions as p
from inoperatividad.ahora import duracion
from inoperatividad.models import Critica, Escenario, EstadoMasiva, Masiva, Registro, Reporte
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos.models import Regla
from portal.plazos.plazo import Plazo

MAXIMO = 50
"""Shown of each kind; the lists have the rest."""


@dataclass(frozen=True)
class Pendiente:
    """One thing to do: what, where, the verb on its button."""

    rotulo: str
    que: str
    nota: str
    url: str
    verbo: str
    plazo: Plazo | None = None


def plazo_de_reporte(registro: Registro) -> Plazo:
    """The clock of the official report: from the closing of the event."""
    return _plazo(registro.distribuidora, registro.cerrado or registro.inicio, registro.vence, Regla.Unidad.HABILES)


def _plazo(empresa: Distribuidora, desde, vence, unidad: str, cumplido=None) -> Plazo:  # type: ignore[no-untyped-def]
    return Plazo(desde, vence, pais=empresa.pais, zona=empresa.zona_horaria, unidad=unidad, cumplido=cumplido)


def plazo_de_opinion(registro: Registro) -> Plazo:
    """Mejora de Procesos' clock, in hours."""
    evaluacion = registro.evaluacion
    desde = evaluacion.consultada or evaluacion.iniciada
    return _plazo(
        registro.distribuidora, desde, evaluacion.opinion_vence, Regla.Unidad.HORAS, cumplido=evaluacion.opinada
    )


def plazo_del_reporte(reporte: Reporte) -> Plazo:
    """That of its most urgent record."""
    return _plazo(reporte.distribuidora, reporte.creado, reporte.vence, Regla.Unidad.HABILES, cumplido=reporte.enviado)


def pendientes(perfil: Perfil) -> list[Pendiente]:
    """All that waits for `perfil`, the most urgent kind first."""
    por_permiso = (
        (p.MASIVAS, _de_fallas),
        (p.CERRAR, _de_soporte),
        (p.REGISTRAR, _del_punto),
        (p.OPINAR, _de_mejora),
        (p.EVALUAR, _de_control),
        (p.GERENCIA, lambda: _por_aprobar(Reporte.objects.sin_gerencia())),
        (p.DIRECCION, lambda: _por_aprobar(Reporte.objects.sin_direccion())),
    )
    return [uno for permiso, suyos in por_permiso if perfil.tiene(permiso) for uno in suyos()]


def _registros(consulta) -> list[Registro]:  # type: ignore[no-untyped-def]
    relacionados = ("unidad", "consulta", "distribuidora", "masiva")
    return list(consulta.select_related(*relacionados).order_by("vence", "correlativo")[:MAXIMO])


def _de_fallas() -> Iterator[Pendiente]:
    for masiva in Masiva.objects.vivas().prefetch_related("aplicativos")[:MAXIMO]:
        nombres = ", ".join(map(str, masiva.aplicativos.all()))
        alertada = masiva.estado == EstadoMasiva.ALERTADA
        yield Pendiente(
            str(masiva),
            f"{'Declarar o descartar' if alertada else 'Terminar cuando vuelva el servicio'}: {nombres}",
            f"Desde hace {duracion(masiva.duracion)}.",
            masiva.get_absolute_url(),
            "Ver la alerta" if alertada else "Ver la falla",
        )


def _de_soporte() -> Iterator[Pendiente]:
    """Records whose masiva is over come by masiva; the rest one by one."""
    terminadas = Masiva.objects.filter(estado=EstadoMasiva.TERMINADA, registros__estado=Registro.Estado.ABIERTO)
    for masiva in terminadas.distinct()[:MAXIMO]:
        yield Pendiente(
            str(masiva), "Cerrar sus registros: el servicio está restablecido",
            f"{masiva.registros.abiertos().count()} por cerrar.",
            reverse("inoperatividad:cerrar_registros", args=[masiva.numero]), "Cerrar registros",
        )  # fmt: skip
    sueltos = Registro.objects.abiertos().filter(escenario=Escenario.MASIVA)
    for registro in _registros(sueltos.filter(Q(masiva=None) | Q(masiva__estado=EstadoMasiva.DESCARTADA))):
        yield Pendiente(
            f"N° {registro.correlativo}", f"Cerrar: {registro.que} en {registro.unidad}",
            "Su alerta se descartó. Revisa si es un error.", registro.get_absolute_url(), "Ver el registro",
        )  # fmt: skip


def _del_punto() -> Iterator[Pendiente]:
    for critica in Critica.objects.por_regularizar().select_related("registro__masiva")[:MAXIMO]:
        yield Pendiente(
            f"N° {critica.registro.correlativo}", str(critica), "Se hizo a mano. Ingrésalo cuando vuelva el sistema.",
            reverse("inoperatividad:regularizar", args=[critica.pk]), "Regularizar",
        )  # fmt: skip
    for registro in _registros(Registro.objects.abiertos().exclude(escenario=Escenario.MASIVA)):
        yield Pendiente(
            f"N° {registro.correlativo}", f"Cerrar con su sustento: {registro.que}",
            f"{registro.get_escenario_display()}, desde hace {duracion(registro.duracion)}.",
            registro.get_absolute_url(), "Ver el registro",
        )  # fmt: skip


def _de_mejora() -> Iterator[Pendiente]:
    esperan = Registro.objects.en_evaluacion().filter(evaluacion__consultada__isnull=False, evaluacion__opinada=None)
    for registro in _registros(esperan.select_related("evaluacion")):
        yield Pendiente(
            f"N° {registro.correlativo}", f"Opinar si procede: {registro.que} en {registro.unidad}", "",
            reverse("inoperatividad:opinar", args=[registro.correlativo]), "Opinar", plazo_de_opinion(registro),
        )  # fmt: skip


def _de_control() -> Iterator[Pendiente]:
    for reporte in Reporte.objects.borradores() | Reporte.objects.aprobados():
        aprobado = reporte.estado == Reporte.Estado.APROBADO
        yield Pendiente(
            str(reporte), "Enviar a Regulatorio" if aprobado else "Pedir la aprobación", "",
            reporte.get_absolute_url(), "Ver el reporte", plazo_del_reporte(reporte),
        )  # fmt: skip
    pasos = (
        (Registro.objects.reportables(), "Poner en un reporte", "Ver el registro"),
        (
            Registro.objects.en_evaluacion().filter(
                Q(evaluacion__consultada=None) | Q(evaluacion__opinada__isnull=False)
            ),
            "Concluir la evaluación",
            "Evaluar",
        ),
        (Registro.objects.por_evaluar(), "Iniciar la evaluación", "Ver el registro"),
    )
    for consulta, que, verbo in pasos:
        for registro in _registros(consulta):
            yield Pendiente(
                f"N° {registro.correlativo}", f"{que}: {registro.que} en {registro.unidad}", "",
                registro.get_absolute_url() if verbo != "Evaluar" else _evaluacion(registro), verbo,
                plazo_de_reporte(registro),
            )  # fmt: skip


def _evaluacion(registro: Registro) -> str:
    return reverse("inoperatividad:evaluacion", args=[registro.correlativo])


def _por_aprobar(reportes) -> Iterator[Pendiente]:  # type: ignore[no-untyped-def]
    for reporte in reportes[:MAXIMO]:
        yield Pendiente(
            str(reporte), "Aprobar u observar", "", reporte.get_absolute_url(), "Revisar", plazo_del_reporte(reporte)
        )
