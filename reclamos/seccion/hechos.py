"""How the history tells what happened to a case of the section."""

HECHOS: dict[str, tuple[str, str]] = {
    "asunto_registrado": ("Registro: {deber}", "inbox"),
    "asunto_abierto": ("{deber}: se abrió el asunto {asunto}", "inbox"),
    "asunto_paso": ("{paso}: {estado}", "check-circle"),
    "asunto_exportado": ("Exportado al SGC en el lote {lote}", "file-earmark-spreadsheet"),
}
