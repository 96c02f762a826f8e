"""What the history says about the rules of retention."""

HECHOS: dict[str, tuple[str, str]] = {
    "conservacion_cambiada": ("Cambió la regla de conservación", "pencil"),
    "conservacion_aplicada": ("Se cumplió el plazo de conservación. {nombre}: {cuantas}", "trash"),
}
