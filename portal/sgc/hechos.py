"""How the history tells what happened to the mirror."""

HECHOS: dict[str, tuple[str, str]] = {
    "sgc_importado": ("Espejo del sistema comercial actualizado", "arrow-repeat"),
    "sgc_ajustado": ("Cambió qué se hace con lo que el espejo no conoce", "gear"),
}
