"""The desk of the demonstration: a mirror of the commercial system, and weeks of attended clients."""

import csv
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from stdnum.py import ruc

from gestiones import actions
from gestiones.actions import Datos
from gestiones.models import Designacion, Gestion, Preferencial, Tipo, mes_de
from portal import reloj
from portal.cuentas.ambito import como
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.plazos import calendario
from portal.sgc.actions import importar_archivo
from portal.sgc.columnas import EXPEDIENTES, SUMINISTROS
from portal.sgc.models import Importacion
from portal.sgc.puerto import buscar_referencias

CODIGO = "ANDE"
ASUNCION = ZoneInfo("America/Asuncion")
FUNCIONARIOS = ("Nadia", "Lourdes", "Derlis")
SEMANAS = 7
SUMINISTROS_DE_MUESTRA = 400
_NOMBRES = ["Eusebia", "Blas", "Mirtha", "Arnaldo", "Fátima", "Cirilo", "Zulma", "Osvaldo", "Perla", "Juan de la Cruz"]
_APELLIDOS = ["Benítez", "Cáceres", "Ramírez", "Villalba", "Duarte", "Ovelar", "Riveros", "Insfrán", "Acosta", "Báez"]
_CALLES = ["Ytororó", "Mariscal López", "Boquerón", "Azara", "Palma", "Última", "Cerro Corá", "14 de Mayo"]
_ZONAS = ["Lambaré", "San Lorenzo", "Luque", "Fernando de la Mora", "Asunción", "Capiatá"]
_EMPRESAS = ["Textil Ypacaraí S.A.", "Frigorífico del Este S.A.", "Molinos Tebicuary S.A.", "Aguas del Chaco S.A."]
_ASUNTOS = ["Suministro nuevo", "Modificación de contrato", "Alumbrado público", "Extensión de línea"]
_OBSERVACIONES = ["", "", "", "", "Se entregó copia de la factura.", "Vuelve con la cédula del titular."]


def preparar(perfiles: dict[str, Perfil]) -> None:
    """The mirror, imported from files as a company would; who attends."""
    empresa = Distribuidora.objects.get(codigo=CODIGO)
    azar = Random(580)  # noqa: S311 - not for secrets: the same mirror every time
    with tempfile.TemporaryDirectory() as carpeta:
        for contenido, escribir in (
            (Importacion.Contenido.SUMINISTROS, escribir_suministros),
            (Importacion.Contenido.EXPEDIENTES, escribir_expedientes),
        ):
            ruta = Path(carpeta) / f"{contenido}.csv"
            escribir(ruta, azar)
            importar_archivo(ruta, empresa=empresa, contenido=contenido, ensayo=False)
    jefe = perfiles["Ramón"]
    unidad = Unidad.objects.get(perfiles=jefe)
    desde = reloj.hoy(empresa.zona_horaria) - timedelta(days=60)
    with como(jefe):
        for nombre in FUNCIONARIOS:
            clase = Designacion.Clase.APOYO if nombre == "Derlis" else Designacion.Clase.PERMANENTE
            actions.definir_funcionario(por=jefe, unidad=unidad, funcionario=perfiles[nombre], clase=clase, desde=desde)


def escribir_suministros(ruta: Path, azar: Random, cuantos: int = SUMINISTROS_DE_MUESTRA) -> None:
    """A file of supplies and their holders; NIS 2210733 is in BT, 9900031 in MT."""
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        hoja = csv.writer(archivo, delimiter=";")
        hoja.writerow([c.titulo for c in SUMINISTROS])
        for n in range(cuantos):
            grande = n % 25 == 1
            nis = 9_900_030 + n // 25 + 1 if grande else 2_210_733 + n * 7
            nombre = f"{azar.choice(_NOMBRES)} {azar.choice(_APELLIDOS)} de {azar.choice(_APELLIDOS)}"
            titular = (
                ("RUC", f"{80_012_000 + n}-{ruc.calc_check_digit(str(80_012_000 + n))}", azar.choice(_EMPRESAS))
                if grande
                else ("C.I.", str(1_200_000 + n * 3571), nombre)
            )
            calle, zona = f"{azar.choice(_CALLES)} {azar.randint(100, 2900)}", azar.choice(_ZONAS)
            tension, tarifa = ("MT", "Industrial") if grande else ("BT", "Residencial")
            hoja.writerow([nis, tension, "Activo", tarifa, calle, zona, *titular, "", ""])


def escribir_expedientes(ruta: Path, azar: Random) -> None:
    """A file of files and complaints, some about supplies of the other one."""
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        hoja = csv.writer(archivo, delimiter=";")
        hoja.writerow([c.titulo for c in EXPEDIENTES])
        for n in range(30):
            hoja.writerow(["Expediente", f"{4400 + n}/2026", "", azar.choice(_ASUNTOS)])
            hoja.writerow(["Reclamo", f"R-{20900 + n}", 2_210_733 + azar.choice([0, 2, 3]) * 7, "Importe facturado"])


def sembrar(perfiles: dict[str, Perfil], azar: Random) -> str:
    """Weeks of clients, reviewed by the head a day later, and the month before this one signed off."""
    empresa = Distribuidora.objects.get(codigo=CODIGO)
    ahora, hoy = reloj.ahora(), reloj.hoy(empresa.zona_horaria)
    inicio = mes_de(hoy) - timedelta(days=7 * (SEMANAS - 4))
    jefe = perfiles["Ramón"]
    unidad = Unidad.objects.get(perfiles=jefe)
    for dia in (inicio + timedelta(days=n) for n in range((hoy - inicio).days + 1)):
        if dia == mes_de(hoy) and dia != inicio:
            with reloj.detener(datetime.combine(dia, time(6, 30), ASUNCION)), como(jefe):
                anterior = mes_de(dia - timedelta(days=1))
                actions.cerrar(unidad, anterior, por=jefe)
        if calendario.es_habil(empresa.pais, dia):
            _jornada(dia, ahora, perfiles, azar)
    return f"{Gestion.objects.count()} gestiones"


def _jornada(dia: date, ahora: datetime, perfiles: dict[str, Perfil], azar: Random) -> None:
    """A day at the desk; the head looks at it in the afternoon."""
    jefe = perfiles["Ramón"]
    hechas: list[Gestion] = []
    for nombre in FUNCIONARIOS:
        for _ in range(azar.randint(2, 5)):
            hora = azar.choices(range(7, 17), [6, 9, 10, 10, 9, 8, 6, 5, 1, 1])[0]
            momento = datetime.combine(dia, time(hora, azar.randint(0, 59), azar.randint(0, 59)), ASUNCION)
            if momento < ahora:
                with reloj.detener(momento):
                    hechas.append(_atender(perfiles[nombre], azar))
    revision = datetime.combine(dia, time(17, 30), ASUNCION)
    if revision < ahora - timedelta(days=2):
        with reloj.detener(revision), como(jefe):
            observada = azar.choice(hechas).numero if azar.random() < 0.15 else 0
            actions.validar([g.numero for g in hechas if g.numero != observada], por=jefe)
            if observada:
                actions.observar([observada], por=jefe, motivo="El tipo no corresponde a lo que dice la observación.")


def _atender(por: Perfil, azar: Random) -> Gestion:
    tipo = azar.choices(list(Tipo), [1, 2, 3, 3, 7])[0]
    if tipo is Tipo.GRANDES:
        numero = str(9_900_031 + azar.randint(0, 14))
    elif tipo is Tipo.SOLICITUDES:
        numero = f"{4400 + azar.randint(0, 29)}/2026"
    else:
        numero = str(2_210_733 + azar.choice([n for n in range(60) if n % 25 != 1]) * 7)
    (referencia, *_) = buscar_referencias(por.distribuidora, numero)  # type: ignore[arg-type]
    datos = Datos(
        tipo_documento="ci",
        documento=str(azar.randint(700_000, 6_900_000)),
        clase=referencia.clase.value,
        referencia=referencia.numero,
        titular=referencia.titular,
        tension=referencia.tension,
        verificada=True,
        tipo=tipo.value,
        preferencial=azar.choice(list(Preferencial)).value if tipo is Tipo.PREFERENCIAL else "",
        observacion=azar.choice(_OBSERVACIONES),
    )
    with como(por):
        return actions.grabar(datos, por=por, clave=UUID(int=azar.getrandbits(128), version=4))
