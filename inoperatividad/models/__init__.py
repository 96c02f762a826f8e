"""The register of outages: catalogues, masivas, records, their evaluation, the official report."""

from inoperatividad.models.catalogos import Aplicativo, Buzon, Consulta, Escenario, Motivo, Punto, TipoTramite
from inoperatividad.models.evaluacion import Evaluacion, Horario
from inoperatividad.models.masiva import EstadoMasiva, Masiva, SucesoMasiva
from inoperatividad.models.registro import Critica, Estado, Registro, Suceso
from inoperatividad.models.reporte import EstadoReporte, Reporte, SucesoReporte
from inoperatividad.models.tipificacion import Lote, Tipificacion, Tramite

__all__ = [
    "Aplicativo",
    "Buzon",
    "Consulta",
    "Critica",
    "Escenario",
    "Estado",
    "EstadoMasiva",
    "EstadoReporte",
    "Evaluacion",
    "Horario",
    "Lote",
    "Masiva",
    "Motivo",
    "Punto",
    "Registro",
    "Reporte",
    "Suceso",
    "SucesoMasiva",
    "SucesoReporte",
    "Tipificacion",
    "TipoTramite",
    "Tramite",
]  # fmt: skip
