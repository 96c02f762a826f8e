"""Q-06, Q-08, Q-09, Q-10: what people and other offices ask for, and the papers that answer them."""

from reclamos.seccion.deberes.contratos import DATOS_DE_CONTRATO
from reclamos.seccion.declaracion import (
    COMENTARIO,
    CORREO,
    DOCUMENTO,
    INTERESADO,
    MOTIVO,
    REMITIR,
    VENCE,
    Archivo,
    Campo,
    Clase,
    Deber,
    Impresion,
    Paso,
    Renglones,
    anular,
    dos_personas,
)
from reclamos.seccion.estados import Estado, Suceso

_E, _S = Estado, Suceso
_SI_NO = (("no", "No registra deuda"), ("si", "Registra deuda"))

VERIFICACION = Deber(
    ruta="verificacion",
    sigla="VD",
    nombre="Verificación de datos del suministro",
    varios="Verificaciones de datos del suministro",
    deberes="2.2",
    para_que="Comparar el SGC con el contrato suscrito, según lo que reclama el cliente. Solo Baja Tensión.",
    icono="search",
    femenino=True,
    campos=(
        Campo("interesado", "Nombre de quien reclama", largo=150),
        DOCUMENTO,
        CORREO,
        Campo("nis", "NIS", Clase.NIS, solo_bt=True, largo=30, ayuda="De Baja Tensión, registrado en el SGC."),
        Campo("reclama", "Qué reclama", Clase.PARRAFO, largo=2000),
        VENCE,
    ),
    archivos=(Archivo("reclamo", "Reclamo o antecedentes", obligatorio=False),),
    renglones=Renglones(
        "dato",
        "Datos que se verifican",
        (
            Campo("dato", "Dato", Clase.OPCION, opciones=DATOS_DE_CONTRATO),
            Campo("dicho", "Según quien reclama"),
        ),
    ),
    pasos=(
        Paso(
            _S.RESOLVER, (_E.REGISTRADO,), _E.RESUELTO, "Registrar la verificación",
            campos=(
                Campo(
                    "resultado", "Resultado", Clase.OPCION,
                    opciones=(
                        ("conforme", "Los datos del SGC son los del contrato"),
                        ("corregir", "Hay datos por corregir"),
                    ),
                ),
                Campo("informado", "Qué se informa a quien reclama", Clase.PARRAFO, largo=2000),
            ),
            archivos=(Archivo("contrato", "Copia del contrato suscrito", obligatorio=False),),
            de_renglon=(Campo("sgc", "En el SGC"), Campo("contrato", "En el contrato suscrito")),
            avisa="seccion_verificado",
        ),
        Paso(_S.ARCHIVAR, (_E.RESUELTO,), _E.ARCHIVADO, "Archivar", campos=(COMENTARIO,)),
        anular(_E.REGISTRADO),
    ),
    lleva_a=("ot", "modificacion", "certificado"),
)  # fmt: skip

CERTIFICADO = Deber(
    ruta="certificado",
    sigla="CE",
    nombre="Certificado de estado de cuenta",
    varios="Certificados de estado de cuenta",
    deberes="2.2",
    para_que="Lo pide una escribanía por nota; se verifica, se emite con código y se entrega.",
    icono="file-earmark-check",
    campos=(
        Campo("escribania", "Escribanía que lo pide", largo=150),
        Campo("nota", "N° y fecha de la nota", largo=60),
        INTERESADO,
        DOCUMENTO,
        Campo("nis", "NIS", Clase.NIS, solo_bt=True, largo=30, ayuda="De Baja Tensión, registrado en el SGC."),
        CORREO,
        VENCE,
    ),
    archivos=(Archivo("nota", "Nota de la escribanía"),),
    pasos=(
        Paso(
            _S.EMITIR, (_E.REGISTRADO,), _E.EMITIDO, "Emitir el certificado",
            campos=(
                Campo("deuda", "Estado de cuenta", Clase.OPCION, opciones=_SI_NO),
                Campo("monto", "Monto adeudado", Clase.MONTO, obligatorio=False, ayuda="Si registra deuda."),
                Campo("al", "Estado al", Clase.FECHA, pasada=True),
                Campo("verificado", "Qué se verificó", Clase.PARRAFO, ayuda="Carpeta de contrato, facturas, lecturas."),
            ),
            imprime=Impresion(
                "certificado_cuenta", "Certificado de estado de cuenta", "seccion/papel/certificado.html"
            ),
            avisa="seccion_certificado",
        ),
        Paso(
            _S.ENTREGAR, (_E.EMITIDO,), _E.ENTREGADO, "Registrar la entrega",
            campos=(
                Campo("recibe", "Quién lo retiró", largo=150),
                Campo("recibe_documento", "Su N° de documento", largo=30),
                Campo("entregado", "Fecha de entrega", Clase.FECHA, pasada=True),
            ),
        ),
        anular(_E.REGISTRADO),
    ),
    lleva_a=("ot", "modificacion"),
)  # fmt: skip

_DERIVAR = Paso(
    _S.DERIVAR, (_E.EN_ANALISIS, _E.DERIVADO), _E.DERIVADO, "Derivar",
    campos=(Campo("destino", "A qué dependencia"), COMENTARIO),
)  # fmt: skip
_ANALIZAR = Paso(_S.ANALIZAR, (_E.REGISTRADO, _E.DERIVADO), _E.EN_ANALISIS, "Analizar", campos=(COMENTARIO,))

EXPEDIENTE = Deber(
    ruta="expediente",
    sigla="EX",
    nombre="Expediente",
    varios="Expedientes",
    deberes="2.6",
    para_que="De Mesa de Entrada por motivos varios, o documento de otra dependencia.",
    icono="inbox",
    campos=(
        Campo("mesa", "N° de Mesa de Entrada", largo=40),
        Campo(
            "procedencia", "De dónde viene", Clase.OPCION,
            opciones=(("cliente", "Cliente, por Mesa de Entrada"), ("dependencia", "Otra dependencia")),
        ),
        Campo("dependencia", "Dependencia que lo envía", obligatorio=False, ayuda="Si viene de otra dependencia."),
        INTERESADO,
        DOCUMENTO,
        CORREO,
        Campo("nis", "NIS", Clase.NIS, obligatorio=False, largo=30),
        MOTIVO,
        VENCE,
    ),
    archivos=(Archivo("expediente", "Expediente digitalizado", obligatorio=False),),
    pasos=(
        _ANALIZAR,
        _DERIVAR,
        Paso(
            _S.RESOLVER, (_E.EN_ANALISIS,), _E.RESUELTO, "Resolver",
            campos=(Campo("resultado", "Resultado que se informa", Clase.PARRAFO, largo=2000),),
            imprime=Impresion("resultado_expediente", "Informe de resultado", "seccion/papel/resultado.html"),
            avisa="seccion_resultado",
        ),
        Paso(_S.ARCHIVAR, (_E.RESUELTO,), _E.ARCHIVADO, "Archivar", campos=(COMENTARIO,)),
        anular(_E.REGISTRADO, _E.EN_ANALISIS),
    ),
    lleva_a=("ot", "modificacion", "devolucion", "contrato", "acuerdo", "informe"),
)  # fmt: skip

DEVOLUCION = Deber(
    ruta="devolucion",
    sigla="DG",
    nombre="Devolución de garantía de consumo",
    varios="Devoluciones de garantía de consumo",
    deberes="2.6",
    para_que="Se procesa, la aprueba otra persona y se remite por vía jerárquica para el pago.",
    icono="bank",
    femenino=True,
    campos=(
        Campo("mesa", "N° de Mesa de Entrada", largo=40),
        INTERESADO,
        DOCUMENTO,
        CORREO,
        Campo("nis", "NIS", Clase.NIS, largo=30),
        Campo("monto", "Monto de la garantía", Clase.MONTO),
        Campo("factura", "Factura en que se cobró", largo=40),
        MOTIVO,
        VENCE,
    ),
    archivos=(Archivo("solicitud", "Pedido firmado"), Archivo("respaldo", "Factura o recibo", obligatorio=False)),
    pasos=(
        *dos_personas(
            (_E.REGISTRADO,),
            aprobado=_E.PAGO_ORDENADO,
            proponer="Proponer el pago",
            imprime=Impresion("orden_pago", "Orden de pago", "seccion/papel/orden_pago.html"),
            avisa="seccion_pago",
        ),
        REMITIR,
        anular(_E.REGISTRADO, _E.POR_APROBAR),
    ),
)

INFORME = Deber(
    ruta="informe",
    sigla="II",
    nombre="Informe a otra institución",
    varios="Informes a otras instituciones",
    deberes="2.13",
    para_que="Sobre expedientes de Mesa de Entrada y casos especiales.",
    icono="file-earmark-text",
    campos=(
        Campo("institucion", "Institución", largo=150),
        Campo("pedido", "N° y fecha del pedido", largo=60),
        Campo("mesa", "N° de Mesa de Entrada", largo=40, ayuda="El expediente del que trata."),
        Campo("nis", "NIS", Clase.NIS, obligatorio=False, largo=30),
        MOTIVO,
        VENCE,
    ),
    archivos=(Archivo("pedido", "Pedido de la institución", obligatorio=False),),
    pasos=(
        Paso(
            _S.EMITIR, (_E.REGISTRADO,), _E.EMITIDO, "Emitir el informe",
            campos=(Campo("texto", "Texto del informe", Clase.PARRAFO, largo=6000),),
            imprime=Impresion("informe_institucion", "Informe", "seccion/papel/informe.html"),
        ),
        Paso(
            _S.ENTREGAR, (_E.EMITIDO,), _E.ENTREGADO, "Registrar la remisión",
            campos=(
                Campo("entregado", "Fecha de remisión", Clase.FECHA, pasada=True),
                Campo("recibe", "Quién lo recibió"),
            ),
        ),
        anular(_E.REGISTRADO),
    ),
)  # fmt: skip

BONIFICACION = Deber(
    ruta="bonificacion",
    sigla="BO",
    nombre="Bonificación",
    varios="Bonificaciones",
    deberes="2.7",
    para_que="En el consumo del personal: se verifica, se procesa en el SGC, se informa a Gestión del Personal.",
    icono="people",
    femenino=True,
    campos=(
        Campo("interesado", "Funcionario", largo=150),
        Campo("documento", "N° de documento", largo=30),
        Campo("legajo", "N° de legajo", largo=20),
        Campo("nis", "NIS", Clase.NIS, largo=30),
        Campo(
            "tipo", "Qué se pide", Clase.OPCION,
            opciones=(("alta", "Alta de la bonificación"), ("cambio", "Cambio de suministro"), ("baja", "Baja")),
        ),
        Campo("desde", "Desde", Clase.FECHA),
    ),
    archivos=(Archivo("solicitud", "Solicitud firmada por el funcionario"),),
    pasos=(
        *dos_personas(
            (_E.REGISTRADO,),
            campos=(Campo("verificado", "Qué se verificó", Clase.PARRAFO),),
            proponer="Verificar y proponer",
        ),
        Paso(_S.EXPORTAR, (_E.APROBADO,), _E.PROCESADO, "Exportar al SGC"),
        Paso(
            _S.EMITIR, (_E.PROCESADO,), _E.EMITIDO, "Emitir el Memorándum",
            campos=(COMENTARIO,),
            imprime=Impresion("memorandum", "Memorándum", "seccion/papel/memorandum.html"),
        ),
        Paso(
            _S.ARCHIVAR, (_E.EMITIDO,), _E.ARCHIVADO, "Archivar los antecedentes",
            campos=(
                Campo("recibe", "Quién recibió el Memorándum"),
                Campo("ubicacion", "Ubicación", largo=40, ayuda="Estante, caja y carpeta. Ejemplo: E12-C04-031."),
            ),
        ),
        anular(_E.REGISTRADO, _E.POR_APROBAR),
    ),
)  # fmt: skip
