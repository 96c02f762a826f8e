"""File names: shown as given, harmless wherever they land."""

import re
import unicodedata

LARGO = 200  # bytes in UTF-8: file systems take 255, and zips add a number
_EXTENSIONES = {
    "jpg": ("jpg", "jpeg", "jpe", "jfif"),
    "png": ("png",),
    "pdf": ("pdf",),
    "doc": ("doc",),
    "docx": ("docx",),
}
_RESERVADOS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def limpiar(nombre: str, formato: str = "") -> str:
    """`nombre` without folders, control characters or hidden marks; with the extension of `formato` if one is given."""
    nombre = re.split(r"[/\\]", unicodedata.normalize("NFC", nombre))[-1]
    nombre = "".join(" " if c.isspace() else c for c in nombre if c.isspace() or unicodedata.category(c)[0] != "C")
    nombre = re.sub(r'[<>:"|?*]', "-", nombre)
    tronco, punto, extension = re.sub(r" +", " ", nombre).rstrip(" .").rpartition(".")
    if not punto or (formato and not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,3}", extension)) or len(extension) > 10:
        tronco, extension = f"{tronco}{punto}{extension}", ""
    if formato and extension.lower() not in _EXTENSIONES[formato]:
        extension = formato
    tronco = tronco.strip(" .") or "archivo"
    if _RESERVADOS.match(tronco):
        tronco = f"_{tronco}"
    tronco = _cortar(tronco, LARGO - len(extension) - 1)
    return f"{tronco}.{extension}" if extension else tronco


def _cortar(texto: str, largo: int) -> str:
    return texto.encode()[:largo].decode(errors="ignore").rstrip(" .")
