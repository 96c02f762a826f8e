"""Identity documents are ciphertext where they are kept, and themselves wherever they are read."""

import io
import os
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as ajustes
from hypothesis import strategies as st

from portal import muestras
from portal.adjuntos import cifrado, rotacion
from portal.adjuntos.actions import guardar, vincular
from portal.adjuntos.models import Adjunto, Guardado
from portal.adjuntos.zip import zip_de
from portal.cuentas.ambito import sin_ambito
from portal.historial.models import Evento
from portal.privacidad import exportar

pytestmark = pytest.mark.django_db
PIEZA = cifrado.PIEZA


@pytest.fixture
def llaves(settings) -> Callable[..., None]:
    """Set the ring: names of keys, the first one first."""
    todas = {nombre: sha256(nombre.encode()).digest() for nombre in ("vieja", "nueva")}

    def _llaves(*nombres: str) -> None:
        settings.CIFRADO_LLAVES = {nombre: todas[nombre] for nombre in nombres}

    _llaves("vieja")
    return _llaves


def en_disco(adjunto: Adjunto) -> Path:
    return Path(adjunto.archivo.path)


def bajado(navegador, adjunto: Adjunto) -> bytes:
    respuesta = navegador.get(reverse("adjuntos:descargar", args=[adjunto.pk]))
    assert (respuesta.status_code, respuesta["Content-Length"]) == (200, str(adjunto.bytes))
    return b"".join(respuesta.streaming_content)


def otra_vez(adjunto: Adjunto) -> Adjunto:
    with sin_ambito():
        return Adjunto.objects.get(pk=adjunto.pk)


# --- what goes in comes out -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tipo", ["cedula", "cedula_poderdante"])
def test_se_guarda_cifrada_y_se_entrega_clara(entrar, rosa, marcos, solicitud, colgar, tmp_path, tipo) -> None:
    """X-03, R-08: on disk nothing of it; by the download, the zip and the copy of a person's data, all of it."""
    datos = muestras.pdf("RUT 12.345.678-5", tamano=300_000)
    adjunto = colgar(solicitud.caso, "cédula.pdf", tipo=tipo, datos=datos)
    guardado = en_disco(adjunto).read_bytes()
    assert guardado.startswith(cifrado.MARCA)
    assert not [i for i in range(0, len(datos) - 16, 16) if datos[i : i + 16] in guardado]
    assert (adjunto.bytes, adjunto.sha256) == (len(datos), sha256(datos).hexdigest())
    assert bajado(entrar(rosa), adjunto) == bajado(entrar(marcos), adjunto) == datos
    with sin_ambito(), zipfile.ZipFile(io.BytesIO(b"".join(zip_de([adjunto], "a.zip").streaming_content))) as paquete:
        assert paquete.read("cédula.pdf") == datos
    exportar(rosa.usuario, tmp_path / "rosa.zip")
    with zipfile.ZipFile(tmp_path / "rosa.zip") as paquete:
        assert paquete.read(f"archivos/{adjunto.pk}.pdf") == datos


def test_lo_demas_queda_como_estaba(solicitud, colgar) -> None:
    """X-03: a file of another kind is stored as it is, without a key."""
    datos = muestras.pdf("poder")
    adjunto = colgar(solicitud.caso, tipo="poder", datos=datos)
    assert (en_disco(adjunto).read_bytes(), adjunto.llave) == (datos, "")


def test_no_se_vincula_sin_cifrar(solicitud, revisado, rosa) -> None:
    """X-03: whoever forgets to say what a file will be is refused when it becomes an identity document."""
    with sin_ambito():
        guardado = guardar(revisado("cedula.pdf"), por=rosa)
        with pytest.raises(ValueError, match="cedula"):
            vincular(guardado, solicitud.caso, tipo="cedula", por=rosa)
    assert not Adjunto._base_manager.exists()


def test_nginx_no_entrega_lo_cifrado(settings, entrar, rosa, solicitud, colgar) -> None:
    """X-03: what the front server would send is the ciphertext; the portal sends this one itself."""
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    settings.SENDFILE_ROOT, settings.SENDFILE_URL = en_disco(colgar(solicitud.caso)).parents[3], "/privado"
    datos = muestras.pdf("una")
    assert bajado(entrar(rosa), colgar(solicitud.caso, tipo="cedula", datos=datos)) == datos


@ajustes(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    largo=st.sampled_from([0, 1, PIEZA - 1, PIEZA, PIEZA + 1, 2 * PIEZA, 3 * PIEZA + 17]),
    por_vez=st.integers(1, 3 * PIEZA),
)
def test_ida_y_vuelta(llaves, largo, por_vez) -> None:
    """X-03: any length, read by any measure, comes back."""
    datos = os.urandom(largo)
    with cifrado.cifrar(io.BytesIO(datos), "x") as cifrada, cifrado.descifrar(cifrada, "x") as clara:
        assert b"".join(iter(lambda: clara.read(por_vez), b"")) == datos


# --- what was touched does not open -----------------------------------------------------------------------------------
def alterado(b: bytes) -> bytes:
    return b[:-20] + bytes([b[-20] ^ 1]) + b[-19:]


CABECERA = len(cifrado.MARCA) + 1 + len("vieja") + cifrado.SAL
PEDAZO = PIEZA + cifrado.ETIQUETA


@pytest.mark.parametrize(
    "estropear",
    [
        alterado,
        lambda b: b[:CABECERA] + b[CABECERA + PEDAZO :],
        lambda b: b[: CABECERA + PEDAZO],
        lambda b: b[:CABECERA] + b[CABECERA + PEDAZO : CABECERA + 2 * PEDAZO] + b[CABECERA : CABECERA + PEDAZO],
        lambda b: b + b[CABECERA:],
        lambda b: b[:-1],
        lambda b: b[:CABECERA],
        lambda b: b[:3],
        lambda b: b"",
        lambda b: b"%PDF-1.7 en lugar de la cifra" * 9,
        lambda b: b[:5] + b"otraa" + b[10:],
    ],
    ids=[
        "alterado", "falta-el-primero", "falta-el-final", "trocados", "de-mas", "sin-un-byte", "sin-piezas", "sin-sal",
        "vacio", "claro", "otra-llave",
    ],
)  # fmt: skip
def test_lo_tocado_no_se_abre(llaves, estropear) -> None:
    """X-03: changed, cut short, its pieces moved, or of an unknown key: refused, and never read as something else."""
    datos = os.urandom(2 * PIEZA)
    with cifrado.cifrar(io.BytesIO(datos), "x") as cifrada:
        tocada = estropear(cifrada.read())
    leido: list[bytes] = []

    def leer() -> None:
        with cifrado.descifrar(io.BytesIO(tocada), "x") as clara:
            leido.extend(iter(lambda: clara.read(1000), b""))

    with pytest.raises(cifrado.NoSeAbre):
        leer()
    assert datos.startswith(b"".join(leido))


def test_uno_en_lugar_de_otro_no_se_abre(entrar, rosa, solicitud, colgar) -> None:
    """X-03: the stored bytes of one person's card under another's name give an error page, without a word of why."""
    una, otra = (colgar(solicitud.caso, tipo="cedula", datos=muestras.pdf(quien)) for quien in ("Rosa", "Pedro"))
    en_disco(una).write_bytes(en_disco(otra).read_bytes())
    navegador = entrar(rosa)
    navegador.raise_request_exception = False
    respuesta = navegador.get(reverse("adjuntos:descargar", args=[una.pk]))
    assert respuesta.status_code == 500
    assert "llave" not in respuesta.text
    assert "Traceback" not in respuesta.text


# --- another key ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_rotar(llaves, entrar, rosa, solicitud, colgar, capsys) -> None:
    """X-03: what was plain and what has the old key gets the new one; then the old one can go; the history says it."""
    datos = {nombre: muestras.pdf(nombre, tamano=200_000) for nombre in ("plana", "con la vieja", "con la nueva")}
    vieja = colgar(solicitud.caso, tipo="cedula", datos=datos["con la vieja"])
    plana = colgar(solicitud.caso, tipo="poder", datos=datos["plana"])
    ajena = colgar(solicitud.caso, tipo="poder")
    with sin_ambito():
        Adjunto.objects.filter(pk=plana.pk).update(tipo="cedula_poderdante")  # as before there were keys
    llaves("nueva", "vieja")
    nueva = colgar(solicitud.caso, tipo="cedula", datos=datos["con la nueva"])
    antes = [en_disco(adjunto) for adjunto in (vieja, plana)]
    with pytest.raises(CommandError, match="No todo está con la llave «nueva»"):
        call_command("rotar_cifrado", "--comprobar")
    assert capsys.readouterr().out.splitlines() == [
        "1 sin cifrar", "1 con la llave «nueva»", "1 con la llave «vieja»",
    ]  # fmt: skip
    call_command("rotar_cifrado")
    assert capsys.readouterr().out.splitlines()[0] == "2 ahora con la llave «nueva»"
    assert not [ruta for ruta in antes if ruta.exists()]
    llaves("nueva")
    call_command("rotar_cifrado", "--comprobar")
    assert capsys.readouterr().out.splitlines() == ["3 con la llave «nueva»", "Todo está con la llave «nueva»."]
    navegador = entrar(rosa)
    assert [bajado(navegador, otra_vez(a)) for a in (plana, vieja, nueva)] == list(datos.values())
    assert en_disco(otra_vez(ajena)) == en_disco(ajena)
    rotado = Evento._base_manager.get(hecho="cifrado_rotado")
    assert rotado.datos == {"llave": "nueva", "archivos": 2}
    call_command("rotar_cifrado")
    assert Evento._base_manager.filter(hecho="cifrado_rotado").count() == 1


def test_rotar_no_pierde_lo_que_no_se_abre(llaves, solicitud, colgar, capsys) -> None:
    """X-03: a damaged file stays as it is and is named; the others go on."""
    danado, sano = (colgar(solicitud.caso, tipo="cedula", datos=muestras.pdf(n)) for n in "ab")
    guardado = alterado(en_disco(danado).read_bytes())
    en_disco(danado).write_bytes(guardado)
    llaves("nueva", "vieja")
    with pytest.raises(CommandError, match="1 archivos no se abren"):
        call_command("rotar_cifrado")
    assert str(danado.pk) in capsys.readouterr().err
    assert en_disco(otra_vez(danado)).read_bytes() == guardado
    assert otra_vez(sano).llave == "nueva"


@pytest.mark.django_db(transaction=True)
def test_rotar_cortada_se_reanuda(llaves, entrar, rosa, solicitud, colgar, monkeypatch) -> None:
    """X-03: killed after storing and before letting go, nothing is lost, and the next run ends it."""
    adjuntos = [colgar(solicitud.caso, tipo="cedula", datos=muestras.pdf(n)) for n in "abc"]
    llaves("nueva", "vieja")
    with monkeypatch.context() as cortada, sin_ambito():
        cortada.setattr(rotacion, "soltar", lambda clave: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rotacion.rotar()
    assert sorted(otra_vez(a).llave for a in adjuntos) == ["nueva", "vieja", "vieja"]
    call_command("rotar_cifrado")
    llaves("nueva")
    assert [bajado(entrar(rosa), otra_vez(a)) for a in adjuntos] == [muestras.pdf(n) for n in "abc"]


def test_quien_ya_habia_leido_la_fila_tambien_lo_abre(llaves, solicitud, colgar) -> None:
    """X-03: a download that begins while its file gets another key finds it."""
    datos = muestras.pdf("una")
    adjunto = colgar(solicitud.caso, tipo="cedula", datos=datos)
    leida_antes = otra_vez(adjunto)
    llaves("nueva", "vieja")
    call_command("rotar_cifrado")
    with sin_ambito(), leida_antes.abrir() as abierta:
        assert abierta.read() == datos


def test_dos_filas_de_unos_mismos_bytes(llaves, solicitud, colgar) -> None:
    """X-03: rows that share their stored bytes go together."""
    una, cuales = colgar(solicitud.caso, tipo="cedula"), ("nombre", "formato", "bytes", "sha256", "sha256_recibido")
    with sin_ambito():
        otra = Adjunto.objects.create(
            caso=solicitud.caso, tipo="cedula", subido_por=solicitud.solicitante,
            **{c: getattr(una, c) for c in (*cuales, "archivo", "llave")},
        )  # fmt: skip
    llaves("nueva", "vieja")
    call_command("rotar_cifrado")
    una, otra = otra_vez(una), otra_vez(otra)
    assert (una.archivo.name, una.llave) == (otra.archivo.name, "nueva")
    assert en_disco(una).exists()


def test_lo_que_espera_su_formulario_se_dice(llaves, solicitud, revisado, rosa, capsys) -> None:
    """X-03: a file that waits under the old key keeps the old key in the ring, and the command says so."""
    with sin_ambito():
        guardado = guardar(revisado("cedula.pdf"), por=rosa, tipo="cedula")
    llaves("nueva", "vieja")
    call_command("rotar_cifrado")
    with pytest.raises(CommandError, match="1 esperan su formulario"):
        call_command("rotar_cifrado", "--comprobar")
    with sin_ambito():
        vincular(Guardado.objects.get(pk=guardado.pk), solicitud.caso, tipo="cedula", por=rosa)
    call_command("rotar_cifrado")
    call_command("rotar_cifrado", "--comprobar")
