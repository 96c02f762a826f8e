"""The lists of outages: records, masivas, reports, what is to be regularised (X-07)."""

from typing import Any

from django.db.models import F

from inoperatividad.models import (
    Aplicativo,
    Critica,
    Escenario,
    Estado,
    EstadoMasiva,
    EstadoReporte,
    Masiva,
    Registro,
    Reporte,
    TipoTramite,
)
from portal.cuentas.models import Unidad
from portal.listas.filtro import ComienzoField, DiaField, Filtro, NumeroField, OpcionField
from portal.listas.lista import Columna

COLUMNAS = (
    Columna("correlativo", "Correlativo", ["correlativo", "pk"]),
    Columna("punto", "Punto de atención", ["unidad__nombre", "pk"]),
    Columna("tramite", "Tipo de trámite", ["tipo_tramite", "pk"]),
    Columna("escenario", "Escenario", ["escenario", "pk"]),
    Columna("inicio", "Inicio", ["inicio", "pk"]),
    Columna("fin", "Fin", [F("fin").asc(nulls_last=True), "pk"]),
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
    correlativo = NumeroField(label="Correlativo")
    punto = OpcionField(label="Punto de atención", cual="Ese punto")
    tramite = OpcionField(label="Trámite", choices=[("", "Todos"), *TipoTramite.choices], cual="Ese trámite")
    aplicativo = OpcionField(label="Aplicativo", cual="Ese aplicativo")
    escenario = OpcionField(label="Escenario", choices=[("", "Todos"), *Escenario.choices], cual="Ese escenario")
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *Estado.choices], cual="Ese estado")
    desde = DiaField(label="Desde")
    hasta = DiaField(label="Hasta")

    def preparar(self) -> None:
        unidades = Unidad.objects.filter(pk__in=Registro.objects.order_by().values("unidad"))
        self.fields["punto"].choices = [("", "Todos"), *((str(u.pk), u.nombre) for u in unidades)]  # type: ignore[attr-defined]
        _elegir_aplicativo(self)

    def aplicar(self) -> Any:
        """The records that are asked for."""
        campos = {
            "correlativo": "correlativo", "punto": "unidad", "tramite": "tipo_tramite", "aplicativo": "aplicativos",
            "escenario": "escenario", "estado": "estado",
        }  # fmt: skip
        return Registro.objects.filter(**self.pedido(campos), **self.dias("inicio"))


def _elegir_aplicativo(filtro: Filtro) -> None:
    todos = [("", "Todos"), *((str(a.pk), a.nombre) for a in Aplicativo.objects.all())]
    filtro.fields["aplicativo"].choices = todos  # type: ignore[attr-defined]


COLUMNAS_MASIVAS = (
    Columna("numero", "N°", ["numero", "pk"]),
    Columna("inicio", "Inicio", ["inicio", "pk"]),
    Columna("fin", "Fin", [F("fin").asc(nulls_last=True), "pk"]),
    Columna("estado", "Estado", ["estado", "pk"]),
)


class FiltroMasivas(Filtro):
    FRASES = {
        "numero": "FM {}",
        "aplicativo": "Aplicativo: {}",
        "estado": "Estado: {}",
        "desde": "inicio desde el {}",
        "hasta": "inicio hasta el {}",
    }
    numero = NumeroField(label="N°")
    aplicativo = OpcionField(label="Aplicativo", cual="Ese aplicativo")
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *EstadoMasiva.choices], cual="Ese estado")
    desde = DiaField(label="Inicio desde")
    hasta = DiaField(label="Inicio hasta")

    def preparar(self) -> None:
        _elegir_aplicativo(self)

    def aplicar(self) -> Any:
        """The masivas that are asked for."""
        campos = {"numero": "numero", "aplicativo": "aplicativos", "estado": "estado"}
        return Masiva.objects.filter(**self.pedido(campos), **self.dias("inicio"))


COLUMNAS_REPORTES = (
    Columna("numero", "N°", ["numero", "pk"]),
    Columna("creado", "Creado", ["creado", "pk"]),
    Columna("vence", "Se envía hasta", ["vence", "pk"]),
    Columna("enviado", "Enviado", [F("enviado").asc(nulls_last=True), "pk"]),
    Columna("estado", "Estado", ["estado", "pk"]),
)


class FiltroReportes(Filtro):
    FRASES = {
        "numero": "N° {}",
        "registro": "con el registro N° {}",
        "estado": "Estado: {}",
        "desde": "creado desde el {}",
        "hasta": "creado hasta el {}",
    }
    numero = NumeroField(label="N°")
    registro = NumeroField(label="Registro que contiene")
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *EstadoReporte.choices], cual="Ese estado")
    desde = DiaField(label="Creado desde")
    hasta = DiaField(label="Creado hasta")

    def aplicar(self) -> Any:
        """The reports that are asked for."""
        campos = {"numero": "numero", "registro": "registros__correlativo", "estado": "estado"}
        return Reporte.objects.filter(**self.pedido(campos), **self.dias("creado"))


COLUMNAS_CRITICAS = (
    Columna("atendida", "Cuándo", ["atendida", "pk"]),
    Columna("registro", "Registro", ["registro__correlativo", "pk"]),
    Columna("tipo", "Qué se atendió", ["tipo", "pk"]),
    Columna("cliente", "A quién", ["cliente", "pk"]),
)


class FiltroCriticas(Filtro):
    """Nothing asked for: what still has to be regularised."""

    FRASES = {
        "situacion": "{}",
        "registro": "Registro N° {}",
        "tipo": "{}",
        "cliente": "a quien empieza con {}",
        "desde": "desde el {}",
        "hasta": "hasta el {}",
    }
    situacion = OpcionField(
        label="Situación",
        choices=[("", "Por regularizar"), ("regularizadas", "Regularizadas"), ("todas", "Todas")],
        cual="Esa situación",
    )
    registro = NumeroField(label="Registro")
    tipo = OpcionField(label="Qué se atendió", choices=[("", "Todo"), *Critica.Tipo.choices], cual="Ese trámite")
    cliente = ComienzoField(label="A quién", max_length=120)
    desde = DiaField(label="Desde")
    hasta = DiaField(label="Hasta")

    def aplicar(self) -> Any:
        """The procedures that are asked for."""
        campos = {"registro": "registro__correlativo", "tipo": "tipo", "cliente": "cliente__istartswith"}
        todas = Critica.objects.filter(**self.pedido(campos), **self.dias("atendida"))
        match self.valor("situacion"):
            case "todas":
                return todas
            case "regularizadas":
                return todas.exclude(regularizada=None)
        return todas.por_regularizar()
