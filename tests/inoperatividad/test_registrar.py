"""**Registro de Inoperatividad**, through the responsible's door."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from inoperatividad.models import Estado, EstadoMasiva, Masiva, Registro
from portal import reloj
from portal.avisos.models import Aviso
from portal.historial.models import Evento
from tests.inoperatividad.direcciones import _registro

pytestmark = pytest.mark.django_db
RUTA = "/inoperatividad/registros/nuevo/?caso=si"


def _todos():
    return Registro._base_manager.order_by("correlativo")


def test_it_is_asked_first_whether_it_is_one(entrar, mesa):
    """I-03: slowness, some PCs, equipment, payments and debt are explained and stop; nothing is recorded."""
    navegador = entrar(mesa.gente["responsable"])
    for caso in ("lento", "algunas", "equipo", "pago", "deuda"):
        pagina = navegador.post(f"/inoperatividad/registros/nuevo/?caso={caso}", _registro(mesa)).content.decode()
        assert "no es inoperatividad" in pagina
    assert "¿Qué pasa?" in navegador.post("/inoperatividad/registros/nuevo/", _registro(mesa)).content.decode()
    assert not _todos().exists()


def test_the_page_comes_filled_in(entrar, mesa, detenido):
    """I-01: the own point, this moment, and what Fallas declared down; at most six fields to see."""
    mesa.vigente("SGA", inicio=detenido - timedelta(minutes=5))
    form = entrar(mesa.gente["responsable"]).get(RUTA).context["form"]
    assert f"{form['inicio'].value():%H:%M}" == "10:00"
    assert form["aplicativos"].value() == [mesa.aplicativo("SGA").pk]
    assert form["motivo"].value() == mesa.motivo().pk
    condicionales = {"consulta", "pago_pendiente"}
    assert len({f.name for f in form.visible_fields()} - condicionales) == 6


def test_it_is_recorded(entrar, mesa, detenido):
    """I-01, I-05: correlativo, history, the mailbox's mail, and the alert that it is when nobody had one."""
    respuesta = entrar(mesa.gente["responsable"]).post(RUTA, _registro(mesa))
    assert respuesta["Location"] == "/inoperatividad/registros/1/?nuevo=1"
    uno = _todos().get()
    assert (uno.correlativo, uno.estado, uno.unidad, uno.escenario) == (1, Estado.ABIERTO, mesa.punto, "masiva")
    assert uno.caso.numero == "prueba-yn-1"
    assert uno.inicio == detenido - timedelta(minutes=20)
    assert uno.masiva.estado == EstadoMasiva.ALERTADA
    hechos = Evento.objects.filter(caso=uno.caso).values_list("hecho", flat=True)
    assert list(hechos) == ["registrado"]
    avisos = Aviso.todos().filter(caso=uno.caso).values_list("para", "plantilla")
    assert list(avisos) == [("buzon-fallas@operadora.example", "inoperatividad_registro")]
    alertas = Aviso.todos().filter(plantilla="inoperatividad_alerta").values_list("para", flat=True)
    assert set(alertas) == {"buzon-fallas@operadora.example", "fallas@operadora.example"}


def test_records_hang_on_the_masiva_under_way(mesa):
    """I-05: declared or alerted, it is the same masiva; another application is another alert."""
    vigente = mesa.vigente()
    assert mesa.registro().masiva == vigente
    otro = mesa.registro(tipo_tramite="bajas", aplicativos=[mesa.aplicativo("SGA")])
    assert otro.masiva != vigente
    assert mesa.registro(tipo_tramite="altas", aplicativos=[mesa.aplicativo("SGA")]).masiva == otro.masiva
    assert Masiva._base_manager.count() == 2


def test_a_late_record_hangs_on_the_masiva_that_was(mesa):
    """I-05: what began within the window of an ended masiva belongs to it."""
    terminada = mesa.terminada()
    assert mesa.registro(tipo_tramite="bajas", inicio=terminada.inicio + timedelta(minutes=5)).masiva == terminada


def test_one_open_for_each_kind_and_point(entrar, mesa):
    """I-02: the second says so beside the field, with its number; another kind and another point may."""
    navegador = entrar(mesa.gente["responsable"])
    navegador.post(RUTA, _registro(mesa))
    pagina = navegador.post(RUTA, _registro(mesa))
    assert "ya tiene un registro abierto de este tipo de trámite: es el registro 1" in pagina.content.decode()
    assert navegador.post(RUTA, _registro(mesa) | {"tipo_tramite": "bajas"}).status_code == 302
    assert entrar(mesa.gente["otro_responsable"]).post(RUTA, _registro(mesa)).status_code == 302
    assert list(_todos().values_list("correlativo", flat=True)) == [1, 2, 3]


def test_the_database_itself_refuses_the_second(mesa):
    """I-02: also past the action."""
    uno = mesa.registro()
    otro = mesa.registro(tipo_tramite="bajas")
    with pytest.raises(IntegrityError), transaction.atomic():
        Registro._base_manager.filter(pk=otro.pk).update(tipo_tramite=uno.tipo_tramite)


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        ({"tipo_tramite": ""}, "Elige el tipo de trámite"),
        ({"tipo_tramite": "consultas"}, "Elige cuál de las consultas reguladas"),
        ({"aplicativos": []}, "Marca al menos un aplicativo"),
        ({"motivo": ""}, "Elige el motivo"),
        ({"inicio": "2030-01-01T10:00"}, "El inicio está en el futuro"),
        ({"inicio": "ayer"}, "Escribe un día y una hora que existan"),
        ({"inicio": "1999-01-01T10:00"}, "entre los años 2000 y 2100"),
        ({"descripcion": ""}, "Cuenta qué ocurrió"),
        ({"descripcion": "a" * 2001}, "Escribe a lo más 2000 caracteres"),
    ],
)
def test_what_is_wrong_is_said(entrar, mesa, cambio, frase):
    """I-01: beside its field; nothing is recorded, nothing typed is lost."""
    pagina = entrar(mesa.gente["responsable"]).post(RUTA, _registro(mesa) | cambio)
    assert frase in pagina.content.decode()
    assert not _todos().exists()


def test_sicar_only_with_a_pending_payment(entrar, mesa):
    """I-03: SICAR alone is refused; with SISACT it needs the payment that must end the transaction."""
    navegador, sicar, sisact = entrar(mesa.gente["responsable"]), mesa.aplicativo("SICAR"), mesa.aplicativo("SISACT")
    datos = _registro(mesa) | {"aplicativos": [sicar.pk, sisact.pk]}
    assert "solo si un pago debe terminar" in navegador.post(RUTA, datos).content.decode()
    solo = datos | {"aplicativos": [sicar.pk], "pago_pendiente": "on"}
    assert "solo junto con el aplicativo" in navegador.post(RUTA, solo).content.decode()
    assert navegador.post(RUTA, datos | {"pago_pendiente": "on"}).status_code == 302


def test_an_unforeseen_event_takes_all_down(entrar, mesa):
    """I-04: a power cut affects every application, and hangs on no masiva."""
    motivo = mesa.motivo("Sin Fluido Eléctrico en Punto de Atención", "no_previsto")
    datos = _registro(mesa) | {"motivo": motivo.pk, "aplicativos": []}
    assert entrar(mesa.gente["responsable"]).post(RUTA, datos).status_code == 302
    uno = _todos().get()
    assert (uno.escenario, uno.masiva, uno.aplicativos.through.objects.count()) == ("no_previsto", None, 6)


def test_intermittence_is_no_motive_of_opening(entrar, mesa):
    """I-04: it is for closing; the form does not offer it, the action refuses it."""
    motivo = mesa.motivo("Intermitencia en el sistema")
    pagina = entrar(mesa.gente["responsable"]).post(RUTA, _registro(mesa) | {"motivo": motivo.pk})
    assert "Elige un motivo de la lista" in pagina.content.decode()
    with pytest.raises(ValidationError, match="se elige al cerrar"):
        mesa.registro(motivo=motivo)


def test_errors_and_tests_only_by_authorised_areas(entrar, mesa):
    """I-04: a responsible is not offered that scenario; Soporte and Control e Información are."""
    error = mesa.motivo("Error de Usuario", "error")
    with pytest.raises(PermissionDenied):
        mesa.registro(motivo=error)
    datos = _registro(mesa) | {"motivo": error.pk, "unidad": mesa.punto.pk}
    assert "Elige un motivo de la lista" in entrar(mesa.gente["responsable"]).post(RUTA, datos).content.decode()
    assert entrar(mesa.gente["soporte"]).post(RUTA, datos).status_code == 302
    assert entrar(mesa.gente["soporte"]).post(RUTA, datos | {"motivo": mesa.motivo().pk}).status_code == 200
    assert _todos().get().escenario == "error"


def test_not_for_another_point(mesa):
    """A-12: the responsible of one point records nothing for another."""
    ajeno = mesa.gente["otro_responsable"].unidad
    with pytest.raises(PermissionDenied):
        mesa.registro(unidad=ajeno)


def test_on_paper_and_later(entrar, mesa, detenido):
    """I-08: past dates, the reason, the sheet; the mailbox and its two copies are told."""
    navegador = entrar(mesa.gente["responsable"])
    datos = _registro(mesa) | {"inicio": "2026-11-16T09:15", "motivo_papel": "", "hoja": ""}
    pagina = navegador.post("/inoperatividad/registros/papel/", datos).content.decode()
    assert "Explica por qué no se pudo registrar" in pagina
    assert "Adjunta el Formato Manual" in pagina
    datos |= {"motivo_papel": "Sin red.", "hoja-guardado": mesa.guardado("responsable").pk}
    assert navegador.post("/inoperatividad/registros/papel/", datos).status_code == 302
    uno = _todos().get()
    assert (uno.papel, uno.registrado - uno.inicio > timedelta(days=2)) == ("Sin red.", True)
    assert [a.tipo for a in uno.caso.adjuntos.model._base_manager.filter(caso=uno.caso)] == ["hoja"]
    para = set(Aviso.todos().filter(caso=uno.caso).values_list("para", flat=True))
    assert para == {f"buzon-{b}@operadora.example" for b in ("fallas", "copia1", "copia2")}
    assert reloj.ahora() == detenido
