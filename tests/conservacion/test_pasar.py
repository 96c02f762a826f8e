"""The nightly passes: what has served its time goes, all that is under way stays, and the history says how much."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from pagos.models import Cobro
from portal import reloj
from portal.adjuntos.models import Adjunto, Guardado
from portal.avisos.models import Aviso
from portal.conservacion import actions, clases
from portal.conservacion.models import Pasada, ReglaDeConservacion
from portal.conservacion.tasks import de_noche, pasar
from portal.documentos.models import Caso
from portal.encargos.models import Encargo
from portal.historial.models import Comentario, Evento, registrar
from solicitudes.models import Borrador, Estado, Solicitud
from tests import factories
from tests.factories import AdjuntoFactory, BorradorFactory, SolicitudFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("todo", "detenido")]
HACE_MUCHO = timedelta(days=3000)


@pytest.fixture
def de_antes(rosa, distribuidora):
    """A request of long ago with words, an identity document and a sent notice, in the state that is asked for."""

    def _de_antes(estado: Estado = Estado.RESPONDIDO, hace: timedelta = HACE_MUCHO, **campos) -> Solicitud:
        with reloj.detener(reloj.ahora() - hace):
            solicitud = SolicitudFactory(
                solicitante=rosa, distribuidora=distribuidora, estado=estado, correo_adicional="nieta@correo.example"
            )
            registrar(solicitud.caso, "enviada", por=rosa, comentario="Mi nieta recibe los correos")
            cedula = AdjuntoFactory(caso=solicitud.caso, tipo="cedula", nombre="cedula de Rosa.pdf")
            cedula.archivo.save("x", ContentFile(b"cifrado"), save=True)
            Aviso.objects.create(
                caso=solicitud.caso, perfil=rosa, para="rosa@correo.example", asunto="Recibida", texto="Hola, Rosa",
                estado=Encargo.Estado.HECHO, terminado=reloj.ahora(), clave=f"x{solicitud.pk}:rosa@correo.example",
            )  # fmt: skip
        return solicitud

    return _de_antes


def queda(solicitud: Solicitud) -> tuple[bool, bool, bool, bool]:
    """Whether words, identity document, notice and further address of a request are still there."""
    solicitud.refresh_from_db()
    return (
        Comentario.objects.filter(evento__caso=solicitud.caso, texto__contains="nieta").exists(),
        Adjunto.objects.filter(caso=solicitud.caso).exclude(archivo="").exists(),
        Aviso.objects.filter(caso=solicitud.caso, texto="Hola, Rosa").exists(),
        bool(solicitud.correo_adicional),
    )


def encender(conserva, *codigos: str) -> None:
    for codigo in codigos or clases.clases():
        conserva(codigo, activa=True)


def correr(*argumentos: str) -> list[str]:
    salida = StringIO()
    call_command("conservacion", *argumentos, stdout=salida)
    return salida.getvalue().splitlines()


TODO, NADA = (True,) * 4, (False,) * 4


def test_lo_terminado_hace_mucho_se_borra(conserva, de_antes):
    """R-07, R-08: of a case at rest the words, the identity document, the mails and the address go; the rest stays."""
    solicitud = de_antes()
    antes = list(Evento.objects.values_list("pk", "hecho", "perfil_id", "cuando"))
    encender(conserva)
    correr()
    assert queda(solicitud) == NADA
    aviso = Aviso.objects.get()
    assert (aviso.para, aviso.clave, aviso.asunto, aviso.html) == ("", None, clases.BORRADO, "")
    cedula = Adjunto.objects.get()
    assert (cedula.nombre, cedula.borrado, cedula.sha256) == ("Borrado al cumplirse su plazo", True, "0" * 64)
    assert Evento.objects.filter(pk__in=[e[0] for e in antes]).count() == len(antes)


@pytest.mark.parametrize("estado", [e for e in Estado if e in Solicitud.ABIERTOS])
def test_un_caso_en_tramite_no_se_toca(conserva, de_antes, estado):
    """R-07: whatever its age, as long as something is owed."""
    solicitud = de_antes(estado)
    encender(conserva)
    correr()
    assert queda(solicitud) == TODO


def test_con_un_cobro_abierto_no_se_toca(conserva, de_antes):
    """R-07: an open charge keeps even a request that was answered."""
    solicitud = de_antes()
    cobro = factories.CobroFactory(caso=solicitud.caso)
    encender(conserva)
    correr()
    assert queda(solicitud) == TODO
    Cobro.objects.filter(pk=cobro.pk).update(estado=Cobro.Estado.RETIRADO)
    with reloj.adelantar(days=1):
        correr()
    assert queda(solicitud) == NADA


def test_con_un_reclamo_abierto_de_la_persona_no_se_toca(conserva, de_antes, presentar, materias, rosa):
    """R-07: who complains may need the own cases to prove it."""
    solicitud = de_antes()
    presentar(rosa)
    encender(conserva)
    correr()
    assert queda(solicitud) == TODO


def test_lo_que_paso_hace_poco_lo_guarda(conserva, de_antes, rosa):
    """R-07: days are counted from the last thing that happened; that somebody looked is none."""
    tocado, mirado = de_antes(), de_antes()
    registrar(tocado.caso, "complementada", por=rosa)
    registrar(mirado.caso, "identidad_descargada", por=rosa)
    encender(conserva)
    correr()
    assert (queda(tocado), queda(mirado)) == (TODO, NADA)


def test_las_reglas_apagadas_no_borran(conserva, de_antes):
    """R-07: as shipped, nothing that people gave goes."""
    conserva("avisos.contenido")
    solicitud = de_antes()
    BorradorFactory(guardado=reloj.ahora() - HACE_MUCHO)
    correr()
    assert (queda(solicitud), Borrador._base_manager.count()) == (TODO, 1)
    assert not Pasada.objects.filter(regla__activa=False).exists()


def test_un_borrador_se_va_con_su_caso_y_sus_archivos(conserva, rosa, carpetas, django_capture_on_commit_callbacks):
    """S-07: an abandoned draft leaves nothing behind; one that was touched stays."""
    viejo, nuevo = (BorradorFactory(solicitante=rosa, guardado=reloj.ahora() - d) for d in (HACE_MUCHO, timedelta(5)))
    adjunto = AdjuntoFactory(caso=viejo.caso, tipo="cedula")
    adjunto.archivo.save("x", ContentFile(b"algo"), save=True)
    encender(conserva, "solicitudes.borradores")
    with django_capture_on_commit_callbacks(execute=True):
        correr()
    assert list(Borrador._base_manager.all()) == [nuevo]
    assert not Caso.objects.filter(pk=viejo.pk).exists()
    assert [p for p in (carpetas / "adjuntos").rglob("*") if p.is_file()] == []


def test_las_sesiones_vencidas_se_van(conserva):
    """A-10: rows of sessions that ended do not pile up; the shipped rule is on."""
    ahora = reloj.ahora()
    for clave, vence in (("a", ahora - timedelta(days=2)), ("b", ahora)):
        Session.objects.create(session_key=clave, session_data="", expire_date=vence)
    conserva("acceso.sesiones")
    correr()
    assert [s.pk for s in Session.objects.all()] == ["b"]


def test_un_archivo_sin_formulario_se_va(conserva, rosa):
    """X-03: what waited for its form in vain goes after a day; the sweep of bytes takes what it named."""
    guardado = Guardado.objects.create(perfil=rosa, nombre="a", formato="pdf", bytes=1, sha256="0", sha256_recibido="0")
    conserva("adjuntos.sin_formulario")
    with reloj.adelantar(hours=23):
        correr()
        assert Guardado.objects.get() == guardado
    with reloj.adelantar(days=2):
        correr()
    assert not Guardado.objects.exists()


def test_la_historia_dice_cuanto_una_vez_por_regla(conserva, de_antes):
    """R-07, X-06: one event with the count for each rule that erased something, none for the others."""
    for _ in range(3):
        de_antes()
    encender(conserva)
    correr()
    hechos = Evento.objects.filter(hecho="conservacion_aplicada").values_list("caso", "perfil", "datos")
    assert sorted((d["clase"], d["cuantas"]) for _, _, d in hechos) == [
        ("adjuntos.identidad", 3), ("avisos.contenido", 3), ("historial.comentarios", 3), ("solicitudes.correo", 3),
    ]  # fmt: skip
    assert {(caso, perfil) for caso, perfil, _ in hechos} == {(None, None)}


def test_de_a_lotes_y_se_retoma_donde_quedo(conserva, de_antes, monkeypatch):
    """R-07: each batch is a transaction; who dies in the third one leaves two, and the next holder ends the count."""
    monkeypatch.setattr(actions, "LOTE", 2)
    for _ in range(5):
        de_antes()
    regla = conserva("historial.comentarios", activa=True)
    (pasada,) = [p for p in actions.programar() if p.regla == regla]
    tomada = Pasada.tomar(pasada.pk)
    assert [actions._lote(tomada) for _ in range(2)] == [2, 2]
    assert Pasada.objects.get(pk=pasada.pk).borradas == 4
    with reloj.adelantar(minutes=6):  # its lease is over
        pasar(str(pasada.pk))
    hecha = Pasada.objects.get(pk=pasada.pk)
    assert (hecha.estado, hecha.borradas) == (Encargo.Estado.HECHO, 5)
    assert Evento.objects.get(hecho="conservacion_aplicada").datos["cuantas"] == 5


def test_apagarla_la_detiene(conserva, de_antes, monkeypatch):
    """R-07: the rule is read again before each batch."""
    monkeypatch.setattr(actions, "LOTE", 1)
    primera, segunda = de_antes(), de_antes()
    regla = conserva("solicitudes.correo", activa=True)
    (pasada,) = [p for p in actions.programar() if p.regla == regla]
    tomada = Pasada.tomar(pasada.pk)
    assert actions._lote(tomada) == 1
    conserva("solicitudes.correo", activa=False)
    assert actions._lote(tomada) == 0
    assert sorted(queda(s)[3] for s in (primera, segunda)) == [False, True]


@pytest.mark.parametrize(("hora_utc", "cuantas"), [(13, 0), (5, 1)])
def test_sólo_de_noche_y_una_vez(conserva, hora_utc, cuantas):
    """R-07: beat asks every hour; passes begin by night (10:00 and 02:00 in Santiago), each once a day."""
    conserva("acceso.sesiones", activa=True)
    ReglaDeConservacion.objects.exclude(clase="acceso.sesiones").update(activa=False)
    with reloj.detener(datetime(2026, 11, 18, hora_utc, tzinfo=UTC)):
        de_noche()
        de_noche()
    assert Pasada.objects.count() == cuantas


def test_simular_cuenta_y_no_borra(conserva, de_antes):
    """R-07: the rehearsal says how many, of rules that are on and off, and leaves all."""
    solicitud = de_antes()
    conserva("historial.comentarios", activa=True)
    lineas = correr("--simular")
    assert "Comentarios de casos terminados: 60 meses (encendida): 1" in lineas
    assert "Correo adicional de solicitudes terminadas: 60 meses (apagada): 1" in lineas
    assert len(lineas) == len(clases.clases())
    assert (queda(solicitud), Pasada.objects.count()) == (TODO, 0)
    assert "Comentarios de casos terminados: 1. Terminada." in correr()


def test_sin_reglas_lo_dice():
    """R-07: before the reference data are loaded there is nothing to apply."""
    with pytest.raises(CommandError, match="No hay reglas de conservación"):
        correr()


def test_cada_clase_tiene_su_regla_sin_inventar_norma(conserva):
    """R-07: every declared kind ships a rule, unverified and without a norm; only what is no one's is on."""
    conserva("avisos.contenido")
    assert set(ReglaDeConservacion.objects.values_list("clase", flat=True)) == set(clases.clases())
    assert not ReglaDeConservacion.objects.exclude(norma="", verificado=False).exists()
    assert set(ReglaDeConservacion.objects.filter(activa=True).values_list("clase", flat=True)) == {
        "acceso.captchas", "acceso.intentos", "acceso.sesiones", "adjuntos.sin_formulario", "informes.archivos",
        "sgc.archivos",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("desde", "meses", "hasta"),
    [((2026, 1, 31), 1, (2026, 2, 28)), ((2024, 1, 31), 1, (2024, 2, 29)), ((2026, 11, 18), 14, (2028, 1, 18))],
)
def test_los_meses_cortos(desde, meses, hasta):
    """R-07: of a month that is too short, its last day."""
    regla = ReglaDeConservacion(cantidad=meses, unidad="meses")
    assert regla.hasta(datetime(*desde, tzinfo=UTC)) == datetime(*hasta, tzinfo=UTC)


def test_el_documento_borrado_se_dice_y_no_se_baja(conserva, de_antes, entrar, rosa):
    """R-08: the page of the case says that it was let go of; its address is not found, and the zip leaves it out."""
    solicitud = de_antes()
    cedula = Adjunto.objects.get()
    encender(conserva, "adjuntos.identidad")
    correr()
    navegador = entrar(rosa)
    pagina = navegador.get(solicitud.get_absolute_url()).text
    assert "Borrado al cumplirse su plazo" in pagina
    assert str(cedula.pk) not in pagina
    assert navegador.get(reverse("adjuntos:descargar", args=[cedula.pk])).status_code == 404
    assert not Evento.objects.filter(hecho="identidad_descargada").exists()
