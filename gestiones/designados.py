"""The list of officers who attend (G-06, X-07)."""

from datetime import date
from typing import Any

from django.db.models import F
from django.http import QueryDict

from gestiones.forms import unidades_de
from gestiones.models import Designacion, DesignacionQuerySet
from portal import reloj
from portal.cuentas.models import Perfil
from portal.listas.filtrada import ListaFiltrada
from portal.listas.filtro import ComienzoField, Filtro, OpcionField
from portal.listas.lista import Columna

COLUMNAS = (
    Columna("funcionario", "Funcionario", ("funcionario__usuario__nombres", "funcionario__usuario__apellidos", "pk")),
    Columna("unidad", "Unidad", ("unidad__nombre", "funcionario__usuario__nombres", "pk")),
    Columna("clase", "Cómo atiende", ("clase", "funcionario__usuario__nombres", "pk")),
    Columna("desde", "Desde", ("desde", "pk")),
    Columna("hasta", "Hasta", (F("hasta").asc(nulls_last=True), "pk")),
)


class FiltroFuncionarios(Filtro):
    """Nothing asked for: who attends today or will."""

    FRASES = {
        "cuando": "{}",
        "funcionario": "funcionario cuyo nombre o apellido empieza con {}",
        "unidad": "unidad: {}",
        "clase": "{}",
    }
    cuando = OpcionField(
        label="Cuándo",
        choices=[
            ("", "Hoy y más adelante"),
            ("hoy", "Hoy"),
            ("futuras", "Más adelante"),
            ("terminadas", "Terminadas"),
            ("todas", "Todas"),
        ],
        cual="Ese momento",
    )
    funcionario = ComienzoField(label="Funcionario", max_length=80)
    unidad = OpcionField(label="Unidad", cual="Esa unidad")
    clase = OpcionField(label="Cómo atiende", choices=[("", "Todos"), *Designacion.Clase.choices], cual="Esa clase")

    def __init__(self, datos: QueryDict, *, perfil: Perfil) -> None:
        self._perfil = perfil
        super().__init__(datos)

    def preparar(self) -> None:
        unidades = [("", "Todas"), *((str(u.pk), u.nombre) for u in unidades_de(self._perfil))]
        self.fields["unidad"].choices = unidades  # type: ignore[attr-defined]

    def aplicar(self, hoy: date) -> DesignacionQuerySet:
        """Those that are asked for, seen from `hoy`."""
        todas = Designacion.objects.filter(**self.pedido({"unidad": "unidad", "clase": "clase"}))
        for palabra in (self.valor("funcionario") or "").split():
            todas = todas.de_nombre(palabra)
        match self.valor("cuando"):
            case "hoy":
                return todas.vigentes(hoy)
            case "futuras":
                return todas.filter(desde__gt=hoy)
            case "terminadas":
                return todas.filter(hasta__lt=hoy)
            case "todas":
                return todas
        return todas.cruzan(hoy, None)


def funcionarios(datos: QueryDict, perfil: Perfil) -> ListaFiltrada:
    """What a head sees at an address."""
    filtro = FiltroFuncionarios(datos, perfil=perfil)
    designaciones: Any = filtro.aplicar(reloj.hoy(perfil.zona_horaria)).select_related("funcionario__usuario", "unidad")
    return ListaFiltrada(datos, filtro, designaciones, COLUMNAS, "unidad", informe="funcionarios")


def situacion(designacion: Designacion, hoy: date) -> str:
    """Whether it is in force on `hoy`."""
    if designacion.desde > hoy:
        return "Más adelante"
    return "Terminada" if designacion.hasta and designacion.hasta < hoy else "Hoy"
