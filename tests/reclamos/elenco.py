"""People and things that tests of complaints add to the cast."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Perfil
from portal.plazos.models import Regla
from reclamos.actions import presentacion, tramite
from reclamos.actions.presentacion import Contenido, Persona
from reclamos.forms.reclamo import de_la_cuenta
from reclamos.models import Canal, Estado, Materia, Reclamo, Resultado
from tests import factories
from tests.factories import CLAVE, rut

VISITA = Persona("rut", rut(7_654_321), "Marta Ríos Paredes", "marta@correo.example")
TERMINOS = {
    "reclamos.respuesta": 15,
    "reclamos.respuesta.facturacion": 10,
    "reclamos.respuesta.facturacion.mayor": 20,
    "reclamos.completar": 3,
    "reclamos.apelacion": 15,
    "reclamos.apelacion.elevar": 5,
    "reclamos.queja.elevar": 3,
    "reclamos.queja.decidir": 13,
}


@pytest.fixture
def segunda(db) -> Perfil:
    """SEC, segunda instancia."""
    usuario = factories.UsuarioFactory(
        identificador=rut(12_121_212), nombres="Elsa", apellidos="Vial Soto", email="elsa@correo.example", clave=CLAVE
    )
    return factories.PerfilFactory(usuario=usuario, tipo=TipoPerfil.SEC, funciones=[Funcion.SEGUNDA_INSTANCIA])


@pytest.fixture
def seguimiento(unidad) -> Perfil:
    """Agente of company 1, control y seguimiento."""
    usuario = factories.UsuarioFactory(
        identificador=rut(13_131_313),
        nombres="Lidia",
        apellidos="Cáceres Roa",
        email="lidia@correo.example",
        clave=CLAVE,
    )
    return factories.PerfilFactory(
        usuario=usuario,
        tipo=TipoPerfil.AGENTE,
        distribuidora=unidad.distribuidora,
        unidad=unidad,
        funciones=[Funcion.SEGUIMIENTO],
    )


MATERIAS = (
    {"codigo": "facturacion", "nombre": "Facturación y cobro", "con_monto": True, "umbral": Decimal(100_000)},
    {"codigo": "suministro", "nombre": "Cortes y calidad"},
    {"codigo": "suspender-pago", "nombre": "Que se suspenda", "reclamable": False, "explicacion": "No se pide así."},
)


def materias_y_terminos() -> dict[str, Materia]:
    """Chile's matters (billing has a greater term above 100.000) and rules in business days; made when missing."""
    if not Materia.objects.exists():
        Materia.objects.bulk_create(Materia(orden=orden, **fila) for orden, fila in enumerate(MATERIAS))
        Regla.objects.bulk_create(
            Regla(materia=materia, pais="CL", cantidad=dias, vigente_desde=date(2015, 1, 1))
            for materia, dias in TERMINOS.items()
        )
    return {m.codigo: m for m in Materia.objects.filter(distribuidora=None)}


@pytest.fixture
def materias(db) -> dict[str, Materia]:
    """The matters of Chile, by code, and their terms."""
    return materias_y_terminos()


@pytest.fixture
def presentar(distribuidora) -> Callable[..., Reclamo]:
    """File a complaint, by `por` or by somebody without an account; `materia` is a code."""

    def _presentar(
        por: Perfil | None = None,
        materia: str = "suministro",
        monto: int | None = None,
        empresa=None,
        persona: Persona | None = None,
        **campos,
    ) -> Reclamo:
        with sin_ambito():
            elegida = materias_y_terminos()[materia]
            borrador = presentacion.empezar(empresa or distribuidora, por=por, clave=uuid4())
            contenido = Contenido(
                suministro="2210733",
                materia=elegida,
                hecho_el=reloj.hoy() - timedelta(days=1),
                que_paso="Se cortó la luz tres noches.",
                que_pide="Que la reparen.",
                sin_respuesta=True,
                monto=Decimal(monto) if monto else None,
            )
            if persona is None:
                persona = Persona(*de_la_cuenta(por)) if por and por.es_solicitante else VISITA
            if por and not por.es_solicitante:
                campos.setdefault("canal", Canal.MOSTRADOR)
            return presentacion.presentar(borrador, por=por, persona=persona, contenido=contenido, **campos)

    return _presentar


@pytest.fixture
def guardado(carpetas) -> Callable[[Perfil | None], object]:
    """A file that passed and waits for its form."""
    from django.core.files.base import ContentFile

    from portal.adjuntos.models import Guardado

    def _guardado(por: Perfil | None = None) -> Guardado:
        fila = Guardado(
            perfil=por, nombre="documento.pdf", formato="pdf", bytes=18, sha256="0" * 64, sha256_recibido="0" * 64
        )
        fila.archivo.save("documento.pdf", ContentFile(b"%PDF-1.7 de prueba"), save=False)
        with sin_ambito():
            fila.save()
        return fila

    return _guardado


@pytest.fixture
def reclamo_en(presentar, marcos, guardado) -> Callable[..., Reclamo]:
    """A complaint brought to a state by its own actions; Rosa's, unless `por` says otherwise."""
    from reclamos.actions import recursos
    from reclamos.models import AjusteReclamos
    from reclamos.models.recurso import Decision

    def _en(estado: Estado, por: Perfil | None = None, **opciones) -> Reclamo:
        reclamo = presentar(por=por, **opciones)
        with sin_ambito():
            if estado == Estado.POR_SILENCIO:
                AjusteReclamos.objects.update_or_create(
                    distribuidora=reclamo.distribuidora, defaults={"silencio": True}
                )
                with reloj.adelantar(days=60):
                    tramite.callar(reclamo)
            elif estado != Estado.INGRESADO:
                presentacion.codificar(reclamo, por=marcos)
            if estado == Estado.POR_COMPLETAR:
                tramite.pedir_completar(reclamo, por=marcos, que_falta="Una foto.")
            if estado in (Estado.RESPONDIDO, Estado.EN_APELACION, Estado.RESUELTO):
                tramite.responder(reclamo, por=marcos, resultado=Resultado.INFUNDADO, resolucion=guardado(marcos))
            if estado in (Estado.EN_APELACION, Estado.RESUELTO):
                recurso = recursos.apelar(reclamo, por=por, motivo="No revisaron.")
                if estado == Estado.RESUELTO:
                    recursos.elevar(recurso, por=marcos)
                    segunda = factories.PerfilFactory(tipo=TipoPerfil.SEC, funciones=[Funcion.SEGUNDA_INSTANCIA])
                    recursos.decidir(recurso, por=segunda, decision=Decision.FUNDADO, resolucion=guardado(segunda))
            return Reclamo.objects.select_related("caso", "distribuidora").get(pk=reclamo.pk)

    return _en
