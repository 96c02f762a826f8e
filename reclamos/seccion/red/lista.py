"""The list of network events: filters and orders (X-07)."""

from datetime import UTC, datetime

from django.db.models import F
from django.http import QueryDict

from portal.cuentas.models import Perfil
from portal.listas.filtrada import ListaFiltrada
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField, comienzo, termino
from portal.listas.lista import Columna
from reclamos.seccion.red.models import Estado, EventoRed, EventoRedQuerySet, Tipo
from reclamos.turno import DISTRIBUIDORAS

_ANTES, _DESPUES = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
COLUMNAS = (
    Columna("numero", "N°", ("anio", "correlativo", "caso")),
    Columna("empresa", "Empresa", ("distribuidora__nombre_fantasia", "caso")),
    Columna("tipo", "Tipo", ("tipo", "desde", "caso")),
    Columna("desde", "Desde", ("desde", "caso")),
    Columna("hasta", "Hasta", (F("hasta").asc(nulls_last=True), "caso")),
    Columna("alimentador", "Alimentador", ("alimentador", "desde", "caso")),
    Columna("zona", "Comuna o zona", ("zona", "desde", "caso")),
    Columna("reclamos", "Reclamos", ("cuantos", "caso")),
    Columna("estado", "Estado", ("estado", "caso")),
)


class FiltroEventos(Filtro):
    """What can be looked for; the days are those that the event touched."""

    FRASES = {
        "empresa": "Empresa: {}",
        "tipo": "Tipo: {}",
        "alimentador": "Alimentador que empieza con {}",
        "subestacion": "Subestación que empieza con {}",
        "zona": "Comuna o zona que empieza con {}",
        "desde": "ocurrido desde el {}",
        "hasta": "ocurrido hasta el {}",
        "estado": "Estado: {}",
    }
    empresa = OpcionField(label="Empresa", cual="Esa empresa")
    tipo = OpcionField(label="Tipo", choices=[("", "Todos"), *Tipo.choices], cual="Ese tipo")
    alimentador = ComienzoField(label="Alimentador", max_length=40)
    subestacion = ComienzoField(label="Subestación", max_length=60)
    zona = ComienzoField(label="Comuna o zona", max_length=80)
    desde = DiaField(label="Ocurrido desde")
    hasta = DiaField(label="Ocurrido hasta")
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *Estado.choices], cual="Ese estado")

    def __init__(self, datos: QueryDict, *, perfil: Perfil) -> None:
        self._perfil = perfil
        super().__init__(datos)

    def preparar(self) -> None:
        if self._perfil.distribuidora:
            del self.fields["empresa"]
            return
        empresas = sorted(DISTRIBUIDORAS.todo().values(), key=lambda d: d.nombre_fantasia.casefold())
        self.fields["empresa"].choices = [("", "Todas"), *((str(d.pk), str(d)) for d in empresas)]  # type: ignore[attr-defined]

    def aplicar(self) -> EventoRedQuerySet:
        """The events that match everything asked for, each with how many claims point at it."""
        pedido = self.pedido(
            {
                "empresa": "distribuidora", "tipo": "tipo", "estado": "estado",
                "alimentador": "alimentador__istartswith", "subestacion": "subestacion__istartswith",
                "zona": "zona__istartswith",
            }
        )  # fmt: skip
        eventos = EventoRed.objects.select_related("distribuidora").filter(**pedido).con_reclamos()
        desde, hasta = self.valor("desde"), self.valor("hasta")
        if desde or hasta:
            eventos = eventos.entre(comienzo(desde) if desde else _ANTES, termino(hasta) if hasta else _DESPUES)
        return eventos


def eventos(datos: QueryDict, perfil: Perfil) -> ListaFiltrada:
    """What a profile sees of the register at an address."""
    filtro = FiltroEventos(datos, perfil=perfil)
    columnas = [c for c in COLUMNAS if c.clave != "empresa" or not perfil.distribuidora]
    return ListaFiltrada(datos, filtro, filtro.aplicar(), columnas, "-desde", informe="eventos_red")
