"""The terms of requests (X-01)."""

from solicitudes.formularios import Formulario

MATERIAS = {f"solicitudes.{f}.respuesta": f"Responder: {f.label}" for f in Formulario if f.necesita_respuesta}
