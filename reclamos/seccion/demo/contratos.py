"""Orders, changes of contract and the batches that take them to the commercial system."""

from collections.abc import Iterator
from decimal import Decimal

from reclamos.seccion.demo.vida import Historia, Vida


def lotes(v: Vida) -> Iterator[int]:
    """One that the commercial system has, and a second one that waits to be loaded."""
    yield 14
    lote = v.exportar(v.lucia)
    yield 13
    v.cargar(lote, v.estela)
    yield 4
    v.exportar(v.estela)


def ot_vencida(v: Vida) -> Iterator[int]:
    """The unit scheduled it, and its day passed."""
    yield 20
    ot = v.abrir(
        "ot", trabajo="lectura", nis="2210951", detalle="Verificar la lectura reclamada.", vence=v.dia(4)
    )  # fmt: skip
    yield 19
    v.paso(ot, "enviar", v.lucia, unidad=v.ramon.unidad)
    yield 18
    v.paso(ot, "programar", v.ramon, programada=v.dia(6), cuadrilla="Cuadrilla 3")


def ot_que_cambia_un_contrato(v: Vida) -> Iterator[int]:
    """From another section's complaint to a change that waits for its batch; then the follow-up is closed."""
    yield 12
    ot = v.abrir(
        "ot", trabajo="kpl", nis="2214008", procedencia="Servicios al Cliente", referencia="R-20931",
        detalle="Verificar el KPL del contrato.", vence=v.dia(-3),
    )  # fmt: skip
    yield 11
    v.paso(ot, "enviar", v.lucia, unidad=v.ramon.unidad)
    yield 5
    hallazgo = "El KPL del contrato es 30; el que corresponde a la instalación, 60."
    v.paso(ot, "resolver", v.ramon, resultado="corregir", hallazgo=hallazgo)
    yield 4
    cambio = {"dato": "kpl", "antes": "30", "despues": "60"}
    modificacion = v.abrir("modificacion", nis="2214008", motivo=f"{ot} resuelta.", renglones=[cambio], origen=ot)
    v.paso(modificacion, "proponer", v.lucia)
    yield 3
    v.paso(modificacion, "aprobar", v.estela)
    yield 2
    v.paso(ot, "revisar", v.lucia, comentario="Corregido el contrato.")


def ot_nueva(v: Vida) -> Iterator[int]:
    yield 1
    v.abrir("ot", trabajo="medidor", nis="2217645", detalle="Inspección del medidor.", vence=v.dia(-8))


def alta(v: Vida) -> Iterator[int]:
    """A special case, in the first batch."""
    yield 18
    caso = v.abrir(
        "contrato", movimiento="alta", interesado="Comisión Vecinal San Roque", documento="80047213-5",
        direccion="Salón comunitario, Tte. Rojas Silva y Paz del Chaco, San Lorenzo", efectiva=v.dia(10),
        motivo="Suministro compartido del asentamiento, autorizado por resolución.",
    )  # fmt: skip
    yield 17
    v.paso(caso, "proponer", v.lucia)
    yield 16
    v.paso(caso, "aprobar", v.estela, comentario="Con la resolución a la vista.")


def baja(v: Vida) -> Iterator[int]:
    """Waits for a second person."""
    yield 5
    caso = v.abrir(
        "contrato", movimiento="baja", interesado="Ignacio Rolón Samudio", documento="2.981.340", nis="2210951",
        direccion="Cerro Corá 1290, Asunción", efectiva=v.dia(-5), motivo="Demolición del inmueble.",
    )  # fmt: skip
    yield 4
    v.paso(caso, "proponer", v.estela)


def alta_devuelta(v: Vida) -> Iterator[int]:
    """Given back: something is missing."""
    yield 6
    caso = v.abrir(
        "contrato", movimiento="alta", interesado="Iglesia Evangélica Betania", documento="80019954-0",
        direccion="Ruta 2, km 17, Capiatá", efectiva=v.dia(-6), motivo="Obra en un predio sin título inscripto.",
    )  # fmt: skip
    yield 5
    v.paso(caso, "proponer", v.lucia)
    yield 4
    v.paso(caso, "devolver", v.estela, comentario="Falta la constancia municipal de ocupación.")


def acuerdo(v: Vida) -> Iterator[int]:
    yield 3
    v.abrir(
        "acuerdo", interesado="Celso Duarte Ovelar", documento="980.215", nis="2217645", monto=Decimal(3_600_000),
        entrega=Decimal(600_000), cuotas=12, primera=v.dia(-20), motivo="Deuda por el cambio de medidor.",
    )  # fmt: skip


def liquidar(v: Vida) -> Iterator[int]:
    """The holder asks, two people agree, the first batch takes it."""
    yield 17
    caso = v.abrir(
        "facturar", nis="2214008", orden="liquidar", pide="titular", interesado="Mirta Giménez Insfrán",
        documento="3.415.772", periodo="Agosto y septiembre", monto=Decimal(742_500),
        motivo="Lecturas estimadas de dos meses: liquidar con la lectura verificada.",
    )  # fmt: skip
    yield 16
    v.paso(caso, "proponer", v.lucia)
    yield 15
    v.paso(caso, "aprobar", v.estela)


def facturar(v: Vida) -> Iterator[int]:
    """Asked by somebody with the holder's authorisation; waits for a second person."""
    yield 3
    caso = v.abrir(
        "facturar", nis="2217645", orden="facturar", pide="autorizado", interesado="Rocío Duarte Ovelar",
        documento="4.190.336", periodo="Octubre", motivo="Emitir la factura que no salió, por cambio de medidor.",
    )  # fmt: skip
    yield 2
    v.paso(caso, "proponer", v.estela)


def verificacion(v: Vida) -> Iterator[int]:
    """The contract says otherwise: the change that follows waits for a second person."""
    yield 7
    caso = v.abrir(
        "verificacion", interesado="Eusebia Benítez de Cáceres", documento="1.730.558", nis="2210733",
        correo="eusebia.benitez@correo.example", reclama="La factura llega con el apellido mal escrito.",
        renglones=[{"dato": "titular", "dicho": "Eusebia Benítez de Cáceres"}],
    )  # fmt: skip
    yield 5
    v.paso(
        caso, "resolver", v.lucia, resultado="corregir", informado="Se corrige el apellido en la carpeta y en el SGC.",
        renglones=[{"sgc": "Eusebia Benites", "contrato": "Eusebia Benítez de Cáceres"}],
    )  # fmt: skip
    yield 3
    cambio = v.abrir(
        "modificacion", nis="2210733", motivo="Apellido mal escrito en la carpeta.", origen=caso,
        renglones=[{"dato": "titular", "antes": "Eusebia Benites", "despues": "Eusebia Benítez de Cáceres"}],
    )  # fmt: skip
    yield 2
    v.paso(cambio, "proponer", v.estela)


HISTORIAS: tuple[Historia, ...] = (
    lotes, ot_vencida, ot_que_cambia_un_contrato, ot_nueva, alta, baja, alta_devuelta, acuerdo, liquidar, facturar,
    verificacion,
)  # fmt: skip
