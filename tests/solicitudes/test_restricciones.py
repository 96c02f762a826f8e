"""The database refuses nonsense: one write for each named constraint, past every form and action."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, models, transaction

from pagos.models import Cobro, Comprobante, Medio, MedioDePago
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.models import Asignacion, Distribuidora, Perfil, Unidad, Usuario
from portal.documentos.models import Caso
from solicitudes.conteo import Celda, CeldaDiaria
from solicitudes.models import (
    CeldaAtencion,
    Enlace,
    Estado,
    RespuestaAutomatica,
    Solicitud,
)
from tests.factories import AdjuntoFactory, CobroFactory, PerfilFactory, UnidadFactory, UsuarioFactory

APPS = ("solicitudes", "pagos", "documentos", "cuentas", "adjuntos")
HOY = date(2026, 11, 18)


def _poner(fila: models.Model, **campos) -> None:
    """Write to a row past its `save`."""
    assert type(fila)._base_manager.filter(pk=fila.pk).update(**campos) == 1


def _dos(modelo: type[models.Model], **campos) -> None:
    modelo._base_manager.bulk_create([modelo(**campos), modelo(**campos)])


def _comprobante(m: SimpleNamespace, **campos) -> Comprobante:
    cobro = campos.pop("cobro", m.cobro)
    return Comprobante(
        cobro=cobro, medio=Medio.BOLETA, adjunto=AdjuntoFactory(caso=cobro.caso), enviado_por=m.rosa, **campos
    )


RESUELTO = {"resuelto": reloj.ahora()}

ROTURAS: dict[str, Callable[[SimpleNamespace], object]] = {
    # solicitudes
    "solicitud_cliente_o_factibilidad": lambda m: _poner(m.conexion, numero_cliente="1", factibilidad="2"),
    "solicitud_cliente_o_factibilidad: ninguno": lambda m: _poner(m.conexion, numero_cliente="", factibilidad=""),
    "solicitud_cliente_o_factibilidad: información": lambda m: _poner(
        m.conexion, formulario="SI", numero_cliente="", factibilidad="2"
    ),
    "solicitud_enviado_es_conformidad": lambda m: _poner(m.conexion, estado=Estado.ENVIADO),
    "solicitud_enviado_es_conformidad: respondida": lambda m: _poner(
        m.conformidad, estado=Estado.RESPONDIDO, respondido=reloj.ahora(), liberado=reloj.ahora()
    ),
    "solicitud_respondida_tiene_fechas": lambda m: _poner(m.conexion, estado=Estado.RESPONDIDO),
    "solicitud_respondida_tiene_fechas: retenida": lambda m: _poner(
        m.conexion, estado=Estado.RESPONDIDO, respondido=reloj.ahora()
    ),
    "solicitud_respondida_tiene_fechas: automática": lambda m: _poner(
        m.conexion, estado=Estado.RESPONDIDO_AUTOMATICO, causa_automatica="regla"
    ),
    "solicitud_liberada_fue_respondida": lambda m: _poner(m.conexion, liberado=reloj.ahora()),
    "solicitud_automatica_dice_su_causa": lambda m: _poner(
        m.conexion, estado=Estado.RESPONDIDO_AUTOMATICO, respondido=reloj.ahora(), liberado=reloj.ahora()
    ),
    "atencion_celda": lambda m: _dos(
        CeldaAtencion, distribuidora=m.empresa, formulario="SC", mes=reloj.hoy(), resultado="fuera", dias=3
    ),
    "automatica_una_por_formulario": lambda m: _dos(RespuestaAutomatica, distribuidora=m.empresa, formulario="SC"),
    "automatica_solo_si_se_responde": lambda m: RespuestaAutomatica.objects.create(
        distribuidora=m.empresa, formulario="MC"
    ),
    "automatica_activa_tiene_respuesta": lambda m: RespuestaAutomatica.objects.create(
        distribuidora=m.empresa, formulario="SC", texto="Va.", al_enviar=True
    ),
    "automatica_activa_tiene_respuesta: al vencer": lambda m: RespuestaAutomatica.objects.create(
        distribuidora=m.empresa, formulario="SC", texto="Va.", al_vencer_desde=reloj.ahora()
    ),
    "enlace_lleva_a_algo": lambda m: Enlace.objects.create(titulo="Nada"),
    "enlace_formulario_con_archivo": lambda m: Enlace.objects.create(
        titulo="Sin archivo", texto="Texto", grupo=Enlace.Grupo.FORMULARIO
    ),
    "enlace_direccion_de_la_web": lambda m: Enlace.objects.create(titulo="Guion", direccion="javascript:alert(1)"),
    "conteo_celda": lambda m: _dos(Celda, distribuidora=m.empresa, formulario="SC", estado="anulado"),
    "conteo_celda_diaria": lambda m: _dos(CeldaDiaria, clave=m.empresa.pk, formulario="", estado="", dia=HOY),
    # pagos
    "medio_de_pago_unico": lambda m: _dos(MedioDePago, distribuidora=m.empresa, medio=Medio.BOLETA),
    "transferencia_con_cuenta": lambda m: MedioDePago.objects.bulk_create(
        [MedioDePago(distribuidora=m.empresa, medio=Medio.TRANSFERENCIA, titular="Yo", banco="Mi banco")]
    ),
    "cobro_uno_abierto_por_caso": lambda m: CobroFactory(caso=m.cobro.caso, estado=Cobro.Estado.RECHAZADO),
    "cobro_uno_validado_por_caso": lambda m: [
        CobroFactory(caso=m.conexion.caso, estado=Cobro.Estado.VALIDADO) for _ in range(2)
    ],
    "cobro_mayor_que_cero": lambda m: _poner(m.cobro, monto=0),
    "cobro_mayor_que_cero: menos": lambda m: _poner(m.cobro, monto=-1),
    "comprobante_uno_por_validar": lambda m: Comprobante.objects.bulk_create([_comprobante(m), _comprobante(m)]),
    "comprobante_resuelto_por_alguien": lambda m: Comprobante.objects.bulk_create(
        [_comprobante(m, estado="validado", **RESUELTO)]
    ),
    "comprobante_resuelto_por_alguien: sin fecha": lambda m: Comprobante.objects.bulk_create(
        [_comprobante(m, estado="validado", resuelto_por=m.marcos)]
    ),
    "comprobante_resuelto_por_alguien: antes": lambda m: Comprobante.objects.bulk_create(
        [_comprobante(m, estado="por_validar", resuelto_por=m.marcos, **RESUELTO)]
    ),
    "comprobante_rechazado_con_motivo": lambda m: Comprobante.objects.bulk_create(
        [_comprobante(m, estado="rechazado", resuelto_por=m.marcos, **RESUELTO)]
    ),
    # documentos
    "caso_numero_unico": lambda m: _dos(Caso, tipo="solicitudes.solicitud", numero="YN1"),
    # cuentas
    "distribuidora_prefijo_de_dos": lambda m: _poner(m.empresa, prefijo="Y"),
    "distribuidora_prefijo_de_dos: espacio": lambda m: _poner(m.empresa, prefijo="Y "),
    "unidad_nombre_unico": lambda m: _dos(Unidad, distribuidora=m.empresa, nombre="Centro"),
    "usuario_activo_fue_activado": lambda m: _poner(m.rosa.usuario, activado=None),
    "perfil_uno_por_tipo": lambda m: Perfil.objects.bulk_create([Perfil(usuario=m.rosa.usuario, tipo="solicitante")]),
    "perfil_con_empresa_si_es_de_empresa": lambda m: _poner(m.marcos, distribuidora=None),
    "perfil_con_empresa_si_es_de_empresa: solicitante": lambda m: _poner(m.rosa, distribuidora=m.empresa),
    "asignacion_desde_antes_de_hasta": lambda m: Asignacion.objects.bulk_create(
        [Asignacion(perfil=m.marcos, grupo=Group.objects.first(), desde=HOY, hasta=HOY.replace(day=HOY.day - 1))]
    ),
    "asignacion_suplente_de_otro": lambda m: Asignacion.objects.bulk_create(
        [Asignacion(perfil=m.marcos, grupo=Group.objects.first(), suplente_de=m.marcos)]
    ),
}

UNICOS: dict[str, Callable[[SimpleNamespace], object]] = {
    "Solicitud.folio": lambda m: _poner(m.conexion, folio=m.conformidad.folio),
    "Solicitud.folio_numero": lambda m: _poner(m.conexion, folio_numero=m.conformidad.folio_numero),
    "Caso.clave": lambda m: _poner(m.conexion.caso, clave=m.conformidad.caso.clave),
    "Distribuidora.codigo": lambda m: _poner(m.empresa, codigo=m.otra.codigo),
    "Usuario.identificador": lambda m: _poner(m.rosa.usuario, identificador=m.marcos.usuario.identificador),
}

PROTEGIDOS: dict[str, Callable[[SimpleNamespace], models.Model]] = {
    "el caso de una solicitud": lambda m: m.conexion.caso,
    "la empresa de una solicitud": lambda m: m.empresa,
    "el solicitante": lambda m: m.rosa,
    "la persona": lambda m: m.rosa.usuario,
    "la comuna": lambda m: m.conexion.comuna,
    "el adjunto de un comprobante": lambda m: m.adjunto,
}


@pytest.fixture
def mundo(rosa, marcos, distribuidora, otra_distribuidora, en_estado, todo) -> SimpleNamespace:
    con_cobro = en_estado(Estado.PENDIENTE_PAGO)
    mundo = SimpleNamespace(
        rosa=rosa,
        marcos=marcos,
        empresa=distribuidora,
        otra=otra_distribuidora,
        conexion=en_estado(),
        conformidad=en_estado(Estado.ENVIADO),
        cobro=con_cobro.caso.cobros.get(),
        adjunto=AdjuntoFactory(caso=con_cobro.caso),
    )
    UnidadFactory(distribuidora=distribuidora)
    UsuarioFactory()
    mundo.cobro.comprobantes.create(
        medio=Medio.BOLETA,
        adjunto=mundo.adjunto,
        enviado_por=rosa,
        estado="rechazado",
        motivo="No.",
        resuelto_por=marcos,
        **RESUELTO,
    )
    return mundo


@pytest.mark.parametrize("nombre", ROTURAS)
def test_la_base_de_datos_no_lo_acepta(mundo, nombre) -> None:
    """S-14, P-01, P-05, A-02: the constraint itself refuses, whoever writes."""
    restriccion = nombre.partition(":")[0]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ROTURAS[nombre](mundo)
    # SQLite names the columns of a unique constraint instead of the constraint.
    assert restriccion in str(error.value) or "UNIQUE constraint failed" in str(error.value)
    assert ("UNIQUE" in str(error.value)) <= isinstance(_restriccion(restriccion), models.UniqueConstraint)


@pytest.mark.parametrize("nombre", UNICOS)
def test_lo_unico_es_unico(mundo, nombre) -> None:
    """S-08, A-01: one of each."""
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        UNICOS[nombre](mundo)


@pytest.mark.parametrize("nombre", PROTEGIDOS)
def test_lo_que_tiene_historia_no_se_borra(mundo, nombre) -> None:
    """A-08, R-08: what others point at stays."""
    with pytest.raises(models.ProtectedError), transaction.atomic():
        PROTEGIDOS[nombre](mundo).delete()


def _restricciones() -> dict[str, models.BaseConstraint]:
    return {
        r.name: r for app in APPS for modelo in apps.get_app_config(app).get_models() for r in modelo._meta.constraints
    }


def _restriccion(nombre: str) -> models.BaseConstraint:
    return _restricciones()[nombre]


def test_ninguna_restriccion_queda_sin_probar() -> None:
    """S-14: each named constraint has its broken row here."""
    assert {nombre.partition(":")[0] for nombre in ROTURAS} == set(_restricciones())


def test_el_mundo_sin_romper_es_valido(mundo) -> None:
    """S-14: the rows that are broken here were right before."""
    assert (Solicitud.objects.count(), Cobro.objects.count(), Comprobante.objects.count()) == (3, 1, 1)
    assert Adjunto.objects.count() == 1
    assert Distribuidora.objects.count() == 2
    assert Usuario.objects.count() == PerfilFactory._meta.model.objects.count() + 1
