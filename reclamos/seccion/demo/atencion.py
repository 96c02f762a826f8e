"""Certificates, files, refunds, reports to other institutions, the staff's bonus."""

from collections.abc import Iterator
from decimal import Decimal

from reclamos.seccion.demo.vida import Historia, Vida


def certificado(v: Vida) -> Iterator[int]:
    """Issued; nobody came for it yet."""
    yield 6
    caso = v.abrir(
        "certificado", escribania="Escribanía Ayala Franco", nota="N° 118", nis="2210733",
        interesado="Eusebia Benítez de Cáceres", documento="1.730.558", vence=v.dia(-2),
    )  # fmt: skip
    yield 5
    v.paso(caso, "emitir", v.lucia, deuda="no", al=v.dia(5), verificado="Carpeta de contrato y facturas al día.")


def expediente_y_su_informe(v: Vida) -> Iterator[int]:
    """A customer's file that is late, and the report that a court asks for about it, late too."""
    yield 14
    caso = v.abrir(
        "expediente", mesa="4417/2026", procedencia="cliente", interesado="Mirta Giménez Insfrán",
        documento="3.415.772", nis="2214008", motivo="Pide revisión de tres facturas.", vence=v.dia(1),
    )  # fmt: skip
    yield 13
    v.paso(caso, "analizar", v.lucia)
    yield 12
    v.abrir(
        "informe", institucion="Juzgado de Paz de La Encarnación", pedido="Oficio 871", mesa="4417/2026",
        nis="2214008", motivo="El juzgado pide copia de las lecturas de tres meses.", origen=caso,
    )  # fmt: skip


def expediente_de_otra_dependencia(v: Vida) -> Iterator[int]:
    """Passed on, resolved, told, archived."""
    yield 19
    caso = v.abrir(
        "expediente", mesa="4310/2026", procedencia="dependencia", dependencia="Departamento de Facturación",
        interesado="Celso Duarte Ovelar", documento="980.215", correo="celso.duarte@correo.example", nis="2217645",
        motivo="Diferencia entre el contrato y el medidor instalado.",
    )  # fmt: skip
    yield 18
    v.paso(caso, "analizar", v.lucia)
    yield 17
    v.paso(caso, "derivar", v.lucia, destino="Laboratorio de Medidores", comentario="Para informe del medidor.")
    yield 15
    v.paso(caso, "analizar", v.lucia, comentario="Volvió con el informe del laboratorio.")
    yield 12
    v.paso(caso, "resolver", v.lucia, resultado="El medidor es el del contrato: la diferencia era de digitación.")
    yield 11
    v.paso(caso, "archivar", v.estela)


def devolucion(v: Vida) -> Iterator[int]:
    """Waits for a second person."""
    yield 7
    caso = v.abrir(
        "devolucion", mesa="4390/2026", interesado="Ignacio Rolón Samudio", documento="2.981.340", nis="2210951",
        monto=Decimal(485_000), factura="001-002-0098812", motivo="Cierre de contrato.", vence=v.dia(-4),
    )  # fmt: skip
    yield 6
    v.paso(caso, "proponer", v.lucia)


def devolucion_remitida(v: Vida) -> Iterator[int]:
    """Approved and sent up the line for its payment."""
    yield 21
    caso = v.abrir(
        "devolucion", mesa="4288/2026", interesado="Mirta Giménez Insfrán", documento="3.415.772", nis="2214008",
        monto=Decimal(310_000), factura="001-002-0091177", motivo="Garantía cobrada dos veces.",
    )  # fmt: skip
    yield 20
    v.paso(caso, "proponer", v.estela)
    yield 18
    v.paso(caso, "aprobar", v.lucia)
    yield 17
    v.paso(
        caso, "remitir", v.lucia, remitido_a="Departamento de Atención al Cliente, para Tesorería",
        nota_remision="AAC3 N° 204", remitido=v.dia(17),
    )  # fmt: skip


def informe_entregado(v: Vida) -> Iterator[int]:
    """A file's case, reported to the consumers' office and received there."""
    yield 15
    caso = v.abrir(
        "informe", institucion="Secretaría de Defensa del Consumidor y el Usuario", pedido="Nota 2231",
        mesa="4352/2026", nis="2210951", motivo="Corte por deuda que el cliente niega.",
    )  # fmt: skip
    yield 12
    texto = "El suministro fue cortado por dos facturas vencidas y repuesto a las tres horas del pago."
    v.paso(caso, "emitir", v.lucia, texto=texto)
    yield 11
    v.paso(caso, "entregar", v.lucia, entregado=v.dia(11), recibe="Mesa de Entrada de la institución")


def bonificacion(v: Vida) -> Iterator[int]:
    """From the request to the shelf: two people, the first batch, the memorandum."""
    yield 20
    caso = v.abrir(
        "bonificacion", interesado="Blas Ortiz Cabral", documento="4.471.225", legajo="4471", nis="2219930",
        tipo="alta", desde=v.dia(10),
    )  # fmt: skip
    yield 19
    v.paso(caso, "proponer", v.lucia, verificado="Legajo vigente; el NIS está a su nombre y no tiene otra.")
    yield 18
    v.paso(caso, "aprobar", v.estela)
    yield 12
    v.paso(caso, "emitir", v.lucia)
    yield 10
    v.paso(caso, "archivar", v.lucia, recibe="Gestión del Personal, mesa de entrada", ubicacion="E03-C11-008")


def bonificacion_en_curso(v: Vida) -> Iterator[int]:
    """In the second batch, which waits to be loaded."""
    yield 8
    caso = v.abrir(
        "bonificacion", interesado="Noelia Fretes Vera", documento="4.802.917", legajo="5120", nis="2219941",
        tipo="cambio", desde=v.dia(-10),
    )  # fmt: skip
    yield 7
    v.paso(caso, "proponer", v.estela, verificado="Mudanza acreditada; baja del NIS anterior en el mismo acto.")
    yield 6
    v.paso(caso, "aprobar", v.lucia)


HISTORIAS: tuple[Historia, ...] = (
    certificado, expediente_y_su_informe, expediente_de_otra_dependencia, devolucion, devolucion_remitida,
    informe_entregado, bonificacion, bonificacion_en_curso,
)  # fmt: skip
