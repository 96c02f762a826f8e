"""Ver: the page of a request, what each profile sees on it, and its buttons."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from portal import reloj
from portal.cuentas.ambito import como, sin_ambito
from solicitudes.acciones import acciones
from solicitudes.models import Estado, Solicitud
from tests.factories import AdjuntoFactory
from tests.solicitudes.puerta import Pagina, pdf, sin_lo_propio

pytestmark = pytest.mark.usefixtures("detenido", "medios")
RETENIBLES = (Estado.PENDIENTE_PAGO, Estado.PENDIENTE_VALIDACION, Estado.PAGO_RECHAZADO)
CASOS = [(e, False) for e in Estado] + [(e, True) for e in RETENIBLES]
E, PR, PP, PV, PX, PRV, R, RA, X = Estado

# dominio.md, by hand: the words of the buttons, in their order
_TRAMITA = {
    (E, False): ["Comunicación"],
    (PR, False): ["Responder", "Gestión de Pago", "Comunicación"],
    (PP, False): ["Responder", "Retirar cobro", "Comunicación"],
    (PV, False): ["Responder", "Comunicación"],
    (PX, False): ["Responder", "Retirar cobro", "Comunicación"],
    (PRV, False): ["Responder", "Comunicación"],
    (R, False): ["Complementar respuesta", "Comunicación"],
    (RA, False): ["Complementar respuesta", "Comunicación"],
    (X, False): ["Comunicación"],
    (PP, True): ["Retirar cobro", "Comunicación"],
    (PV, True): ["Comunicación"],
    (PX, True): ["Retirar cobro", "Comunicación"],
}
_DESISTE = [(PR, False), (PP, False), (PX, False)]


def _esperados(quien: str, estado: Estado, retenida: bool) -> list[str]:
    return {
        "marcos": _TRAMITA[estado, retenida],
        "valentina": ["Validar pago", "Rechazar pago"] if estado == PV else [],
        "jefa_sec": ["Anular"] if estado != X else [],
        "rosa": ["Desistir de esta solicitud"] if (estado, retenida) in _DESISTE else [],
    }.get(quien, [])


def _campos(retenida: bool) -> dict:
    return {"respondido": reloj.ahora(), "liberado": None} if retenida else {}


@pytest.mark.parametrize(("estado", "retenida"), CASOS)
def test_los_botones_son_los_que_se_pueden(
    puerta, marcos, valentina, admin_dx, rosa, auditora, jefa_sec, estado, retenida
) -> None:
    """S-09: exactly `acciones`, which is what dominio.md says, and **Imprimir**; each leads somewhere that answers."""
    p = puerta(estado, **_campos(retenida))
    elenco = {
        "marcos": marcos,
        "valentina": valentina,
        "admin_dx": admin_dx,
        "rosa": rosa,
        "auditora": auditora,
        "jefa_sec": jefa_sec,
    }
    for nombre, perfil in elenco.items():
        pagina = p.ver(perfil)
        esperados = _esperados(nombre, estado, retenida)
        assert list(pagina.botones) == [*esperados, "Imprimir"], nombre
        with como(perfil):
            assert [a.texto for a in acciones(perfil, Solicitud.objects.get(pk=p.solicitud.pk))] == esperados
        for direccion in pagina.botones.values():
            assert p.entrar(perfil).get(direccion).status_code == 200, direccion


FORMULARIO = {
    "responder": {"respuesta": "pdf"},
    "cobrar": {"monto": "1000", "concepto": "Estudio", "vence": "2026-12-18", "cupon": "pdf"},
    "complementar": {"respuesta": "pdf"},
    "retirar_cobro": {"comentario": "Porque sí."},
    "validar_pago": {"si": "1"},
    "rechazar_pago": {"comentario": "Porque sí."},
    "anular": {"comentario": "Porque sí."},
    "desistir": {"comentario": "Porque sí."},
}


@pytest.mark.parametrize(("estado", "retenida"), CASOS)
def test_lo_que_se_muestra_funciona_y_lo_que_no_se_niega(
    puerta, marcos, valentina, rosa, jefa_sec, estado, retenida
) -> None:
    """S-09, S-14: every operation is sent by the one who may do it: done where its button is shown, a sentence else."""
    for operacion, campos in FORMULARIO.items():
        p = puerta(estado, **_campos(retenida))
        perfil = {"validar_pago": valentina, "rechazar_pago": valentina, "anular": jefa_sec, "desistir": rosa}.get(
            operacion, marcos
        )
        mostrados = {resolve(urlsplit(d).path).url_name for d in p.ver(perfil).botones.values()}
        datos = {c: pdf() if v == "pdf" else v for c, v in campos.items()}
        pagina = p.enviar(operacion, perfil, **datos)
        if operacion in mostrados:
            assert pagina.camino == [p.direccion("ver")], (operacion, pagina.resumen)
        else:
            assert (pagina.codigo, pagina.camino) == (200, []), operacion
            (frase,) = pagina.resumen
            assert frase.startswith("No se puede "), operacion
            assert p.releer().estado == estado


def test_que_dice_la_pagina(puerta, rosa, marcos, auditora) -> None:
    """S-09: form, sender's name and mail, date and hour, the three numbers, the place, the company, the other mail."""
    p = puerta(numero_solicitud="2026-5")
    for perfil in (rosa, marcos, auditora):
        texto = " ".join(p.ver(perfil).arbol.text_content().split())
        for dato in (
            "Solicitud de Conexión",
            "Rosa Fuentes Lagos",
            "rosa.fuentes@correo.example",
            "jorge@correo.example",
            "16-11-2026, 10:00",
            "2026-5",
            p.solicitud.folio,
            "5000000-7",
            "Yungay Norte",
            "Santiago, Metropolitana de Santiago",
            "Pendiente de Respuesta",
        ):
            assert dato in texto, dato


def test_con_factibilidad_en_vez_de_cliente(puerta, rosa) -> None:
    """S-09: N° Cliente or N° de Factibilidad."""
    texto = puerta(numero_cliente="", factibilidad="F-77/a").ver(rosa).arbol.text_content()
    assert "N° de Factibilidad" in texto
    assert "F-77/a" in texto
    assert "N° Cliente" not in texto


def test_la_empresa_ve_quien_lo_hizo_y_el_solicitante_la_casa(puerta, marcos, rosa, auditora) -> None:
    """X-06: names of the staff are for the staff."""
    p = puerta()
    p.enviar("responder", marcos, respuesta=pdf())
    assert "Marcos Ibarra Toro, Yungay Norte" in p.ver(auditora).arbol.text_content()
    suya = p.ver(rosa).arbol.text_content()
    assert "Yungay Norte" in suya
    assert "Marcos" not in suya


def test_quien_puede_ver(puerta, rosa, pedro, marcos, valentina, admin_dx, otra_dx, auditora, jefa_sec, agente) -> None:
    """S-09, A-12: applicant, company, SEC; not yours is as if it did not exist."""
    p = puerta()
    esperado = {rosa: 200, marcos: 200, valentina: 200, admin_dx: 200, auditora: 200, jefa_sec: 200}
    esperado |= {pedro: 404, otra_dx: 404, agente: 403}
    for nombre in ("ver", "imprimir"):
        for perfil, codigo in esperado.items():
            respuesta = p.entrar(perfil).get(p.direccion(nombre))
            assert (nombre, perfil, respuesta.status_code) == (nombre, perfil, codigo)
            if codigo == 404:
                desconocido = p.entrar(perfil).get(p.direccion(nombre, "YN987654321"))
                suyo = sin_lo_propio(p.solicitud.folio, respuesta.text)
                assert suyo == sin_lo_propio("YN987654321", desconocido.text)
            assert p.entrar(perfil).post(p.direccion(nombre)).status_code in (403, 405)


def test_imprimir_trae_todo_y_ningun_boton(puerta, rosa, marcos) -> None:
    """S-09: the same on paper: numbers, turn, documents with their SHA-256, history; no forms of actions."""
    p = puerta(Estado.PENDIENTE_PAGO)
    p.enviar("responder", marcos, respuesta=pdf("lista.pdf"), comentarios="Reservado.")
    respuesta = p.solicitud.caso.adjuntos.get(tipo="respuesta")
    suya, ajena = p.abrir("imprimir", rosa), p.abrir("imprimir", marcos)
    for pagina in (suya, ajena):
        assert p.solicitud.folio in pagina.texto
        assert "¿Quién actúa ahora?" in pagina.texto
        assert "Por " in pagina.texto
        assert pagina.botones == {}
        assert 'name="medio"' not in pagina.texto
    assert "se entrega al validar el pago" in suya.texto
    for secreto in ("lista.pdf", respuesta.sha256, "Reservado.", str(respuesta.pk)):
        assert secreto not in suya.texto
    assert respuesta.sha256 in ajena.texto
    assert "Reservado." in ajena.texto


def test_un_folio_con_signo_mas_tiene_pagina(entrar, todo, rosa, otra_distribuidora) -> None:
    """S-08: `V+196` is a folio like any other, in addresses too."""
    from tests.factories import SolicitudFactory

    solicitud = SolicitudFactory(solicitante=rosa, distribuidora=otra_distribuidora)
    pagina = Pagina(entrar(rosa).get(solicitud.get_absolute_url()))
    assert solicitud.folio.startswith("V+")
    assert solicitud.folio in pagina.texto


@pytest.mark.parametrize("folio", ["%00A1", "A%001", "YN1%00", "YN" + "9" * 400, "%FF%FE1", "YN0x1"])
def test_una_direccion_rara_no_existe(entrar, todo, rosa, folio) -> None:
    """S-09: 404, whatever is written in the address."""
    assert entrar(rosa).get(f"/solicitudes/folio/{folio}/").status_code == 404


@pytest.mark.parametrize("liberada", [True, False])
def test_la_respuesta_se_ofrece_arriba_cuando_se_puede_leer(entrar, rosa, en_estado, liberada) -> None:
    """S-09, P-04: one clear next step: the answer stands on top once it may be read, never before."""
    if liberada:
        solicitud = en_estado(Estado.RESPONDIDO)
        with sin_ambito():
            AdjuntoFactory(caso=solicitud.caso, tipo="respuesta", nombre="respuesta.pdf")
    else:
        solicitud = en_estado(Estado.PENDIENTE_PAGO, respondido=reloj.ahora(), liberado=None)
    texto = entrar(rosa).get(solicitud.get_absolute_url()).content.decode()
    assert ("Descargar la respuesta" in texto) is liberada
