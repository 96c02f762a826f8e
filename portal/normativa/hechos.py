"""What the history says about rules of terms."""

HECHOS: dict[str, tuple[str, str]] = {
    "plazo_creado": ("Creó la regla", "plus-lg"),
    "plazo_cambiado": ("Cambió la regla", "pencil"),
    "plazo_terminado": ("Terminó la regla: comienza otra", "calendar3"),
}
