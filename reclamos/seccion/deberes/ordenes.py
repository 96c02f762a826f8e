"""Q-06: work orders."""

from reclamos.seccion.declaracion import COMENTARIO, Archivo, Campo, Clase, Deber, Paso, Quien, anular
from reclamos.seccion.estados import Estado, Suceso

_E, _S = Estado, Suceso
TRABAJOS = (
    ("verificacion", "Verificación de datos del suministro"),
    ("lectura", "Verificación de lectura"),
    ("medidor", "Inspección o cambio de medidor"),
    ("conexion", "Conexión, corte o reconexión"),
    ("kpl", "Verificación de KPL"),
    ("otro", "Otro trabajo"),
)
RESULTADOS = (
    ("conforme", "Los datos están bien"),
    ("corregir", "Hay datos por corregir en el contrato"),
    ("hecho", "Trabajo hecho"),
    ("no_se_pudo", "No se pudo hacer"),
)

ORDEN = Deber(
    ruta="ot",
    sigla="OT",
    nombre="Orden de Trabajo (OT)",
    varios="Órdenes de Trabajo (OT)",
    deberes="2.3, 2.5 y 2.12",
    para_que="Pedir un trabajo a una unidad y seguirlo hasta su resultado.",
    icono="gear",
    femenino=True,
    campos=(
        Campo("trabajo", "Trabajo", Clase.OPCION, opciones=TRABAJOS),
        Campo("nis", "NIS", Clase.NIS, largo=30),
        Campo("procedencia", "Sección de donde viene", obligatorio=False, ayuda="Si la originó otra sección."),
        Campo("referencia", "N° del reclamo en esa sección", obligatorio=False, largo=40),
        Campo("detalle", "Qué hay que hacer", Clase.PARRAFO, largo=2000),
        Campo("vence", "Resolver hasta el", Clase.FECHA),
    ),
    archivos=(Archivo("antecedente", "Antecedentes", obligatorio=False),),
    pasos=(
        Paso(
            _S.ENVIAR, (_E.REGISTRADO, _E.OBSERVADO), _E.ENVIADO, "Enviar a una unidad",
            campos=(Campo("unidad", "Unidad", Clase.UNIDAD), COMENTARIO),
        ),
        Paso(
            _S.PROGRAMAR, (_E.ENVIADO, _E.PROGRAMADO), _E.PROGRAMADO, "Programar", Quien.UNIDAD,
            campos=(Campo("programada", "Fecha del trabajo", Clase.FECHA), Campo("cuadrilla", "Quién la hará")),
        ),
        Paso(
            _S.RESOLVER, (_E.ENVIADO, _E.PROGRAMADO), _E.RESUELTO, "Resolver", Quien.UNIDAD,
            campos=(
                Campo("resultado", "Resultado", Clase.OPCION, opciones=RESULTADOS),
                Campo("hallazgo", "Qué se encontró y qué se hizo", Clase.PARRAFO, largo=2000),
            ),
            archivos=(Archivo("resultado", "Acta, foto o planilla del trabajo"),),
        ),
        Paso(
            _S.OBSERVAR, (_E.RESUELTO,), _E.OBSERVADO, "Observar el resultado",
            campos=(Campo("comentario", "Qué falta", Clase.PARRAFO),),
        ),
        Paso(_S.REVISAR, (_E.RESUELTO,), _E.ARCHIVADO, "Cerrar el seguimiento", campos=(COMENTARIO,)),
        anular(_E.REGISTRADO, _E.ENVIADO, _E.PROGRAMADO, _E.OBSERVADO),
    ),
    lleva_a=("modificacion", "facturar"),
)  # fmt: skip
