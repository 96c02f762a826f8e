"""Many at once, on real threads and real locks: each number once and none missing, each decision once."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections, transaction

from pagos.actions import DatosCobro
from pagos.models import Cobro, Comprobante, Medio
from portal import reloj
from portal.adjuntos.models import Adjunto, Guardado
from portal.avisos.models import Aviso
from portal.cuentas.ambito import como, sin_ambito
from portal.documentos.models import Caso, Contador, TransicionInvalida
from portal.historial.models import Evento
from solicitudes import actions, conteo
from solicitudes.formularios import DOCUMENTOS, Formulario
from solicitudes.models import Borrador, Estado, Solicitud
from tests.factories import AdjuntoFactory, BorradorFactory, PerfilFactory
from tests.solicitudes.puerta import DE_1_MIB, Pagina, pdf

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("todo")]


@pytest.fixture(autouse=True)
def _conexiones(transactional_db) -> Iterator[None]:
    """Twenty connections really at once; who comes later waits for one, as in a busy process."""
    fondo = connection.settings_dict["OPTIONS"].get("pool")
    connection.close_pool()
    connection.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 20, "timeout": 60}
    yield
    connection.close_pool()
    connection.settings_dict["OPTIONS"]["pool"] = fondo


def a_la_vez(cuantos: int, hacer: Callable[[int], Any]) -> list[Any]:
    """`hacer(0…n-1)`, each in its thread, all let go together; what each returned or raised."""
    barrera = threading.Barrier(cuantos)

    def correr(i: int) -> Any:
        barrera.wait()
        try:
            return hacer(i)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(cuantos) as hilos:
        return list(hilos.map(correr, range(cuantos)))


class _Deshacer(Exception):
    pass


@pytest.fixture
def borradores(distribuidora, comuna) -> Callable[[int], list[Borrador]]:
    """Drafts of as many people, complete."""

    def _borradores(cuantos: int) -> list[Borrador]:
        hechos = []
        for _ in range(cuantos):
            borrador = BorradorFactory(formulario=Formulario.SI, solicitante=PerfilFactory())
            for tipo in ("formulario", "cedula"):
                AdjuntoFactory(caso=borrador.caso, tipo=tipo)
            hechos.append(borrador)
        return hechos

    return _borradores


@pytest.fixture
def enviar(distribuidora, comuna) -> Callable[..., Solicitud]:
    """File a draft as its owner; every second one has an additional address."""

    def _enviar(borrador: Borrador, i: int = 0) -> Solicitud:
        with como(borrador.solicitante):
            return actions.enviar(
                borrador,
                por=borrador.solicitante,
                distribuidora=distribuidora,
                comuna=comuna,
                numero_cliente=f"{i}",
                correo_adicional=f"otro{i}@correo.example" if i % 2 else "",
            )

    return _enviar


def _cuadran() -> None:
    """The counts that trays show are those of the rows."""
    reales = Counter(Solicitud.objects.values_list("formulario", "estado"))
    assert {k: n for k, n in conteo.por_formulario_y_estado(None).items() if n} == reales


def test_cincuenta_envios_a_la_vez(borradores, enviar) -> None:
    """S-08: fifty different consecutive folios, one or two acknowledgements each, all of them sent."""
    suyos = borradores(50)
    enviadas = a_la_vez(50, lambda i: enviar(suyos[i], i))
    assert sorted(s.folio_numero for s in enviadas) == list(range(1, 51))
    assert {s.folio for s in enviadas} == {f"YN{n}" for n in range(1, 51)}
    acuses = Counter(Aviso.todos().values_list("caso", flat=True))
    assert [acuses[s.pk] for s in enviadas] == [1 + i % 2 for i in range(50)]
    assert Counter(Aviso.todos().values_list("estado", flat=True)) == {Aviso.Estado.HECHO: 75}
    assert len(mail.outbox) == 75
    assert not Borrador.objects.exists()
    _cuadran()


def test_con_transacciones_deshechas_no_hay_huecos(borradores, enviar) -> None:
    """S-08: one in ten is rolled back after it took its number: no gap, no duplicate, the draft is still there."""
    suyos = borradores(50)

    def tal_vez(i: int) -> Solicitud:
        with transaction.atomic():
            solicitud = enviar(suyos[i], i)
            if i % 10 == 3:
                raise _Deshacer
        return solicitud

    resultados = a_la_vez(50, tal_vez)
    enviadas = [r for r in resultados if isinstance(r, Solicitud)]
    assert [type(r) for i, r in enumerate(resultados) if i % 10 == 3] == [_Deshacer] * 5
    assert sorted(s.folio_numero for s in enviadas) == list(range(1, 46))
    assert Contador.objects.get(serie=actions.SERIE_FOLIO).ultimo == 45
    assert set(Borrador.objects.values_list("pk", flat=True)) == {b.pk for i, b in enumerate(suyos) if i % 10 == 3}
    assert set(Aviso.todos().values_list("caso", flat=True)) == {s.pk for s in enviadas}
    _cuadran()


def test_el_mismo_borrador_desde_ocho_hilos(borradores, enviar) -> None:
    """S-08: sent eight times, it is filed once, and everybody gets the same folio."""
    (borrador,) = borradores(1)
    enviadas = a_la_vez(8, lambda i: enviar(borrador))
    assert {getattr(s, "folio", s) for s in enviadas} == {"YN1"}
    assert (Solicitud.objects.count(), Evento.objects.count(), Aviso.todos().count()) == (1, 1, 1)


def test_ocho_clics_en_grabar(entrar, rosa, distribuidora, comuna) -> None:
    """S-08: through the page, files included: one request; each click ends on it, none in an error."""
    direccion = f"/solicitudes/nuevo/{Formulario.SI.ruta}/{uuid.uuid4()}/"
    navegadores = [entrar(rosa) for _ in range(8)]

    def clic(i: int) -> tuple[int, str]:
        datos = {
            "distribuidora": distribuidora.pk,
            "numero_cliente": "1",
            "region": comuna.region_id,
            "comuna": comuna.pk,
            "doc-formulario": pdf("formulario.pdf"),
            "doc-cedula": pdf("cedula.pdf"),
        }
        respuesta = navegadores[i].post(direccion, datos)
        return respuesta.status_code, respuesta.headers.get("Location", "")

    assert set(a_la_vez(8, clic)) == {(302, "/solicitudes/folio/YN1/")}
    solicitud = Solicitud.objects.get()
    assert sorted(solicitud.caso.adjuntos.values_list("tipo", flat=True)) == ["cedula", "formulario"]
    assert Caso.objects.count() == 1
    assert Aviso.todos().count() == 1


def test_grabar_mientras_otros_clics_suben(entrar, rosa, distribuidora, comuna) -> None:
    """S-08: the click that carries nothing files first; those whose files were still being checked end on it too."""
    direccion = f"/solicitudes/nuevo/{Formulario.SI.ruta}/{uuid.uuid4()}/"
    escrito = {
        "distribuidora": distribuidora.pk,
        "numero_cliente": "1",
        "region": comuna.region_id,
        "comuna": comuna.pk,
    }
    archivos = {"doc-formulario": pdf("formulario.pdf"), "doc-cedula": pdf("cedula.pdf")}
    entrar(rosa).post(direccion, {**escrito, **archivos, "accion": "guardar"})
    navegadores = [entrar(rosa) for _ in range(6)]

    def clic(i: int) -> tuple[int, str]:
        otro = {"doc-formulario": pdf(f"otro {i}.pdf", tamano=DE_1_MIB)} if i else {}
        respuesta = navegadores[i].post(direccion, {**escrito, **otro})
        return respuesta.status_code, respuesta.headers.get("Location", "")

    assert set(a_la_vez(6, clic)) == {(302, "/solicitudes/folio/YN1/")}
    assert sorted(Solicitud.objects.get().caso.adjuntos.values_list("tipo", flat=True)) == ["cedula", "formulario"]
    assert Aviso.todos().count() == 1


def test_subir_al_mismo_borrador_en_paralelo(entrar, rosa, distribuidora) -> None:
    """S-07: eight files at once into a draft that nobody began: one draft; of each document as many as fit."""
    clave = uuid.uuid4()
    navegadores = [entrar(rosa) for _ in range(8)]
    codigos = ["formulario", "formulario", "cedula", "cedula", "cedula", "poder", "otros", "otros"]

    def subir(i: int) -> int:
        direccion = f"/solicitudes/nuevo/{Formulario.SI.ruta}/{clave}/subir/{codigos[i]}/"
        return navegadores[i].post(direccion, {f"doc-{codigos[i]}": pdf(f"{i}.pdf")}).status_code

    assert a_la_vez(8, subir) == [200] * 8
    borrador = Borrador.objects.get()
    caben = {t.codigo: t.varios for t in DOCUMENTOS[Formulario.SI]}
    guardados = Counter(borrador.caso.adjuntos.values_list("tipo", flat=True))
    assert guardados == {c: min(n, caben[c]) for c, n in Counter(codigos).items()}
    assert Caso.objects.count() == 1


def test_descartar_mientras_se_sube(entrar, rosa, distribuidora) -> None:
    """S-08: whoever comes second is told, and nothing is left hanging."""
    borrador = BorradorFactory(formulario=Formulario.SI, solicitante=rosa)
    base = f"/solicitudes/nuevo/{Formulario.SI.ruta}/{borrador.caso.clave}/"
    navegadores = [entrar(rosa) for _ in range(6)]

    def hacer(i: int) -> int:
        if i == 0:
            return navegadores[i].post(f"{base}descartar/").status_code
        return navegadores[i].post(f"{base}subir/otros/", {"doc-otros": pdf(f"{i}.pdf")}).status_code

    codigos = a_la_vez(6, hacer)
    assert codigos[0] == 302
    assert set(codigos[1:]) <= {200, 404}
    assert {a.caso_id for a in Adjunto.objects.all()} <= {b.pk for b in Borrador.objects.all()}


def _decidir(entrar, perfil, solicitud: Solicitud, operaciones: list[str], **datos: Any) -> list[Pagina]:
    """Every operation at once, each from its own browser; the pages to which they led."""
    navegadores = [entrar(perfil) for _ in operaciones]

    def uno(i: int) -> Pagina:
        campos = {c: v() if callable(v) else v for c, v in datos.items()}
        direccion = f"/solicitudes/folio/{solicitud.folio}/{operaciones[i]}/"
        return Pagina(navegadores[i].post(direccion, campos, follow=True))

    paginas = a_la_vez(len(operaciones), uno)
    fallos = [p for p in paginas if isinstance(p, Exception)]
    assert not fallos, fallos
    assert {p.codigo for p in paginas} == {200}
    return paginas


def _uno_gana(paginas: list[Pagina], frase: str) -> None:
    """Assert that one was led to the request and the others were told why not."""
    assert [len(p.camino) for p in paginas].count(1) == 1
    for perdedora in (p for p in paginas if not p.camino):
        (dicho,) = perdedora.resumen
        assert dicho.startswith(frase)


def test_decisiones_opuestas_a_la_vez(entrar, valentina, en_estado, medios) -> None:
    """P-05: ten times, one validates and one rejects: one wins, one notice, one line, the other is told."""
    for _ in range(10):
        solicitud = en_estado(Estado.PENDIENTE_VALIDACION)
        paginas = _decidir(entrar, valentina, solicitud, ["validar-pago", "rechazar-pago"], comentario="No se lee.")
        _uno_gana(paginas, "No se puede ")
        (hecho,) = solicitud.caso.eventos.values_list("hecho", flat=True)
        assert (
            Solicitud.objects.get(pk=solicitud.pk).estado == hecho
        )  # both are called `pago_validado`, `pago_rechazado`
        assert list(Aviso.todos().filter(caso=solicitud.caso).values_list("plantilla", flat=True)) == [hecho]
        intento = Comprobante.objects.get(cobro__caso=solicitud.caso)
        assert (intento.estado, intento.resuelto_por) == (hecho.removeprefix("pago_"), valentina)
        assert Cobro.objects.get(caso=solicitud.caso).estado == hecho.removeprefix("pago_")
    _cuadran_cambios()


def _cuadran_cambios() -> None:
    """Every move was counted once: what left a state entered another."""
    assert sum(conteo.Delta.objects.values_list("n", flat=True)) == 0


def test_veinte_validaciones_a_la_vez(entrar, valentina, en_estado, medios) -> None:
    """P-05: one wins, one notice, one history row; nineteen get a sentence."""
    solicitud = en_estado(Estado.PENDIENTE_VALIDACION)
    paginas = _decidir(entrar, valentina, solicitud, ["validar-pago"] * 20)
    _uno_gana(paginas, f"No se puede validar el pago: {solicitud.folio} está en estado ")
    assert list(Evento.objects.values_list("hecho", flat=True)) == ["pago_validado"]
    assert Aviso.todos().count() == 1
    assert Cobro.objects.get().estado == Cobro.Estado.VALIDADO
    assert conteo.Delta.objects.count() == 2


def test_dos_anulaciones_a_la_vez(entrar, jefa_sec, en_estado) -> None:
    """R-05: once."""
    solicitud = en_estado()
    paginas = _decidir(entrar, jefa_sec, solicitud, ["anular"] * 4, comentario="Duplicada.")
    _uno_gana(paginas, f"No se puede anular: {solicitud.folio} está en estado «Anulado».")
    assert (Evento.objects.count(), Aviso.todos().count()) == (1, 1)


def test_dos_respuestas_a_la_vez(entrar, marcos, en_estado) -> None:
    """S-10: one goes out; the file of the other stays with its form."""
    solicitud = en_estado()
    paginas = _decidir(entrar, marcos, solicitud, ["responder"] * 4, respuesta=pdf)
    _uno_gana(paginas, f"No se puede responder: {solicitud.folio} está en estado «Respondido».")
    assert solicitud.caso.adjuntos.filter(tipo="respuesta").count() == 1
    assert (Evento.objects.count(), Aviso.todos().count()) == (1, 1)
    claves = {p.guardados["respuesta-guardado"] for p in paginas if not p.camino}
    assert claves == {str(g.pk) for g in Guardado.objects.all()}
    assert len(claves) == 3


def test_dos_cobros_a_la_vez(entrar, marcos, en_estado, medios) -> None:
    """P-01: one open charge per case."""
    solicitud = en_estado()
    datos = {"monto": "1000", "concepto": "Estudio", "vence": f"{reloj.hoy() + timedelta(days=9)}", "cupon": pdf}
    paginas = _decidir(entrar, marcos, solicitud, ["cobrar"] * 4, **datos)
    _uno_gana(paginas, f"No se puede pedir un pago: {solicitud.folio} está en estado «Pendiente de Pago».")
    assert (Cobro.objects.count(), Evento.objects.count(), Aviso.todos().count()) == (1, 1, 1)


def test_cobrar_responder_anular_y_desistir_a_la_vez(rosa, marcos, jefa_sec, en_estado, medios, guardado) -> None:
    """S-14: whatever the order, the case ends in a state that the table reaches, with a coherent charge."""
    datos = DatosCobro(Decimal(1000), "Estudio", reloj.hoy() + timedelta(days=10))
    for _ in range(5):
        solicitud = en_estado()
        cupon, respuesta = guardado(marcos), guardado(marcos)
        pasos = [
            (marcos, lambda s, c=cupon: actions.cobrar(s, por=marcos, cobro=datos, cupon=c)),
            (marcos, lambda s, r=respuesta: actions.responder(s, por=marcos, respuesta=r)),
            (jefa_sec, lambda s: actions.anular(s, por=jefa_sec, comentario="Error.")),
            (rosa, lambda s: actions.desistir(s, por=rosa, comentario="Ya no.")),
        ]

        def uno(i: int, pasos=pasos, solicitud=solicitud) -> Any:
            with como(pasos[i][0]):
                return pasos[i][1](solicitud)

        resultados = a_la_vez(4, uno)
        hechos = [r for r in resultados if isinstance(r, Solicitud)]
        assert all(isinstance(r, Solicitud | TransicionInvalida) for r in resultados), resultados
        assert Evento.objects.filter(caso=solicitud.caso).count() == len(hechos)
        with sin_ambito():
            final = Solicitud.objects.get(pk=solicitud.pk)
            assert final.estado == Estado.ANULADO
            assert not final.caso.cobros.filter(estado__in=Cobro.ABIERTOS).exists()


def test_dos_comprobantes_a_la_vez(entrar, rosa, en_estado, medios) -> None:
    """P-02: one proof waits; the other is told."""
    solicitud = en_estado(Estado.PENDIENTE_PAGO)
    paginas = _decidir(entrar, rosa, solicitud, ["pagar"] * 4, medio=Medio.BOLETA, comprobante=pdf)
    _uno_gana(paginas, f"No se puede enviar un comprobante de pago: {solicitud.folio} está en estado ")
    assert (Comprobante.objects.count(), Evento.objects.count(), Aviso.todos().count()) == (1, 1, 1)


def test_el_mismo_archivo_guardado_dos_veces_a_la_vez(entrar, marcos, en_estado, guardado) -> None:
    """S-10, X-03: a form sent twice with the file that it carried along: once linked, once told."""
    solicitud = en_estado(Estado.RESPONDIDO)
    clave = str(guardado(marcos).pk)
    paginas = _decidir(entrar, marcos, solicitud, ["complementar"] * 3, **{"respuesta-guardado": clave})
    assert [len(p.camino) for p in paginas].count(1) == 1
    assert Adjunto.objects.count() == 1
