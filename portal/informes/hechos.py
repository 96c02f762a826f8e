"""What the history says about spreadsheets."""

HECHOS: dict[str, tuple[str, str]] = {
    "informe_descargado": ("Descargó un informe", "download"),
}
