"""Q-11: the register of network events, and the claims for damaged appliances that point at them."""

import uuid
from datetime import timedelta
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import reloj
from portal.cuentas.ambito import como
from portal.informes.models import Informe
from reclamos.seccion import actions as de_la_seccion
from reclamos.seccion.models import Asunto
from reclamos.seccion.red import actions
from reclamos.seccion.red.models import EventoRed
from tests.seccion.direcciones import EVENTO, evento
from tests.seccion.puerta import PDF, andar, dar, lineas, registrar, releer
from tests.seccion.test_artefactos import texto

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]
NUEVO = "seccion:evento_nuevo"


def enviado(**cambios):
    """The form of an event as a browser sends it."""
    return {"clave": str(uuid.uuid4()), **EVENTO, "archivo": SimpleUploadedFile("parte.pdf", PDF)} | cambios


def anotar(navegador, **cambios) -> EventoRed:
    """Register through the page; the event."""
    respuesta = navegador.post(reverse(NUEVO), enviado(**cambios))
    assert respuesta.status_code == 302, respuesta.context["form"].errors
    return EventoRed.objects.get(pk=respuesta.url.rstrip("/").rpartition("/")[2])


@pytest.fixture
def corte(entrar, seguidora) -> EventoRed:
    """The third of November from 20:14 to 20:31, feeder LAM-07, Lambaré."""
    return anotar(entrar(seguidora))


@pytest.fixture
def reclamo(entrar, seguidora) -> Asunto:
    """A damage of the third of November in Lambaré."""
    return registrar(entrar(seguidora), "artefactos", ocurrio="2026-11-03", zona="lambare", alimentador="")


def opciones(navegador, asunto: Asunto, suceso: str = "analizar") -> list:
    """What the step offers to choose from, by group."""
    pagina = navegador.get(reverse("seccion:paso", args=[asunto.pk, suceso]))
    return [
        (titulo, [clave for clave, _ in grupo] if isinstance(grupo, list) else grupo)
        for titulo, grupo in pagina.context["form"].fields["evento"].choices
    ]


class TestRegistro:
    """The register itself."""

    def test_se_registra_con_su_documento(self, entrar, seguidora, corte):
        """Q-11: number, when on the company's clocks, where, why, the document that says so, and who wrote it."""
        assert str(corte) == f"ER-1/{corte.anio}"
        pagina = entrar(seguidora).get(corte.get_absolute_url()).text
        for dicho in ("Corte", "20:14", "LAM-07", "Árbol sobre la línea.", "Parte N° 311", "parte.pdf", "Lucía Seguí"):
            assert dicho in pagina
        assert "Evento de la red registrado: Corte" in pagina

    def test_enviado_dos_veces_es_uno(self, entrar, seguidora):
        """X-07: a second click gives the same event."""
        datos, navegador = enviado(), entrar(seguidora)
        rutas = {
            navegador.post(reverse(NUEVO), datos | {"archivo": SimpleUploadedFile("p.pdf", PDF)}).url for _ in "12"
        }
        assert (len(rutas), EventoRed.objects.count()) == (1, 1)

    @pytest.mark.parametrize(
        ("cambios", "campo", "queja"),
        [
            ({"desde": "2031-01-01T10:00", "hasta": ""}, "desde", "Todavía no llega. Escribe cuándo empezó."),
            ({"hasta": "2026-11-03T20:13"}, "hasta", "Es anterior a «Desde». Corrige una de las dos."),
            ({"desde": "2026-02-30T10:00"}, "desde", "Escribe un día y una hora que existan"),
            ({"causa": ""}, "causa", "Completa «Causa»"),
            ({"fuente": ""}, "fuente", "Completa «Documento de origen»"),
            ({"archivo": ""}, "archivo", "Adjunta: Copia del documento de origen"),
            (
                {"alimentador": "", "subestacion": "", "zona": ""}, "alimentador",
                "Escribe dónde fue: el alimentador, la subestación o la comuna o zona.",
            ),
        ],
    )  # fmt: skip
    def test_lo_que_no_puede_ser(self, entrar, seguidora, cambios, campo, queja):
        """Q-11: what no event can be is said beside its field, and no number is spent."""
        respuesta = entrar(seguidora).post(reverse(NUEVO), enviado(**cambios))
        assert respuesta.context["form"].errors[campo] == [queja]
        assert EventoRed.objects.count() == 0

    def test_la_base_tampoco_lo_admite(self, corte):
        """Q-11: an end before the beginning, no place, or a number twice cannot be written."""
        fila = EventoRed.objects.filter(pk=corte.pk)
        for cambio in (
            {"hasta": corte.desde - timedelta(minutes=1)},
            {"alimentador": "", "subestacion": "", "zona": ""},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                fila.update(**cambio)

    def test_se_corrige_diciendo_por_que(self, entrar, seguidora, corte):
        """Q-11: the reason and what it said before stay in the history; changing nothing is refused."""
        ruta = reverse("seccion:evento_corregir", args=[corte.pk])
        navegador = entrar(seguidora)
        datos = EVENTO | {"hasta": "2026-11-03T21:05", "motivo": "Lo dice el parte final."}
        assert navegador.post(ruta, datos).status_code == 302
        pagina = navegador.get(corte.get_absolute_url()).text
        assert "Lo dice el parte final." in pagina
        assert "Hasta: 03-11-2026 20:31 → 03-11-2026 21:05" in pagina
        assert "No cambiaste nada." in navegador.post(ruta, datos).text

    def test_se_anula_y_ya_no_se_elige(self, entrar, seguidora, corte, reclamo):
        """Q-11: annulled with its reason it keeps its number, is offered to nobody, and changes no more."""
        navegador = entrar(seguidora)
        navegador.post(reverse("seccion:evento_anular", args=[corte.pk]), {"motivo": "Era una prueba."})
        pagina = navegador.get(corte.get_absolute_url()).text
        assert "Anulado" in pagina
        assert "Era una prueba." in pagina
        assert opciones(navegador, reclamo)[1:] == [("ninguno", "Ninguno del registro lo explica")]
        respuesta = navegador.post(
            reverse("seccion:evento_corregir", args=[corte.pk]), EVENTO | {"zona": "Luque", "motivo": "x"}
        )
        assert "No se puede corregir" in respuesta.text

    def test_quien_solo_mira_no_escribe(self, corte, miembro_comite, seguidora_ajena):
        """A-11, A-12: the committee reads and another company does not even see; neither writes."""
        for perfil, error in ((miembro_comite, PermissionDenied), (seguidora_ajena, EventoRed.DoesNotExist)):
            with como(perfil), pytest.raises(error):
                actions.anular_evento(corte, por=perfil, motivo="x")


class TestLista:
    """The list of the register (X-07)."""

    def test_se_filtra_por_lugar_tipo_y_dias(self, entrar, seguidora, corte):
        """X-07: what touched the days asked for, where it was; what goes on is found on any later day."""
        navegador = entrar(seguidora)
        sigue = anotar(navegador, tipo="maniobra", desde="2026-11-05T08:00", hasta="", alimentador="VMO-02", zona="")
        for filtro, hallados in (
            ({"tipo": "corte"}, [corte]), ({"alimentador": "vmo"}, [sigue]), ({"zona": "Lamb"}, [corte]),
            ({"desde": "2026-11-03", "hasta": "2026-11-03"}, [corte]), ({"desde": "2026-11-09"}, [sigue]),
            ({"hasta": "2026-11-02"}, []), ({}, [sigue, corte]), ({"orden": "desde"}, [corte, sigue]),
        ):  # fmt: skip
            lista = navegador.get(reverse("seccion:eventos"), filtro).context["lista"]
            assert lista.pagina.object_list == hallados, filtro

    def test_las_consultas_no_crecen(self, entrar, seguidora, corte, reclamo):
        """X-07: as many queries for one event as for three."""
        navegador, cuentas = entrar(seguidora), []
        andar(entrar, reclamo, ("analizar", seguidora), evento=corte.pk)
        for _ in range(2):
            navegador.get(reverse("seccion:eventos"))
            with CaptureQueriesContext(connection) as consultas:
                navegador.get(reverse("seccion:eventos"))
            cuentas.append(len(consultas))
            anotar(navegador), anotar(navegador)
        assert cuentas[0] == cuentas[1]

    @pytest.mark.django_db(transaction=True)
    def test_el_excel_es_lo_que_se_ve(self, entrar, seguidora, corte, reclamo):
        """X-04, X-07: the filter in force, each with how many claims point at it."""
        andar(entrar, reclamo, ("analizar", seguidora), evento=corte.pk)
        anotar(entrar(seguidora), tipo="rayo")
        entrar(seguidora).post(reverse("informes:pedir", args=["eventos_red"]) + "?tipo=corte")
        rotulos, *filas = openpyxl.load_workbook(Informe.todos().get().archivo.path).active.values
        (fila,) = (dict(zip(rotulos, f, strict=True)) for f in filas)
        assert (fila["N°"], fila["Alimentador"], fila["Reclamos"]) == (str(corte), "LAM-07", 1)

    def test_la_sec_lo_lee_de_todas(self, entrar, corte, seguidora_ajena, auditora, otra_distribuidora):
        """A-12: the regulator reads every company's register; a company its own."""
        ajeno = evento(seguidora_ajena)
        lista = entrar(auditora).get(reverse("seccion:eventos"))
        assert set(lista.context["lista"].pagina.object_list) == {corte, ajeno}
        una = entrar(auditora).get(reverse("seccion:eventos"), {"empresa": otra_distribuidora.pk})
        assert una.context["lista"].pagina.object_list == [ajeno]
        assert entrar(seguidora_ajena).get(corte.get_absolute_url()).status_code == 404


class TestReclamos:
    """The claims that point at an event."""

    def test_se_ofrecen_los_de_ese_dia_primero_los_de_ese_lugar(self, entrar, seguidora, reclamo, corte):
        """Q-11: those of the day of the damage, those of the supply's zone first, however it is written."""
        navegador = entrar(seguidora)
        lejos = anotar(navegador, zona="Luque", alimentador="LUQ-01", subestacion="")
        anotar(navegador, desde="2026-11-05T10:00", hasta="2026-11-05T11:00")
        assert opciones(navegador, reclamo) == [
            ("", "Elige…"),
            ("Ese día y en ese lugar", [str(corte.pk)]),
            ("Ese día, en otro lugar", [str(lejos.pk)]),
            ("ninguno", "Ninguno del registro lo explica"),
        ]
        otro = registrar(navegador, "artefactos", ocurrio="2026-11-03", zona="", alimentador="luq 01")
        assert dict(opciones(navegador, otro))["Ese día y en ese lugar"] == [str(lejos.pk)]

    def test_uno_y_otro_se_muestran(self, entrar, seguidora, reclamo, corte):
        """Q-11: the claim says its event, the event lists its claim, the history keeps what was chosen."""
        andar(entrar, reclamo, ("analizar", seguidora), evento=corte.pk)
        navegador = entrar(seguidora)
        pagina = navegador.get(reclamo.get_absolute_url()).text
        assert f'href="{corte.get_absolute_url()}"' in pagina
        assert f"Evento de la red que lo explicaría: {corte}: Corte, 03-11-2026 20:14 a 20:31" in pagina
        assert str(reclamo) in navegador.get(corte.get_absolute_url()).text

    def test_lo_imprimen_el_informe_y_el_acta(self, entrar, seguidora, miembro_comite, reclamo, corte):
        """Q-11: the technical report and the minutes name the event, its cause and the document that says so."""
        sesion = andar(entrar, registrar(entrar(seguidora), "sesion"), ("convocar", seguidora))
        andar(
            entrar, reclamo, ("analizar", seguidora), ("peritar", seguidora), ("incluir", seguidora),
            sesion=sesion, evento=corte.pk,
        )  # fmt: skip
        dar(entrar(miembro_comite), reclamo, "decidir", **lineas([{"decision": "procede", "pagar": "900"}], 1))
        andar(entrar, sesion, ("celebrar", miembro_comite))
        for asunto in (reclamo, sesion):
            dicho = texto(asunto.caso.impresos.get())
            for parte in (str(corte), "alimentador LAM-07", "Árbol sobre la línea.", "Parte N° 311"):
                assert parte in dicho

    def test_si_ninguno_lo_explica_se_dice(self, entrar, seguidora, reclamo):
        """Q-11: that none is registered is a statement; and the network is not to blame without saying by what."""
        assert dar(entrar(seguidora), reclamo, "analizar", evento="").context["form"].errors["evento"]
        andar(entrar, reclamo, ("analizar", seguidora), evento_dicho="")
        assert "Ninguno del registro lo explica" in entrar(seguidora).get(reclamo.get_absolute_url()).text
        respuesta = dar(entrar(seguidora), reclamo, "peritar", evento_dicho="")
        assert respuesta.context["form"].errors["evento_dicho"] == [
            "La avería se explica por la red: elige el evento, o escribe qué se sabe de él."
        ]
        assert andar(entrar, reclamo, ("peritar", seguidora), evento_dicho="", causa="ajena").estado == "por_sesion"

    def test_quien_informa_encuentra_lo_elegido(self, entrar, seguidora, reclamo, corte):
        """Q-11: the expert's form begins with the event that was chosen before."""
        andar(entrar, reclamo, ("analizar", seguidora), evento=corte.pk)
        pagina = entrar(seguidora).get(reverse("seccion:paso", args=[reclamo.pk, "peritar"]))
        assert pagina.context["form"]["evento"].value() == corte.pk
        assert f'<option value="{corte.pk}" selected>' in pagina.text

    def test_de_otro_dia_o_de_otra_empresa_no_se_elige(self, entrar, seguidora, seguidora_ajena, reclamo):
        """Q-11, A-12: an event of another day or company is refused by the form and by the action."""
        otro_dia = anotar(entrar(seguidora), desde="2026-11-05T10:00", hasta="2026-11-05T11:00")
        for ajeno in (otro_dia, anotar(entrar(seguidora_ajena))):
            assert dar(entrar(seguidora), reclamo, "analizar", evento=ajeno.pk).context["form"].errors["evento"]
            with como(seguidora), pytest.raises(ValidationError, match="no es un evento del día del daño"):
                de_la_seccion.dar_paso(reclamo, suceso="analizar", por=seguidora, valores={"evento": ajeno})
        assert releer(reclamo).estado == "registrado"

    def test_lo_que_un_reclamo_invoca_no_se_anula_ni_se_muda(self, entrar, seguidora, reclamo, corte):
        """Q-11: while a claim points at it, it is not annulled, nor corrected away from the day of the damage."""
        andar(entrar, reclamo, ("analizar", seguidora), evento=corte.pk)
        navegador = entrar(seguidora)
        respuesta = navegador.post(reverse("seccion:evento_anular", args=[corte.pk]), {"motivo": "x"})
        assert f"No se puede anular: lo invocan {reclamo}." in respuesta.text
        mudado = EVENTO | {"desde": "2026-11-04T20:14", "hasta": "2026-11-04T20:31", "motivo": "x"}
        respuesta = navegador.post(reverse("seccion:evento_corregir", args=[corte.pk]), mudado)
        assert f"{reclamo} lo invoca por un daño de otro día" in respuesta.text
        corte.refresh_from_db()
        assert (corte.vigente, corte.desde.day) == (True, 3)

    def test_lo_escrito_antes_del_registro_se_conserva(self, entrar, seguidora, reclamo):
        """Q-11: the words and the date of an event from before there was a register are still read, and go back."""
        traslado = import_module("reclamos.seccion.migrations.0004_evento_dicho")
        datos = reclamo.datos | {"evento": "Sobretensión en LAM-07", "evento_fecha": "2026-11-02"}
        Asunto.objects.filter(pk=reclamo.pk).update(datos=datos, estado="en_peritaje")
        traslado.a_palabras(apps, None)
        assert "Sobretensión en LAM-07 (fecha del evento: 02-11-2026)" in entrar(seguidora).get(
            reclamo.get_absolute_url()
        ).text  # fmt: skip
        traslado.a_su_campo(apps, None)
        assert releer(reclamo).datos["evento"].startswith("Sobretensión en LAM-07")


def test_el_dia_es_el_de_la_empresa(entrar, seguidora, distribuidora):
    """Q-11, X-01: an event at half past eleven at night is of that day there, whatever day it is elsewhere."""
    tarde = anotar(entrar(seguidora), desde="2026-11-03T23:30", hasta="2026-11-03T23:40")
    with como(seguidora):
        dias = [EventoRed.objects.del_dia(reloj.hoy().replace(month=11, day=d), distribuidora) for d in (2, 3, 4)]
        assert [list(d) for d in dias] == [[], [tarde], []]
