"""Writing a complaint and filing it (Q-01, Q-02, Q-05)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from portal import reloj
from portal.adjuntos.actions import quitar, vincular
from portal.adjuntos.models import Adjunto, Guardado
from portal.cuentas.ambito import con_llave
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso, siguiente_numero
from portal.historial.models import registrar
from portal.permisos import exigir
from reclamos import codigos, terminos
from reclamos.avisos import acusar, emitir_formulario
from reclamos.documentos import VARIOS
from reclamos.models import AjusteReclamos, Borrador, Canal, Estado, Materia, Origen, Reclamo, Suceso
from reclamos.permissions import es_suyo, puede_ingresar, puede_presentar, puede_tramitar

TIPO = Reclamo._meta.label_lower


@dataclass(frozen=True)
class Persona:
    """Who complains."""

    documento_tipo: str
    documento: str
    nombre: str
    correo: str
    telefono: str = ""


@dataclass(frozen=True)
class Contenido:
    """What is complained about."""

    suministro: str
    materia: Materia
    hecho_el: date
    que_paso: str
    que_pide: str
    atencion: str = ""
    sin_respuesta: bool = False
    monto: Decimal | None = None


@transaction.atomic
def empezar(distribuidora: Distribuidora, *, por: Perfil | None, clave: UUID) -> Borrador | None:
    """The draft of the page that carries `clave`, made once; None when it was filed meanwhile.

    Caso.DoesNotExist when the key is somebody else's.
    """
    exigir(puede_presentar(por))
    ahora = reloj.ahora()
    de_mostrador = puede_ingresar(por)
    titular = None if de_mostrador else por
    nuevo = Caso(clave=clave, tipo=TIPO, titular=titular, creado=ahora)
    if de_mostrador:
        nuevo.distribuidora = distribuidora
    # Nobody looks yet who has no account; the key is one that only its page knows, and whose it is the draft says.
    with con_llave([clave]):
        Caso._base_manager.bulk_create([nuevo], ignore_conflicts=True)
        caso = Caso._base_manager.select_for_update(of=("self",)).get(clave=clave, tipo=TIPO)
        if caso.numero is not None:
            if caso.titular_id != (titular.pk if titular else None):
                raise Caso.DoesNotExist
            return None
        borrador, _ = Borrador._base_manager.get_or_create(
            caso=caso, defaults={"distribuidora": distribuidora, "autor": por, "guardado": ahora}
        )
    if not es_suyo(por, borrador) or borrador.distribuidora_id != distribuidora.pk:
        raise Caso.DoesNotExist
    return borrador


def _propio(borrador: Borrador, por: Perfil | None) -> Borrador:
    """The draft, locked; Borrador.DoesNotExist when it was filed or thrown away meanwhile."""
    borrador = (
        Borrador.objects.select_for_update(of=("self",)).select_related("caso", "distribuidora").get(pk=borrador.pk)
    )
    exigir(es_suyo(por, borrador))
    return borrador


@transaction.atomic
def guardar_borrador(borrador: Borrador, *, por: Perfil | None, datos: dict[str, Any]) -> None:
    """Keep what was written, as it was written, right or wrong."""
    borrador = _propio(borrador, por)
    borrador.datos, borrador.guardado = datos, reloj.ahora()
    borrador.save(update_fields=["datos", "guardado"])


@transaction.atomic
def descartar_borrador(borrador: Borrador, *, por: Perfil | None) -> None:
    """Throw a draft away with its files."""
    olvidar_borradores([_propio(borrador, por)])


def olvidar_borradores(borradores: Iterable[Borrador]) -> None:
    """Drafts go with their cases and files; whoever calls holds their locks."""
    for borrador in borradores:
        caso = borrador.caso
        for adjunto in caso.adjuntos.all():
            quitar(adjunto, por=None)
        borrador.delete()
        caso.delete()


@transaction.atomic
def adjuntar_documento(borrador: Borrador, *, por: Perfil | None, archivo: Guardado) -> Adjunto:
    """Keep a checked file in the draft; the same bytes sent again are the file that is there."""
    borrador = _propio(borrador, por)
    previos = list(borrador.caso.adjuntos.all())
    if igual := next((p for p in previos if p.sha256_recibido == archivo.sha256_recibido), None):
        return igual
    if len(previos) >= VARIOS:
        raise ValidationError(f"Caben {VARIOS} archivos. Quita uno para poder agregar otro.")
    return vincular(archivo, borrador.caso, tipo="documento", por=por)


@transaction.atomic
def quitar_documento(borrador: Borrador, *, por: Perfil | None, clave: str) -> None:
    """Take a file out of the draft; one that is not there is already out."""
    for adjunto in _propio(borrador, por).caso.adjuntos.all():
        if str(adjunto.pk) == clave:
            quitar(adjunto, por=por)


@transaction.atomic
def presentar(
    borrador: Borrador,
    *,
    por: Perfil | None,
    persona: Persona,
    contenido: Contenido,
    canal: Canal = Canal.WEB,
    origen: Origen = Origen.CLIENTE,
) -> Reclamo:
    """File the draft: number, term, code where the portal gives it, acknowledgement. Sent twice, it is filed once."""
    exigir(puede_presentar(por))
    if not Borrador.objects.filter(pk=borrador.pk).exists():
        return Reclamo.objects.get(pk=borrador.pk)
    borrador = _propio(borrador, por)
    caso, distribuidora = borrador.caso, borrador.distribuidora
    _reclamable(distribuidora, contenido)
    de_mostrador = puede_ingresar(por)
    if (canal == Canal.WEB) == de_mostrador:
        raise ValidationError({"canal": "Elige por dónde llegó el reclamo: mostrador o teléfono."})
    ahora = reloj.ahora()
    vence, regla = terminos.por_materia(
        "respuesta", distribuidora, contenido.materia, desde=ahora, monto=contenido.monto
    )
    borrador.delete()
    numero = siguiente_numero("reclamos.ingreso")
    unidad = por.unidad if por and de_mostrador else None
    caso.numero, caso.distribuidora, caso.unidad = f"R{numero:06d}", distribuidora, unidad
    caso.save(update_fields=["numero", "distribuidora", "unidad"])
    reclamo = Reclamo.objects.create(
        caso=caso,
        estado=Estado.INGRESADO,
        ingreso=caso.numero,
        ingreso_numero=numero,
        distribuidora=distribuidora,
        unidad=unidad,
        solicitante=None if de_mostrador else por,
        ingresado_por=por if de_mostrador else None,
        canal=canal,
        origen=origen,
        ingresado=ahora,
        vence=vence,
        regla=regla,
        queja_desde=terminos.dia_siguiente(vence, distribuidora),
        **asdict(persona),
        **{campo: getattr(contenido, campo) for campo in contenido.__dataclass_fields__},
    )
    como = f" ({Canal(canal).label.lower()}, {Origen(origen).label.lower()})" if de_mostrador else ""
    registrar(caso, "reclamo_ingresado", por=por, como=como)
    acusar(reclamo)
    if AjusteReclamos.de(distribuidora).codigo_automatico:
        _codificar(reclamo, por=None, codigo="")
    return reclamo


def _reclamable(distribuidora: Distribuidora, contenido: Contenido) -> None:
    """What cannot be complained about here is refused, saying why."""
    materia = contenido.materia
    if distribuidora.estado != Distribuidora.Estado.VIGENTE:
        raise ValidationError({"materia": "Esta empresa ya no recibe reclamos."})
    if not Materia.objects.de(distribuidora).filter(pk=materia.pk).exists():
        raise ValidationError({"materia": "Elige una materia de la lista."})
    if not materia.reclamable:
        raise ValidationError({"materia": materia.explicacion})
    ultimo = terminos.ultimo_dia(distribuidora, materia, contenido.hecho_el)
    if ultimo and reloj.hoy(distribuidora.zona_horaria) > ultimo:
        raise ValidationError(
            {"hecho_el": f"Lo que ocurrió ese día se podía reclamar hasta el {ultimo:%d-%m-%Y}: ya pasó el plazo."}
        )


def _codificar(reclamo: Reclamo, *, por: Perfil | None, codigo: str) -> None:
    """Give the code, the company's own or the portal's next one, and tell who complains."""
    reclamo.suceder(Suceso.CODIFICAR)
    reclamo.codificado = reloj.ahora()
    reclamo.codigo = codigo or codigos.siguiente(reclamo.distribuidora)
    reclamo.save(update_fields=["estado", "codificado", "codigo"])
    registrar(reclamo.caso, "reclamo_codificado", por=por, codigo=reclamo.codigo)
    emitir_formulario(reclamo, por=por)


@transaction.atomic
def codificar(reclamo: Reclamo, *, por: Perfil, codigo: str = "") -> Reclamo:
    """The company gives the código de reclamo; empty: the portal's next one (Q-02)."""
    reclamo = Reclamo.objects.bloquear(reclamo.pk)
    exigir(puede_tramitar(por, reclamo))
    codigo = codigo.strip().upper()
    if codigo and codigos.DEL_PORTAL.fullmatch(codigo):
        raise ValidationError({"codigo": "Esos códigos los da el portal. Deja el campo vacío para usar el siguiente."})
    if codigo and Reclamo.objects.filter(distribuidora=reclamo.distribuidora_id, codigo=codigo).exists():
        raise ValidationError({"codigo": f"Su empresa ya usó el código {codigo}. Escriba otro."})
    _codificar(reclamo, por=por, codigo=codigo)
    return reclamo
