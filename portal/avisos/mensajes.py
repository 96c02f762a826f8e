"""The notices that the portal itself sends, about accounts and spreadsheets."""

MENSAJES = {
    "cuenta_activar": "Al registrarse, para activar la cuenta",
    "cuenta_clave_cambiada": "Al cambiar la contraseña",
    "cuenta_correo_cambiado": "Al cambiar el correo, a la dirección anterior",
    "cuenta_correo_nuevo": "Al cambiar el correo, a la dirección nueva",
    "cuenta_invitacion": "Al crear una cuenta, para activarla",
    "cuenta_perfil_nuevo": "Al dar un perfil más a una cuenta",
    "cuenta_segundo_factor_cambiado": "Al cambiar el segundo factor",
    "cuenta_segundo_factor_quitado": "Al quitar el segundo factor",
    "cuenta_recuperar": "Al pedir una contraseña nueva",
    "cuenta_ya_existe": "Al registrarse con un RUT que ya tiene cuenta",
    "informe_listo": "Al terminar una planilla",
}
VARIABLES = {
    "folio": "N° Folio del caso",
    "identificador": "Cómo se llama el identificador: RUT",
    "rut": "El RUT de la cuenta",
    "email": "El correo de la cuenta",
    "tipo": "Qué perfil es",
    "que_paso": "Qué cambió",
    "horas_de_activacion": "Cuántas horas sirve el enlace de activación",
    "horas_de_recuperacion": "Cuántas horas sirve el enlace de recuperación",
    "titulo_informe": "Qué planilla es",
    "cuantas": "Cuántas filas tiene, en palabras",
    "hasta": "Hasta qué día se puede descargar",
}
EJEMPLOS = {
    "folio": "YN194",
    "identificador": "RUT",
    "rut": "12.345.678-5",
    "email": "rosa@correo.example",
    "tipo": "Distribuidora",
    "que_paso": "Se agregó una llave de acceso",
    "horas_de_activacion": 48,
    "horas_de_recuperacion": 24,
    "titulo_informe": "Reporte de solicitudes",
    "cuantas": "156 filas",
    "hasta": "viernes 11 de diciembre",
}
