"""How the history tells what happened to a case of the section."""

HECHOS: dict[str, tuple[str, str]] = {
    "asunto_registrado": ("Registro: {deber}", "inbox"),
    "asunto_abierto": ("{deber}: se abrió el asunto {asunto}", "inbox"),
    "asunto_paso": ("{paso}: {estado}", "check-circle"),
    "evento_red_registrado": ("Evento de la red registrado: {tipo}", "lightning-charge"),
    "evento_red_corregido": ("Evento de la red corregido", "pencil"),
    "evento_red_anulado": ("Evento de la red anulado", "slash-circle"),
    "asunto_exportado": ("Exportado al SGC en el lote {lote}", "file-earmark-spreadsheet"),
    "asunto_cargado": ("El lote {lote} se cargó en el SGC", "patch-check"),
}
