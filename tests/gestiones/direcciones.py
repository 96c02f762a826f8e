"""What the tests of all addresses must know of the desk's and of the mirror's."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gestiones import actions
from portal import reloj
from portal.cuentas.ambito import como
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil
from portal.sgc.actions import pedir
from portal.sgc.models import Importacion
from tests.factories import PerfilFactory
from tests.gestiones.ayuda import campos, grabar
from tests.seguridad.casos import Mundo, Pedido

ACTORES = {"funcionaria": "nadia", "jefe": "ramon", "otro_jefe": "jefe_lejano", "supervisora_sgc": "lucia"}
TABLA = b"NIS;Tensi\xc3\xb3n;Tipo de documento;Documento;Titular\n77;MT;C.I.;4555666;Hugo\n"


def _gestion(mundo: Mundo) -> Any:
    """An entry of Nadia's; her head is there too."""
    mundo.dar("ramon")
    return grabar(mundo.dar("nadia"))


def _cargar(mundo: Mundo, actor: str) -> Pedido:
    mundo.dar("nadia")
    return Pedido(reverse("gestiones:cargar"), campos(documento="4555666"))


def _ver(nombre: str, datos: Callable[[Any], dict[str, Any]] = lambda gestion: {}) -> Callable[[Mundo, str], Pedido]:
    def pedido(mundo: Mundo, actor: str) -> Pedido:
        gestion = _gestion(mundo)
        return Pedido(reverse(f"gestiones:{nombre}", args=[gestion.numero]), datos(gestion))

    return pedido


def _revisar(mundo: Mundo, actor: str) -> Pedido:
    return Pedido(reverse("gestiones:revisar"), {"numero": _gestion(mundo).numero, "accion": "validar"})


def _funcionarios(mundo: Mundo, actor: str) -> Pedido:
    """An officer whom nobody has defined yet, for the unit of whoever asks."""
    unidad = mundo.dar("jefe_lejano" if actor == "otro_jefe" else "ramon").unidad
    nuevo = PerfilFactory(
        tipo=TipoPerfil.AGENTE, distribuidora=unidad.distribuidora, unidad=unidad, funciones=[Funcion.AGENTE]
    )
    datos = {"funcionario": nuevo.pk, "unidad": unidad.pk, "clase": "apoyo", "desde": reloj.hoy().isoformat()}
    return Pedido(reverse("gestiones:funcionarios"), datos)


def _terminar(mundo: Mundo, actor: str) -> Pedido:
    nadia = mundo.dar("nadia")
    with como(nadia):
        pk = nadia.designaciones.get().pk
    return Pedido(reverse("gestiones:terminar", args=[pk]), {"hasta": reloj.hoy().isoformat()})


def _horario(mundo: Mundo, actor: str) -> Pedido:
    pk = mundo.dar("ramon").unidad_id
    return Pedido(reverse("gestiones:horario", args=[pk]), {"dias": ["0", "5"], "desde": "07:00", "hasta": "15:00"})


def _cerrar(mundo: Mundo, actor: str) -> Pedido:
    pk = mundo.dar("ramon").unidad_id
    return Pedido(reverse("gestiones:cerrar", args=[pk, date(2025, 1, 1)]), {"nada": "x"})


def _importacion(mundo: Mundo) -> Importacion:
    """One of the Paraguayan company's that was rehearsed and can be applied."""
    lucia = mundo.dar("lucia")
    with como(lucia):
        importacion = pedir(SimpleUploadedFile("a.csv", TABLA), por=lucia, contenido="suministros")
    Importacion.todos().filter(pk=importacion.pk).update(estado="hecho", filas=1, nuevas=1)
    return importacion


def _de_importacion(nombre: str) -> Callable[[Mundo, str], Pedido]:
    return lambda mundo, actor: Pedido(reverse(f"sgc:{nombre}", args=[_importacion(mundo).pk]))


class _Tabla(SimpleUploadedFile):
    """A file that may be sent more than once."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return super().read()


def _importar(mundo: Mundo, actor: str) -> Pedido:
    datos = {"contenido": "suministros", "archivo": _Tabla("a.csv", TABLA)}
    return Pedido(reverse("sgc:importar"), datos)


PEDIDOS = {
    "gestiones:cargar": _cargar,
    "gestiones:ver": _ver("ver"),
    "gestiones:corregir": _ver("corregir", lambda g: campos(clave=str(g.caso.clave), tipo="4")),
    "gestiones:revisar": _revisar,
    "gestiones:funcionarios": _funcionarios,
    "gestiones:terminar": _terminar,
    "gestiones:horario": _horario,
    "gestiones:cerrar": _cerrar,
    "sgc:importar": _importar,
    "sgc:importacion": _de_importacion("importacion"),
    "sgc:aplicar": _de_importacion("aplicar"),
}
DE_LA_PAGINA = {"gestiones:revisar": ["motivo"]}
SIN_PAGINA = {"gestiones:revisar", "sgc:ajustar", "sgc:aplicar"}


def recorrido(dar: Callable[[str], Any]) -> Iterator[tuple[Perfil, list[str]]]:
    """The desk as its people see it."""
    nadia, ramon, lucia = dar("nadia"), dar("ramon"), dar("lucia")
    una, otra = grabar(nadia, observacion="Vuelve"), grabar(nadia, tipo=2, preferencial="embarazada")
    with como(ramon):
        actions.observar([otra.numero], por=ramon, motivo="¿Cuál de las dos?")
        designacion = nadia.designaciones.get()
    yield nadia, [
        "/", "/gestiones/cargar/", f"/gestiones/cargar/?grabada={una.numero}", "/gestiones/tablero/",
        f"/gestiones/{otra.numero}/", f"/gestiones/{otra.numero}/corregir/", "/gestiones/", "/gestiones/?desde=ayer",
    ]  # fmt: skip
    yield ramon, [
        "/", "/gestiones/", "/gestiones/?tipo=3", f"/gestiones/{una.numero}/", "/gestiones/tablero/?mes=2025-02",
        "/gestiones/funcionarios/", f"/gestiones/funcionarios/{designacion.pk}/terminar/",
        f"/gestiones/horario/{ramon.unidad_id}/", "/gestiones/planilla/",
        f"/gestiones/planilla/{ramon.unidad_id}/{reloj.hoy():%Y-%m}/cerrar/",
    ]  # fmt: skip
    with como(lucia):
        buena = pedir(SimpleUploadedFile("a.csv", TABLA), por=lucia, contenido="suministros")
        mala = pedir(SimpleUploadedFile("a.csv", TABLA + b";;;;\n9;AT;;;"), por=lucia, contenido="suministros")
    yield lucia, ["/sgc/", "/sgc/importar/ !", buena.get_absolute_url(), mala.get_absolute_url()]
