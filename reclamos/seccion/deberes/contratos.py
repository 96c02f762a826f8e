"""Q-07, Q-09, Q-16: what changes in the commercial system. Two people, then a batch."""

from reclamos.seccion.declaracion import (
    DOCUMENTO,
    EXPORTAR,
    INTERESADO,
    MOTIVO,
    NIS,
    Archivo,
    Campo,
    Clase,
    Deber,
    Renglones,
    anular,
    dos_personas,
)
from reclamos.seccion.estados import Estado

_E = Estado
DATOS_DE_CONTRATO = (
    ("kpl", "KPL"),
    ("garantia", "Garantía de consumo"),
    ("titular", "Titular"),
    ("documento", "Documento del titular"),
    ("direccion", "Dirección"),
    ("tarifa", "Tarifa"),
    ("medidor", "N° de medidor"),
    ("otro", "Otro dato"),
)
_PASOS = (*dos_personas((_E.REGISTRADO,)), EXPORTAR, anular(_E.REGISTRADO, _E.POR_APROBAR))

MODIFICACION = Deber(
    ruta="modificacion",
    sigla="MC",
    nombre="Modificación de datos de contrato",
    varios="Modificaciones de datos de contrato",
    deberes="2.3, 2.5 y 2.6",
    para_que="Corregir KPL, garantía de consumo, titular u otro dato; lo aprueba otra persona.",
    icono="pencil",
    femenino=True,
    campos=(NIS, MOTIVO),
    archivos=(Archivo("respaldo", "Documento que respalda el cambio"),),
    renglones=Renglones(
        "dato",
        "Datos que cambian",
        (
            Campo("dato", "Dato", Clase.OPCION, opciones=DATOS_DE_CONTRATO),
            Campo("antes", "Valor actual"),
            Campo("despues", "Valor nuevo"),
        ),
    ),
    pasos=_PASOS,
    lleva_a=("ot",),
)

FACTURAR = Deber(
    ruta="facturar",
    sigla="FL",
    nombre="Orden de facturar o liquidar",
    varios="Órdenes de facturar o liquidar",
    deberes="2.5",
    para_que="A solicitud del titular o con su autorización, que va adjunta.",
    icono="receipt",
    femenino=True,
    campos=(
        NIS,
        Campo("orden", "Qué se ordena", Clase.OPCION, opciones=(("facturar", "Facturar"), ("liquidar", "Liquidar"))),
        Campo(
            "pide", "Quién lo pide", Clase.OPCION,
            opciones=(("titular", "El titular"), ("autorizado", "Otra persona, con autorización del titular")),
        ),
        INTERESADO,
        DOCUMENTO,
        Campo("periodo", "Período", largo=40, ayuda="Ejemplo: marzo a mayo de 2026."),
        Campo("monto", "Monto", Clase.MONTO, obligatorio=False),
        MOTIVO,
    ),
    archivos=(Archivo("autorizacion", "Solicitud o autorización firmada por el titular"),),
    pasos=_PASOS,
)  # fmt: skip

CONTRATO = Deber(
    ruta="contrato",
    sigla="AB",
    nombre="Alta o baja de contrato",
    varios="Altas y bajas de contrato",
    deberes="2.12",
    para_que="Casos especiales que no pasan por la atención corriente.",
    icono="file-earmark-plus",
    femenino=True,
    campos=(
        Campo("movimiento", "Movimiento", Clase.OPCION, opciones=(("alta", "Alta"), ("baja", "Baja"))),
        INTERESADO,
        DOCUMENTO,
        Campo(
            "nis",
            "NIS",
            Clase.NIS,
            obligatorio=False,
            ayuda="En un alta puede no existir todavía; en una baja es obligatorio.",
            largo=30,
        ),
        Campo("direccion", "Dirección del suministro", largo=200),
        Campo("efectiva", "Desde cuándo rige", Clase.FECHA),
        MOTIVO,
    ),
    archivos=(Archivo("respaldo", "Solicitud y documentos"),),
    pasos=_PASOS,
    lleva_a=("ot",),
)

ACUERDO = Deber(
    ruta="acuerdo",
    sigla="AP",
    nombre="Acuerdo a plazos",
    varios="Acuerdos a plazos",
    deberes="2.12",
    para_que="Deuda de un caso especial que se paga en cuotas.",
    icono="cash-coin",
    campos=(
        INTERESADO,
        DOCUMENTO,
        NIS,
        Campo("monto", "Deuda total", Clase.MONTO),
        Campo("entrega", "Entrega inicial", Clase.MONTO, obligatorio=False),
        Campo("cuotas", "Número de cuotas", Clase.ENTERO),
        Campo("primera", "Vencimiento de la primera cuota", Clase.FECHA),
        MOTIVO,
    ),
    archivos=(Archivo("acuerdo", "Acuerdo firmado"),),
    pasos=_PASOS,
    lleva_a=("ot",),
)
