"""Stolen meters, checked requests, parcels, the archive."""

from collections.abc import Iterator
from decimal import Decimal

from reclamos.seccion.demo.vida import Historia, Vida


def robo(v: Vida) -> Iterator[int]:
    """Reported and received; the change of contract that it led to is in the first batch."""
    yield 22
    caso = v.abrir(
        "robo", nis="2217645", medidor="E-3310452", ocurrio=v.dia(23), denuncia="Comisaría 1.ª de San Lorenzo, N° 1443",
        corregir="Medidor instalado y lectura inicial.", renglones=[
            {
                "factura": "001-002-0101882", "periodo": "Octubre", "importe": Decimal(286_000),
                "justificacion": "Consumo estimado sin medidor.",
            },
        ],
    )  # fmt: skip
    yield 20
    v.paso(caso, "emitir", v.lucia, conclusion="Corregir los datos del contrato y anular la factura estimada.")
    yield 19
    v.paso(caso, "entregar", v.lucia, recibe="Delia Rojas, Desarrollo Comercial", entregado=v.dia(19))
    yield 18
    cambio = v.abrir(
        "modificacion", nis="2217645", motivo="Medidor repuesto después del robo.", origen=caso,
        renglones=[{"dato": "medidor", "antes": "E-3310452", "despues": "E-4102277"}],
    )  # fmt: skip
    yield 17
    v.paso(cambio, "proponer", v.lucia)
    yield 16
    v.paso(cambio, "aprobar", v.estela)


def robo_sin_informar(v: Vida) -> Iterator[int]:
    """Its day has passed."""
    yield 8
    v.abrir(
        "robo", nis="2214008", medidor="E-2987710", ocurrio=v.dia(9), denuncia="Comisaría 7.ª de Asunción, N° 902",
        requerimiento="Memorándum ADC 77", corregir="Número de medidor.",
    )  # fmt: skip


def control_en_orden(v: Vida) -> Iterator[int]:
    yield 10
    caso = v.abrir(
        "control", seccion="servicios", solicitud="SC-88120", interesado="Noelia Fretes Vera", nis="2219941",
        procesada=v.dia(12), renglones=[
            {"documento": "Solicitud firmada", "estado": "completo"},
            {"documento": "Croquis del inmueble", "estado": "completo"},
        ],
    )  # fmt: skip
    yield 9
    v.paso(caso, "conformar", v.lucia, renglones=[{"estado": "completo"}] * 2)


def control_observado(v: Vida) -> Iterator[int]:
    """The section that processed it has not answered, and its day has passed."""
    yield 9
    caso = v.abrir(
        "control", seccion="grandes", solicitud="GC-1904", interesado="Frigorífico Río Bermejo S.A.",
        procesada=v.dia(13), renglones=[
            {"documento": "Contrato de potencia reservada", "estado": "completo"},
            {"documento": "Poder del representante", "estado": "falta", "nota": "Venció en agosto."},
        ],
    )  # fmt: skip
    yield 8
    v.paso(caso, "observar", v.estela, comentario="Pedir el poder vigente del representante.")


def control_nuevo(v: Vida) -> Iterator[int]:
    yield 1
    v.abrir(
        "control", seccion="servicios", solicitud="SC-88307", interesado="Celso Duarte Ovelar", nis="2217645",
        procesada=v.dia(2), renglones=[{"documento": "Solicitud firmada", "estado": "completo"}],
    )  # fmt: skip


def legajo(v: Vida) -> Iterator[int]:
    """Lent, and not back in time."""
    yield 60
    caso = v.abrir("archivo", nis="2210733", ubicacion="E12-C04-031", contenido="Solicitud, contrato, croquis.")
    yield 10
    v.paso(
        caso, "prestar", v.lucia, interesado="Mario Vera", dependencia="Asesoría Jurídica", vence=v.dia(2)
    )  # fmt: skip


def remision(v: Vida) -> Iterator[int]:
    """Something of what was sent did not arrive."""
    yield 6
    caso = v.abrir(
        "remision", destino="Unidad Regional Encarnación", destinatario="Jefatura", transporte="Encomiendas del Sur",
        vence=v.dia(2), renglones=[
            {"tipo": "croquis", "documento": "Croquis de instalación", "referencia": "NIS 3310021", "fojas": 2},
            {"tipo": "antecedentes", "documento": "Carpeta de contrato", "referencia": "NIS 3310044", "fojas": 14},
        ],
    )  # fmt: skip
    yield 5
    v.paso(caso, "despachar", v.lucia, verifico="Estela Godoy", despachado=v.dia(5), guia="ES-88213")
    yield 2
    v.paso(
        caso, "observar", v.estela, recibe="Rosa Báez", recibido=v.dia(2), renglones=[{"llego": "si"}, {"llego": "no"}]
    )  # fmt: skip


HISTORIAS: tuple[Historia, ...] = (
    robo, robo_sin_informar, control_en_orden, control_observado, control_nuevo, legajo, remision,
)  # fmt: skip
