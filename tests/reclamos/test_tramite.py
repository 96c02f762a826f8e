"""Code, terms, answer, silence: what the company owes, and what who complains is told."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

from portal import reloj
from portal.avisos.models import Aviso
from portal.cuentas.ambito import sin_ambito
from portal.impresos.models import Impreso
from portal.impresos.tasks import hacer_impreso
from reclamos import fuentes, recordatorios, vigilancia
from reclamos.actions import presentacion, tramite
from reclamos.models import AjusteReclamos, Estado, Reclamo, Resultado

pytestmark = pytest.mark.django_db
SANTIAGO = ZoneInfo("America/Santiago")


def dia(momento):
    return momento.astimezone(SANTIAGO).date()


@pytest.mark.parametrize(
    ("materia", "monto", "vence"),
    [
        ("suministro", None, date(2026, 12, 10)),  # 15 of any matter
        ("facturacion", 100_000, date(2026, 12, 2)),  # 10 of its own
        ("facturacion", 100_001, date(2026, 12, 17)),  # 20 above the threshold
    ],
)
def test_the_term_depends_on_matter_and_amount(materia, monto, vence, presentar, rosa, detenido, todo):
    """Q-04, X-01: business days from the day after receipt; 8 December is a holiday."""
    reclamo = presentar(por=rosa, materia=materia, monto=monto)
    assert dia(reclamo.vence) == vence
    assert reclamo.queja_desde.astimezone(SANTIAGO).isoformat().startswith(f"{vence.replace(day=vence.day + 1)}T00:00")
    assert reclamo.regla.verificado is False


def test_completing_pauses_the_term(reclamo_en, rosa, detenido, todo):
    """Q-04: what it takes to complete a complaint is added to the company's term."""
    reclamo = reclamo_en(Estado.POR_COMPLETAR, por=rosa)
    assert dia(reclamo.completar_hasta) == date(2026, 11, 23)
    with reloj.adelantar(days=2):
        tramite.completar(reclamo, por=rosa, texto="Va.")
    assert dia(Reclamo.objects.get(pk=reclamo.pk).vence) == date(2026, 12, 14)


def test_the_portals_codes_have_no_gaps_and_the_companys_are_unique(presentar, rosa, entrar, marcos, detenido, todo):
    """Q-02: proposed by the portal; one of the company's own once only, and never in the portal's form."""
    uno, dos, tres = (presentar(por=rosa) for _ in range(3))
    navegador = entrar(marcos)
    pagina = navegador.get(f"{uno.get_absolute_url()}codigo/").content.decode()
    assert "R-2026-000001" in pagina

    def dar(reclamo, codigo):
        return navegador.post(f"{reclamo.get_absolute_url()}codigo/", {"codigo": codigo})

    assert "no se cambia" in pagina
    assert dar(uno, "").status_code == 302
    assert "Esos códigos los da el portal" in dar(dos, "r-2026-000002").content.decode()
    assert "sin espacios" in dar(dos, "con espacio").content.decode()
    assert dar(dos, "rec/77").status_code == 302
    assert "ya usó el código REC/77" in dar(tres, "REC/77").content.decode()
    assert dar(tres, "").status_code == 302
    codigos = Reclamo.objects.order_by("ingreso_numero").values_list("codigo", flat=True)
    assert list(codigos) == ["R-2026-000001", "REC/77", "R-2026-000002"]
    assert "No se puede dar el código" in dar(tres, "OTRO").content.decode()


def test_mail_always_with_code_form_documents_and_term(presentar, marcos, detenido, django_capture_on_commit_callbacks):
    """Q-03: the mail with the code carries the form as PDF and says by when it will be answered."""
    reclamo = presentar()
    with sin_ambito(), django_capture_on_commit_callbacks():
        presentacion.codificar(reclamo, por=marcos)
    impreso = Impreso.todos().get()
    assert not Aviso.todos().filter(plantilla="reclamo_codificado").exists()
    hacer_impreso(str(impreso.pk))
    hacer_impreso(str(impreso.pk))
    aviso = Aviso.todos().get(plantilla="reclamo_codificado")
    with sin_ambito():
        assert [a.nombre for a in aviso.adjuntos.all()] == ["Formulario de reclamo 1-2026.pdf"]
    assert aviso.para == "marta@correo.example"
    assert aviso.asunto == "Tu código de reclamo: R-2026-000001"
    assert "jueves 10 de diciembre de 2026" in aviso.texto
    assert "/reclamos/estado/?codigo=R-2026-000001" in aviso.texto


def test_the_portal_may_give_the_code_at_once(presentar, distribuidora, detenido, todo):
    """Q-02: where the organisation says so, the complaint has its code when it is filed."""
    AjusteReclamos.objects.create(distribuidora=distribuidora, codigo_automatico=True)
    reclamo = presentar()
    assert (reclamo.estado, reclamo.codigo) == (Estado.EN_TRAMITE, "R-2026-000001")
    assert Impreso.todos().count() == 1


@pytest.mark.parametrize("resultado", Resultado)
def test_the_answer_through_the_page(resultado, reclamo_en, entrar, marcos, rosa, guardado, detenido, todo):
    """Q-04: one of five results with the resolution's file, which goes by mail and stands on the page."""
    reclamo = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    ruta = f"{reclamo.get_absolute_url()}responder/"
    sin = entrar(marcos).post(ruta, {"resultado": resultado, "comentario": "Va."})
    assert "Adjunte el archivo con la resolución" in sin.content.decode()
    datos = {"resultado": resultado, "comentario": "Va.", "resolucion-guardado": guardado(marcos).pk}
    assert entrar(marcos).post(ruta, datos).status_code == 302
    pagina = entrar(rosa).get(reclamo.get_absolute_url()).content.decode()
    assert "Descargar la resolución" in pagina
    assert ("apelar/" in pagina) is (resultado != Resultado.FUNDADO)
    aviso = Aviso.todos().get(plantilla="reclamo_respondido")
    assert aviso.adjuntos.count() == 1
    assert Resultado(resultado).label.lower() in aviso.texto


def test_the_cover_of_the_resolution(reclamo_en, entrar, marcos, rosa, guardado, detenido, todo):
    """Q-04: numbered, with what was decided and the sum of the file that says so; anyone can check its code."""
    reclamo = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    resolucion = guardado(marcos)
    datos = {"resultado": Resultado.INFUNDADO, "comentario": "No hubo error.", "resolucion-guardado": resolucion.pk}
    entrar(marcos).post(f"{reclamo.get_absolute_url()}responder/", datos)
    impreso = Impreso.todos().select_related("adjunto").get(tipo="caratula_resolucion")
    hacer_impreso(str(impreso.pk))
    impreso = Impreso.todos().select_related("adjunto").get(pk=impreso.pk)
    paginas = PdfReader(impreso.adjunto.archivo.path).pages
    texto = " ".join(" ".join(pagina.extract_text() for pagina in paginas).split())
    for dicho in ("Carátula de la resolución", "N° 1/2026", reclamo.codigo, "Infundado", "No hubo error.",
                  resolucion.sha256[:32], impreso.codigo, "puedes apelar hasta"):  # fmt: skip
        assert dicho in texto
    assert "**" not in texto
    pagina = entrar(rosa).get(reclamo.get_absolute_url()).content.decode()
    assert "Carátula de la resolución" in pagina
    verificada = entrar(rosa).get(reverse("impresos:verificar"), {"codigo": impreso.codigo}, follow=True)
    assert "Carátula de la resolución" in verificada.text


def test_silence_is_a_switch_and_happens_once(presentar, distribuidora, rosa, detenido, todo):
    """Q-04: nobody answered in the term; upheld where the organisation's rule is silence, told once."""
    presentar(por=rosa)
    with reloj.adelantar(days=60):
        assert vigilancia.vigilar() == 0
        AjusteReclamos.objects.create(distribuidora=distribuidora, silencio=True)
        assert [vigilancia.vigilar(), vigilancia.vigilar()] == [1, 0]
    reclamo = Reclamo.objects.get()
    assert (reclamo.estado, reclamo.resultado) == (Estado.POR_SILENCIO, Resultado.FUNDADO)
    assert Aviso.todos().filter(plantilla="reclamo_por_silencio").count() == 1


def test_in_time_nothing_is_silent(presentar, distribuidora, rosa, detenido, todo):
    """Q-04: up to the last second of the last day the company may answer."""
    AjusteReclamos.objects.create(distribuidora=distribuidora, silencio=True)
    reclamo = presentar(por=rosa)
    with reloj.detener(reclamo.vence):
        assert vigilancia.vigilar() == 0


def test_other_domains_ask_by_the_ports(reclamo_en, distribuidora, otra_distribuidora, rosa, detenido):
    """G-02, I-11: a complaint of this portal counts as one, on its day, for its company; before the first, no data."""
    reclamo = reclamo_en(Estado.EN_TRAMITE, por=rosa)
    for numero in (reclamo.codigo, reclamo.ingreso):
        referencia = fuentes.reclamo_de_este_portal(distribuidora, numero)
        assert (referencia.numero, referencia.titular) == (reclamo.codigo, "Rosa Fuentes Lagos")
        assert fuentes.reclamo_de_este_portal(otra_distribuidora, numero) is None
    ayer, hoy, manana = (date(2026, 11, dia) for dia in (17, 18, 19))
    assert [fuentes.reclamos_del_dia(distribuidora, dia) for dia in (ayer, hoy, manana)] == [None, 1, 0]
    assert fuentes.reclamos_del_dia(otra_distribuidora, hoy) is None


def test_reminders_once_a_day_to_who_can_act(reclamo_en, marcos, valentina, otra_dx, rosa, detenido):
    """X-01: what has no code, what is overdue, what goes up; nobody else is written to, and nobody twice."""
    reclamo_en(Estado.INGRESADO, por=rosa)
    reclamo_en(Estado.EN_APELACION, por=rosa)
    assert [recordatorios.recordar(), recordatorios.recordar()] == [1, 0]
    aviso = Aviso.todos().get(plantilla="recordatorio_reclamos")
    assert aviso.para == marcos.usuario.email
    for dicho in ("Sin código de reclamo: 1", "Apelaciones y quejas por elevar: 1"):
        assert dicho in aviso.texto
    with reloj.adelantar(days=30):
        recordatorios.recordar()
    assert "Vencidos: 1" in Aviso.todos().filter(plantilla="recordatorio_reclamos").latest("pk").texto
