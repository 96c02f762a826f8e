"""The section's demonstration: cases of each duty at ANDE, each lived through by its people under a moved clock."""

from random import Random

from portal.cuentas.models import Perfil
from portal.sgc.models import Cliente, Suministro
from reclamos.seccion.demo import artefactos, atencion, contratos, papeles
from reclamos.seccion.demo.vida import Vida
from reclamos.seccion.models import Asunto
from reclamos.seccion.red.models import EventoRed

SUMINISTROS = (  # NIS, document, name, address, zone
    ("2210733", "1730558", "Eusebia Benítez de Cáceres", "Ytororó 845", "Lambaré"),
    ("2210951", "2981340", "Ignacio Rolón Samudio", "Cerro Corá 1290", "Asunción"),
    ("2214008", "3415772", "Mirta Giménez Insfrán", "Av. Eusebio Ayala 4430", "Asunción"),
    ("2217645", "980215", "Celso Duarte Ovelar", "Mcal. Estigarribia 310", "San Lorenzo"),
    ("2219930", "4471225", "Blas Ortiz Cabral", "Dr. Paiva 512", "San Lorenzo"),
    ("2219941", "4802917", "Noelia Fretes Vera", "Cacique Lambaré 77", "Lambaré"),
)
HISTORIAS = (*contratos.HISTORIAS, *atencion.HISTORIAS, *artefactos.HISTORIAS, *papeles.HISTORIAS)


def preparar(perfiles: dict[str, Perfil]) -> None:
    """The supplies that the cases name, with the holders that they name, whatever an import brought."""
    empresa = perfiles["Lucía"].distribuidora
    for nis, documento, nombre, direccion, zona in SUMINISTROS:
        cliente, _ = Cliente.objects.get_or_create(
            distribuidora=empresa, tipo_documento="ci", documento=documento, defaults={"nombre": nombre}
        )
        datos = {"tension": "BT", "titular": cliente, "direccion": direccion, "zona": zona, "tarifa": "142"}
        Suministro.objects.update_or_create(distribuidora=empresa, nis=nis, defaults=datos)


def sembrar(perfiles: dict[str, Perfil], azar: Random) -> str:
    """Cases of all duties; the sentence that says how many there are."""
    Vida(perfiles, azar).vivir(HISTORIAS)
    return f"{Asunto.objects.count()} asuntos de la sección, {EventoRed.objects.count()} eventos de la red"
