"""Where one's own account, and those of others, are found in the menu."""

from portal.menu import Entrada

MENU = [
    Entrada("Administrador", "usuarios:lista", "people", permiso="cuentas.administrar_usuarios", orden=75),
    Entrada("Perfil", "acceso:perfil", "person", orden=95),
]
