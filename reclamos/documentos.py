"""The files that a complaint may bring, and how document numbers are compared."""

import re

MIB = 1024 * 1024
FORMATOS = ("jpg", "png", "doc", "docx", "pdf")
MAXIMO = 5 * MIB
VARIOS = 8
ACEPTA = ".jpg,.jpeg,.png,.doc,.docx,.pdf"
NOMBRES = {
    "documento": "Documento del reclamo",
    "complemento": "Documento agregado al completar",
    "resolucion": "Resolución de la empresa",
    "caratula_resolucion": "Carátula de la resolución",
    "recurso": "Documento del recurso",
    "informe": "Informe de la empresa",
    "decision": "Resolución de la segunda instancia",
}


def compacto(texto: str) -> str:
    """A document number without ornaments, for comparing: `12345678K`."""
    return re.sub(r"[^0-9A-Z]", "", (texto or "").upper()).lstrip("0")
