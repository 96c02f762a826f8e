"""What the SEC looks for in the history of the whole portal."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from portal.cuentas.funciones import TipoPerfil
from portal.cuentas.identificador import normalizar
from portal.cuentas.models import Perfil, Usuario
from portal.historial import hechos
from portal.historial.models import Evento
from portal.historial.relato import autor
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField, comienzo, termino
from portal.listas.lista import Columna, Fuente, Lista

PERSONAS = 200
"""So many people at most that a name may mean; with more, it says too little."""


class FiltroHistorial(Filtro):
    """Who, as what, from where, what, about which case, when."""

    FRASES = {
        "quien": "Quién: {}",
        "como": "Perfil: {}",
        "hecho": "Qué: {}",
        "caso": "N° del caso: {}",
        "direccion": "Dirección que empieza con {}",
        "desde": "desde el {}",
        "hasta": "hasta el {}",
    }

    quien = ComienzoField(label="Quién", max_length=80)
    como = OpcionField(label="Perfil", choices=[("", "Todos"), *TipoPerfil.choices], cual="Ese perfil")
    hecho = OpcionField(label="Qué", cual="Ese hecho")
    caso = ComienzoField(label="N° del caso", max_length=30)
    direccion = ComienzoField(label="Dirección", max_length=45)
    desde = DiaField(label="Desde el día")
    hasta = DiaField(label="Hasta el día")

    def preparar(self) -> None:
        frases = ((codigo, frase) for codigo, (frase, _) in hechos.relatos().items() if "{" not in frase)
        con_datos = ((codigo, codigo.replace("_", " ").capitalize()) for codigo in hechos.relatos())
        todos = dict(con_datos) | dict(frases)
        self.fields["hecho"].choices = [("", "Todo"), *sorted(todos.items(), key=lambda par: par[1])]  # type: ignore[attr-defined]
        self.fields["quien"].help_text = "RUT o nombre"

    def aplicar(self, eventos: "QuerySet[Evento]") -> "QuerySet[Evento]":
        """The events that are looked for."""
        if quien := self.valor("quien"):
            eventos = eventos.filter(perfil__in=_perfiles_de(quien))
        for campo, busqueda in (
            ("como", "como"),
            ("hecho", "hecho"),
            ("caso", "caso__numero"),
            ("direccion", "desde__startswith"),
        ):
            if valor := self.valor(campo):
                eventos = eventos.filter(**{busqueda: valor})
        if desde := self.valor("desde"):
            eventos = eventos.filter(cuando__gte=comienzo(desde))
        if hasta := self.valor("hasta"):
            eventos = eventos.filter(cuando__lt=termino(hasta))
        return eventos


def _perfiles_de(quien: str) -> list[int]:
    """The profiles of whoever has that RUT, or a name in which all these words are."""
    condicion = Q()
    for palabra in quien.split():
        condicion &= Q(nombres__icontains=palabra) | Q(apellidos__icontains=palabra)
    personas = Usuario.objects.filter(Q(identificador=normalizar(quien)) | condicion).order_by("pk")[:PERSONAS]
    return list(Perfil.objects.filter(usuario__in=list(personas)).values_list("pk", flat=True))


def contar(evento: Evento, para: Perfil) -> dict[str, Any]:
    """An event as a line of the page and of the spreadsheet."""
    return {
        "evento": evento,
        "frase": hechos.frase(evento),
        "icono": hechos.icono(evento),
        "quien": autor(evento, para=para),
        "caso": evento.caso.numero if evento.caso else "",
    }


class Registro:
    """The history at an address."""

    COLUMNAS = (Columna("momento", "Momento", ("cuando", "pk")),)

    def __init__(self, datos: QueryDict, perfil: Perfil) -> None:
        self.perfil = perfil
        self._datos = datos
        self.filtro = FiltroHistorial(datos)
        eventos = Evento.objects.select_related("caso", "perfil__usuario", "perfil__distribuidora", "comentario")
        self.fuente = Fuente(self.filtro.aplicar(eventos))
        self.lista = Lista(datos, self.fuente, self.COLUMNAS, "-momento")

    @cached_property
    def filas(self) -> list[dict[str, Any]]:
        return [contar(evento, self.perfil) for evento in self.lista.pagina.object_list]

    @property
    def consulta(self) -> str:
        """The question again, for the spreadsheet."""
        return self._datos.urlencode()
