"""What the history says about notices."""

HECHOS: dict[str, tuple[str, str]] = {
    "aviso_reenviado": ("Reenvió un aviso que no había llegado", "arrow-repeat"),
    "avisos_reenviados": ("Reenvió todos los avisos fallidos", "arrow-repeat"),
    "mensaje_cambiado": ("Cambió el mensaje", "pencil"),
    "mensaje_restaurado": ("Volvió al mensaje original", "arrow-repeat"),
}
