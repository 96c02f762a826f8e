"""What the tests of all addresses know of the section."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse

from portal import reloj
from portal.adjuntos.models import Guardado
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Perfil
from reclamos.seccion import actions
from reclamos.seccion.deberes import DEBERES, de_ruta
from reclamos.seccion.models import Asunto, Lote
from reclamos.seccion.red.actions import Datos, registrar_evento
from reclamos.seccion.red.models import EventoRed
from tests.seguridad.casos import Mundo, Pedido

ACTORES = {
    "seguimiento": "seguidora",
    "otra_empresa_seguimiento": "seguidora_ajena",
    "jefe_de_unidad_ot": "jefe_de_ot",
    "comite": "miembro_comite",
}


def _guardado(perfil: Perfil) -> Guardado:
    """A file that passed and waits for its form."""
    fila = Guardado(perfil=perfil, nombre="d.pdf", formato="pdf", bytes=9, sha256="0" * 64, sha256_recibido="0" * 64)
    fila.archivo.save("d.pdf", ContentFile(b"%PDF-1.7 "), save=False)
    with sin_ambito():
        fila.save()
    return fila


def _abrir(ruta: str, por: Perfil, renglones: Any = (), **valores: Any) -> Asunto:
    deber = de_ruta(ruta)
    archivos = {a.codigo: _guardado(por) for a in deber.archivos if a.obligatorio}
    with como(por):
        return actions.registrar_asunto(
            deber, por=por, clave=uuid.uuid4(), valores=valores, renglones=list(renglones), archivos=archivos
        )


def orden_enviada(seguidora: Perfil, jefe: Perfil) -> Asunto:
    """An order that waits at the head's unit."""
    orden = _abrir("ot", seguidora, trabajo="kpl", nis="2210733", detalle="Verificar.", vence=reloj.hoy())
    with como(seguidora):
        return actions.dar_paso(orden, suceso="enviar", por=seguidora, valores={"unidad": jefe.unidad})


def aprobada(seguidora: Perfil, otra: Perfil) -> Asunto:
    """A change of contract that waits for its batch."""
    cambio = {"dato": "kpl", "antes": "30", "despues": "60"}
    asunto = _abrir("modificacion", seguidora, [cambio], nis="2210733", motivo="OT resuelta.")
    for suceso, quien in (("proponer", seguidora), ("aprobar", otra)):
        with como(quien):
            asunto = actions.dar_paso(asunto, suceso=suceso, por=quien, valores={})
    return asunto


def lote(seguidora: Perfil, otra: Perfil) -> Lote:
    aprobada(seguidora, otra)
    with como(seguidora):
        return actions.exportar(por=seguidora)


def _ver(mundo: Mundo, actor: str) -> Pedido:
    return Pedido(orden_enviada(mundo.dar("seguidora"), mundo.dar("jefe_de_ot")).get_absolute_url())


def _paso(mundo: Mundo, actor: str) -> Pedido:
    orden = orden_enviada(mundo.dar("seguidora"), mundo.dar("jefe_de_ot"))
    guardado = _guardado(mundo.actores[actor] or mundo.rosa)
    datos = {"resultado": "conforme", "hallazgo": "Todo bien", "archivo_resultado-guardado": guardado.pk}
    return Pedido(reverse("seccion:paso", args=[orden.pk, "resolver"]), datos)


def _registrar(mundo: Mundo, actor: str) -> Pedido:
    datos = {
        "clave": str(uuid.uuid4()), "mesa": "4417/2026", "procedencia": "cliente", "interesado": "Eusebia Benítez",
        "documento": "1.730.558", "correo": "e@correo.example", "nis": "2210733", "motivo": "Pide revisión.",
        "vence": reloj.hoy().isoformat(),
    }  # fmt: skip
    return Pedido(reverse("seccion:registrar", args=["expediente"]), datos)


def _de_lote(nombre: str) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        este = lote(mundo.dar("seguidora"), mundo.dar("otra_seguidora"))
        return Pedido(reverse(nombre, args=[este.pk]))

    return hacer


def _exportar(mundo: Mundo, actor: str) -> Pedido:
    aprobada(mundo.dar("seguidora"), mundo.dar("otra_seguidora"))
    return Pedido(reverse("seccion:exportar"))


def _seguir(mundo: Mundo, actor: str) -> Pedido:
    asunto = _abrir(
        "devolucion", mundo.dar("seguidora"), mesa="1", interesado="Eusebia", documento="1730558", nis="1", monto=5,
        factura="1", motivo="x",
    )  # fmt: skip
    return Pedido(reverse("seccion:seguir"), {"numero": str(asunto), "documento": "1730558"})


def evento(por: Perfil) -> EventoRed:
    """A network event of the company's."""
    with como(por):
        return registrar_evento(
            por=por, clave=uuid.uuid4(), archivo=_guardado(por),
            datos=Datos("sobretension", reloj.ahora(), None, "Neutro suelto.", "Parte N° 3", alimentador="LAM-07"),
        )  # fmt: skip


def _evento_nuevo(mundo: Mundo, actor: str) -> Pedido:
    guardado = _guardado(mundo.actores[actor] or mundo.rosa)
    return Pedido(
        reverse("seccion:evento_nuevo"), {"clave": str(uuid.uuid4()), **EVENTO, "archivo-guardado": guardado.pk}
    )


def _de_evento(nombre: str, **datos: Any) -> Callable[[Mundo, str], Pedido]:
    def hacer(mundo: Mundo, actor: str) -> Pedido:
        return Pedido(reverse(nombre, args=[evento(mundo.dar("seguidora")).pk]), datos)

    return hacer


EVENTO = {
    "tipo": "corte", "desde": "2026-11-03T20:14", "hasta": "2026-11-03T20:31", "alimentador": "LAM-07",
    "subestacion": "Lambaré", "zona": "Lambaré", "causa": "Árbol sobre la línea.", "fuente": "Parte N° 311",
}  # fmt: skip
PEDIDOS = {
    "seccion:ver": _ver,
    "seccion:paso": _paso,
    "seccion:registrar": _registrar,
    "seccion:lote": _de_lote("seccion:lote"),
    "seccion:lote_csv": _de_lote("seccion:lote_csv"),
    "seccion:lote_cargar": _de_lote("seccion:lote_cargar"),
    "seccion:exportar": _exportar,
    "seccion:seguir": _seguir,
    "seccion:evento_nuevo": _evento_nuevo,
    "seccion:evento": _de_evento("seccion:evento"),
    "seccion:evento_corregir": _de_evento("seccion:evento_corregir", **EVENTO, motivo="Estaba mal."),
    "seccion:evento_anular": _de_evento("seccion:evento_anular", motivo="Por error."),
}
SIN_PAGINA = {"seccion:exportar", "seccion:lote_csv", "seccion:lote_cargar"}


def recorrido(dar: Callable[[str], Any]) -> Iterator[tuple[Perfil | None, list[str]]]:
    """What the section, a unit's head and the committee look at."""
    seguidora, otra, jefe = dar("seguidora"), dar("otra_seguidora"), dar("jefe_de_ot")
    hecho = lote(seguidora, otra)
    aprobada(seguidora, otra)
    orden = orden_enviada(seguidora, jefe)
    ver = orden.get_absolute_url()
    yield seguidora, [
        "/", "/seccion/", "/seccion/asuntos/", "/seccion/asuntos/?nis=zz", "/seccion/asuntos/?desde=ayer",
        "/seccion/nuevo/", f"/seccion/nuevo/?origen={orden.pk}",
        *(f"/seccion/nuevo/{deber.ruta}/ !" for deber in DEBERES if deber.renglones or deber.ruta == "ot"),
        ver, f"{ver}resolver/ !", f"{ver}anular/ !",
        "/seccion/eventos/", "/seccion/eventos/?tipo=rayo", "/seccion/eventos/nuevo/ !",
        *(f"{evento(seguidora).get_absolute_url()}{que}" for que in ("", "corregir/ !", "anular/ !")),
        "/seccion/lotes/", hecho.get_absolute_url(), "/seccion/seguimiento/ !",
    ]  # fmt: skip
    yield jefe, ["/seccion/asuntos/", f"{ver}programar/ !"]
    yield dar("miembro_comite"), ["/", "/seccion/asuntos/"]
