"""Who is told what: the mailboxes of the catalogue, and the people by their function."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.timezone import localtime

from inoperatividad import permissions
from inoperatividad.models import Aplicativo, Buzon, Evaluacion, Masiva, Registro, Reporte
from portal.avisos.actions import avisar
from portal.cuentas.models import Distribuidora, Perfil
from portal.documentos.models import Caso
from portal.plazos.plazo import Plazo

Destinos = list[tuple[str, Perfil | None]]


def _buzones(empresa: Distribuidora, *usos: str) -> Destinos:
    filas = Buzon.objects.filter(distribuidora=empresa, uso__in=usos or [Buzon.Uso.FALLAS], activo=True)
    return [(correo, None) for correo in filas.values_list("correo", flat=True)]


def gente(empresa: Distribuidora, permiso: str, *, unidad: int | None = None) -> Destinos:
    """Active people of the company who hold `permiso` now; of one unit, when given."""
    perfiles = Perfil.objects.filter(distribuidora=empresa, activo=True, usuario__is_active=True)
    if unidad is not None:
        perfiles = perfiles.filter(unidad=unidad)
    return [(p.usuario.email, p) for p in perfiles.select_related("usuario", "unidad") if p.tiene(permiso)]


def _cuando(momento: datetime, empresa: Distribuidora) -> str:
    return f"{localtime(momento, ZoneInfo(empresa.zona_horaria)):%d-%m-%Y %H:%M}"


def _decir(caso: Caso, plantilla: str, para: Destinos, url: str, boton: str, motivo: str, **contexto: Any) -> None:
    avisar(caso, plantilla, para=para, contexto={"boton": (boton, url), "motivo": motivo, **contexto})


def de_registro(registro: Registro, aplicativos: list[Aplicativo]) -> None:
    """I-05: saving a record mails the mailbox; what came on paper goes to the two copies too (I-08)."""
    empresa = registro.distribuidora
    usos = (Buzon.Uso.FALLAS, Buzon.Uso.COPIA) if registro.papel else (Buzon.Uso.FALLAS,)
    _decir(
        registro.caso,
        "inoperatividad_registro",
        _buzones(empresa, *usos),
        registro.get_absolute_url(),
        "Ver el registro",
        "porque este buzón atiende las fallas de los aplicativos",
        punto=str(registro.unidad),
        correlativo=registro.correlativo,
        papel=bool(registro.papel),
        descripcion=registro.descripcion,
        datos=[
            ("Correlativo", registro.correlativo),
            ("Punto de atención", registro.unidad),
            ("Tipo de trámite", registro.que),
            ("Aplicativos", ", ".join(map(str, aplicativos))),
            ("Escenario", registro.get_escenario_display()),
            ("Motivo", registro.motivo),
            ("Inicio", _cuando(registro.inicio, empresa)),
        ],
    )


def _de_masiva(masiva: Masiva, aplicativos: list[Aplicativo], plantilla: str, para: Destinos, **contexto: Any) -> None:
    empresa = masiva.distribuidora
    datos = [
        ("Falla Masiva", masiva.numero),
        ("Aplicativos", ", ".join(map(str, aplicativos))),
        ("Inicio", _cuando(masiva.inicio, empresa)),
    ]
    if masiva.fin:
        datos.append(("Fin", _cuando(masiva.fin, empresa)))
    _decir(
        masiva.caso, plantilla, para, masiva.get_absolute_url(), "Ver la falla", f"porque trabajas en {empresa}",
        numero=masiva.numero, causa=masiva.causa, datos=datos, **contexto,
    )  # fmt: skip


def de_alerta(masiva: Masiva, aplicativos: list[Aplicativo], por: Perfil, detalle: str) -> None:
    """A point found a masiva: the mailbox and the people of Fallas."""
    empresa = masiva.distribuidora
    para = _buzones(empresa) + gente(empresa, permissions.MASIVAS)
    _de_masiva(masiva, aplicativos, "inoperatividad_alerta", para, punto=str(por.unidad or ""), detalle=detalle)


def de_declaracion(masiva: Masiva, aplicativos: list[Aplicativo]) -> None:
    """Every point and Soporte know that it is formal."""
    empresa = masiva.distribuidora
    para = gente(empresa, permissions.REGISTRAR) + gente(empresa, permissions.CERRAR)
    _de_masiva(masiva, aplicativos, "inoperatividad_masiva_declarada", para)


def de_descarte(masiva: Masiva, motivo: str) -> None:
    if (quien := masiva.alertada_por) is not None:
        para: Destinos = [(quien.usuario.email, quien)]
        _de_masiva(masiva, list(masiva.aplicativos.all()), "inoperatividad_masiva_descartada", para, razon=motivo)


def de_termino(masiva: Masiva) -> None:
    """Soporte has records to close; the points can attend again."""
    empresa = masiva.distribuidora
    para = gente(empresa, permissions.CERRAR) + gente(empresa, permissions.REGISTRAR)
    abiertos = masiva.registros.abiertos().count()
    _de_masiva(masiva, list(masiva.aplicativos.all()), "inoperatividad_masiva_terminada", para, abiertos=abiertos)


def de_error_operativo(registro: Registro, mensaje: str) -> None:
    """The channel hears of its operating error: who recorded it and who is responsible of the point."""
    autor = registro.registrado_por
    para: Destinos = [(autor.usuario.email, autor)]
    para += gente(registro.distribuidora, permissions.REGISTRAR, unidad=registro.unidad_id)
    _de_registro(registro, "inoperatividad_error_operativo", para, mensaje=mensaje, punto=str(registro.unidad))


def _de_registro(registro: Registro, plantilla: str, para: Destinos, **contexto: Any) -> None:
    _decir(
        registro.caso,
        plantilla,
        para,
        registro.get_absolute_url(),
        "Ver el registro",
        "porque te toca en la gestión de la inoperatividad",
        correlativo=registro.correlativo,
        datos=[
            ("Correlativo", registro.correlativo),
            ("Punto de atención", registro.unidad),
            ("Trámite", registro.que),
        ],
        **contexto,
    )


def de_consulta(registro: Registro, evaluacion: Evaluacion) -> None:
    """Mejora de Procesos has until then to answer."""
    para = gente(registro.distribuidora, permissions.OPINAR)
    vence = evaluacion.opinion_vence
    plazo = f"Responde antes del **{_cuando(vence, registro.distribuidora)}**." if vence else ""
    _de_registro(registro, "inoperatividad_consulta", para, plazo_texto=plazo, punto=str(registro.unidad))


def de_opinion(registro: Registro, evaluacion: Evaluacion) -> None:
    quien = evaluacion.iniciada_por
    _de_registro(
        registro, "inoperatividad_opinion", [(quien.usuario.email, quien)],
        procede=evaluacion.procede, opinion=evaluacion.opinion,
    )  # fmt: skip


def _de_reporte(reporte: Reporte, plantilla: str, para: Destinos, **contexto: Any) -> None:
    empresa = reporte.distribuidora
    plazo = f"Se envía a más tardar el **{_cuando(reporte.vence, empresa)}**." if reporte.vence else ""
    _decir(
        reporte.caso, plantilla, para, reporte.get_absolute_url(), "Ver el reporte",
        "porque te toca en el reporte de inoperatividad", numero=reporte.numero, plazo_texto=plazo, **contexto,
    )  # fmt: skip


def de_aprobacion(reporte: Reporte) -> None:
    """Manager and director, and their deputies."""
    empresa = reporte.distribuidora
    para = gente(empresa, permissions.GERENCIA) + gente(empresa, permissions.DIRECCION)
    _de_reporte(reporte, "inoperatividad_reporte_por_aprobar", para, cuantos=reporte.registros.count())


def de_aprobado(reporte: Reporte) -> None:
    _de_reporte(reporte, "inoperatividad_reporte_aprobado", gente(reporte.distribuidora, permissions.EVALUAR))


def de_observado(reporte: Reporte, motivo: str) -> None:
    para = gente(reporte.distribuidora, permissions.EVALUAR)
    _de_reporte(reporte, "inoperatividad_reporte_observado", para, razon=motivo)


def recordar_a(perfil: Perfil, asuntos: list[tuple[str, Plazo]], *, dia: str) -> None:
    """One message a day to who has something that lapses or lapsed."""
    avisar(
        None,
        "inoperatividad_recordatorio",
        para=[(perfil.usuario.email, perfil)],
        contexto={
            "cuantos": len(asuntos),
            "datos": [(que, plazo.frase) for que, plazo in asuntos],
            "boton": ("Ver lo que te toca", reverse("inicio")),
            "motivo": "porque te toca en la gestión de la inoperatividad",
        },
        clave=f"inoperatividad_recordatorio:{perfil.pk}:{dia}",
    )
