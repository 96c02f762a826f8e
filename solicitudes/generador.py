"""Made-up requests in bulk, for measuring and trying: the same seed and moment give the same rows.

Each one is lived through day by day up to the present: what would happen later has not happened, so that states,
histories, charges, files and terms agree. Rows are plain tuples, in the order of `COLUMNAS`.
"""

import hashlib
import json
import uuid
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate, count
from random import Random
from typing import Any

from django.db import connection, models

from pagos.models import Cobro, Comprobante, Medio
from portal.adjuntos.models import Adjunto
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso
from portal.historial.models import Comentario, Evento
from portal.plazos import calendario
from portal.plazos.models import Regla
from solicitudes.formularios import Formulario
from solicitudes.models import Causa, Estado, Solicitud

ANIOS = 3
POR_LOTE = 5_000
DIA = timedelta(days=1)

COLUMNAS: dict[type[models.Model], tuple[str, ...]] = {
    Caso: ("id", "tipo", "clave", "numero", "titular_id", "distribuidora_id", "unidad_id", "creado"),
    Solicitud: (
        "caso_id", "formulario", "estado", "solicitante_id", "distribuidora_id", "folio", "folio_numero",
        "numero_solicitud", "numero_cliente", "factibilidad", "comuna_id", "correo_adicional", "actua_por_otro",
        "medidor_propio", "enviado", "respondido", "liberado", "vence", "regla_id", "causa_automatica", "revision",
    ),
    Evento: ("id", "caso_id", "cuando", "hecho", "perfil_id", "como", "desde", "datos"),
    Comentario: ("evento_id", "texto"),
    Adjunto: (
        "id", "nombre", "formato", "bytes", "sha256", "sha256_recibido", "archivo", "caso_id", "evento_id", "tipo",
        "subido", "subido_por_id",
    ),
    Cobro: (
        "id", "caso_id", "estado", "monto", "moneda", "concepto", "vence", "cupon_id", "pedido", "pedido_por_id",
        "validar_hasta", "resuelto",
    ),
    Comprobante: (
        "id", "cobro_id", "medio", "adjunto_id", "estado", "enviado", "enviado_por_id", "resuelto", "resuelto_por_id",
        "motivo",
    ),
}  # fmt: skip

CUANTAS_POR_FORMULARIO = {Formulario.SI: 40, Formulario.SC: 32, Formulario.NC: 16, Formulario.MC: 12}
CONCEPTOS = (
    "Estudio de conexión",
    "Informe de costos de conexión",
    "Inspección de la instalación",
    "Obras adicionales",
)
MOTIVOS = ("El monto no coincide con el cupón.", "El comprobante no se lee.", "El pago es de otro folio.")


@dataclass(frozen=True)
class Reparto:
    """Who takes part: companies by how many requests they get, people, places, terms, the one shared file."""

    empresas: list[Distribuidora]
    tramita: dict[int, int]
    solicitantes: list[int]
    sec: int
    comunas: list[str]
    reglas: dict[str, list[Regla]]
    archivo: str
    bytes: int
    sha256: str


@dataclass
class Claves:
    """The next free keys."""

    caso: Iterator[int]
    evento: Iterator[int]
    cobro: Iterator[int]
    comprobante: Iterator[int]
    folio: Iterator[int]


class Generador:
    """Makes `cuantas` requests, filed in the years before `ahora`, oldest first."""

    def __init__(self, reparto: Reparto, claves: Claves, *, cuantas: int, semilla: str, ahora: datetime) -> None:
        self.reparto = reparto
        self.claves = claves
        self.cuantas = cuantas
        self.azar = Random(semilla)  # noqa: S311 - made-up data, the same every time
        self.ahora = ahora
        self._vencimientos: dict[tuple[Any, ...], datetime] = {}
        self._numeros: dict[tuple[int, int], int] = {}
        self._pesos = list(accumulate(1 / (i + 2) for i in range(len(reparto.empresas))))
        self._formularios = list(CUANTAS_POR_FORMULARIO)
        self._pesos_formulario = list(accumulate(CUANTAS_POR_FORMULARIO.values()))

    def lotes(self) -> Iterator[dict[type[models.Model], list[tuple[Any, ...]]]]:
        """Rows by model, some thousand requests at a time."""
        lote: dict[type[models.Model], list[tuple[Any, ...]]] = {modelo: [] for modelo in COLUMNAS}
        for n, enviado in enumerate(self._envios(), start=1):
            Vida(self, enviado, lote).vivir()
            if n % POR_LOTE == 0:
                yield lote
                lote = {modelo: [] for modelo in COLUMNAS}
        yield lote

    def _envios(self) -> Iterator[datetime]:
        """Moments of filing in order: more on working days and in office hours, more every year."""
        primero = self.ahora.date() - timedelta(days=365 * ANIOS)
        dias = [primero + timedelta(days=i) for i in range(365 * ANIOS)]
        pesos = [(0.25 if d.weekday() > 4 else 1) * (1 + i / 1000) for i, d in enumerate(dias)]
        total, antes, acumulado = sum(pesos), 0, 0.0
        for dia, peso in zip(dias, pesos, strict=True):
            acumulado += peso
            hasta = round(self.cuantas * acumulado / total)
            segundos = sorted(
                int(self.azar.triangular(11 * 3600, 24 * 3600 - 1, 15 * 3600)) for _ in range(hasta - antes)
            )
            for segundo in segundos:
                yield datetime(dia.year, dia.month, dia.day, tzinfo=UTC) + timedelta(seconds=segundo)
            antes = hasta

    def empresa(self) -> Distribuidora:
        return self.reparto.empresas[bisect(self._pesos, self.azar.random() * self._pesos[-1])]

    def formulario(self) -> Formulario:
        return self._formularios[bisect(self._pesos_formulario, self.azar.random() * self._pesos_formulario[-1])]

    def vencimiento(
        self, materia: str, empresa: Distribuidora, desde: datetime
    ) -> tuple[datetime | None, Regla | None]:
        """As `portal.plazos.actions.vencimiento`, from rules in memory; the end is the same for a whole local day."""
        dia = calendario.dia_local(desde, empresa.zona_horaria)
        regla = self._regla(materia, empresa, dia)
        if regla is None:
            return None, None
        termino = (regla.cantidad, regla.unidad)
        if regla.unidad == Regla.Unidad.HORAS:
            return calendario.vencimiento(desde, *termino, pais=empresa.pais, zona=empresa.zona_horaria), regla
        clave = (*termino, empresa.pais, empresa.zona_horaria, dia)
        if clave not in self._vencimientos:
            self._vencimientos[clave] = calendario.vencimiento(
                desde, *termino, pais=empresa.pais, zona=empresa.zona_horaria
            )
        return self._vencimientos[clave], regla

    def _regla(self, materia: str, empresa: Distribuidora, dia: date) -> Regla | None:
        vigentes = [
            r
            for r in self.reparto.reglas.get(materia, ())
            if (r.distribuidora_id == empresa.pk or (r.distribuidora_id is None and r.pais == empresa.pais))
            and r.vigente_desde <= dia
            and (r.vigente_hasta is None or dia <= r.vigente_hasta)
        ]
        return max(vigentes, key=lambda r: (r.distribuidora_id is not None, r.vigente_desde), default=None)

    def numero_solicitud(self, empresa: Distribuidora, anio: int) -> str:
        """The company's own reference, as it counts within the year: `2026074`."""
        clave = (empresa.pk, anio)
        self._numeros[clave] = self._numeros.get(clave, 0) + 1
        return f"{anio}{self._numeros[clave]:03}"

    def clave(self) -> uuid.UUID:
        return uuid.UUID(int=self.azar.getrandbits(128), version=4)


@dataclass
class Vida:
    """The life of one request."""

    de: Generador
    enviado: datetime
    lote: dict[type[models.Model], list[tuple[Any, ...]]]
    estado: Estado = Estado.PENDIENTE_RESPUESTA
    respondido: datetime | None = None
    liberado: datetime | None = None
    caso: int = field(init=False)

    def vivir(self) -> None:
        """Live it up to the present and write its rows."""
        de, azar = self.de, self.de.azar
        self.empresa, self.formulario = de.empresa(), de.formulario()
        self.solicitante = azar.choice(de.reparto.solicitantes)
        self.tramitador = de.reparto.tramita[self.empresa.pk]
        self.caso, numero = next(de.claves.caso), next(de.claves.folio)
        folio = f"{self.empresa.prefijo}{numero}"
        self._caso(folio)
        evento = self._evento(self.enviado, "enviada", self.solicitante, "solicitante")
        self._adjunto("formulario", "formulario.pdf", self.enviado, self.solicitante, evento)
        vence, regla = None, None
        if self.formulario is Formulario.MC:
            self.estado = Estado.ENVIADO
            self._anular(azar.random() < 0.02)
        else:
            vence, regla = de.vencimiento(f"solicitudes.{self.formulario}.respuesta", self.empresa, self.enviado)
            self._tramitar()
        self._solicitud(folio, numero, vence, regla)

    # --- what happens ---------------------------------------------------------------------------------------------
    def _tramitar(self) -> None:
        azar = self.de.azar
        suerte = azar.random()
        if suerte < 0.05:  # a standing answer
            self._responder(self.enviado, por=None, estado=Estado.RESPONDIDO_AUTOMATICO)
        elif suerte < 0.08:  # given up or annulled
            self._anular(True)
        elif suerte < 0.33:  # charged
            self._cobrar(self.enviado + azar.uniform(0.5, 6) * DIA)
        else:
            lentitud = 12 if azar.random() < 0.01 else 1  # forgotten in a drawer
            self._responder(self.enviado + azar.lognormvariate(1.9, 0.7) * lentitud * DIA, por=self.tramitador)

    def _pasado(self, cuando: datetime) -> bool:
        return cuando <= self.de.ahora

    def _responder(self, cuando: datetime, *, por: int | None, estado: Estado = Estado.RESPONDIDO) -> None:
        if not self._pasado(cuando):
            return
        hecho = "respondida" if por else "respondida_por_regla"
        evento = self._evento(cuando, hecho, por, "distribuidora" if por else "")
        self._adjunto("respuesta", "respuesta.pdf", cuando, por, evento)
        self.estado, self.respondido, self.liberado = estado, cuando, cuando

    def _anular(self, sucede: bool) -> None:
        azar = self.de.azar
        cuando = self.enviado + azar.uniform(0.1, 5) * DIA
        if not sucede or not self._pasado(cuando):
            return
        if self.formulario is Formulario.MC or azar.random() < 0.5:
            evento = self._evento(cuando, "anulada", self.de.reparto.sec, "sec")
            self._comentario(evento, "Ingresada por error: la misma solicitud ya está en trámite.")
        else:
            evento = self._evento(cuando, "desistida", self.solicitante, "solicitante")
            self._comentario(evento, "Ya no voy a instalar.")
        self.estado = Estado.ANULADO

    def _cobrar(self, pedido: datetime) -> None:
        """A charge, with the answer held back or to come; then proofs of payment until one is accepted."""
        azar = self.de.azar
        if not self._pasado(pedido):
            return
        retenida = azar.random() < 0.5
        cobro = next(self.de.claves.cobro)
        monto = Decimal(azar.randrange(15_000, 180_000, 500))
        if retenida:
            evento = self._evento(pedido, "respuesta_retenida", self.tramitador, "distribuidora")
            self._adjunto("respuesta", "respuesta.pdf", pedido, self.tramitador, evento)
            self.respondido = pedido
        importe = self.empresa.datos_pais.importe(monto)
        evento = self._evento(pedido, "cobro_pedido", self.tramitador, "distribuidora", {"importe": importe})
        cupon = self._adjunto("cupon", "cupon.pdf", pedido, self.tramitador, evento)
        vence = (pedido + 20 * DIA).date()
        estado, validar_hasta, resuelto = self._pagar(cobro, pedido)
        moneda, concepto = self.empresa.datos_pais.moneda, azar.choice(CONCEPTOS)
        self.lote[Cobro].append(
            (cobro, self.caso, estado, monto, moneda, concepto, vence, cupon, pedido, self.tramitador, validar_hasta,
             resuelto)
        )  # fmt: skip
        if estado != Cobro.Estado.VALIDADO or resuelto is None:
            return
        if retenida:
            self._evento(resuelto, "respuesta_entregada", self.tramitador, "distribuidora")
            self.estado, self.liberado = Estado.RESPONDIDO, resuelto
        else:
            self.estado = Estado.PAGO_VALIDADO
            self._responder(resuelto + azar.uniform(0.2, 4) * DIA, por=self.tramitador)

    def _pagar(self, cobro: int, pedido: datetime) -> tuple[Cobro.Estado, datetime | None, datetime | None]:
        """Proofs of payment; what became of the charge, until when it is to be validated, when it was settled."""
        azar = self.de.azar
        self.estado, estado = Estado.PENDIENTE_PAGO, Cobro.Estado.ABIERTO
        validar_hasta = None
        enviado = pedido + azar.lognormvariate(1.3, 0.8) * DIA
        while self._pasado(enviado):
            medio = azar.choice(Medio.values)
            evento = self._evento(
                enviado, "comprobante_enviado", self.solicitante, "solicitante", {"medio": Medio(medio).label}
            )
            adjunto = self._adjunto("comprobante", "comprobante.pdf", enviado, self.solicitante, evento)
            validar_hasta, _ = self.de.vencimiento("pagos.validacion", self.empresa, enviado)
            validar_hasta = validar_hasta or enviado + 2 * DIA
            visto = enviado + azar.uniform(0.1, 3) * DIA
            comprobante = (next(self.de.claves.comprobante), cobro, medio, adjunto)
            if not self._pasado(visto):
                self.lote[Comprobante].append(
                    (*comprobante, Comprobante.Estado.POR_VALIDAR, enviado, self.solicitante, None, None, "")
                )
                self.estado = Estado.PENDIENTE_VALIDACION
                return Cobro.Estado.EN_VALIDACION, validar_hasta, None
            rechazado = azar.random() < 0.12
            motivo = azar.choice(MOTIVOS) if rechazado else ""
            resultado = Comprobante.Estado.RECHAZADO if rechazado else Comprobante.Estado.VALIDADO
            self.lote[Comprobante].append(
                (*comprobante, resultado, enviado, self.solicitante, visto, self.tramitador, motivo)
            )
            hecho = "pago_rechazado" if rechazado else "pago_validado"
            evento = self._evento(visto, hecho, self.tramitador, "distribuidora")
            if not rechazado:
                return Cobro.Estado.VALIDADO, validar_hasta, visto
            self._comentario(evento, motivo)
            self.estado, estado = Estado.PAGO_RECHAZADO, Cobro.Estado.RECHAZADO
            enviado = visto + azar.lognormvariate(1.0, 0.8) * DIA
        return estado, validar_hasta, None

    # --- rows -------------------------------------------------------------------------------------------------------
    def _caso(self, folio: str) -> None:
        self.lote[Caso].append(
            (self.caso, Solicitud._meta.label_lower, self.de.clave(), folio, self.solicitante, self.empresa.pk, None,
             self.enviado)
        )  # fmt: skip

    def _evento(
        self, cuando: datetime, hecho: str, por: int | None, como: str, datos: dict[str, Any] | None = None
    ) -> int:
        clave = next(self.de.claves.evento)
        self.lote[Evento].append((clave, self.caso, cuando, hecho, por, como, None, datos or {}))
        return clave

    def _comentario(self, evento: int, texto: str) -> None:
        self.lote[Comentario].append((evento, texto))

    def _adjunto(self, tipo: str, nombre: str, cuando: datetime, por: int | None, evento: int) -> uuid.UUID:
        clave, r = self.de.clave(), self.de.reparto
        self.lote[Adjunto].append(
            (clave, nombre, "pdf", r.bytes, r.sha256, r.sha256, r.archivo, self.caso, evento, tipo, cuando, por)
        )
        return clave

    def _solicitud(self, folio: str, numero: int, vence: datetime | None, regla: Regla | None) -> None:
        azar = self.de.azar
        sin_cliente = self.formulario.admite_factibilidad and azar.random() < 0.1
        referencia = self.de.numero_solicitud(self.empresa, self.enviado.year) if azar.random() < 0.8 else ""
        cliente = f"{azar.randrange(100_000, 7_000_000)}-{azar.choice('0123456789K')}"
        self.lote[Solicitud].append(
            (self.caso, self.formulario.value, self.estado.value, self.solicitante, self.empresa.pk, folio, numero,
             referencia, "" if sin_cliente else cliente, f"F-{numero}" if sin_cliente else "",
             azar.choice(self.de.reparto.comunas), "", False,
             self.formulario is Formulario.NC and azar.random() < 0.3,
             self.enviado, self.respondido, self.liberado, vence, regla.pk if regla else None,
             Causa.REGLA.value if self.estado is Estado.RESPONDIDO_AUTOMATICO else "", 1)
        )  # fmt: skip


# --- writing --------------------------------------------------------------------------------------------------------
def escribir(lote: dict[type[models.Model], list[tuple[Any, ...]]]) -> None:
    """Write a batch: by COPY, which PostgreSQL has and allows to whom no wall stops; else by ordinary inserts."""
    for modelo, filas in lote.items():
        if connection.vendor == "postgresql" and not _hay_pared(modelo):
            _copiar(modelo, filas)
        else:
            columnas = COLUMNAS[modelo]
            modelo._base_manager.bulk_create(
                (modelo(**dict(zip(columnas, fila, strict=True))) for fila in filas), batch_size=500
            )


def _hay_pared(modelo: type[models.Model]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s::regclass)", [modelo._meta.db_table])
        return bool(cursor.fetchone()[0])


def _copiar(modelo: type[models.Model], filas: list[tuple[Any, ...]]) -> None:
    columnas = ", ".join(f'"{c}"' for c in COLUMNAS[modelo])
    con_datos = COLUMNAS[modelo].index("datos") if "datos" in COLUMNAS[modelo] else None
    with connection.cursor() as cursor, cursor.copy(f"COPY {modelo._meta.db_table} ({columnas}) FROM STDIN") as copia:
        for fila in filas:
            if con_datos is not None:
                fila = (*fila[:con_datos], json.dumps(fila[con_datos]), *fila[con_datos + 1 :])
            copia.write_row(fila)


def claves_libres(ultimo_folio: int) -> Claves:
    """Keys after the last ones in the database."""

    def tras(modelo: type[models.Model]) -> Iterator[int]:
        return count((modelo._base_manager.aggregate(m=models.Max("pk"))["m"] or 0) + 1)

    return Claves(tras(Caso), tras(Evento), tras(Cobro), tras(Comprobante), count(ultimo_folio + 1))


def sumario(datos: bytes) -> str:
    return hashlib.sha256(datos).hexdigest()


def perfiles(tipo: str) -> list[int]:
    """Keys of the active profiles of a type."""
    return list(Perfil.objects.filter(tipo=tipo, activo=True).order_by("pk").values_list("pk", flat=True))
