"""The list of attended clients: filter, order, rows (X-07)."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from gestiones.models import Designacion, Estado, Gestion, GestionQuerySet, Tipo
from portal.cuentas.models import Perfil, Unidad
from portal.listas.filtrada import excel
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField
from portal.listas.lista import Columna, Fuente, Lista
from portal.sgc.numeros import normalizar

TIPOS = [("", "Todos"), *((str(t.value), f"{t.value} {t.label}") for t in Tipo)]


class FiltroGestiones(Filtro):
    """What can be looked for. Document and reference are found by how they begin."""

    FRASES = {
        "documento": "documento que empieza con {}",
        "referencia": "NIS, Expediente o Reclamo que empieza con {}",
        "funcionario": "funcionario: {}",
        "unidad": "unidad: {}",
        "tipo": "Tipo de Gestión: {}",
        "estado": "Situación: {}",
        "desde": "desde el {}",
        "hasta": "hasta el {}",
        "extraordinarias": "solo en horas extraordinarias",
        "no_verificadas": "solo no verificadas",
    }

    documento = ComienzoField(label="Documento", max_length=20)
    referencia = ComienzoField(label="NIS, Expediente o Reclamo", max_length=40)
    funcionario = OpcionField(label="Funcionario", cual="Ese funcionario")
    unidad = OpcionField(label="Unidad", cual="Esa unidad")
    tipo = OpcionField(label="Tipo de Gestión", choices=TIPOS, cual="Ese tipo")
    estado = OpcionField(label="Situación", choices=[("", "Todas"), *Estado.choices], cual="Esa situación")
    desde = DiaField(label="Desde")
    hasta = DiaField(label="Hasta")
    extraordinarias = forms.BooleanField(label="Solo extraordinarias", required=False)
    no_verificadas = forms.BooleanField(label="Solo no verificadas", required=False)

    def __init__(self, datos: QueryDict, *, perfil: Perfil) -> None:
        self._perfil = perfil
        super().__init__(datos)

    def preparar(self) -> None:
        definidos = Designacion.objects.order_by().values("funcionario")  # whoever logged anything was defined once
        agentes = Perfil.objects.filter(pk__in=definidos).select_related("usuario")
        opciones = sorted(((str(p.pk), p.nombre) for p in agentes), key=lambda o: o[1].casefold())
        self.fields["funcionario"].choices = [("", "Todos"), *opciones]  # type: ignore[attr-defined]
        unidades = Unidad.objects.filter(distribuidora=self._perfil.distribuidora_id)
        if (visibles := self._perfil.unidades_visibles) is not None:
            unidades = unidades.filter(pk__in=visibles)
        nombres = [(str(pk), nombre) for pk, nombre in unidades.order_by("nombre").values_list("pk", "nombre")]
        if len(nombres) > 1:
            self.fields["unidad"].choices = [("", "Todas"), *nombres]  # type: ignore[attr-defined]
        else:
            del self.fields["unidad"]

    def aplicar(self, consulta: GestionQuerySet) -> GestionQuerySet:
        """The entries that match everything asked for."""
        iguales = {"funcionario": "agente", "unidad": "unidad", "tipo": "tipo", "estado": "estado"}
        pedido = {columna: self.valor(campo) for campo, columna in iguales.items() if self.valor(campo)}
        for campo in ("documento", "referencia"):
            if texto := normalizar(self.valor(campo) or ""):
                pedido[f"{campo}__startswith"] = texto
        if desde := self.valor("desde"):
            pedido["dia__gte"] = desde
        if hasta := self.valor("hasta"):
            pedido["dia__lte"] = hasta
        if self.valor("extraordinarias"):
            pedido["extraordinaria"] = True
        if self.valor("no_verificadas"):
            pedido["verificada"] = False
        return consulta.filter(**pedido)


COLUMNAS = [
    Columna("numero", "N°", ("numero",)),
    Columna("momento", "Día y hora", ("momento", "caso")),
    Columna("documento", "Documento", ("documento", "caso")),
    Columna("referencia", "NIS, Expediente o Reclamo", ("referencia", "caso")),
    Columna("tipo", "Tipo de Gestión", ("tipo", "momento", "caso")),
    Columna("funcionario", "Funcionario", ("agente__usuario__nombres", "agente__usuario__apellidos", "caso")),
    Columna("estado", "Situación", ("estado", "momento", "caso")),
]


class Gestiones:
    """What a profile sees of the attended clients at an address."""

    columnas = COLUMNAS

    def __init__(self, datos: QueryDict, perfil: Perfil) -> None:
        self.perfil, self._datos = perfil, datos
        self.filtro = FiltroGestiones(datos, perfil=perfil)
        todas = Gestion.objects.select_related("unidad__distribuidora", "agente__usuario", "cierre")
        self.fuente = Fuente(self.filtro.aplicar(todas))
        self.lista = Lista(datos, self.fuente, COLUMNAS, "-momento")

    @cached_property
    def filas(self) -> list[Gestion]:
        return self.lista.pagina.object_list

    @property
    def revisables(self) -> bool:
        """Whether whoever looks decides on entries, so that rows can be ticked."""
        return self.perfil.tiene("gestiones.validar_gestion") and any(g.admite_revision for g in self.filas)

    @property
    def excel(self) -> dict[str, Any] | None:
        """The button for the spreadsheet of what is shown."""
        return excel("gestiones", self._datos, self.fuente.total)

    @property
    def buscado(self) -> str:
        """What was looked for, when nothing was found."""
        return f"Buscaste {self.filtro.buscado()}."
