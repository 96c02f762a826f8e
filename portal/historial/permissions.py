"""Who reads the history of the whole portal (R-08)."""

from portal.cuentas.funciones import Funcion

FUNCIONES = {
    Funcion.AUDITOR: ["historial.ver_historial"],
    Funcion.ADMINISTRADOR_SEC: ["historial.ver_historial"],
}
