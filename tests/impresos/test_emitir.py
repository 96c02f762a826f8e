"""Issuing a document: its number, its code, its file."""

import hashlib
import io
import threading
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from portal import reloj
from portal.cuentas.ambito import sin_ambito
from portal.encargos.models import Encargo
from portal.historial.relato import relato
from portal.impresos import actions, papel
from portal.impresos.models import LETRAS, Impreso, leer_codigo
from portal.impresos.tasks import hacer_impreso
from solicitudes.models import Solicitud
from tests import factories

pytestmark = pytest.mark.django_db
Estado = Encargo.Estado


def releer(impreso: Impreso) -> Impreso:
    return Impreso.todos().select_related("adjunto").get(pk=impreso.pk)


def test_se_emite_con_numero_y_codigo(emitir, caso, marcos, detenido):
    """Q-08: number, code, frozen text and history come with the act, before there is a file."""
    primero, segundo = emitir(), emitir()
    assert (primero.numero, segundo.numero) == ("1/2026", "2/2026")
    assert primero.codigo != segundo.codigo
    assert leer_codigo(primero.codigo.lower().replace("-", " ")) == primero.codigo
    assert set(primero.codigo) - {"-"} <= set(LETRAS)
    assert "Rosa &lt;b&gt;Fuentes&lt;/b&gt;" in primero.html
    assert primero.codigo in primero.html
    assert caso.eventos.filter(hecho="documento_emitido").count() == 2


def test_el_archivo_se_hace_y_queda_en_el_historial(emitir, marcos):
    """Q-08, S-25: the PDF is a tagged one, its sum is kept, and the history shows it."""
    impreso = emitir()
    hacer_impreso(str(impreso.pk))
    impreso = releer(impreso)
    datos = Path(impreso.adjunto.archivo.path).read_bytes()
    assert impreso.estado == Estado.HECHO
    assert impreso.sha256 == hashlib.sha256(datos).hexdigest() == impreso.adjunto.sha256
    assert (impreso.html, impreso.adjunto.nombre) == ("", "Certificado de prueba 1-2026.pdf")
    with pikepdf.open(io.BytesIO(datos)) as documento:
        assert documento.Root.MarkInfo.Marked
        assert documento.Root.Lang == "es"
        assert str(documento.docinfo.Title).startswith("Certificado de prueba N° 1/2026")
    (hecho, *_) = relato(Solicitud.objects.get(pk=impreso.caso_id), marcos)
    assert hecho.frase == "Se emitió: Certificado de prueba N° 1/2026"
    assert [a.pk for a in hecho.adjuntos] == [impreso.adjunto.pk]


@pytest.mark.django_db(transaction=True)
def test_el_archivo_sigue_a_la_transaccion(emitir):
    """Q-08: after the commit the worker makes it by itself, once."""
    impreso = emitir()
    assert releer(impreso).estado == Estado.HECHO
    hacer_impreso(str(impreso.pk))
    assert impreso.caso.adjuntos.filter(tipo="prueba").count() == 1


def test_avisa_cuando_esta_listo(emitir, monkeypatch):
    """Q-03: whatever waits for the file is called in the transaction that shows it."""
    vistos = []
    monkeypatch.setitem(actions._al_estar_listo, "prueba", lambda i: vistos.append(i.adjunto.formato))
    hacer_impreso(str(emitir().pk))
    assert vistos == ["pdf"]


def test_la_serie_es_de_empresa_tipo_y_anio(emitir, otra_distribuidora, rosa):
    """Q-08: each company, kind and year counts from one."""
    ajeno = factories.SolicitudFactory(solicitante=rosa, distribuidora=otra_distribuidora).caso
    with reloj.detener(datetime(2026, 12, 31, 12, tzinfo=UTC)):
        numeros = [emitir().numero, emitir(tipo="otro").numero, emitir(caso=ajeno).numero]
    with reloj.detener(datetime(2027, 1, 1, 2, 59, tzinfo=UTC)):  # still 2026 in Santiago
        numeros.append(emitir().numero)
    with reloj.detener(datetime(2027, 1, 1, 3, 1, tzinfo=UTC)):
        numeros.append(emitir().numero)
    assert numeros == ["1/2026", "1/2026", "1/2026", "2/2026", "1/2027"]


def test_un_caso_sin_empresa_no_emite(emitir):
    """Q-08: a document has an issuer."""
    sin_empresa = factories.CasoFactory(distribuidora=None)
    with pytest.raises(ValueError, match="empresa"):
        emitir(caso=sin_empresa)


def test_lo_que_se_deshace_no_gasta_numero(emitir):
    """Q-08: a transaction that rolls back leaves no gap."""
    with transaction.atomic():
        emitir()
        transaction.set_rollback(True)
    assert emitir().numero == "1/2026"


def test_la_base_no_admite_dos_iguales_ni_uno_sin_archivo(emitir):
    """Q-08: number and code are unique; «Listo» has a file."""
    uno, dos = emitir(), emitir()
    for cambio in ({"correlativo": 1}, {"codigo": uno.codigo}, {"estado": Estado.HECHO}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Impreso.todos().filter(pk=dos.pk).update(**cambio)


def test_nada_de_fuera_entra_en_un_documento(tmp_path, caplog):
    """Q-08: no file of the machine and no network address can be drawn into a PDF."""
    secreto = tmp_path / "secreto.svg"
    secreto.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    con = papel.pdf(f'<html lang="es"><title>x</title><img alt="x" src="{secreto.as_uri()}"></html>')
    sin = papel.pdf('<html lang="es"><title>x</title><img alt="x"></html>')
    assert b"/XObject" not in con.replace(b"/XObject <<>>", b"")
    assert abs(len(con) - len(sin)) < 200


class TestSinPango:
    """A machine without the library."""

    @pytest.fixture(autouse=True)
    def sin_pango(self, monkeypatch) -> None:
        def falta() -> None:
            raise papel.SinPango("Falta la biblioteca Pango en la máquina que prepara los documentos.")

        monkeypatch.setattr(papel, "_weasyprint", falta)

    def test_no_se_pierde_nada_y_se_intenta_de_nuevo(self, emitir, entrar, marcos, monkeypatch):
        """Q-08: the document stays issued, the page says what is missing, and «Intentar de nuevo» makes it."""
        impreso = emitir()
        hacer_impreso(str(impreso.pk))
        assert releer(impreso).estado == Estado.FALLIDO
        navegador = entrar(marcos)
        pagina = navegador.get(impreso.get_absolute_url()).content.decode()
        assert "Falta la biblioteca Pango" in pagina
        assert "Intentar de nuevo" in pagina
        monkeypatch.undo()
        assert navegador.post(reverse("impresos:reintentar", args=[impreso.pk])).url == impreso.get_absolute_url()
        hacer_impreso(str(impreso.pk))
        assert releer(impreso).estado == Estado.HECHO
        assert "Descargar PDF" in navegador.get(impreso.get_absolute_url()).content.decode()

    def test_quien_reintenta(self, emitir, entrar, rosa, otra_dx):
        """Q-08, A-12: who sees the case without working at the company may not; another company finds nothing."""
        impreso = emitir()
        ruta = reverse("impresos:reintentar", args=[impreso.pk])
        assert entrar(rosa).post(ruta).status_code == 403
        assert entrar(otra_dx).post(ruta).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numeros_sin_huecos_entre_hilos(emitir, caso, marcos, monkeypatch):
    """Q-08: eight at once get eight numbers in a row."""
    monkeypatch.setattr(actions, "repartir", lambda impreso: None)
    juntos = threading.Barrier(8)

    def uno() -> None:
        try:
            juntos.wait()
            with sin_ambito():
                emitir()
        finally:
            connection.close()

    hilos = [threading.Thread(target=uno) for _ in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(Impreso.todos().values_list("correlativo", flat=True)) == list(range(1, 9))
