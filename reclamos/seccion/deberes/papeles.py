"""Q-12 to Q-15: reports of theft, parcels, checked requests, the archive of supplies."""

from reclamos.seccion.declaracion import (
    COMENTARIO,
    VENCE,
    Archivo,
    Campo,
    Clase,
    Deber,
    Impresion,
    Paso,
    Renglones,
    anular,
)
from reclamos.seccion.estados import Estado, Suceso

_E, _S = Estado, Suceso

ROBO = Deber(
    ruta="robo",
    sigla="RM",
    nombre="Informe de robo de medidor",
    varios="Robos de medidores",
    deberes="2.9",
    para_que="Para corregir los datos del contrato y justificar las facturas.",
    icono="exclamation-triangle",
    campos=(
        Campo("nis", "NIS", Clase.NIS, largo=30),
        Campo("medidor", "N° del medidor robado", largo=30),
        Campo("ocurrio", "Fecha del robo", Clase.FECHA, pasada=True),
        Campo("denuncia", "N° y lugar de la denuncia", largo=100),
        Campo("requerimiento", "N° del requerimiento", obligatorio=False, largo=40, ayuda="Si alguien lo pidió."),
        Campo("corregir", "Datos del contrato por corregir", Clase.PARRAFO),
        VENCE,
    ),
    archivos=(Archivo("denuncia", "Denuncia policial"),),
    renglones=Renglones(
        "factura",
        "Facturas que se justifican",
        (
            Campo("factura", "N° de factura", largo=30),
            Campo("periodo", "Período", largo=40),
            Campo("importe", "Importe", Clase.MONTO),
            Campo("justificacion", "Justificación"),
        ),
        minimo=0,
    ),
    pasos=(
        Paso(
            _S.EMITIR, (_E.REGISTRADO,), _E.EMITIDO, "Emitir el informe",
            campos=(Campo("conclusion", "Qué se pide", Clase.PARRAFO, largo=2000),),
            imprime=Impresion("robo_medidor", "Informe de robo de medidor", "seccion/papel/robo.html"),
        ),
        Paso(
            _S.ENTREGAR, (_E.EMITIDO,), _E.ENTREGADO, "Registrar la recepción",
            campos=(Campo("recibe", "Quién lo recibió"), Campo("entregado", "Fecha", Clase.FECHA, pasada=True)),
        ),
        anular(_E.REGISTRADO),
    ),
    lleva_a=("ot", "modificacion"),
)  # fmt: skip

_LLEGO = Campo("llego", "¿Llegó?", Clase.OPCION, opciones=(("si", "Sí"), ("no", "No")))

REMISION = Deber(
    ruta="remision",
    sigla="RD",
    nombre="Remisión de documentos",
    varios="Remisiones de documentos",
    deberes="2.8",
    para_que="Croquis, antecedentes y otros a Unidades Administrativas Regionales, por encomienda.",
    icono="send",
    femenino=True,
    campos=(
        Campo("destino", "Unidad Administrativa Regional", largo=120),
        Campo("destinatario", "A nombre de", largo=120),
        Campo("transporte", "Servicio de encomiendas", largo=80),
        Campo("vence", "Debe llegar el", Clase.FECHA, obligatorio=False),
    ),
    renglones=Renglones(
        "documento",
        "Contenido",
        (
            Campo(
                "tipo", "Tipo", Clase.OPCION,
                opciones=(("croquis", "Croquis"), ("antecedentes", "Antecedentes"), ("otro", "Otro")),
            ),
            Campo("documento", "Documento", largo=120),
            Campo("referencia", "Referencia", largo=60, obligatorio=False),
            Campo("fojas", "Fojas", Clase.ENTERO),
        ),
    ),
    pasos=(
        Paso(
            _S.DESPACHAR, (_E.REGISTRADO,), _E.EN_CAMINO, "Despachar",
            campos=(
                Campo("verifico", "Quién verificó el contenido"),
                Campo("despachado", "Fecha de envío", Clase.FECHA, pasada=True),
                Campo("guia", "N° de guía del transportista"),
            ),
            imprime=Impresion("guia_remision", "Guía de remisión de documentos", "seccion/papel/guia.html"),
        ),
        Paso(
            _S.RECIBIR, (_E.EN_CAMINO,), _E.RECIBIDO, "Registrar la recepción",
            campos=(
                Campo("recibe", "Quién lo recibió"),
                Campo("recibido", "Fecha de recepción", Clase.FECHA, pasada=True),
            ),
            de_renglon=(_LLEGO,),
        ),
        Paso(
            _S.OBSERVAR, (_E.EN_CAMINO,), _E.CON_FALTANTES, "Registrar una recepción con faltantes",
            campos=(
                Campo("recibe", "Quién lo recibió"),
                Campo("recibido", "Fecha de recepción", Clase.FECHA, pasada=True),
                COMENTARIO,
            ),
            de_renglon=(_LLEGO,),
        ),
        Paso(
            _S.COMPLETAR, (_E.CON_FALTANTES,), _E.RECIBIDO, "Registrar que llegó lo que faltaba",
            campos=(Campo("completo", "Fecha", Clase.FECHA, pasada=True), COMENTARIO),
            de_renglon=(_LLEGO,),
        ),
        anular(_E.REGISTRADO),
    ),
)  # fmt: skip

CONTROL = Deber(
    ruta="control",
    sigla="CS",
    nombre="Control de solicitud procesada",
    varios="Control de solicitudes",
    deberes="2.4",
    para_que="De Servicios al Cliente y Contratos de Grandes Clientes, con toda su documentación.",
    icono="file-earmark-check",
    campos=(
        Campo(
            "seccion", "Sección que la procesó", Clase.OPCION,
            opciones=(
                ("servicios", "Servicios al Cliente"),
                ("grandes", "Contratos de Grandes Clientes"),
            ),
        ),
        Campo("solicitud", "N° de solicitud", largo=40),
        Campo("interesado", "Cliente", largo=150),
        Campo("nis", "NIS", Clase.NIS, obligatorio=False, largo=30),
        Campo("procesada", "Procesada el", Clase.FECHA, pasada=True),
        VENCE,
    ),
    renglones=Renglones(
        "documento",
        "Documentos recibidos",
        (
            Campo("documento", "Documento", largo=120),
            Campo(
                "estado", "Está", Clase.OPCION,
                opciones=(("completo", "Completo"), ("incompleto", "Incompleto"), ("falta", "Falta")),
            ),
            Campo("nota", "Nota", obligatorio=False),
        ),
    ),
    pasos=(
        Paso(
            _S.CONFORMAR, (_E.REGISTRADO, _E.OBSERVADO), _E.CONFORME, "Dar por en orden",
            campos=(COMENTARIO,),
            de_renglon=(
                Campo("estado", "Está", Clase.OPCION, opciones=(("completo", "Completo"), ("no_aplica", "No aplica"))),
            ),
        ),
        Paso(
            _S.OBSERVAR, (_E.REGISTRADO, _E.OBSERVADO), _E.OBSERVADO, "Observar",
            campos=(Campo("comentario", "Qué debe corregir la sección", Clase.PARRAFO),),
        ),
        anular(_E.REGISTRADO, _E.OBSERVADO),
    ),
)  # fmt: skip

ARCHIVO = Deber(
    ruta="archivo",
    sigla="AR",
    nombre="Legajo de suministro",
    varios="Archivo de suministros (BT)",
    deberes="2.14",
    para_que="La documentación de cada suministro en Baja Tensión: dónde está, su copia digital, quién la tiene.",
    icono="inbox",
    inicial=_E.EN_ARCHIVO,
    campos=(
        Campo("nis", "NIS", Clase.NIS, solo_bt=True, largo=30),
        Campo("ubicacion", "Ubicación", largo=40, ayuda="Estante, caja y carpeta. Ejemplo: E12-C04-031."),
        Campo("recibido_de", "De quién se recibió", obligatorio=False),
        Campo("contenido", "Contenido", Clase.PARRAFO, largo=2000),
    ),
    archivos=(Archivo("copia", "Copia digital", obligatorio=False),),
    pasos=(
        Paso(
            _S.PRESTAR, (_E.EN_ARCHIVO,), _E.PRESTADO, "Prestar",
            campos=(
                Campo("interesado", "A quién se presta", largo=150),
                Campo("dependencia", "Dependencia"),
                Campo("vence", "Debe volver el", Clase.FECHA),
            ),
        ),
        Paso(
            _S.RETORNAR, (_E.PRESTADO,), _E.EN_ARCHIVO, "Registrar la devolución",
            campos=(Campo("ubicacion", "Ubicación", largo=40), COMENTARIO),
        ),
        Paso(
            _S.ARCHIVAR, (_E.EN_ARCHIVO,), _E.EN_ARCHIVO, "Agregar documentos",
            campos=(
                Campo("comentario", "Qué se agrega", Clase.PARRAFO),
                Campo("recibido_de", "De quién se recibió"),
                Campo("contenido", "Contenido, con lo que se agrega", Clase.PARRAFO, largo=2000),
            ),
            archivos=(Archivo("copia", "Copia digital"),),
        ),
        anular(_E.EN_ARCHIVO),
    ),
)  # fmt: skip
