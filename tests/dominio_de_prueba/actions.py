from django.db import transaction

from portal.adjuntos.actions import vincular
from portal.adjuntos.models import Guardado
from portal.avisos.actions import avisar
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso, siguiente_numero
from portal.historial.models import registrar
from tests.dominio_de_prueba.models import Poda


@transaction.atomic
def pedir(*, distribuidora: Distribuidora, lugar: str, foto: Guardado, por: Perfil) -> Poda:
    """File it: case, document, history, attachment, notice, and the number last."""
    caso = Caso.objects.create(tipo="podas.poda", titular=por, distribuidora=distribuidora)
    poda = Poda.objects.create(caso=caso, distribuidora=distribuidora, vecino=por, lugar=lugar)
    evento = registrar(caso, "poda_pedida", por=por, lugar=lugar)
    vincular(foto, caso, tipo="foto", por=por, evento=evento)
    caso.numero = f"PODA{siguiente_numero('podas')}"
    caso.save()
    avisar(caso, "poda_pedida", para=[(por.usuario.email, por)], contexto={"numero": caso.numero, "lugar": lugar})
    return poda
