"""Damaged appliances: the network events, the claims that point at them, the committee."""

from collections.abc import Iterator
from decimal import Decimal

from reclamos.seccion.demo.vida import Historia, Vida

HELADERA = {
    "artefacto": "Heladera", "marca": "Tokyo", "modelo": "TR-320", "anios": 4, "averia": "Motor quemado",
    "valor": Decimal(2_800_000), "presupuesto": Decimal(950_000),
}  # fmt: skip
TELEVISOR = {
    "artefacto": "Televisor", "marca": "Aurora", "modelo": "LED 43", "anios": 2, "averia": "Fuente y placa dañadas",
    "valor": Decimal(1_900_000), "presupuesto": Decimal(640_000),
}  # fmt: skip


def del_mostrador_al_pago(v: Vida) -> Iterator[int]:
    """Decided in session; the payment that was proposed waits for a second person."""
    yield 16
    sobretension = v.evento(
        ocurrio=v.dia(17), hora=20, minutos=17, tipo="sobretension", causa="Neutro suelto en el transformador T-2217.",
        fuente="Parte diario de Distribución N° 311", alimentador="LAM-07", subestacion="Lambaré", zona="Lambaré",
    )  # fmt: skip
    caso = v.abrir(
        "artefactos", interesado="Eusebia Benítez de Cáceres", documento="1.730.558", nis="2210733",
        correo="eusebia.benitez@correo.example", ocurrio=v.dia(17),
        relato="Se cortó la luz y volvió con mucha fuerza.", renglones=[HELADERA, TELEVISOR],
    )  # fmt: skip
    yield 15
    v.paso(caso, "analizar", v.lucia, evento=sobretension)
    sesion = v.abrir("sesion", vence=v.dia(3), hora="09:30", lugar="Sala de sesiones, Sede Central")
    yield 14
    v.paso(sesion, "convocar", v.lucia, convocados="Óscar Villalba\nDistribución\nAsesoría Jurídica")
    yield 9
    v.paso(
        caso, "peritar", v.lucia, evento=sobretension, causa="red", perito="Laboratorio de Medidores",
        conclusiones="La sobretensión explica ambas averías.",
    )  # fmt: skip
    yield 8
    v.paso(caso, "incluir", v.lucia, sesion=sesion)
    yield 3
    v.paso(
        caso, "decidir", v.oscar, fundamento="El evento consta en el registro de la red.",
        renglones=[
            {"decision": "procede", "pagar": Decimal(950_000)}, {"decision": "parcial", "pagar": Decimal(400_000)},
        ],
    )  # fmt: skip
    v.paso(sesion, "celebrar", v.oscar, presentes="Óscar Villalba Recalde\nJefe de Distribución")
    yield 2
    v.paso(caso, "proponer", v.lucia)


def nuevo(v: Vida) -> Iterator[int]:
    """Registered yesterday; the register has an event of that day and place."""
    yield 2
    v.evento(
        ocurrio=v.dia(4), hora=6, minutos=95, tipo="maniobra", causa="Traspaso de carga por mantenimiento programado.",
        fuente="Orden de maniobra N° 1187", alimentador="SLO-03", subestacion="San Lorenzo", zona="San Lorenzo",
    )  # fmt: skip
    yield 1
    v.abrir(
        "artefactos", interesado="Celso Duarte Ovelar", documento="980.215", nis="2217645", ocurrio=v.dia(4),
        relato="La tensión subía y bajaba.", renglones=[TELEVISOR],
    )  # fmt: skip


def sin_evento(v: Vida) -> Iterator[int]:
    """No event of the register explains it; the expert has not answered."""
    yield 10
    caso = v.abrir(
        "artefactos", interesado="Ignacio Rolón Samudio", documento="2.981.340", nis="2210951", ocurrio=v.dia(11),
        relato="El aire dejó de funcionar después de la tormenta.", renglones=[
            HELADERA | {"artefacto": "Acondicionador de aire", "marca": "Polar", "modelo": "12000", "anios": 6},
        ],
    )  # fmt: skip
    yield 9
    dicho = "Los vecinos hablan de un rayo; Distribución no tiene parte de ese día."
    v.paso(caso, "analizar", v.lucia, evento=None, evento_dicho=dicho)


def otros_eventos(v: Vida) -> Iterator[int]:
    """What no claim points at."""
    yield 22
    v.evento(
        ocurrio=v.dia(23), hora=3, minutos=140, tipo="corte", causa="Caída de un árbol sobre la línea.",
        fuente="Parte diario de Distribución N° 298", alimentador="VMO-02", subestacion="Villa Morra", zona="Asunción",
    )  # fmt: skip
    yield 8
    v.evento(
        ocurrio=v.dia(9), hora=17, minutos=4, tipo="rayo", causa="Descarga sobre el pararrayos de la salida.",
        fuente="Registro de protecciones, 2 descargas", subestacion="Luque", zona="Luque",
    )  # fmt: skip


HISTORIAS: tuple[Historia, ...] = (del_mostrador_al_pago, nuevo, sin_evento, otros_eventos)
