"""How the history tells what happened to an attended client."""

HECHOS: dict[str, tuple[str, str]] = {
    "gestion_grabada": ("Gestión grabada", "check-circle"),
    "gestion_corregida": ("Gestión corregida", "pencil"),
    "gestion_observada": ("Observada por la jefatura", "exclamation-triangle"),
    "gestion_validada": ("Validada", "patch-check"),
    "gestion_en_planilla": ("Incluida en la Planilla de {mes}", "file-earmark-check"),
    "gestion_mes_cerrado": ("Mes cerrado: {mes}", "file-earmark-check"),
    "gestion_funcionario_definido": ("Funcionario definido para atender", "people"),
    "gestion_funcionario_terminado": ("Terminó la atención de un funcionario", "people"),
    "gestion_horario_cambiado": ("Horario de la unidad cambiado", "clock"),
}
