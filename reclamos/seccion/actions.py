"""The verbs of the section: register a case, take a step of it, hand a batch to the commercial system."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from portal import reloj
from portal.adjuntos.actions import vincular
from portal.adjuntos.models import Guardado
from portal.avisos.actions import avisar
from portal.cuentas.models import Perfil
from portal.documentos.models import Caso, TransicionInvalida, siguiente_numero
from portal.historial.models import Evento, registrar
from portal.impresos.actions import emitir
from portal.permisos import exigir
from portal.plazos import calendario
from portal.plazos.actions import vencimiento
from reclamos.models import Reclamo
from reclamos.seccion import reglas
from reclamos.seccion.casos import tomar_caso
from reclamos.seccion.declaracion import COLUMNAS, Archivo, Campo, Deber, Paso
from reclamos.seccion.estados import Estado, Suceso
from reclamos.seccion.impresion import contexto_de
from reclamos.seccion.models import Asunto, Lote, Renglon
from reclamos.seccion.permissions import es_otra_persona, puede_dar, puede_exportar, puede_registrar

Valores = dict[str, Any]


class NadaQueExportar(ValueError):
    """No approved change waits for a batch; another may have taken them a moment ago."""


@transaction.atomic
def registrar_asunto(
    deber: Deber,
    *,
    por: Perfil,
    clave: UUID,
    valores: Valores,
    renglones: list[Valores] | None = None,
    archivos: dict[str, Guardado | None] | None = None,
    origen: Asunto | None = None,
    reclamo: Reclamo | None = None,
) -> Asunto:
    """Open a case of `deber`; sent twice with one `clave`, it is one. ValidationError where the duty refuses it."""
    exigir(puede_registrar(por))
    empresa = por.distribuidora
    assert empresa is not None  # noqa: S101 - who may register has one
    ahora = reloj.ahora()
    caso = tomar_caso(clave, de=Asunto, empresa=empresa)
    if caso.numero is not None:
        return Asunto.objects.get(pk=caso.pk)
    anio = reloj.hoy(empresa.zona_horaria).year
    asunto = Asunto(
        caso=caso, clase=deber.ruta, estado=deber.inicial, distribuidora=empresa, anio=anio, creado_por=por,
        creado=ahora, cambiado=ahora, origen=origen, reclamo=reclamo,
    )  # fmt: skip
    _anotar(asunto, deber.campos, valores)
    if deber.con_plazo and asunto.vence is None:
        vence, asunto.regla = vencimiento(deber.materia, distribuidora=empresa, desde=ahora)
        asunto.vence = calendario.dia_local(vence, empresa.zona_horaria) if vence else None
    reglas.comprobar(asunto, reglas.REGISTRAR, valores, renglones or [])
    _legajo_unico(asunto)
    evento = registrar(caso, "asunto_registrado", por=por, deber=deber.nombre)
    _adjuntar(asunto, deber.archivos, archivos or {}, por, evento)
    asunto.correlativo = siguiente_numero(f"seccion.{empresa.pk}.{deber.ruta}.{anio}")
    asunto.save(force_insert=True)
    for orden, datos in enumerate(renglones or [], start=1):
        Renglon.objects.create(asunto=asunto, orden=orden, datos=_en_json(datos))
    caso.numero = f"{deber.sigla}-{anio}-{asunto.correlativo}-{empresa.pk}"
    caso.save(update_fields=["numero"])
    if reclamo:
        registrar(reclamo.caso, "asunto_abierto", por=por, deber=deber.nombre, asunto=str(asunto))
    return asunto


@transaction.atomic
def dar_paso(
    asunto: Asunto,
    *,
    suceso: str,
    por: Perfil,
    valores: Valores,
    renglones: list[Valores] | None = None,
    archivos: dict[str, Guardado | None] | None = None,
) -> Asunto:
    """Take the step `suceso` of a case, with what it asks for; TransicionInvalida, ValidationError.

    What is proposed by one person is approved by another (the database says so too); a document that the step issues
    takes its number last.
    """
    asunto = Asunto.objects.bloquear(asunto.pk)
    paso = asunto.deber.paso(suceso)
    if paso is None:
        raise TransicionInvalida(f"«{asunto.deber.nombre}» no tiene ese paso.")
    exigir(puede_dar(por, asunto, paso))
    asunto.suceder(Suceso(suceso))
    _firmar(asunto, paso, por)
    reglas.comprobar(asunto, suceso, valores, renglones or [])
    _anotar(asunto, paso.campos, valores)
    asunto.cambiado = reloj.ahora()
    asunto.save()
    if suceso == Suceso.ENVIAR:  # from now on its unit sees it
        Caso.objects.filter(pk=asunto.pk).update(unidad=asunto.unidad)
    if paso.de_renglon:
        for renglon, datos in zip(asunto.renglones.all(), renglones or [], strict=True):
            renglon.datos |= _en_json(datos)
            renglon.save(update_fields=["datos"])
    nota = valores.get("comentario") or _contado(asunto, paso)
    evento = registrar(asunto.caso, "asunto_paso", por=por, comentario=nota, paso=paso.texto, estado=paso.hasta.label)
    _adjuntar(asunto, paso.archivos, archivos or {}, por, evento)
    if paso.avisa and asunto.correo:
        _avisar(asunto, paso)
    if paso.imprime:
        emitir(
            asunto.caso,
            tipo=paso.imprime.tipo,
            titulo=paso.imprime.titulo,
            plantilla=paso.imprime.plantilla,
            contexto=contexto_de(asunto, por),
            por=por,
        )
    return asunto


@transaction.atomic
def exportar(*, por: Perfil) -> Lote:
    """Put every approved change that no batch has into a new one; NadaQueExportar.

    The rows are locked: of two at once, the second finds them gone.
    """
    exigir(puede_exportar(por))
    empresa = por.distribuidora
    assert empresa is not None  # noqa: S101 - who may export has one
    asuntos = list(Asunto.objects.por_exportar().select_for_update(of=("self",)).select_related("caso").order_by("pk"))
    if not asuntos:
        raise NadaQueExportar("No hay cambios aprobados que exportar: puede que otra persona los acabe de exportar.")
    numero = siguiente_numero(f"seccion.{empresa.pk}.lote")
    lote = Lote.objects.create(distribuidora=empresa, numero=numero, creado=reloj.ahora(), por=por)
    for asunto in asuntos:
        asunto.suceder(Suceso.EXPORTAR)
        asunto.lote, asunto.cambiado = lote, lote.creado
        asunto.save()
        registrar(asunto.caso, "asunto_exportado", por=por, lote=numero)
    return lote


@transaction.atomic
def cargar_lote(lote: Lote, *, por: Perfil) -> Lote:
    """Note that the commercial system has taken a batch; TransicionInvalida when somebody noted it before."""
    exigir(puede_exportar(por))
    lote = Lote.objects.bloquear(lote.pk)
    if lote.cargado:
        raise TransicionInvalida(f"{lote} ya consta como cargado en el SGC.")
    lote.cargado, lote.cargado_por = reloj.ahora(), por
    lote.save(update_fields=["cargado", "cargado_por"])
    for asunto in lote.asuntos.select_related("caso").order_by("pk"):
        registrar(asunto.caso, "asunto_cargado", por=por, lote=lote.numero)
    return lote


def _firmar(asunto: Asunto, paso: Paso, por: Perfil) -> None:
    """Who proposed and who approved, as people: a second profile of the same person is the same person."""
    if paso.suceso == Suceso.PROPONER:
        asunto.propuesto_por, asunto.aprobado_por = por.usuario, None
    elif paso.suceso == Suceso.DEVOLVER:
        asunto.propuesto_por = asunto.aprobado_por = None
    elif paso.suceso == Suceso.APROBAR:
        if not es_otra_persona(por, asunto):
            raise TransicionInvalida("No se puede aprobar: lo propusiste tú. Debe aprobarlo otra persona.")
        asunto.aprobado_por = por.usuario


def _anotar(asunto: Asunto, campos: tuple[Campo, ...], valores: Valores) -> None:
    """Put what was typed where the declaration keeps it."""
    asunto.datos = {**asunto.datos}
    for campo in campos:
        if campo.nombre not in valores or campo.nombre == "comentario":
            continue
        valor = valores[campo.nombre]
        if campo.nombre in COLUMNAS:
            vacio = None if campo.nombre in ("unidad", "monto", "vence", "sesion", "evento") else ""
            setattr(asunto, campo.nombre, vacio if valor in ("", None) else valor)
        else:
            asunto.datos |= _en_json({campo.nombre: valor})


def _en_json(datos: Valores) -> Valores:
    """Dates and amounts as text; the form that `leido` reads."""
    return {
        clave: valor.isoformat() if isinstance(valor, date) else str(valor) if isinstance(valor, Decimal) else valor
        for clave, valor in datos.items()
        if valor is not None
    }


def _contado(asunto: Asunto, paso: Paso) -> str:
    """What was typed with a step, for the history: a later step may overwrite it."""
    dichos = [(campo.rotulo, asunto.valor(campo)) for campo in paso.campos if campo.nombre != "comentario"]
    return "\n".join(f"{rotulo}: {valor}" for rotulo, valor in dichos if valor not in ("", None))


def _adjuntar(
    asunto: Asunto, pedidos: tuple[Archivo, ...], archivos: dict[str, Guardado | None], por: Perfil, evento: Evento
) -> None:
    for pedido in pedidos:
        guardado = archivos.get(pedido.codigo)
        if guardado is not None:
            vincular(guardado, asunto.caso, tipo=pedido.codigo, por=por, evento=evento)
        elif pedido.obligatorio:
            raise ValidationError(f"Falta: {pedido.nombre}.")


def _legajo_unico(asunto: Asunto) -> None:
    if asunto.clase == "archivo" and (
        otro := Asunto.objects.filter(clase="archivo", nis=asunto.nis).exclude(estado=Estado.ANULADO).first()
    ):
        raise ValidationError({"nis": f"Este suministro ya tiene su legajo: {otro}, en {otro.datos['ubicacion']}."})


def _avisar(asunto: Asunto, paso: Paso) -> None:
    avisar(
        asunto.caso,
        paso.avisa,
        para=[(asunto.correo, None)],
        contexto={
            "folio": str(asunto),
            "asunto": str(asunto),
            "empresa": asunto.distribuidora.nombre_fantasia,
            "nombre": asunto.deber.nombre,
            "importe": asunto.importe,
            "saludo": asunto.interesado.split(" ")[0],
            "boton": ("Seguir el trámite", asunto.donde_se_sigue()),
            "datos": [("N°", str(asunto)), ("Estado", paso.hasta.label)],
            "motivo": f"porque presentaste {asunto}",
        },
    )
