"""The cast: the same people in every test, two companies, and what keeps tests fast and apart."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ajustes
from django.core.files.storage import storages
from django.db import connection
from django.test import Client

from portal import reloj
from portal.celery import app as celery
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.historial import guardia
from portal.permisos import CLAVE_DE_SESION, CLAVE_DE_VISTA
from portal.territorio.models import Comuna, Region
from tests import aplicacion, factories
from tests.factories import CLAVE, rut

# People whom an app's own tests add to the cast: everybody's tests may ask for them.
pytest_plugins = [f"tests.{ruta.parent.name}.elenco" for ruta in sorted(Path(__file__).parent.glob("*/elenco.py"))]
ajustes.MIDDLEWARE = ["tests.aplicacion.PaginasComoLaAplicacion", *ajustes.MIDDLEWARE]
SIN_POSTGRES = "solo dice algo en PostgreSQL: DATABASE_URL=postgres://… pytest"


# --- what pytest is told --------------------------------------------------------------------------------------------
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests with threads and locks mean nothing on SQLite: they are left out there, and the summary says so."""
    if ajustes.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason=SIN_POSTGRES))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Left-out tests are said aloud."""
    fuera = [r for r in terminalreporter.stats.get("skipped", []) if SIN_POSTGRES in str(r.longrepr)]
    if fuera:
        terminalreporter.section("NO SE PROBÓ EN POSTGRESQL", yellow=True, bold=True)
        terminalreporter.line(f"{len(fuera)} pruebas quedaron fuera: {SIN_POSTGRES}")
    terminalreporter.line(f"Base de datos: {ajustes.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}")


@pytest.fixture(scope="session", autouse=True)
def _vaciar_con_historial() -> None:
    """A test with real transactions empties the database after it: the guard of the history is lifted for that."""
    operaciones = type(connection.ops)
    vaciar = operaciones.execute_sql_flush

    def _sin_guardia(self, sql_list: list[str]) -> None:
        guardia.levantar(self.connection)
        vaciar(self, sql_list)

    operaciones.execute_sql_flush = _sin_guardia


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Pages and tasks have a database user of their own."""
    with django_db_blocker.unblock():
        aplicacion.crear_rol()


# --- what every test gets -------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _rapido(settings) -> None:
    """Cheap password hashes; tasks run at once, in place."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    celery.conf.task_always_eager = celery.conf.task_eager_propagates = True


@pytest.fixture(autouse=True)
def carpetas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Private files go to the test's own folder; its path."""
    for alias in ("default", "adjuntos", "informes"):
        # The fields hold the very instances that `storages` keeps, so it is those that must be moved.
        almacen = storages[alias]
        monkeypatch.setattr(almacen, "_location", tmp_path / alias)
        for calculado in ("base_location", "location"):
            almacen.__dict__.pop(calculado, None)
    return tmp_path


@pytest.fixture
def todo() -> Iterator[None]:
    """The test itself sees everything; pages set their own scope."""
    with sin_ambito():
        yield


@pytest.fixture
def detenido() -> Iterator[datetime]:
    """The clock stands at Wednesday 18 November 2026, 10:00 in Santiago; advance it with `reloj.adelantar`."""
    instante = datetime(2026, 11, 18, 13, 0, tzinfo=UTC)
    with reloj.detener(instante):
        yield instante


@pytest.fixture
def entrar() -> Callable[[Perfil], Client]:
    """Sign in as a profile, without the page: returns the browser."""

    def _entrar(perfil: Perfil, **opciones) -> Client:
        navegador = Client(**opciones)
        navegador.force_login(perfil.usuario)
        sesion = navegador.session
        sesion[CLAVE_DE_SESION] = perfil.pk
        sesion[CLAVE_DE_VISTA] = int(reloj.ahora().timestamp())  # as after a first page: the next one writes nothing
        sesion.save()
        return navegador

    return _entrar


# --- places and companies -------------------------------------------------------------------------------------------
@pytest.fixture
def region(db) -> Region:
    return factories.RegionFactory()


@pytest.fixture
def comuna(region: Region) -> Comuna:
    return factories.ComunaFactory(region=region)


@pytest.fixture
def distribuidora(region: Region) -> Distribuidora:
    """Company 1, folios `YN…`."""
    empresa = factories.DistribuidoraFactory(
        codigo="prueba-yn", nombre="Eléctrica Yungay Norte S.A.", nombre_fantasia="Yungay Norte", prefijo="YN"
    )
    empresa.regiones.add(region)
    return empresa


@pytest.fixture
def otra_distribuidora(region: Region) -> Distribuidora:
    """Company 2, folios `V+…`."""
    empresa = factories.DistribuidoraFactory(
        codigo="prueba-v", nombre="Luz Valle Más S.A.", nombre_fantasia="Valle+", prefijo="V+"
    )
    empresa.regiones.add(region)
    return empresa


@pytest.fixture
def unidad(distribuidora: Distribuidora) -> Unidad:
    return factories.UnidadFactory(distribuidora=distribuidora, nombre="Oficina Centro")


# --- people: every password is factories.CLAVE ----------------------------------------------------------------------
def _persona(cuerpo: int, nombres: str, apellidos: str, tipo: TipoPerfil, **perfil) -> Perfil:
    usuario = factories.UsuarioFactory(
        identificador=rut(cuerpo),
        nombres=nombres,
        apellidos=apellidos,
        email=f"{nombres.split()[0].lower()}.{apellidos.split()[0].lower()}@correo.example",
        clave=CLAVE,
    )
    return factories.PerfilFactory(usuario=usuario, tipo=tipo, **perfil)


@pytest.fixture
def rosa(db) -> Perfil:
    """Solicitante, RUT 12345678-5."""
    return _persona(12_345_678, "Rosa", "Fuentes Lagos", TipoPerfil.SOLICITANTE)


@pytest.fixture
def pedro(db) -> Perfil:
    """Another Solicitante, RUT 11111111-1."""
    return _persona(11_111_111, "Pedro", "Mardones Silva", TipoPerfil.SOLICITANTE)


@pytest.fixture
def marcos(distribuidora: Distribuidora) -> Perfil:
    """Tramitador of company 1, RUT 15234871-1."""
    return _persona(
        15_234_871,
        "Marcos",
        "Ibarra Toro",
        TipoPerfil.DISTRIBUIDORA,
        distribuidora=distribuidora,
        funciones=[Funcion.TRAMITADOR],
    )


@pytest.fixture
def valentina(distribuidora: Distribuidora) -> Perfil:
    """Validador de pagos of company 1, RUT 9876543-3."""
    return _persona(
        9_876_543,
        "Valentina",
        "Oyarzo Paz",
        TipoPerfil.DISTRIBUIDORA,
        distribuidora=distribuidora,
        funciones=[Funcion.VALIDADOR],
    )


@pytest.fixture
def admin_dx(distribuidora: Distribuidora) -> Perfil:
    """Administrador of company 1, RUT 16543210-K."""
    return _persona(
        16_543_210,
        "Amelia",
        "Duarte Cid",
        TipoPerfil.DISTRIBUIDORA,
        distribuidora=distribuidora,
        funciones=[Funcion.ADMINISTRADOR_EMPRESA],
    )


@pytest.fixture
def otra_dx(otra_distribuidora: Distribuidora) -> Perfil:
    """Tramitador and validador of company 2, RUT 17222333-8."""
    return _persona(
        17_222_333,
        "Olivia",
        "Tapia Rey",
        TipoPerfil.DISTRIBUIDORA,
        distribuidora=otra_distribuidora,
        funciones=[Funcion.TRAMITADOR, Funcion.VALIDADOR],
    )


@pytest.fixture
def auditora(db) -> Perfil:
    """SEC auditor, RUT 13456789-9."""
    return _persona(13_456_789, "Carla", "Núñez Vera", TipoPerfil.SEC, funciones=[Funcion.AUDITOR])


@pytest.fixture
def jefa_sec(db) -> Perfil:
    """SEC administrador, RUT 14555666-K."""
    return _persona(14_555_666, "Jimena", "Salas Mora", TipoPerfil.SEC, funciones=[Funcion.ADMINISTRADOR_SEC])


@pytest.fixture
def agente(unidad: Unidad) -> Perfil:
    """Agente of company 1, RUT 10998877-4."""
    return _persona(
        10_998_877,
        "Gabriel",
        "Peña Luz",
        TipoPerfil.AGENTE,
        distribuidora=unidad.distribuidora,
        unidad=unidad,
        funciones=[Funcion.AGENTE],
    )


@pytest.fixture
def doble(distribuidora: Distribuidora) -> Perfil:
    """Solicitante, RUT 18123456-3, who is also tramitador of company 1: the Solicitante profile."""
    solicitante = _persona(18_123_456, "Daniela", "Bravo Ruz", TipoPerfil.SOLICITANTE)
    factories.PerfilFactory(
        usuario=solicitante.usuario,
        tipo=TipoPerfil.DISTRIBUIDORA,
        distribuidora=distribuidora,
        funciones=[Funcion.TRAMITADOR],
    )
    return solicitante
