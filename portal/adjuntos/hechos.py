"""What the history says about files."""

HECHOS: dict[str, tuple[str, str]] = {
    "cifrado_rotado": ("Cambió la llave de documentos de identidad", "shield-check"),
    "identidad_descargada": ("Descargó un documento de identidad", "download"),
}
LECTURAS = {"identidad_descargada"}
