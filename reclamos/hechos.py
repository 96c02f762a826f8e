"""How the history tells what happened to a complaint."""

HECHOS: dict[str, tuple[str, str]] = {
    "reclamos_ajustados": ("Cambió los ajustes de reclamos", "gear"),
    "materia_guardada": ("Cambió la materia {codigo}", "pencil"),
    "reclamo_ingresado": ("Reclamo ingresado{como}", "send"),
    "reclamo_codificado": ("Código de reclamo: {codigo}", "patch-check"),
    "reclamo_por_completar": ("Pidió completar el reclamo", "pencil"),
    "reclamo_completado": ("Reclamo completado", "file-earmark-plus"),
    "reclamo_respondido": ("Respuesta: {resultado}", "check-circle"),
    "reclamo_por_silencio": ("Venció el plazo sin respuesta: fundado por silencio", "clock"),
    "recurso_presentado": ("{clase} {numero} presentada", "file-earmark-text"),
    "recurso_elevado": ("{clase} {numero} elevada a la segunda instancia", "arrow-right"),
    "recurso_decidido": ("{clase} {numero}: {decision}", "bank"),
}
