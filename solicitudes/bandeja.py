"""The tray: its filters, its orders, its rows (S-02, R-01, S-22)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from pagos.models import Cobro
from portal import reloj
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.turno import Turno
from portal.listas.filtrada import excel
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField, comienzo, termino
from portal.listas.lista import TAMANOS, Columna, Fuente, Lista, Total, cortar
from portal.plazos.plazo import Plazo
from solicitudes import conteo
from solicitudes.formularios import Formulario
from solicitudes.models import RESPUESTA, Causa, Estado, Solicitud, SolicitudQuerySet
from solicitudes.turno import DISTRIBUIDORAS, plazo_de_respuesta, turno_con

GRUPOS = {
    "por_responder": ("Por responder", Solicitud.POR_RESPONDER),
    "esperan": ("Esperan al solicitante", Solicitud.ESPERAN_AL_SOLICITANTE),
}
ESTADOS = [
    ("", "Todos"),
    *Estado.choices,
    ("Varios a la vez", [(clave, texto) for clave, (texto, _) in GRUPOS.items()]),
]


# --- filter ---------------------------------------------------------------------------------------------------------
class FiltroBandeja(Filtro):
    """What can be looked for. A number is found by how it begins."""

    FRASES = {
        "solicitud": "N° Solicitud que empieza con {}",
        "folio": "N° Folio que empieza con {}",
        "cliente": "N° Cliente que empieza con {}",
        "formulario": "Formulario: {}",
        "estado": "Estado: {}",
        "empresa": "Distribuidora: {}",
        "desde": "Envío desde el {}",
        "hasta": "Envío hasta el {}",
        "vencidas": "solo vencidas",
        "por_vencer": "solo las que vencen en 2 días hábiles",
    }

    solicitud = ComienzoField(label="N° Solicitud", max_length=40)
    folio = ComienzoField(label="N° Folio", max_length=15)
    cliente = ComienzoField(label="N° Cliente", max_length=40)
    formulario = OpcionField(label="Formulario", choices=[("", "Todos"), *Formulario.choices], cual="Ese formulario")
    estado = OpcionField(label="Estado", choices=ESTADOS, cual="Ese estado")
    empresa = OpcionField(label="Distribuidora", cual="Esa empresa")
    desde = DiaField(label="Envío desde")
    hasta = DiaField(label="Envío hasta")
    vencidas = forms.BooleanField(label="Solo vencidas", required=False)
    por_vencer = forms.BooleanField(label="Vencen en 2 días hábiles", required=False)

    def __init__(self, datos: QueryDict, *, perfil: Perfil) -> None:
        self._perfil = perfil
        super().__init__(datos)

    def preparar(self) -> None:
        del self.fields["empresa" if self._perfil.es_distribuidora else "por_vencer"]
        if isinstance(campo := self.fields.get("empresa"), OpcionField):
            empresas = [(str(d.pk), d.nombre_fantasia) for d in empresas_por_nombre()]
            campo.choices = [("", "Todas"), *empresas]

    def clean_folio(self) -> str:
        return self.cleaned_data["folio"].upper()

    @property
    def estados(self) -> tuple[str, ...]:
        """The states asked for; none: all."""
        elegido = self.valor("estado")
        return GRUPOS[elegido][1] if elegido in GRUPOS else (elegido,) if elegido else ()

    @property
    def distribuidora(self) -> int | None:
        """The one company in sight: the reader's own, or the one asked for."""
        if self._perfil.es_distribuidora:
            return self._perfil.distribuidora_id
        return int(self.valor("empresa")) if self.valor("empresa") else None

    @property
    def solo_contado(self) -> bool:
        """Nothing is asked but company, form and state, of which exact counts are kept."""
        return not set(self.activos()) - {"formulario", "estado", "empresa"} and not self._perfil.es_solicitante

    def aplicar(self, consulta: SolicitudQuerySet) -> SolicitudQuerySet:
        """The requests that match everything asked for."""
        if empresa := self.valor("empresa"):
            consulta = consulta.filter(distribuidora=empresa)
        if formulario := self.valor("formulario"):
            consulta = consulta.filter(formulario=formulario)
        if self.estados:
            consulta = consulta.filter(estado__in=self.estados)
        if folio := self.valor("folio"):
            consulta = consulta.filter(folio__startswith=folio)
        for campo, columna in (("solicitud", "numero_solicitud"), ("cliente", "numero_cliente")):
            if texto := self.valor(campo):
                consulta = consulta.filter(_empieza(columna, texto))
        if desde := self.valor("desde"):
            consulta = consulta.filter(enviado__gte=comienzo(desde))
        if hasta := self.valor("hasta"):
            consulta = consulta.filter(enviado__lt=termino(hasta))
        if self.valor("vencidas"):
            consulta = consulta.vencidas()
        if self.valor("por_vencer") and self._perfil.distribuidora:
            consulta = consulta.por_vencer(self._perfil.distribuidora)
        return consulta


class FiltroSabana(FiltroBandeja):
    """What of the sábana is wanted: when it was sent, by which form, to whom, in which state (R-03)."""

    FRASES = {c: FiltroBandeja.FRASES[c] for c in ("desde", "hasta", "empresa", "formulario", "estado")}

    def preparar(self) -> None:
        super().preparar()
        for campo in set(self.fields) - set(self.FRASES):
            del self.fields[campo]


def empresas_por_nombre() -> list[Distribuidora]:
    return sorted(DISTRIBUIDORAS.todo().values(), key=lambda d: d.nombre_fantasia.casefold())


def _empieza(columna: str, texto: str) -> Q:
    """Begins with `texto` as it was typed, or in capital or small letters: an index answers each."""
    q = Q()
    for variante in {texto, texto.upper(), texto.lower()}:
        q |= Q(**{f"{columna}__startswith": variante})
    return q


# --- order ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ColumnaPorGrupos(Columna):
    """Sorted by one of `campos`, whose values stand in the order of `valores`; within each, newest first.

    No index has that order, but each group is a part of one: a page is cut from the groups by their counts.
    """

    valores: tuple[Any, ...] = ()

    def ordenar(self, consulta: QuerySet[Any], descendente: bool) -> QuerySet[Any]:
        (campo,) = self.campos
        posicion = Case(*(When(**{campo: valor}, then=Value(i)) for i, valor in enumerate(self.valores)))
        return consulta.order_by(posicion.desc() if descendente else posicion.asc(), *RECIENTES)


RECIENTES = ("-enviado", "-caso")


def _alfabetico(opciones: Iterable[Any]) -> tuple[str, ...]:
    return tuple(o.value for o in sorted(opciones, key=lambda o: o.label))


def columnas(perfil: Perfil) -> list[Columna]:
    """The tray's columns, left to right; only the last one depends on who looks."""
    por_nombre = tuple(d.pk for d in empresas_por_nombre())
    todas = [
        Columna("solicitud", "N° Solicitud", ("numero_solicitud", "caso")),
        Columna("folio", "N° Folio", ("folio_numero",)),
        Columna("cliente", "N° Cliente", ("numero_cliente", "caso")),
        ColumnaPorGrupos("formulario", "Formulario", ("formulario",), _alfabetico(Formulario)),
        ColumnaPorGrupos("empresa", "Empresa Distribuidora", ("distribuidora",), por_nombre),
        Columna("envio", "Envío", ("enviado", "caso")),
        Columna("respuesta", "Respuesta", (RESPUESTA, "caso")),
        ColumnaPorGrupos("estado", "Estado", ("estado",), _alfabetico(Estado)),
        Columna("plazo", "¿Quién actúa ahora?" if perfil.es_solicitante else "Plazo", ("vence", "caso")),
    ]
    return [c for c in todas if c.clave != "empresa"] if perfil.es_distribuidora else todas


class FuenteBandeja(Fuente):
    """The requests of a tray; totals and far pages from the counts where they are kept."""

    def __init__(self, filtro: FiltroBandeja, perfil: Perfil) -> None:
        super().__init__(filtro.aplicar(Solicitud.objects.all()), contar_todo=perfil.es_solicitante)
        self._filtro = filtro
        self._perfil = perfil

    @cached_property
    def conteo(self) -> dict[tuple[str, str], int]:
        """Requests of the company in sight, or of all, by form and state."""
        return conteo.por_formulario_y_estado(self._filtro.distribuidora)

    @cached_property
    def total(self) -> Total:
        if not self._filtro.solo_contado:
            return super().total
        return Total(sum(n for celda, n in self.conteo.items() if self._cuenta(*celda)))

    def _cuenta(self, formulario: str, estado: str) -> bool:
        pedido, estados = self._filtro.valor("formulario"), self._filtro.estados
        return pedido in ("", None, formulario) and (not estados or estado in estados)

    def tramo(self, columna: Columna, descendente: bool, desde: int, hasta: int) -> list[Solicitud]:
        if not self._filtro.solo_contado:
            return super().tramo(columna, descendente, desde, hasta)
        celda = _Celda(self._filtro.distribuidora, self._filtro.valor("formulario"), self._filtro.estados)
        if isinstance(columna, ColumnaPorGrupos):
            return self._de_grupos(columna, descendente, desde, hasta, celda)
        consulta = columna.ordenar(self.consulta, descendente)
        if columna.clave == "envio":
            return _por_dia(consulta, self.total, descendente, desde, hasta, celda)
        return cortar(consulta, self.total, desde, hasta)

    def _de_grupos(
        self, columna: ColumnaPorGrupos, descendente: bool, desde: int, hasta: int, celda: "_Celda"
    ) -> list[Solicitud]:
        """Cut from group after group, by how many each one holds."""
        (campo,) = columna.campos
        cuantas = self._cuantas(campo)
        filas: list[Solicitud] = []
        for valor in reversed(columna.valores) if descendente else columna.valores:
            n = cuantas.get(valor, 0)
            if desde < n and hasta > 0:
                consulta = self.consulta.filter(**{campo: valor}).order_by(*RECIENTES)
                filas += _por_dia(consulta, Total(n), True, max(desde, 0), min(hasta, n), celda.con(campo, valor))
            desde, hasta = desde - n, hasta - n
        return filas

    def _cuantas(self, campo: str) -> dict[Any, int]:
        """Requests of the tray by the values of `campo`."""
        if campo == "distribuidora":
            formulario, empresa = self._filtro.valor("formulario"), self._filtro.distribuidora
            todas = conteo.por_distribuidora([formulario] if formulario else None, self._filtro.estados or None)
            return {d: n for d, n in todas.items() if empresa in (None, d)}
        sumas: Counter[str] = Counter()
        for (formulario, estado), n in self.conteo.items():
            if self._cuenta(formulario, estado):
                sumas[formulario if campo == "formulario" else estado] += n
        return dict(sumas)

    def cifras(self) -> dict[str, int]:
        """How many requests are in each state, whatever the filter."""
        sumas: Counter[str] = Counter()
        for (_, estado), n in self.conteo.items():
            sumas[estado] += n
        return dict(sumas)


@dataclass(frozen=True)
class _Celda:
    """A choice of company, form and states."""

    distribuidora: int | None
    formulario: str | None
    estados: tuple[str, ...]

    def con(self, campo: str, valor: Any) -> "_Celda":
        return replace(self, **{"estados": (valor,)} if campo == "estado" else {campo: valor})


def _por_dia(
    consulta: QuerySet[Any], total: Total, descendente: bool, desde: int, hasta: int, celda: _Celda
) -> list[Any]:
    """Cut from requests ordered by filing: the daily counts tell on which day to begin."""
    cerca = min(desde, total.n - desde) < CERCA
    if cerca or len(celda.estados) > 1:
        return cortar(consulta, total, desde, hasta)
    lugar = conteo.dia_de_la_posicion(
        desde,
        distribuidora=celda.distribuidora,
        formulario=celda.formulario,
        estado=celda.estados[0] if celda.estados else None,
        ultimos_primero=descendente,
    )
    if lugar is None:
        return cortar(consulta, total, desde, hasta)
    dia, antes = lugar
    if descendente:
        consulta = consulta.filter(enviado__lt=conteo.comienzo(dia, 1))
    else:
        consulta = consulta.filter(enviado__gte=conteo.comienzo(dia))
    return list(consulta[desde - antes : hasta - antes])


CERCA = 500  # rows that are skipped sooner than looked up


# --- rows -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Fila:
    """A row as the page shows it. `respuesta`: what is said of the answer owed while somebody else acts."""

    solicitud: Solicitud
    url: str
    formulario: str
    empresa: str
    envio: str
    respondido: str
    turno: Turno | None
    plazo: Plazo | None
    quien: str
    al_enviar: bool
    respuesta: str
    verbo: str
    hasta: str
    clase: str


def filas(solicitudes: list[Solicitud], perfil: Perfil) -> list[Fila]:
    """The rows of a page: one query for the open charges, none by row."""
    en_pago = [s.pk for s in solicitudes if s.estado in _EN_PAGO]
    abiertos = Cobro.objects.filter(caso__in=en_pago, estado__in=Cobro.ABIERTOS) if en_pago else []
    cobros = {cobro.caso_id: cobro for cobro in abiertos}
    return [_fila(s, perfil, cobros.get(s.pk)) for s in solicitudes]


_EN_PAGO = (*Solicitud.ESPERAN_AL_SOLICITANTE, Estado.PENDIENTE_VALIDACION)


def _fila(solicitud: Solicitud, perfil: Perfil, cobro: Cobro | None) -> Fila:
    turno = turno_con(solicitud, perfil, cobro)
    de_respuesta = plazo_de_respuesta(solicitud)
    plazo = turno.plazo if turno else de_respuesta
    quien = respuesta = ""
    if de_respuesta and de_respuesta.vence and not solicitud.respondido and solicitud.estado in _EN_PAGO:
        if de_respuesta.vencido:
            plazo = de_respuesta  # what is late goes first
        else:
            respuesta = de_respuesta.corto
    if solicitud.causa_automatica == Causa.LAPSO:
        respuesta = "del portal, al vencer el plazo"
    if turno and plazo is turno.plazo and solicitud.estado in Solicitud.ESPERAN_AL_SOLICITANTE:
        quien = turno.nombre
    vencida = bool(turno and plazo and plazo.vencido and not quien)
    if perfil.es_solicitante:
        clase = "mia" if turno and turno.toca else ""
    else:
        urge = bool(turno and turno.toca and turno.plazo and turno.plazo.estado == "por_vencer")
        clase = "vencida" if vencida else "mia" if urge else ""
    return Fila(
        solicitud=solicitud,
        url=reverse("solicitudes:ver", args=[solicitud.folio]),
        formulario=_FORMULARIOS[solicitud.formulario],
        empresa=DISTRIBUIDORAS.de(solicitud.distribuidora_id).nombre_fantasia,
        envio=_dia(solicitud.enviado),
        respondido=_dia(solicitud.respondido),
        turno=turno,
        plazo=plazo,
        quien=quien,
        al_enviar=solicitud.causa_automatica == Causa.REGLA,
        respuesta=respuesta,
        verbo=_VERBOS.get(solicitud.estado, ""),
        hasta=_hasta(turno.plazo) if turno and turno.plazo else "",
        clase=clase,
    )


_VERBOS: dict[str, str] = {Estado.PENDIENTE_PAGO: "pagar", Estado.PAGO_RECHAZADO: "enviar otro comprobante"}
_FORMULARIOS = dict(Formulario.choices)


def _hasta(plazo: Plazo) -> str:
    """«11-12», with the year when it is another one."""
    if plazo.vence is None:
        return ""
    dia = timezone.localtime(plazo.vence)
    return f"{dia:%d-%m}" if dia.year == reloj.hoy().year else f"{dia:%d-%m-%Y}"


def _dia(momento: datetime | None) -> str:
    return f"{timezone.localtime(momento):%d-%m-%Y}" if momento else ""


# --- the whole --------------------------------------------------------------------------------------------------------
class Bandeja:
    """What a profile sees of its requests at an address."""

    def __init__(self, datos: QueryDict, perfil: Perfil) -> None:
        self.perfil = perfil
        self._datos = datos
        self.filtro = FiltroBandeja(datos, perfil=perfil)
        self.fuente = FuenteBandeja(self.filtro, perfil)
        self.lista = Lista(datos, self.fuente, columnas(perfil), "-folio" if self.filtro.valor("folio") else "-envio")

    @cached_property
    def filas(self) -> list[Fila]:
        return filas(self.lista.pagina.object_list, self.perfil)

    @property
    def con_filtros(self) -> bool:
        """An applicant with few requests needs no filters."""
        pocas = self.perfil.es_solicitante and self.fuente.total.n <= TAMANOS[0]
        return not pocas or bool(self.filtro.activos() or self.filtro.errors)

    @property
    def reporte(self) -> dict[str, Any] | None:
        """The button that asks for what is shown as a spreadsheet: its address, and how many rows."""
        pide = self.perfil.tiene("solicitudes.pedir_reporte")
        return excel("solicitudes", self._datos, self.fuente.total) if pide else None

    @property
    def buscado(self) -> str:
        """What was looked for, when nothing was found."""
        return f"Buscaste {self.filtro.buscado()}."

    @property
    def vacia(self) -> str:
        """What to say under «No existen solicitudes»."""
        return "Empieza con el botón Nuevo Envío." if self.perfil.es_solicitante else "Aquí aparecerán cuando lleguen."
