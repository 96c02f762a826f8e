"""The list of records: its filter in the address, its columns, its rows (X-07)."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from inoperatividad.models import Aplicativo, Escenario, Estado, Registro, TipoTramite
from portal.cuentas.models import Perfil, Unidad
from portal.listas.filtro import DiaField, Filtro, OpcionField, comienzo, termino
from portal.listas.lista import Columna, Fuente, Lista, Pagina

COLUMNAS = (
    Columna("correlativo", "Correlativo", ["correlativo", "pk"]),
    Columna("punto", "Punto de atención", ["unidad__nombre", "pk"]),
    Columna("tramite", "Tipo de trámite", ["tipo_tramite", "pk"]),
    Columna("escenario", "Escenario", ["escenario", "pk"]),
    Columna("inicio", "Inicio", ["inicio", "pk"]),
    Columna("fin", "Fin", ["fin", "pk"]),
    Columna("estado", "Estado", ["estado", "pk"]),
)


class FiltroRegistros(Filtro):
    FRASES = {
        "correlativo": "Correlativo {}",
        "punto": "Punto: {}",
        "tramite": "Trámite: {}",
        "aplicativo": "Aplicativo: {}",
        "escenario": "Escenario: {}",
        "estado": "Estado: {}",
        "desde": "desde el {}",
        "hasta": "hasta el {}",
    }
    correlativo = forms.IntegerField(
        label="Correlativo", required=False, min_value=1, max_value=2_000_000_000,
        error_messages={"invalid": "Escribe un número. Ejemplo: 12."},
    )  # fmt: skip
    punto = OpcionField(label="Punto de atención", cual="Ese punto")
    tramite = OpcionField(label="Trámite", choices=[("", "Todos"), *TipoTramite.choices], cual="Ese trámite")
    aplicativo = OpcionField(label="Aplicativo", cual="Ese aplicativo")
    escenario = OpcionField(label="Escenario", choices=[("", "Todos"), *Escenario.choices], cual="Ese escenario")
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *Estado.choices], cual="Ese estado")
    desde = DiaField(label="Desde")
    hasta = DiaField(label="Hasta")

    def preparar(self) -> None:
        elegibles: Any = self.fields
        unidades = Unidad.objects.filter(pk__in=Registro.objects.order_by().values("unidad"))
        elegibles["punto"].choices = [("", "Todos"), *((str(u.pk), u.nombre) for u in unidades)]
        elegibles["aplicativo"].choices = [("", "Todos"), *((str(a.pk), a.nombre) for a in Aplicativo.objects.all())]

    def aplicar(self) -> Any:
        """The records that are asked for."""
        campos = {
            "correlativo": "correlativo", "punto": "unidad", "tramite": "tipo_tramite", "aplicativo": "aplicativos",
            "escenario": "escenario", "estado": "estado",
        }  # fmt: skip
        pedidos = {campo: self.valor(n) for n, campo in campos.items() if self.valor(n)}
        consulta = Registro.objects.filter(**pedidos)
        if self.valor("desde"):
            consulta = consulta.filter(inicio__gte=comienzo(self.valor("desde")))
        if self.valor("hasta"):
            consulta = consulta.filter(inicio__lt=termino(self.valor("hasta")))
        return consulta


class ListaRegistros:
    """What the page shows."""

    def __init__(self, datos: QueryDict, perfil: Perfil) -> None:
        self.datos, self.perfil = datos, perfil
        self.filtro = FiltroRegistros(datos)
        self.consulta = self.filtro.aplicar()
        relacionados = ("unidad", "consulta", "motivo")
        fuente = Fuente(self.consulta.select_related(*relacionados).prefetch_related("aplicativos"))
        self.lista = Lista(datos, fuente, COLUMNAS, "-correlativo")

    @cached_property
    def pagina(self) -> Pagina:
        return self.lista.pagina

    @property
    def total(self) -> int:
        return self.pagina.paginator.count

    @property
    def informe(self) -> str:
        """Where the spreadsheet of what is shown is asked for."""
        ruta = reverse("informes:pedir", args=["inoperatividad_registros"])
        consulta = self.datos.urlencode()
        return f"{ruta}?{consulta}" if consulta else ruta
