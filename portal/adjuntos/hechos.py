"""What the history says about files."""

HECHOS: dict[str, tuple[str, str]] = {
    "identidad_descargada": ("Descargó un documento de identidad", "download"),
}
LECTURAS = {"identidad_descargada"}
