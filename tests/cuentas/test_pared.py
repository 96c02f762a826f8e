"""A-12, with the first wall taken out: raw SQL in each profile's name, as the user that the application has."""

from collections.abc import Iterator

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, models, transaction

from portal.cuentas import pared
from portal.cuentas.ambito import ManagerAcotado, como, con_llave, sin_ambito
from portal.documentos.models import Caso
from portal.mirada import sin_pared
from solicitudes.models import Solicitud
from tests import aplicacion, factories
from tests.aplicacion import como_la_aplicacion
from tests.cuentas.campo import TABLAS, Lado, claves, insertar, sembrar
from tests.factories import SolicitudFactory

pytestmark = pytest.mark.postgres
DE_PERSONAS = {
    "adjuntos.guardado",
    "informes.informe",
    "solicitudes.borrador",
    "reclamos.borrador",
    "gestiones.borrador",
}
"""What belongs to one person, also at a company."""
CON_EMPRESA = [m for m, suya in pared.paredes() if suya.empresa == "distribuidora"]


def _nombre(modelo: type[models.Model]) -> str:
    return modelo._meta.label_lower


@pytest.fixture
def nuestro(db, distribuidora, unidad, rosa) -> Lado:
    return Lado(11, distribuidora, unidad, rosa)


@pytest.fixture
def ajeno(db, otra_distribuidora, pedro) -> Lado:
    return Lado(22, otra_distribuidora, factories.UnidadFactory(distribuidora=otra_distribuidora), pedro)


@pytest.fixture
def campo(nuestro: Lado, ajeno: Lado) -> Iterator[None]:
    """The rows are there; what the test asks, it asks as the application."""
    sembrar(nuestro, ajeno)
    with como_la_aplicacion():
        yield


def _propias(lado: Lado, *, sin: set[str] = frozenset()) -> dict[str, set]:
    return {_nombre(m): set() if _nombre(m) in sin else {lado.clave(m)} for m in TABLAS}


def _a_la_vista() -> dict[str, set]:
    return {_nombre(m): claves(m) for m in TABLAS}


def test_una_empresa_ve_lo_suyo_y_nada_de_otra(campo, nuestro, ajeno, marcos, agente, otra_dx) -> None:
    """A-12: in every table, without any filter."""
    for perfil, lado in ((marcos, nuestro), (agente, nuestro), (otra_dx, ajeno)):
        with como(perfil):
            assert _a_la_vista() == _propias(lado, sin=DE_PERSONAS)


def test_una_persona_ve_lo_suyo_y_nada_de_otra(campo, nuestro, ajeno, rosa, pedro) -> None:
    """A-12: whoever asks for electricity sees no company's rows but those of the own cases."""
    for perfil, lado in ((rosa, nuestro), (pedro, ajeno)):
        with como(perfil):
            vistas = _a_la_vista()
            assert {
                tabla: filas - {lado.clave(m)} for (tabla, filas), m in zip(vistas.items(), TABLAS, strict=True)
            } == {_nombre(m): set() for m in TABLAS}
            assert vistas["solicitudes.solicitud"] == {lado.clave(Solicitud)}
            assert vistas["sgc.cliente"] == vistas["inoperatividad.registro"] == set()


def test_con_la_llave_de_un_caso_se_ve_ese_caso(campo, nuestro) -> None:
    """Q-17: and what hangs on it; nothing that hangs on none."""
    clave = nuestro.valores(Caso)["clave"]
    with con_llave([clave]):
        vistas = _a_la_vista()
    assert {tabla: filas - {nuestro.clave(m)} for (tabla, filas), m in zip(vistas.items(), TABLAS, strict=True)} == {
        _nombre(m): set() for m in TABLAS
    }
    assert all(vistas[con] for con in ("reclamos.reclamo", "adjuntos.adjunto", "pagos.comprobante"))
    assert not any(vistas[sin] for sin in ("sgc.cliente", "informes.informe", "gestiones.cierre"))


def test_la_sec_y_quien_mira_todo(campo, nuestro, ajeno, auditora) -> None:
    """A-12: the regulator sees every company; commands and the ledger too."""
    todas = {_nombre(m): {nuestro.clave(m), ajeno.clave(m)} for m in TABLAS}
    for mirada in (como(auditora), sin_ambito(), sin_pared()):
        with mirada:
            assert _a_la_vista() == todas


def test_sin_decir_quien_mira_no_hay_filas(campo) -> None:
    """A-12: it fails closed."""
    assert _a_la_vista() == {_nombre(m): set() for m in TABLAS}


@pytest.mark.parametrize("modelo", TABLAS, ids=_nombre)
def test_no_se_escribe_en_lo_ajeno(campo, ajeno, marcos, modelo) -> None:
    """A-12: another company's row is neither changed nor deleted, and none is added to it."""
    llave, tabla = modelo._meta.pk.column, modelo._meta.db_table
    with como(marcos):
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{tabla}" SET "{llave}" = "{llave}" WHERE "{llave}" = %s', [ajeno.clave(modelo)])  # noqa: S608
            assert cursor.rowcount == 0
            cursor.execute(f'DELETE FROM "{tabla}" WHERE "{llave}" = %s', [ajeno.clave(modelo)])  # noqa: S608
            assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            insertar(modelo, ajeno.valores(modelo, mas=1))


@pytest.mark.parametrize("modelo", CON_EMPRESA, ids=_nombre)
def test_no_se_entrega_lo_propio_a_otra_empresa(campo, ajeno, marcos, modelo) -> None:
    """A-12: an own row cannot be moved over the wall."""
    orden = f'UPDATE "{modelo._meta.db_table}" SET distribuidora_id = %s'  # noqa: S608
    with como(marcos), connection.cursor() as cursor, pytest.raises(ProgrammingError, match="row-level security"):
        cursor.execute(orden, [ajeno.empresa.pk])


def test_en_una_pagina_sin_gestor(db, entrar, marcos, otra_dx, distribuidora, settings) -> None:
    """A-12: a page that goes round its manager shows no other company's row."""
    folio = SolicitudFactory(distribuidora=distribuidora).folio
    settings.ROOT_URLCONF = "tests.cuentas.descuidadas"
    assert {p: entrar(p).get("/sin-gestor/").text for p in (marcos, otra_dx)} == {marcos: folio, otra_dx: ""}


# --- the wall itself ------------------------------------------------------------------------------------------------
def test_todo_lo_acotado_tiene_su_pared() -> None:
    """A-12: `manage.py check` refuses a scoped model without a wall."""
    assert pared.sin_declarar() == []
    acotados = {m for m in TABLAS if isinstance(m._default_manager, ManagerAcotado)}
    hijas = {_nombre(m) for m in set(TABLAS) - acotados}
    assert hijas == {
        "pagos.comprobante",
        "gestiones.renglon",
        "avisos.aviso_adjuntos",
        "inoperatividad.registro_aplicativos",
        "inoperatividad.masiva_aplicativos",
    }


def test_un_modelo_acotado_sin_pared_no_pasa(monkeypatch) -> None:
    """A-12: forgetting it is an error at the start."""
    monkeypatch.delattr(Solicitud, "PARED")
    assert [e.id for e in checks.run_checks()] == ["cuentas.E001"]


def test_ponerla_otra_vez_no_cambia_nada(db) -> None:
    """A-12: it is put up after every migration."""
    antes = _politicas()
    pared.poner()
    assert antes == _politicas()
    assert len(antes) == len(TABLAS)


def _politicas() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, qual, with_check FROM pg_policies ORDER BY 1")
        return cursor.fetchall()


def test_la_orden_dice_si_la_pared_esta(db, capsys) -> None:
    """A-12: whoever installs learns whether the application's user would be stopped."""
    with como_la_aplicacion():
        call_command("segunda_pared")
    assert capsys.readouterr().out.count("en pie") == len(TABLAS)
    with pytest.raises(CommandError, match="superusuario"):
        call_command("segunda_pared")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE documentos_caso NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE pagos_cobro DISABLE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY pared ON pagos_comprobante")
    with como_la_aplicacion(), pytest.raises(CommandError) as error:
        call_command("segunda_pared")
    for falta in (
        "en 3 tablas",
        "documentos_caso (no rige para el dueño",
        "pagos_cobro (no está puesta",
        "pagos_comprobante (no está puesta",
    ):
        assert falta in str(error.value)


def test_quien_esta_por_encima_se_nombra(db, monkeypatch) -> None:
    """A-12: BYPASSRLS is no application's."""
    monkeypatch.setattr(aplicacion, "ROL", "pared_encima")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE pared_encima BYPASSRLS")
    with como_la_aplicacion(), pytest.raises(CommandError, match="BYPASSRLS"):
        call_command("segunda_pared")
