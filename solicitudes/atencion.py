"""How the companies answer, without reading the requests: a histogram by company, form, month, result and days (R-07).

An answer is noted once, in its own transaction, when it is sent; what happens to the request afterwards (a payment,
an annulment) changes nothing: it was answered that day.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Sum
from django.db.models.functions import TruncDate

from portal.cuentas.models import Distribuidora
from portal.plazos import calendario
from portal.plazos.plazo import Estado as EstadoDePlazo
from portal.plazos.plazo import Plazo

if TYPE_CHECKING:
    from solicitudes.models import Solicitud


class Resultado(models.TextChoices):
    EN_PLAZO = "en_plazo", "En plazo"
    FUERA = "fuera", "Fuera de plazo"
    LAPSO = "lapso", "Automática, al vencer el plazo"
    SIN_PLAZO = "sin_plazo", "Sin plazo fijado"


class CeldaAtencion(models.Model):
    """`n` requests filed in a month and answered with that result after so many business days.

    `mes` is the first day of the month of filing on the company's calendar.
    """

    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, db_index=False, related_name="+")
    formulario = models.CharField(max_length=2)
    mes = models.DateField()
    resultado = models.CharField(max_length=10, choices=Resultado)
    dias = models.PositiveIntegerField("días hábiles hasta la respuesta")
    n = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "conteo de respuestas"
        verbose_name_plural = "conteos de respuestas"
        permissions = [("ver_cumplimiento", "Ver el Panel y el cumplimiento de plazos")]
        constraints = [
            models.UniqueConstraint(
                fields=["mes", "distribuidora", "formulario", "resultado", "dias"], name="atencion_celda"
            )
        ]

    def __str__(self) -> str:
        return f"{self.distribuidora_id} {self.formulario} {self.mes:%Y-%m} {self.resultado} {self.dias} d: {self.n}"


def anotar(solicitud: "Solicitud") -> None:
    """Count an answer just sent; last in the action's transaction, since two of one cell wait for each other."""
    empresa, respondido = solicitud.distribuidora, solicitud.respondido
    if respondido is None:
        raise ValueError(f"{solicitud} no está respondida.")
    _sumar(
        {
            _celda(
                empresa,
                solicitud.formulario,
                calendario.dia_local(solicitud.enviado, empresa.zona_horaria),
                calendario.dia_local(respondido, empresa.zona_horaria),
                _resultado(solicitud, empresa),
            ): 1
        }
    )


def _resultado(solicitud: "Solicitud", empresa: Distribuidora) -> Resultado:
    """By lapse is never in time, whatever the clock says."""
    if solicitud.causa_automatica == "lapso":
        return Resultado.LAPSO
    if solicitud.vence is None:
        return Resultado.SIN_PLAZO
    plazo = Plazo(
        desde=solicitud.enviado,
        vence=solicitud.vence,
        pais=empresa.pais,
        zona=empresa.zona_horaria,
        unidad=solicitud.regla.unidad if solicitud.regla else "habiles",
        cumplido=solicitud.respondido,
    )
    return Resultado.EN_PLAZO if plazo.estado is EstadoDePlazo.CUMPLIDO_EN_PLAZO else Resultado.FUERA


def _celda(empresa: Distribuidora, formulario: str, envio: date, respuesta: date, resultado: str) -> tuple[Any, ...]:
    dias = max(calendario.habiles_entre(empresa.pais, envio, respuesta), 0)
    return envio.replace(day=1), empresa.pk, str(formulario), str(resultado), dias


def _sumar(celdas: dict[tuple[Any, ...], int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO solicitudes_celdaatencion (mes, distribuidora_id, formulario, resultado, dias, n) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (mes, distribuidora_id, formulario, resultado, dias) "
            "DO UPDATE SET n = solicitudes_celdaatencion.n + excluded.n",
            [(*celda, n) for celda, n in sorted(celdas.items())],
        )


Histograma = dict[tuple[int, str], Counter[tuple[str, int]]]
"""(company, form) → how many answers by (result, days)."""


def leer(
    desde: date | None, hasta: date | None, *, empresa: int | None = None, formulario: str | None = None
) -> Histograma:
    """The answers to what was filed in the months from `desde` to `hasta`, both inclusive; None: without end."""
    juntas: Histograma = {}
    for clave, de, resultado, dias, n in _contadas(
        _elegidas(desde, hasta, empresa, formulario), "distribuidora", "formulario", "resultado", "dias"
    ):
        juntas.setdefault((clave, de), Counter())[resultado, dias] += n
    return juntas


def leer_juntas(
    desde: date | None, hasta: date | None, *, empresa: int | None = None, formulario: str | None = None
) -> Counter[tuple[str, int]]:
    """The same of all companies and forms together: how many answers by (result, days)."""
    contadas = _contadas(_elegidas(desde, hasta, empresa, formulario), "resultado", "dias")
    return Counter({(resultado, dias): n for resultado, dias, n in contadas})


def _elegidas(
    desde: date | None, hasta: date | None, empresa: int | None, formulario: str | None
) -> models.QuerySet[CeldaAtencion]:
    celdas = CeldaAtencion.objects.order_by()
    if desde:
        celdas = celdas.filter(mes__gte=desde)
    if hasta:
        celdas = celdas.filter(mes__lte=hasta)
    if empresa:
        celdas = celdas.filter(distribuidora=empresa)
    if formulario:
        celdas = celdas.filter(formulario=formulario)
    return celdas


def _contadas(celdas: models.QuerySet[CeldaAtencion], *por: str) -> Iterable[tuple[Any, ...]]:
    return celdas.values_list(*por).annotate(n_total=Sum("n"))


def percentil(dias: Counter[int], cual: float) -> int | None:
    """The least number of days within which at least `cual` (0 to 1) of the answers were sent; None without any."""
    total, llevados = sum(dias.values()), 0
    for valor in sorted(dias):
        llevados += dias[valor]
        if llevados >= cual * total:
            return valor
    return None


@transaction.atomic
def recontar() -> None:
    """Make the histogram again from the requests themselves; nobody may be writing meanwhile."""
    CeldaAtencion.objects.all().delete()
    todas = apps.get_model("solicitudes", "Solicitud")._base_manager.exclude(respondido=None)
    celdas: Counter[tuple[Any, ...]] = Counter()
    for empresa in Distribuidora.objects.filter(pk__in=todas.order_by().values("distribuidora")):
        zona = ZoneInfo(empresa.zona_horaria)
        for formulario, envio, respuesta, resultado, n in _grupos(todas.filter(distribuidora=empresa), zona):
            celdas[_celda(empresa, formulario, envio, respuesta, resultado)] += n
    _sumar(celdas)


def _grupos(de_la_empresa: Any, zona: Any) -> Any:
    """Form, days of filing and of answer, result, how many."""
    en_dias = ~models.Q(regla__unidad="horas")
    return (
        de_la_empresa.order_by()
        .annotate(
            envio=TruncDate("enviado", tzinfo=zona),
            respuesta=TruncDate("respondido", tzinfo=zona),
            termino=TruncDate("vence", tzinfo=zona),
            resultado=models.Case(
                models.When(causa_automatica="lapso", then=models.Value(Resultado.LAPSO)),
                models.When(vence=None, then=models.Value(Resultado.SIN_PLAZO)),
                models.When(en_dias & models.Q(respuesta__lte=models.F("termino")), then=models.Value("en_plazo")),
                models.When(regla__unidad="horas", respondido__lte=models.F("vence"), then=models.Value("en_plazo")),
                default=models.Value(Resultado.FUERA),
            ),
        )
        .values_list("formulario", "envio", "respuesta", "resultado")
        .annotate(n=models.Count("pk"))
    )


def con_respuestas(resultados: Collection[str], celdas: Counter[tuple[str, int]]) -> Counter[int]:
    """How many answers by days, of those with one of these results."""
    dias: Counter[int] = Counter()
    for (resultado, cuantos), n in celdas.items():
        if resultado in resultados:
            dias[cuantos] += n
    return dias
