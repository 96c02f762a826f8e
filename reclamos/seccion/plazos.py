"""The terms of the section's cases (X-01): a rule for each duty that has a day by which it is resolved."""

from reclamos.seccion.deberes import DEBERES

MATERIAS = {deber.materia: f"Resolver: {deber.nombre}" for deber in DEBERES if deber.con_plazo}
