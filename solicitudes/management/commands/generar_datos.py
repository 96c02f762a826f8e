"""Any number of coherent requests, in bulk."""

import time
from argparse import ArgumentParser
from collections import defaultdict
from contextlib import suppress
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import ProgrammingError, connection, transaction

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.identificador import validar
from portal.cuentas.models import Asignacion, Distribuidora, Perfil, Usuario
from portal.documentos.models import Contador
from portal.muestras import pdf
from portal.plazos.models import Regla
from portal.territorio.models import Comuna
from solicitudes import conteo
from solicitudes.actions import SERIE_FOLIO
from solicitudes.generador import COLUMNAS, POR_LOTE, Generador, Reparto, claves_libres, escribir, perfiles, sumario
from solicitudes.models import Solicitud

SOLICITANTES = 600
NOMBRES = ("Rosa", "Pedro", "Ana", "Luis", "Camila", "Jorge", "Marta", "Iván", "Elena", "Diego", "Paula", "Raúl")
APELLIDOS = ("Soto", "Rojas", "Muñoz", "Díaz", "Pérez", "Silva", "Contreras", "Lagos", "Vera", "Tapia", "Ñanco", "Paz")
PRIMER_RUT = 20_000_000


class Command(BaseCommand):
    help = (
        "Genera solicitudes inventadas con su historia, cobros y archivos, repartidas en tres años y entre todas las "
        "distribuidoras. La misma semilla y el mismo día dan las mismas. Para medir y probar; no para producción."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--solicitudes", type=int, required=True, metavar="N", help="Cuántas: hasta 10.000.000.")
        parser.add_argument("--semilla", type=int, default=1, metavar="S")
        parser.add_argument(
            "--forzar", action="store_true", help="También en producción, o donde ya hay solicitudes: se agregan."
        )

    def handle(self, *args: Any, solicitudes: int, semilla: int, forzar: bool, **opciones: Any) -> None:
        if not 1 <= solicitudes <= 10_000_000:
            raise CommandError("--solicitudes: escribe un número entre 1 y 10000000.")
        if settings.EN_PRODUCCION and not forzar:
            raise CommandError("Esto es producción. Si de verdad quieres datos inventados aquí, agrega --forzar.")
        with sin_ambito():
            if Solicitud.objects.exists() and not forzar:
                raise CommandError("Ya hay solicitudes en la base de datos. Para agregar más, repite con --forzar.")
            self._generar(solicitudes, semilla)

    def _generar(self, cuantas: int, semilla: int) -> None:
        comienzo = time.monotonic()
        with transaction.atomic():
            _sin_revisar_claves()
            contador, _ = Contador.objects.select_for_update().get_or_create(serie=SERIE_FOLIO)
            generador = Generador(
                _reparto(Random(semilla)),  # noqa: S311
                claves_libres(contador.ultimo),
                cuantas=cuantas,
                semilla=f"{semilla} {contador.ultimo}",  # what is added later is not the same again
                ahora=reloj.ahora(),
            )
            for n, lote in enumerate(generador.lotes(), start=1):
                escribir(lote)
                if self.stdout.isatty():
                    self.stdout.write(f"\r{min(n * POR_LOTE, cuantas)} de {cuantas}", ending="")
            Contador.objects.filter(pk=contador.pk).update(ultimo=contador.ultimo + cuantas)
            with connection.cursor() as cursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), list(COLUMNAS)):
                    cursor.execute(sql)
            conteo.recontar()
        with connection.cursor() as cursor:
            puede = connection.vendor == "postgresql" and not connection.in_atomic_block
            cursor.execute("VACUUM ANALYZE" if puede else "ANALYZE")
        self.stdout.write(f"\n{cuantas} solicitudes en {time.monotonic() - comienzo:.0f} s.")


def _sin_revisar_claves() -> None:
    """Spare PostgreSQL the look-up of each foreign key, where it lets us: all of them are made here."""
    if connection.vendor == "postgresql":
        with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # for superusers only


def _reparto(azar: Random) -> Reparto:
    """Companies in an order of their own, people for each part, the one file that all rows share."""
    empresas = list(Distribuidora.objects.filter(estado=Distribuidora.Estado.VIGENTE, pais="CL").order_by("codigo"))
    comunas = list(Comuna.objects.order_by("pk").values_list("pk", flat=True))
    if not empresas or not comunas:
        raise CommandError("Faltan las empresas o las comunas. Ejecuta antes: manage.py cargar_datos --demostracion")
    azar.shuffle(empresas)
    reglas: dict[str, list[Regla]] = defaultdict(list)
    for regla in Regla.objects.order_by("pk"):
        reglas[regla.materia].append(regla)
    datos = pdf("Documento inventado")
    return Reparto(
        empresas=empresas,
        tramita={empresa.pk: _tramitador(empresa, i) for i, empresa in enumerate(empresas)},
        solicitantes=_solicitantes(azar),
        sec=(perfiles(TipoPerfil.SEC) or [_persona(PRIMER_RUT - 1, "Carla", "Núñez", TipoPerfil.SEC).pk])[0],
        comunas=comunas,
        reglas=dict(reglas),
        archivo=storages["adjuntos"].save("inventados/documento", ContentFile(datos)),
        bytes=len(datos),
        sha256=sumario(datos),
    )


def _solicitantes(azar: Random) -> list[int]:
    """The applicants, those that are there and as many more as are missing."""
    presentes = perfiles(TipoPerfil.SOLICITANTE)
    faltan = range(max(SOLICITANTES - len(presentes), 0))
    nuevos = [
        _persona(PRIMER_RUT + i, azar.choice(NOMBRES), f"{azar.choice(APELLIDOS)} {azar.choice(APELLIDOS)}").pk
        for i in faltan
    ]
    return presentes + nuevos


def _tramitador(empresa: Distribuidora, i: int) -> int:
    """Who handles requests at the company: the first who is there, or somebody new."""
    presente = Perfil.objects.filter(tipo=TipoPerfil.DISTRIBUIDORA, distribuidora=empresa, activo=True).first()
    if presente:
        return presente.pk
    perfil = _persona(
        PRIMER_RUT + 10_000 + i, NOMBRES[i % 12], APELLIDOS[-i % 12], TipoPerfil.DISTRIBUIDORA, distribuidora=empresa
    )
    for funcion in (Funcion.TRAMITADOR, Funcion.VALIDADOR):
        Asignacion.objects.create(perfil=perfil, grupo=Group.objects.get_or_create(name=funcion.value)[0])
    return perfil.pk


def _persona(
    cuerpo: int,
    nombres: str,
    apellidos: str,
    tipo: TipoPerfil = TipoPerfil.SOLICITANTE,
    distribuidora: Distribuidora | None = None,
) -> Perfil:
    """A made-up person, who cannot sign in: no password is known."""
    usuario, _ = Usuario.objects.get_or_create(
        identificador=_con_digito(cuerpo),
        defaults={
            "nombres": nombres,
            "apellidos": apellidos,
            "email": f"persona{cuerpo}@correo.example",
            "password": make_password(None),
        },
    )
    return Perfil.objects.get_or_create(usuario=usuario, tipo=tipo, defaults={"distribuidora": distribuidora})[0]


def _con_digito(cuerpo: int) -> str:
    """The identifier with this body whose check digit holds."""
    for digito in "0123456789K":
        try:
            return validar(f"{cuerpo}-{digito}")
        except ValidationError:
            continue
    raise CommandError(f"Ningún dígito verificador sirve para {cuerpo}.")
