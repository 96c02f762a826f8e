"""A throw-away domain: a neighbour asks for the trees under the lines to be pruned."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from portal.adjuntos.models import Adjunto
from portal.cuentas.ambito import ManagerAcotado
from portal.cuentas.models import Distribuidora, Perfil
from portal.cuentas.pared import Pared
from portal.documentos.models import Documento


class Suceso(models.TextChoices):
    PODAR = "podar", "podar"


class Estado(models.TextChoices):
    PEDIDA = "pedida", "Pedida"
    PODADA = "podada", "Podada"


class Poda(Documento):
    Estado = Estado
    TRANSICIONES: ClassVar = {(Estado.PEDIDA, Suceso.PODAR): Estado.PODADA}

    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PEDIDA)
    distribuidora = models.ForeignKey(Distribuidora, models.PROTECT, related_name="+")
    vecino = models.ForeignKey(Perfil, models.PROTECT, related_name="+")
    lugar = models.CharField(max_length=100)

    objects = ManagerAcotado()
    PARED = Pared(empresa="distribuidora", persona="vecino")

    class Meta:
        permissions = [("pedir_poda", "Pedir una poda")]

    def __str__(self) -> str:
        return self.caso.numero or self.lugar

    @classmethod
    def visible_para(cls, perfil: Perfil) -> Q:
        return Q(vecino=perfil) if perfil.es_solicitante else Q(distribuidora=perfil.distribuidora_id)

    def puede_leer(self, perfil: Perfil, adjunto: Adjunto) -> bool:
        return True
