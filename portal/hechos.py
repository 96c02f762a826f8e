"""How the history tells what was done with a person's data."""

HECHOS: dict[str, tuple[str, str]] = {
    "datos_exportados": ("Se entregaron a la persona sus datos", "download"),
    "persona_borrada": ("Se borraron los datos de la persona", "trash"),
}
