"""S-14: the table of dominio.md, written again by hand here, tried cell by cell: event × state × profile."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from pagos.actions import DatosCobro
from pagos.models import Medio
from portal import reloj
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from solicitudes import actions
from solicitudes.models import Estado, Solicitud

PR, PP, PV = "pendiente_respuesta", "pendiente_pago", "pendiente_validacion"
PX, PRV, R, RA, E, X = "pago_rechazado", "pago_validado", "respondido", "respondido_automatico", "enviado", "anulado"

# (event, whether an answer waits for its payment) → who, and from which state to which (dominio.md, «Transitions»)
ESPERADO: dict[tuple[str, bool], tuple[str, dict[str, str]]] = {
    ("cobrar", False): ("tramitador", {PR: PP}),
    ("responder", False): ("tramitador", {PR: R, PRV: R, PP: PP, PV: PV, PX: PX}),
    ("responder", True): ("tramitador", {}),
    ("responder_con_cobro", False): ("tramitador", {PR: PP}),
    ("retirar_cobro", False): ("tramitador", {PP: PR, PX: PR}),
    ("retirar_cobro", True): ("tramitador", {PP: R, PX: R}),
    ("enviar_comprobante", False): ("solicitante", {PP: PV, PX: PV}),
    ("enviar_comprobante", True): ("solicitante", {PP: PV, PX: PV}),
    ("rechazar_pago", False): ("validador", {PV: PX}),
    ("rechazar_pago", True): ("validador", {PV: PX}),
    ("validar_pago", False): ("validador", {PV: PRV}),
    ("validar_pago", True): ("validador", {PV: R}),
    ("anular", False): ("administrador SEC", dict.fromkeys((PR, PP, PV, PX, PRV, R, RA, E), X)),
    ("anular", True): ("administrador SEC", dict.fromkeys((PP, PV, PX), X)),
    ("desistir", False): ("solicitante", {PR: X, PP: X, PX: X}),
    ("desistir", True): ("solicitante", {}),
    ("complementar", False): ("tramitador", {R: R, RA: RA}),
}
CON_RESPUESTA_POSIBLE = (PP, PV, PX)


@pytest.fixture
def hacer(guardado) -> dict[str, Callable[[Solicitud, Perfil], Any]]:
    """Each event as its action."""
    datos = DatosCobro(Decimal(1000), "Estudio", reloj.hoy() + timedelta(days=10))
    return {
        "cobrar": lambda s, p: actions.cobrar(s, por=p, cobro=datos, cupon=guardado(p)),
        "responder": lambda s, p: actions.responder(s, por=p, respuesta=guardado(p)),
        "responder_con_cobro": lambda s, p: actions.responder(
            s, por=p, respuesta=guardado(p), cobro=datos, cupon=guardado(p)
        ),
        "retirar_cobro": lambda s, p: actions.retirar_cobro(s, por=p, motivo="No correspondía."),
        "enviar_comprobante": lambda s, p: actions.enviar_comprobante(
            s, por=p, medio=Medio.TRANSFERENCIA, comprobante=guardado(p)
        ),
        "rechazar_pago": lambda s, p: actions.rechazar_pago(s, por=p, motivo="Ilegible."),
        "validar_pago": lambda s, p: actions.validar_pago(s, por=p),
        "anular": lambda s, p: actions.anular(s, por=p, comentario="Duplicada."),
        "desistir": lambda s, p: actions.desistir(s, por=p, comentario="Ya no la necesito."),
        "complementar": lambda s, p: actions.complementar(s, por=p, respuesta=guardado(p)),
    }


@pytest.fixture
def elenco(rosa, pedro, marcos, valentina, admin_dx, otra_dx, auditora, jefa_sec, agente) -> dict[str, Perfil]:
    return {
        "solicitante": rosa,
        "otro solicitante": pedro,
        "tramitador": marcos,
        "validador": valentina,
        "administrador de la empresa": admin_dx,
        "otra empresa": otra_dx,
        "auditor": auditora,
        "administrador SEC": jefa_sec,
        "agente": agente,
    }


class _Deshacer(Exception):
    pass


@pytest.mark.parametrize(("suceso", "retenida"), ESPERADO)
def test_cada_suceso_en_cada_estado_por_cada_perfil(suceso, retenida, hacer, elenco, medios, en_estado) -> None:
    """S-14, P-04: only the named person, only in the named states; everything else leaves the case as it was."""
    quien, destinos = ESPERADO[suceso, retenida]
    for estado in CON_RESPUESTA_POSIBLE if retenida else Estado.values:
        campos = {"respondido": reloj.ahora(), "liberado": None} if retenida else {}
        solicitud = en_estado(Estado(estado), **campos)
        for nombre, perfil in elenco.items():
            visto = _intentar(hacer[suceso], solicitud, perfil)
            if nombre == quien:
                esperado = destinos.get(estado, "sentencia")
            elif nombre in ("otro solicitante", "otra empresa", "agente"):
                esperado = "no existe"
            else:
                esperado = "prohibido"
            assert (estado, nombre, visto) == (estado, nombre, esperado)


def _intentar(hacer: Callable[[Solicitud, Perfil], Any], solicitud: Solicitud, perfil: Perfil) -> str:
    """What came of it, undone afterwards: the new state, or how it was refused."""
    visto = ""
    try:
        with transaction.atomic(), como(perfil):
            try:
                hacer(solicitud, perfil)
            except PermissionDenied:
                visto = "prohibido"
            except Solicitud.DoesNotExist:
                visto = "no existe"
            except TransicionInvalida as error:
                visto = "sentencia" if str(error).startswith("No se puede ") else str(error)
            else:
                with sin_ambito():
                    visto = Solicitud.objects.get(pk=solicitud.pk).estado
            raise _Deshacer
    except _Deshacer:
        return visto


def test_una_respuesta_cobrada_no_sale_por_ningun_suceso(hacer, elenco, medios, en_estado) -> None:
    """P-04: with an answer waiting, whatever event whoever tries, only validation or withdrawal let it out."""
    sueltan = {("validar_pago", PV), ("retirar_cobro", PP), ("retirar_cobro", PX)}
    for estado in CON_RESPUESTA_POSIBLE:
        solicitud = en_estado(Estado(estado), respondido=reloj.ahora(), liberado=None)
        for suceso, accion in hacer.items():
            for perfil in elenco.values():
                salio = _salio(accion, solicitud, perfil)
                permitido = (suceso, estado) in sueltan and perfil in (elenco["validador"], elenco["tramitador"])
                assert not salio or permitido, (suceso, estado, perfil)


def _salio(accion: Callable[[Solicitud, Perfil], Any], solicitud: Solicitud, perfil: Perfil) -> bool:
    try:
        with transaction.atomic():
            with como(perfil), suppress(PermissionDenied, Solicitud.DoesNotExist, TransicionInvalida):
                accion(solicitud, perfil)
            with sin_ambito():
                salio = Solicitud.objects.get(pk=solicitud.pk).liberado is not None
            raise _Deshacer(salio)
    except _Deshacer as visto:
        return visto.args[0]
