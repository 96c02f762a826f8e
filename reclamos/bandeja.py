"""The tray of complaints: its filters, its orders, its rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from portal import reloj
from portal.cuentas.models import Perfil
from portal.documentos.turno import Turno
from portal.listas.filtrada import excel
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField, comienzo, termino
from portal.listas.lista import Columna, Fuente, Lista
from portal.plazos.plazo import Plazo, fin_por_vencer
from reclamos.models import Canal, Estado, Materia, Reclamo, Recurso, Resultado
from reclamos.models.reclamo import ReclamoQuerySet
from reclamos.turno import DISTRIBUIDORAS, plazo_de_respuesta, turno_de


class FiltroReclamos(Filtro):
    """What can be looked for; a number is found by how it begins."""

    FRASES = {
        "codigo": "Código que empieza con {}",
        "ingreso": "N° de ingreso que empieza con {}",
        "suministro": "Suministro que empieza con {}",
        "documento": "Documento que empieza con {}",
        "materia": "Materia: {}",
        "estado": "Estado: {}",
        "resultado": "Resultado: {}",
        "canal": "Canal: {}",
        "empresa": "Empresa: {}",
        "desde": "Ingreso desde el {}",
        "hasta": "Ingreso hasta el {}",
        "vencidos": "solo vencidos",
        "sin_codigo": "solo sin código",
        "con_recurso": "solo con apelación o queja sin decidir",
    }

    codigo = ComienzoField(label="Código de reclamo", max_length=30)
    ingreso = ComienzoField(label="N° de ingreso", max_length=15)
    suministro = ComienzoField(label="Suministro", max_length=40)
    documento = ComienzoField(label="Documento", max_length=20)
    materia = OpcionField(label="Materia", cual="Esa materia")
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *Estado.choices], cual="Ese estado")
    resultado = OpcionField(label="Resultado", choices=[("", "Todos"), *Resultado.choices], cual="Ese resultado")
    canal = OpcionField(label="Canal", choices=[("", "Todos"), *Canal.choices], cual="Ese canal")
    empresa = OpcionField(label="Empresa", cual="Esa empresa")
    desde = DiaField(label="Ingreso desde")
    hasta = DiaField(label="Ingreso hasta")
    vencidos = forms.BooleanField(label="Solo vencidos", required=False)
    sin_codigo = forms.BooleanField(label="Solo sin código", required=False)
    con_recurso = forms.BooleanField(label="Con apelación o queja sin decidir", required=False)

    def __init__(self, datos: QueryDict, *, perfil: Perfil) -> None:
        self._perfil = perfil
        super().__init__(datos)

    def preparar(self) -> None:
        if self._perfil.distribuidora:
            del self.fields["empresa"]
            materias: QuerySet[Materia] = Materia.objects.de(self._perfil.distribuidora)
        else:
            materias = Materia.objects.filter(activa=True)
            empresas = sorted(DISTRIBUIDORAS.todo().values(), key=lambda d: d.nombre_fantasia.casefold())
            self.fields["empresa"].choices = [("", "Todas"), *((str(d.pk), str(d)) for d in empresas)]  # type: ignore[attr-defined]
        nombres = {m.codigo: m.nombre for m in materias}
        self.fields["materia"].choices = [("", "Todas"), *nombres.items()]  # type: ignore[attr-defined]
        if self._perfil.es_solicitante:
            for campo in ("documento", "canal", "sin_codigo"):
                del self.fields[campo]

    def aplicar(self, consulta: ReclamoQuerySet) -> ReclamoQuerySet:
        """The complaints that match everything asked for."""
        for campo in ("codigo", "ingreso", "suministro", "documento"):
            if escrito := self.valor(campo):
                consulta = consulta.filter(**{f"{campo}__startswith": escrito.upper()})
        for campo, columna in (
            ("estado", "estado"),
            ("resultado", "resultado"),
            ("canal", "canal"),
            ("empresa", "distribuidora"),
            ("materia", "materia__codigo"),
        ):
            if elegido := self.valor(campo):
                consulta = consulta.filter(**{columna: elegido})
        if desde := self.valor("desde"):
            consulta = consulta.filter(ingresado__gte=comienzo(desde))
        if hasta := self.valor("hasta"):
            consulta = consulta.filter(ingresado__lt=termino(hasta))
        if self.valor("vencidos"):
            consulta = consulta.vencidos()
        if self.valor("sin_codigo"):
            consulta = consulta.sin_codigo()
        if self.valor("con_recurso"):
            consulta = consulta.filter(pk__in=Recurso.objects.pendientes().values("reclamo"))
        return consulta


COLUMNAS = [
    Columna("codigo", "Código", ("codigo", "caso")),
    Columna("ingreso", "N° de ingreso", ("ingreso_numero",)),
    Columna("materia", "Materia", ("materia__nombre", "caso")),
    Columna("empresa", "Empresa", ("distribuidora__nombre_fantasia", "caso")),
    Columna("suministro", "Suministro", ("suministro", "caso")),
    Columna("ingresado", "Ingreso", ("ingresado", "caso")),
    Columna("estado", "Estado", ("estado", "caso")),
    Columna("plazo", "Plazo", ("vence", "caso")),
]


@dataclass(frozen=True)
class Fila:
    """A row as the page shows it; `minutos` that it has been without a code."""

    reclamo: Reclamo
    url: str
    empresa: str
    ingreso: str
    turno: Turno | None
    plazo: Plazo
    minutos: int | None
    recursos: list[Recurso]
    clase: str


class Bandeja:
    """What a profile sees of complaints at an address."""

    def __init__(self, datos: QueryDict, perfil: Perfil) -> None:
        self.perfil = perfil
        self._datos = datos
        self.filtro = FiltroReclamos(datos, perfil=perfil)
        todos = Reclamo.objects.select_related("materia")
        self.fuente = Fuente(self.filtro.aplicar(todos), contar_todo=perfil.es_solicitante)
        columnas = [c for c in COLUMNAS if c.clave != "empresa" or not perfil.distribuidora]
        self.lista = Lista(datos, self.fuente, columnas, "-ingresado")

    @cached_property
    def filas(self) -> list[Fila]:
        """The rows of a page: one query for what follows them, none by row."""
        reclamos = self.lista.pagina.object_list
        por_reclamo: dict[int, list[Recurso]] = {}
        for recurso in Recurso.objects.filter(reclamo__in=[r.pk for r in reclamos]) if reclamos else []:
            por_reclamo.setdefault(recurso.reclamo_id, []).append(recurso)
        return [self._fila(r, por_reclamo.get(r.pk, [])) for r in reclamos]

    def _fila(self, reclamo: Reclamo, recursos: list[Recurso]) -> Fila:
        turno = turno_de(reclamo, self.perfil, recursos)
        plazo = plazo_de_respuesta(reclamo)
        espera = reloj.ahora() - reclamo.ingresado
        if turno and turno.toca:
            clase = "vencida" if turno.plazo and turno.plazo.vencido else "mia"
        else:
            clase = "vencida" if reclamo.estado in Reclamo.ABIERTOS and plazo.vencido else ""
        return Fila(
            reclamo=reclamo,
            url=reverse("reclamos:ver", args=[reclamo.ingreso]),
            empresa=str(DISTRIBUIDORAS.de(reclamo.distribuidora_id)),
            ingreso=f"{timezone.localtime(reclamo.ingresado):%d-%m-%Y}",
            turno=turno,
            plazo=plazo,
            minutos=int(espera.total_seconds() // 60) if reclamo.estado == Estado.INGRESADO else None,
            recursos=[r for r in recursos if not r.decidido],
            clase=clase,
        )

    @property
    def con_filtros(self) -> bool:
        """Who has few complaints needs no filters."""
        pocos = self.perfil.es_solicitante and self.fuente.total.n <= 10
        return not pocos or bool(self.filtro.activos() or self.filtro.errors)

    @property
    def reporte(self) -> dict[str, Any] | None:
        """The button that asks for what is shown as a spreadsheet."""
        return None if self.perfil.es_solicitante else excel("reclamos", self._datos, self.fuente.total)

    @property
    def buscado(self) -> str:
        return f"Buscaste {self.filtro.buscado()}."

    def cifras(self) -> list[dict[str, Any]]:
        """The figures above a company's tray, each with the filter that shows it."""
        empresa = self.perfil.distribuidora
        ahora = reloj.ahora()
        ruta = reverse("reclamos:bandeja")
        n = Reclamo.objects.order_by().aggregate(
            sin_codigo=Count("pk", Q(estado=Estado.INGRESADO)),
            en_tramite=Count("pk", Q(estado=Estado.EN_TRAMITE)),
            vencidos=Count("pk", Q(estado__in=(Estado.INGRESADO, Estado.EN_TRAMITE), vence__lt=ahora)),
            por_vencer=Count(
                "pk",
                Q(
                    estado__in=(Estado.INGRESADO, Estado.EN_TRAMITE),
                    vence__gte=ahora,
                    vence__lt=fin_por_vencer(empresa.pais, empresa.zona_horaria) if empresa else ahora,
                ),
            ),
        )
        recursos = Recurso.objects.pendientes().count()
        figuras = [
            ("Sin código", n["sin_codigo"], "estado=ingresado", "patch-check", True),
            ("Vencidos", n["vencidos"], "vencidos=on", "exclamation-octagon", True),
            (
                "Vencen en 2 días hábiles",
                n["por_vencer"],
                "estado=en_tramite&orden=plazo",
                "exclamation-triangle",
                False,
            ),
            ("En trámite", n["en_tramite"], "estado=en_tramite", "hourglass-split", False),
            ("Apelaciones y quejas", recursos, "con_recurso=on", "bank", False),
        ]
        return [
            {"texto": texto, "valor": valor, "url": f"{ruta}?{consulta}", "icono": icono, "peligro": peligro and valor}
            for texto, valor, consulta, icono, peligro in figuras
            if empresa or texto != "Vencen en 2 días hábiles"
        ]
