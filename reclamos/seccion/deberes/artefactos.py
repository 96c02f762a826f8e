"""Q-11: damaged appliances, from the desk to the payment order, and the sessions of the Comité Multisectorial."""

from reclamos.seccion.declaracion import (
    COMENTARIO,
    CORREO,
    DOCUMENTO,
    NIS,
    REMITIR,
    VENCE,
    Archivo,
    Campo,
    Clase,
    Deber,
    Impresion,
    Paso,
    Quien,
    Renglones,
    anular,
    dos_personas,
)
from reclamos.seccion.estados import Estado, Suceso

_E, _S = Estado, Suceso
DECISIONES = (("procede", "Procede"), ("parcial", "Procede en parte"), ("no_procede", "No procede"))

_EVENTO = (
    Campo(
        "evento", "Evento de la red que lo explicaría", Clase.EVENTO,
        ayuda="Los del día del daño, primero los del mismo lugar. Si falta, regístralo en Eventos de la red.",
    ),
    Campo(
        "evento_dicho", "Qué se sabe del evento, si no está en el registro", Clase.PARRAFO, obligatorio=False,
        largo=500,
    ),
)  # fmt: skip

ARTEFACTOS = Deber(
    ruta="artefactos",
    sigla="AA",
    nombre="Reclamo por artefactos averiados",
    varios="Artefactos averiados",
    deberes="2.10 y 2.11",
    para_que="Se recibe, se informa técnicamente y lo decide el Comité Multisectorial.",
    icono="lightning-charge",
    campos=(
        Campo("interesado", "Nombre de quien reclama", largo=150),
        DOCUMENTO,
        CORREO,
        Campo("telefono", "Teléfono", largo=30, obligatorio=False),
        NIS,
        Campo("zona", "Comuna o zona", obligatorio=False, largo=80, ayuda="Vacío: la que tiene el SGC."),
        Campo("alimentador", "Alimentador", obligatorio=False, largo=40, ayuda="Si se sabe."),
        Campo("ocurrio", "Cuándo ocurrió", Clase.FECHA, pasada=True),
        Campo("relato", "Qué pasó", Clase.PARRAFO, largo=2000),
        VENCE,
    ),
    archivos=(
        Archivo("cedula", "Copia del documento de identidad"),
        Archivo("presupuesto", "Presupuesto o factura de reparación"),
        Archivo("foto", "Foto de los artefactos", obligatorio=False),
    ),
    renglones=Renglones(
        "artefacto",
        "Artefactos",
        (
            Campo("artefacto", "Artefacto", largo=80),
            Campo("marca", "Marca", largo=60),
            Campo("modelo", "Modelo", largo=60),
            Campo("anios", "Años de uso", Clase.ENTERO),
            Campo("averia", "Avería", largo=150),
            Campo("valor", "Valor", Clase.MONTO),
            Campo("presupuesto", "Presupuesto de reparación", Clase.MONTO),
        ),
    ),
    pasos=(
        Paso(
            _S.ANALIZAR, (_E.REGISTRADO,), _E.EN_PERITAJE, "Pedir informe técnico",
            campos=_EVENTO,
        ),
        Paso(
            _S.PERITAR, (_E.EN_PERITAJE,), _E.POR_SESION, "Registrar el informe técnico",
            campos=(
                *_EVENTO,
                Campo(
                    "causa", "Conclusión", Clase.OPCION,
                    opciones=(
                        ("red", "La avería se explica por el evento de la red"),
                        ("ajena", "La avería no se explica por la red"),
                        ("indeterminada", "No se pudo determinar"),
                    ),
                ),
                Campo("perito", "Quién informa"),
                Campo("conclusiones", "Conclusiones", Clase.PARRAFO, largo=2000),
            ),
            archivos=(Archivo("informe", "Informe del perito"),),
            imprime=Impresion("informe_tecnico", "Informe técnico", "seccion/papel/informe_tecnico.html"),
        ),
        Paso(
            _S.INCLUIR, (_E.POR_SESION, _E.EN_COMITE), _E.EN_COMITE, "Incluir en una sesión",
            campos=(Campo("sesion", "Sesión del Comité", Clase.SESION),),
        ),
        Paso(
            _S.DECIDIR, (_E.EN_COMITE,), _E.DECIDIDO, "Decidir", Quien.COMITE,
            campos=(Campo("fundamento", "Fundamento", Clase.PARRAFO, largo=2000),),
            de_renglon=(
                Campo("decision", "Decisión", Clase.OPCION, opciones=DECISIONES),
                Campo("pagar", "Monto que se paga", Clase.MONTO, obligatorio=False),
            ),
            avisa="seccion_decidido",
        ),
        *dos_personas(
            (_E.DECIDIDO,),
            aprobado=_E.PAGO_ORDENADO,
            proponer="Proponer el pago",
            imprime=Impresion("orden_pago", "Orden de pago", "seccion/papel/orden_pago.html"),
            avisa="seccion_pago",
        ),
        REMITIR,
        Paso(_S.ARCHIVAR, (_E.DECIDIDO,), _E.ARCHIVADO, "Archivar sin pago", campos=(COMENTARIO,)),
        anular(_E.REGISTRADO, _E.EN_PERITAJE, _E.POR_SESION),
    ),
    lleva_a=("ot",),
)  # fmt: skip

SESION = Deber(
    ruta="sesion",
    sigla="SC",
    nombre="Sesión del Comité Multisectorial",
    varios="Sesiones del Comité",
    deberes="2.11",
    para_que="Orden del día, decisiones y acta.",
    icono="people",
    femenino=True,
    campos=(
        Campo("vence", "Fecha de la sesión", Clase.FECHA),
        Campo("hora", "Hora", largo=5, ayuda="Ejemplo: 09:30."),
        Campo("lugar", "Lugar"),
    ),
    pasos=(
        Paso(
            _S.CONVOCAR, (_E.REGISTRADO,), _E.CONVOCADA, "Convocar",
            campos=(Campo("convocados", "Miembros convocados", Clase.PARRAFO, ayuda="Uno en cada línea."),),
        ),
        Paso(
            _S.CELEBRAR, (_E.CONVOCADA,), _E.CELEBRADA, "Levantar el acta", Quien.COMITE,
            campos=(
                Campo("presentes", "Miembros presentes", Clase.PARRAFO, ayuda="Uno en cada línea."),
                Campo("observaciones", "Observaciones", Clase.PARRAFO, obligatorio=False, largo=2000),
            ),
            imprime=Impresion("acta_comite", "Acta del Comité Multisectorial", "seccion/papel/acta.html"),
        ),
        anular(_E.REGISTRADO),
    ),
)  # fmt: skip
