"""The words of all duties: states, what can happen, how a state looks."""

from django.db import models


class Estado(models.TextChoices):
    REGISTRADO = "registrado", "Registrado"
    ENVIADO = "enviado", "Enviado a la Unidad"
    PROGRAMADO = "programado", "Programado"
    RESUELTO = "resuelto", "Resuelto"
    EN_ANALISIS = "en_analisis", "En Análisis"
    DERIVADO = "derivado", "Derivado"
    OBSERVADO = "observado", "Observado"
    POR_APROBAR = "por_aprobar", "Por Aprobar"
    APROBADO = "aprobado", "Aprobado"
    EXPORTADO = "exportado", "Exportado al SGC"
    PROCESADO = "procesado", "Procesado en el SGC"
    EMITIDO = "emitido", "Emitido"
    ENTREGADO = "entregado", "Entregado"
    EN_PERITAJE = "en_peritaje", "En Informe Técnico"
    POR_SESION = "por_sesion", "Por Incluir en Sesión"
    EN_COMITE = "en_comite", "En el Comité"
    DECIDIDO = "decidido", "Decidido"
    PAGO_ORDENADO = "pago_ordenado", "Pago Ordenado"
    REMITIDO = "remitido", "Remitido para el Pago"
    CONVOCADA = "convocada", "Convocada"
    CELEBRADA = "celebrada", "Celebrada"
    EN_CAMINO = "en_camino", "En Camino"
    RECIBIDO = "recibido", "Recibido"
    CON_FALTANTES = "con_faltantes", "Recibido con Faltantes"
    CONFORME = "conforme", "En Orden"
    EN_ARCHIVO = "en_archivo", "En Archivo"
    PRESTADO = "prestado", "Prestado"
    ARCHIVADO = "archivado", "Archivado"
    ANULADO = "anulado", "Anulado"


class Suceso(models.TextChoices):
    """What can happen; the label completes «No se puede …»."""

    ENVIAR = "enviar", "enviar a la unidad"
    PROGRAMAR = "programar", "programar"
    RESOLVER = "resolver", "resolver"
    REVISAR = "revisar", "cerrar el seguimiento"
    ANALIZAR = "analizar", "empezar el análisis"
    DERIVAR = "derivar", "derivar a otra unidad"
    OBSERVAR = "observar", "observar"
    SUBSANAR = "subsanar", "subsanar"
    PROPONER = "proponer", "proponer para aprobación"
    APROBAR = "aprobar", "aprobar"
    DEVOLVER = "devolver", "devolver"
    EXPORTAR = "exportar", "exportar al SGC"
    EMITIR = "emitir", "emitir"
    ENTREGAR = "entregar", "registrar la entrega"
    PERITAR = "peritar", "registrar el informe técnico"
    INCLUIR = "incluir", "incluir en una sesión"
    DECIDIR = "decidir", "decidir"
    REMITIR = "remitir", "remitir por vía jerárquica"
    CONVOCAR = "convocar", "convocar"
    CELEBRAR = "celebrar", "levantar el acta"
    DESPACHAR = "despachar", "despachar"
    RECIBIR = "recibir", "registrar la recepción"
    COMPLETAR = "completar", "registrar lo que faltaba"
    CONFORMAR = "conformar", "dar por en orden"
    PRESTAR = "prestar", "prestar"
    RETORNAR = "retornar", "registrar la devolución del préstamo"
    ARCHIVAR = "archivar", "archivar"
    ANULAR = "anular", "anular"


_E = Estado
CERRADOS = (
    _E.EXPORTADO, _E.ENTREGADO, _E.REMITIDO, _E.CELEBRADA, _E.RECIBIDO, _E.CONFORME, _E.EN_ARCHIVO, _E.ARCHIVADO,
    _E.ANULADO,
)  # fmt: skip
"""States in which nobody has to do anything."""
CON_DOS_PERSONAS = (_E.APROBADO, _E.EXPORTADO, _E.PROCESADO, _E.PAGO_ORDENADO, _E.REMITIDO)
"""States that nothing reaches without one who proposed and another who approved."""
ASPECTO: dict[models.TextChoices, tuple[str, str]] = {
    _E.REGISTRADO: ("e-enviado", "inbox"),
    _E.ENVIADO: ("e-enviado", "send"),
    _E.PROGRAMADO: ("e-pendiente", "clock"),
    _E.RESUELTO: ("e-validado", "check-circle"),
    _E.EN_ANALISIS: ("e-pendiente", "search"),
    _E.DERIVADO: ("e-enviado", "arrow-right"),
    _E.OBSERVADO: ("e-rechazado", "exclamation-triangle"),
    _E.POR_APROBAR: ("e-validacion", "eye"),
    _E.APROBADO: ("e-validado", "patch-check"),
    _E.EXPORTADO: ("e-respondido", "file-earmark-spreadsheet"),
    _E.PROCESADO: ("e-validado", "file-earmark-spreadsheet"),
    _E.EMITIDO: ("e-validado", "file-earmark-check"),
    _E.ENTREGADO: ("e-respondido", "check-circle"),
    _E.EN_PERITAJE: ("e-pendiente", "gear"),
    _E.POR_SESION: ("e-pendiente", "people"),
    _E.EN_COMITE: ("e-validacion", "people"),
    _E.DECIDIDO: ("e-validado", "patch-check"),
    _E.PAGO_ORDENADO: ("e-pago", "cash-coin"),
    _E.REMITIDO: ("e-respondido", "cash-coin"),
    _E.CONVOCADA: ("e-pendiente", "people"),
    _E.CELEBRADA: ("e-respondido", "file-earmark-check"),
    _E.EN_CAMINO: ("e-enviado", "send"),
    _E.RECIBIDO: ("e-respondido", "check-circle"),
    _E.CON_FALTANTES: ("e-rechazado", "exclamation-triangle"),
    _E.CONFORME: ("e-respondido", "check-circle"),
    _E.EN_ARCHIVO: ("e-respondido", "inbox"),
    _E.PRESTADO: ("e-pago", "arrow-right"),
    _E.ARCHIVADO: ("e-anulado", "inbox"),
    _E.ANULADO: ("e-anulado", "slash-circle"),
}
