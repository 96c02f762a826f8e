from portal.cuentas.funciones import TipoPerfil

PERFILES = {TipoPerfil.SOLICITANTE: ["podas.pedir_poda"]}
