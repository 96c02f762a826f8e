"""The list of cases: filters, orders, figures (X-07)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from portal import reloj
from portal.cuentas.models import Perfil
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField, comienzo, termino
from portal.listas.lista import Columna, Fuente, Lista
from portal.plazos import calendario
from portal.plazos.models import Regla
from portal.plazos.plazo import Plazo
from reclamos.seccion.deberes import DEBERES
from reclamos.seccion.declaracion import Deber
from reclamos.seccion.estados import CERRADOS, Estado
from reclamos.seccion.models import Asunto, AsuntoQuerySet
from reclamos.seccion.permissions import deberes_a_la_vista, puede_exportar
from reclamos.turno import DISTRIBUIDORAS

COLUMNAS = (
    Columna("numero", "N°", ("anio", "clase", "correlativo", "caso")),
    Columna("empresa", "Empresa", ("distribuidora__nombre_fantasia", "caso")),
    Columna("asunto", "Asunto", ("clase", "anio", "correlativo", "caso")),
    Columna("interesado", "Interesado", ("interesado", "caso")),
    Columna("nis", "NIS", ("nis", "caso")),
    Columna("registro", "Registro", ("creado", "caso")),
    Columna("vence", "Resolver hasta", ("vence", "caso")),
    Columna("estado", "Estado", ("estado", "caso")),
)


class FiltroAsuntos(Filtro):
    """What can be looked for."""

    FRASES = {
        "empresa": "Empresa: {}",
        "clase": "Asunto: {}",
        "estado": "Estado: {}",
        "nis": "NIS que empieza con {}",
        "interesado": "Interesado que empieza con {}",
        "procedencia": "Sección de donde viene que empieza con {}",
        "ubicacion": "Ubicación que empieza con {}",
        "desde": "Registro desde el {}",
        "hasta": "Registro hasta el {}",
        "abiertos": "solo abiertos",
        "vencidos": "solo vencidos",
    }
    empresa = OpcionField(label="Empresa", cual="Esa empresa")
    clase = OpcionField(
        label="Asunto", choices=[("", "Todos"), *((d.ruta, d.nombre) for d in DEBERES)], cual="Ese asunto"
    )
    estado = OpcionField(label="Estado", choices=[("", "Todos"), *Estado.choices], cual="Ese estado")
    nis = ComienzoField(label="NIS", max_length=30)
    interesado = ComienzoField(label="Interesado", max_length=150)
    procedencia = ComienzoField(label="Sección de donde viene (OT)", max_length=120)
    ubicacion = ComienzoField(label="Ubicación en el archivo", max_length=40)
    desde = DiaField(label="Registro desde")
    hasta = DiaField(label="Registro hasta")
    abiertos = forms.BooleanField(label="Solo abiertos", required=False)
    vencidos = forms.BooleanField(label="Solo vencidos", required=False)

    def __init__(self, datos: QueryDict, *, perfil: Perfil) -> None:
        self._perfil = perfil
        super().__init__(datos)

    def preparar(self) -> None:
        if self._perfil.distribuidora:
            del self.fields["empresa"]
            return
        empresas = sorted(DISTRIBUIDORAS.todo().values(), key=lambda d: d.nombre_fantasia.casefold())
        self.fields["empresa"].choices = [("", "Todas"), *((str(d.pk), str(d)) for d in empresas)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "Es anterior a «Registro desde». Cambia una de las dos fechas.")
        return datos

    def aplicar(self, consulta: AsuntoQuerySet) -> AsuntoQuerySet:
        """The cases that match everything asked for."""
        for campo, busqueda in (
            ("empresa", "distribuidora"),
            ("clase", "clase"),
            ("estado", "estado"),
            ("nis", "nis__startswith"),
            ("interesado", "interesado__istartswith"),
            ("procedencia", "datos__procedencia__istartswith"),
            ("ubicacion", "datos__ubicacion__istartswith"),
        ):
            if valor := self.valor(campo):
                consulta = consulta.filter(**{busqueda: valor})
        if desde := self.valor("desde"):
            consulta = consulta.filter(creado__gte=comienzo(desde))
        if hasta := self.valor("hasta"):
            consulta = consulta.filter(creado__lt=termino(hasta))
        if self.valor("abiertos"):
            consulta = consulta.abiertos()
        if self.valor("vencidos"):
            consulta = consulta.vencidos()
        return consulta


class ListaAsuntos:
    """What a profile sees of the section's cases at an address."""

    def __init__(self, datos: QueryDict, perfil: Perfil) -> None:
        self._datos = datos
        self.filtro = FiltroAsuntos(datos, perfil=perfil)
        self.con_empresa = not perfil.distribuidora
        self.fuente = Fuente(self.filtro.aplicar(Asunto.objects.select_related("distribuidora", "regla")))
        columnas = [c for c in COLUMNAS if c.clave != "empresa" or self.con_empresa]
        self.lista = Lista(datos, self.fuente, columnas, "-registro")

    @property
    def reporte(self) -> dict[str, Any] | None:
        """The button that asks for what is shown as a spreadsheet."""
        total = self.fuente.total
        consulta = self._datos.urlencode()
        url = reverse("informes:pedir", args=["seccion"]) + (f"?{consulta}" if consulta else "")
        return {"url": url, "cuantas": total.n, "mas": total.mas} if total.n else None


def plazo_de(asunto: Asunto) -> Plazo | None:
    """The clock of a case that has a day; None where it has none, or nobody has to act."""
    empresa = asunto.distribuidora
    if asunto.vence is None or not asunto.abierto:
        return None
    vence = calendario.fin_del_dia(asunto.vence, empresa.zona_horaria)
    unidad = asunto.regla.unidad if asunto.regla else Regla.Unidad.HABILES
    return Plazo(
        desde=min(asunto.creado, vence), vence=vence, pais=empresa.pais, zona=empresa.zona_horaria,
        unidad=Regla.Unidad.HABILES if unidad == Regla.Unidad.HORAS else unidad,
    )  # fmt: skip


@dataclass(frozen=True)
class Pendiente:
    """What waits in one duty."""

    deber: Deber
    abiertos: int
    vencidos: int
    por_aprobar: int


def pendientes(perfil: Perfil) -> list[Pendiente]:
    """What waits, by duty that the profile sees: first what is overdue, last what has nothing; one query."""
    hoy = reloj.hoy()
    filas = (
        Asunto.objects.order_by()
        .exclude(estado__in=CERRADOS)
        .values("clase")
        .annotate(
            abiertos=Count("pk"),
            vencidos=Count("pk", Q(vence__lt=hoy)),
            por_aprobar=Count("pk", Q(estado=Estado.POR_APROBAR)),
        )
    )
    cuentas = {f["clase"]: (f["abiertos"], f["vencidos"], f["por_aprobar"]) for f in filas}
    todos = [Pendiente(deber, *cuentas.get(deber.ruta, (0, 0, 0))) for deber in deberes_a_la_vista(perfil)]
    return sorted(todos, key=lambda p: (not p.vencidos, not p.abiertos))


def cifras(perfil: Perfil) -> list[dict[str, Any]]:
    """The figures of the first page, each with the filter that shows it."""
    hoy = reloj.hoy()
    n = Asunto.objects.order_by().aggregate(
        vencidos=Count("pk", Q(vence__lt=hoy) & ~Q(estado__in=CERRADOS)),
        aprobar=Count("pk", Q(estado=Estado.POR_APROBAR) & ~Q(propuesto_por=perfil.usuario_id)),
        abiertos=Count("pk", ~Q(estado__in=CERRADOS)),
    )
    ruta = reverse("seccion:lista")
    todas = [
        {
            "texto": "Vencidos", "valor": n["vencidos"], "url": f"{ruta}?vencidos=on", "icono": "exclamation-octagon",
            "peligro": n["vencidos"],
        },
        perfil.tiene("seccion.aprobar")
        and {"texto": "Por aprobar por ti", "valor": n["aprobar"], "url": f"{ruta}?estado=por_aprobar", "icono": "eye"},
        puede_exportar(perfil)
        and {
            "texto": "Por exportar al SGC", "valor": Asunto.objects.por_exportar().count(),
            "url": reverse("seccion:lotes"), "icono": "file-earmark-spreadsheet",
        },
        {"texto": "Abiertos", "valor": n["abiertos"], "url": f"{ruta}?abiertos=on", "icono": "inbox"},
    ]  # fmt: skip
    return [cifra for cifra in todas if cifra]
