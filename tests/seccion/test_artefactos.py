"""Q-11: damaged appliances, from the desk to the payment order."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from portal import muestras
from portal.acceso.limites import Tope
from portal.adjuntos.cifrado import MARCA
from portal.cuentas.ambito import como
from portal.documentos.models import TransicionInvalida
from portal.impresos.models import Impreso
from portal.impresos.tasks import hacer_impreso
from reclamos.seccion import actions
from reclamos.seccion.models import Asunto
from tests.seccion.puerta import andar, dar, lineas, registrar, releer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]
HELADERA = {
    "artefacto": "Heladera", "marca": "Tokyo", "modelo": "TR-320", "anios": "4", "averia": "Motor quemado",
    "valor": "280.000", "presupuesto": "95.000",
}  # fmt: skip
TELEVISOR = HELADERA | {"artefacto": "Televisor", "valor": "190.000", "presupuesto": "64.000"}


@pytest.fixture
def en_comite(entrar, seguidora) -> Asunto:
    """Two appliances of Eusebia's, on the agenda of a session that was called."""
    navegador = entrar(seguidora)
    sesion = andar(entrar, registrar(navegador, "sesion"), ("convocar", seguidora))
    reclamo = registrar(
        navegador, "artefactos", interesado="Eusebia Benítez", documento="1.730.558", **lineas([HELADERA, TELEVISOR])
    )
    return andar(
        entrar, reclamo, ("analizar", seguidora), ("peritar", seguidora), ("incluir", seguidora), sesion=sesion
    )


def decisiones(*pares: tuple[str, str]) -> dict[str, str]:
    return lineas([{"decision": d, "pagar": p} for d, p in pares], len(pares))


def texto(impreso: Impreso) -> str:
    """What the PDF says, as a reader of PDFs finds it."""
    hacer_impreso(str(impreso.pk))
    ruta = Impreso.todos().select_related("adjunto").get(pk=impreso.pk).adjunto.archivo.path
    return " ".join(" ".join(pagina.extract_text() for pagina in PdfReader(ruta).pages).split())


def test_de_la_mesa_a_la_orden_de_pago(
    entrar, en_comite, seguidora, otra_seguidora, miembro_comite, carpetas: Path, mailoutbox
):
    """Q-11: the committee decides line by line, the minutes and the payment order say so, two people order the pay."""
    comite = entrar(miembro_comite)
    assert str(en_comite) in comite.get("/").content.decode() + comite.get(reverse("seccion:lista")).content.decode()
    dar(comite, en_comite, "decidir", **decisiones(("procede", "95.000"), ("no_procede", "")))
    decidido = releer(en_comite)
    assert (decidido.estado, decidido.monto) == ("decidido", Decimal(95_000))
    sesion = andar(entrar, decidido.sesion, ("celebrar", miembro_comite))
    acta = texto(sesion.caso.impresos.get())
    for dicho in ("Acta del Comité Multisectorial", "Heladera", "$ 95.000", "No procede", "Eusebia Benítez"):
        assert dicho in acta
    pagado = andar(entrar, decidido, ("proponer", seguidora), ("aprobar", otra_seguidora))
    orden = texto(pagado.caso.impresos.get(tipo="orden_pago"))
    for dicho in ("Orden de pago", "N° 1/", "Páguese a Eusebia Benítez (1.730.558)", "$ 95.000", "Estela Godoy Mar"):
        assert dicho in orden.replace("\u00a0", " ")
    assert pagado.estado == "pago_ordenado"


@pytest.mark.parametrize(
    ("pares", "queja"),
    [
        ((("procede", ""), ("no_procede", "")), "Heladera: escribe el monto si procede, y solo entonces."),
        ((("no_procede", "10"), ("no_procede", "")), "Heladera: escribe el monto si procede, y solo entonces."),
        ((("no_procede", ""), ("procede", "190.001")), "Televisor: el monto es mayor que el valor declarado."),
    ],
)
def test_cada_decision_con_su_monto(entrar, en_comite, miembro_comite, pares, queja):
    """Q-11: an amount without a decision for it, or above the value, is refused by the name of the appliance."""
    assert queja in dar(entrar(miembro_comite), en_comite, "decidir", **decisiones(*pares)).content.decode()
    assert releer(en_comite).estado == "en_comite"


def test_no_se_deciden_menos_renglones(entrar, en_comite, miembro_comite):
    """Q-11: a form that was cut short decides nothing: each line is asked for, whatever was sent."""
    corto = decisiones(("procede", "95.000"))
    respuesta = dar(entrar(miembro_comite), en_comite, "decidir", **corto, **{"r-1-decision": ""})
    assert respuesta.context["lineas"].forms[1].errors["decision"] == ["Completa «Decisión»"]
    assert releer(en_comite).estado == "en_comite"


def test_nada_que_pagar(entrar, en_comite, miembro_comite, seguidora):
    """Q-11: where nothing was granted there is no payment order; it is archived, and only then."""
    dar(entrar(miembro_comite), en_comite, "decidir", **decisiones(("no_procede", ""), ("no_procede", "")))
    assert "No hay nada que pagar" in dar(entrar(seguidora), en_comite, "proponer").content.decode()
    assert andar(entrar, en_comite, ("archivar", seguidora)).estado == "archivado"


def test_lo_concedido_no_se_archiva(entrar, en_comite, miembro_comite, seguidora):
    """Q-11: what the committee granted cannot be put away unpaid."""
    dar(entrar(miembro_comite), en_comite, "decidir", **decisiones(("procede", "95.000"), ("no_procede", "")))
    assert "propón el pago" in dar(entrar(seguidora), en_comite, "archivar").content.decode()


def test_el_acta_espera_a_todas_las_decisiones(entrar, en_comite, miembro_comite):
    """Q-11: no minutes while something on the agenda is undecided, nor of an empty session."""
    pagina = dar(entrar(miembro_comite), en_comite.sesion, "celebrar").content.decode()
    assert f"Falta decidir: {en_comite}." in pagina


def test_sesion_vacia_o_sin_convocar(entrar, seguidora, miembro_comite, en_comite):
    """Q-11: an empty session has no minutes; before it is called nothing is decided."""
    vacia = andar(entrar, registrar(entrar(seguidora), "sesion"), ("convocar", seguidora))
    assert "no tiene reclamos en el orden del día" in dar(entrar(miembro_comite), vacia, "celebrar").content.decode()
    sin_convocar = registrar(entrar(seguidora), "sesion")
    Asunto.objects.filter(pk=en_comite.pk).update(sesion=sin_convocar)
    pares = [{"decision": "procede", "pagar": Decimal(1)}, {"decision": "no_procede", "pagar": None}]
    with como(miembro_comite), pytest.raises(ValidationError, match="todavía no está convocada"):
        actions.dar_paso(en_comite, suceso="decidir", por=miembro_comite, valores={"fundamento": "x"}, renglones=pares)


def test_decide_el_comite_y_nadie_mas(entrar, en_comite, seguidora):
    """Q-11, A-11: the section prepares; the decision is the committee's."""
    assert dar(entrar(seguidora), en_comite, "decidir").status_code == 403


def test_dos_veces_no(entrar, en_comite, miembro_comite):
    """Q-11: what was decided stays decided."""
    pares = [{"decision": "procede", "pagar": Decimal(1)}, {"decision": "no_procede", "pagar": None}]
    valores = {"fundamento": "El evento consta."}
    with como(miembro_comite):
        actions.dar_paso(en_comite, suceso="decidir", por=miembro_comite, valores=valores, renglones=pares)
        with pytest.raises(TransicionInvalida, match="está en estado «Decidido»"):
            actions.dar_paso(en_comite, suceso="decidir", por=miembro_comite, valores=valores, renglones=pares)


def test_la_base_exige_sesion(en_comite):
    """Q-11: in the committee without a session cannot be written."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Asunto.objects.filter(pk=en_comite.pk).update(sesion=None)


def test_quien_reclamo_lo_sigue(client, entrar, en_comite, miembro_comite):
    """Q-11, Q-17: with the number and the document, without an account, in words; with another document, nothing."""
    dar(entrar(miembro_comite), en_comite, "decidir", **decisiones(("procede", "95.000"), ("no_procede", "")))
    ruta = reverse("seccion:seguir")
    pagina = client.post(ruta, {"numero": str(en_comite).lower(), "documento": "1730558"}).content.decode()
    assert "Decidido" in pagina
    assert "95.000" in pagina
    assert "Eusebia" not in pagina
    for numero, documento in ((str(en_comite), "1730559"), ("AA-99/2026", "1730558"), ("nada", "1730558")):
        respuesta = client.post(ruta, {"numero": numero, "documento": documento})
        assert "No encontramos un trámite con ese número y ese documento" in respuesta.content.decode()


def test_adivinar_tiene_limite(client, monkeypatch):
    """Q-17: questions in vain are counted by address."""
    monkeypatch.setattr(
        "reclamos.seccion.views.seguimiento.SEGUIR_POR_DIRECCION", Tope("prueba", 1, timedelta(hours=1))
    )
    datos = {"numero": "AA-1/2026", "documento": "1"}
    assert client.post(reverse("seccion:seguir"), datos).status_code == 200
    assert client.post(reverse("seccion:seguir"), datos).status_code == 429


def test_la_cedula_se_guarda_cifrada(entrar, seguidora):
    """Q-11, X-03: the identity document taken at the desk is ciphertext on disk."""
    navegador, datos = entrar(seguidora), muestras.pdf("Eusebia", tamano=100_000)
    asunto = registrar(
        navegador, "artefactos", interesado="Eusebia Benítez", documento="1.730.558", **lineas([HELADERA]),
        archivo_cedula=SimpleUploadedFile("cedula.pdf", datos),
    )  # fmt: skip
    adjunto = asunto.caso.adjuntos.get(tipo="cedula")
    assert Path(adjunto.archivo.path).read_bytes().startswith(MARCA)
    respuesta = navegador.get(reverse("adjuntos:descargar", args=[adjunto.pk]))
    assert b"".join(respuesta.streaming_content) == datos
