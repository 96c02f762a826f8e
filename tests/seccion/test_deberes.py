"""Each duty of the section, through its own page: words, fields, refusals, steps, papers."""

from itertools import product

import pytest
from django.urls import reverse

from portal.cuentas.ambito import como, sin_ambito
from portal.documentos.models import TransicionInvalida
from portal.impresos.models import Impreso
from reclamos.seccion.actions import dar_paso
from reclamos.seccion.deberes import DEBERES
from reclamos.seccion.estados import CERRADOS, Estado, Suceso
from reclamos.seccion.models import Asunto
from tests.seccion.puerta import andar, formulario, lineas, registrar, releer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]
S, E, J = "seguidora", "otra_seguidora", "jefe_de_ot"
CAMINOS = {  # duty: the steps to its end, who takes each, and the papers that come of it
    "ot": ([("enviar", S), ("programar", J), ("resolver", J), ("revisar", S)], []),
    "modificacion": ([("proponer", S), ("devolver", E), ("proponer", E), ("aprobar", S)], []),
    "verificacion": ([("resolver", S), ("archivar", S)], []),
    "certificado": ([("emitir", S), ("entregar", E)], ["Certificado de estado de cuenta"]),
    "expediente": (
        [("analizar", S), ("derivar", S), ("analizar", S), ("resolver", S), ("archivar", S)],
        ["Informe de resultado"],
    ),
    "devolucion": ([("proponer", S), ("aprobar", E), ("remitir", S)], ["Orden de pago"]),
    "contrato": ([("proponer", S), ("aprobar", E)], []),
    "acuerdo": ([("proponer", S), ("aprobar", E)], []),
    "informe": ([("emitir", S), ("entregar", S)], ["Informe"]),
    "facturar": ([("proponer", S), ("aprobar", E)], []),
    "bonificacion": ([("proponer", S), ("aprobar", E)], []),  # the rest in test_papeles
    "artefactos": ([("analizar", S), ("peritar", S)], ["Informe técnico"]),  # the rest in test_artefactos
    "sesion": ([("convocar", S)], []),
    "robo": ([("emitir", S), ("entregar", S)], ["Informe de robo de medidor"]),
    "remision": ([("despachar", S), ("recibir", S)], ["Guía de remisión de documentos"]),
    "control": ([("observar", S), ("conformar", S)], []),
    "archivo": ([("prestar", S), ("retornar", S)], []),
}
por_deber = pytest.mark.parametrize("deber", DEBERES, ids=lambda d: d.ruta)


@por_deber
def test_se_registra_con_sus_propias_palabras(deber, entrar, seguidora):
    """Q-06 to Q-16: the page of each duty asks for its own fields; the case keeps them and gets the next number."""
    navegador = entrar(seguidora)
    pagina = navegador.get(reverse("seccion:registrar", args=[deber.ruta])).content.decode()
    assert all(campo.rotulo in pagina for campo in deber.campos)
    asunto = registrar(navegador, deber.ruta)
    assert str(asunto) == f"{deber.sigla}-1/{asunto.anio}"
    assert asunto.estado == deber.inicial
    assert asunto.caso.adjuntos.count() == sum(a.obligatorio for a in deber.archivos)
    assert asunto.renglones.count() == (1 if deber.renglones else 0)
    vista = navegador.get(asunto.get_absolute_url()).content.decode()
    assert f"Registro: {deber.nombre}" in vista


@por_deber
def test_lo_que_falta_se_dice_y_nada_se_registra(deber, entrar, seguidora):
    """Q-06 to Q-16: an empty form names every mandatory field and file of this duty, and no case comes of it."""
    vacio = lineas([{}]) if deber.renglones else {}
    respuesta = entrar(seguidora).post(reverse("seccion:registrar", args=[deber.ruta]), vacio)
    errores = set(respuesta.context["form"].errors)
    obligatorios = {c.nombre for c in deber.campos if c.obligatorio}
    assert errores == obligatorios | {f"archivo_{a.codigo}" for a in deber.archivos if a.obligatorio}
    if deber.renglones and deber.renglones.minimo:
        assert respuesta.context["lineas"].non_form_errors() == [f"Escribe al menos un renglón: {deber.renglones.uno}"]
    assert Asunto.objects.count() == 0


@por_deber
def test_se_anda_hasta_el_final(deber, entrar, request):
    """Q-06 to Q-16: each step by whoever takes it, and the numbered documents that they issue."""
    pasos, papeles = CAMINOS[deber.ruta]
    personas = {nombre: request.getfixturevalue(nombre) for _, nombre in [*pasos, ("", S)]}
    request.getfixturevalue("unidad")
    asunto = registrar(entrar(personas[S]), deber.ruta)
    asunto = andar(entrar, asunto, *((suceso, personas[quien]) for suceso, quien in pasos))
    ultimo = deber.paso(pasos[-1][0])
    assert asunto.estado == ultimo.hasta
    assert [i.titulo for i in Impreso.objects.all()] == papeles
    assert asunto.caso.eventos.filter(hecho="asunto_paso").count() == len(pasos)


@por_deber
def test_cada_suceso_en_cada_estado(deber, seguidora, entrar):
    """Q-06 to Q-16: what is not in the duty's table is refused in words, and changes nothing."""
    asunto = registrar(entrar(seguidora), deber.ruta)
    for estado, suceso in product(Estado, Suceso):
        asunto.estado = estado
        if (estado, suceso) in deber.tabla:
            asunto.suceder(suceso)
            assert asunto.estado == deber.tabla[estado, suceso]
        else:
            with pytest.raises(TransicionInvalida, match="No se puede"):
                asunto.suceder(suceso)
            assert asunto.estado == estado


def test_cada_deber_tiene_su_fin():
    """Q-06 to Q-16: from every state of every duty a closed one can be reached, and every state from the first."""
    for deber in DEBERES:
        hacia = {}
        for (desde, _), hasta in deber.tabla.items():
            hacia.setdefault(desde, set()).add(hasta)
        vistos, por_ver = set(), {deber.inicial}
        while por_ver:
            vistos |= por_ver
            por_ver = set().union(*(hacia.get(e, set()) for e in por_ver)) - vistos
        assert vistos >= set(hacia), deber.ruta
        assert vistos & set(CERRADOS), deber.ruta


@por_deber
def test_otra_empresa_no_lo_ve(deber, entrar, seguidora, seguidora_ajena):
    """A-12: a case of another company is not there: neither its page, nor its steps, nor its list."""
    asunto = registrar(entrar(seguidora), deber.ruta)
    ajena = entrar(seguidora_ajena)
    assert ajena.get(asunto.get_absolute_url()).status_code == 404
    assert ajena.post(reverse("seccion:paso", args=[asunto.pk, "anular"]), {"comentario": "x"}).status_code == 404
    assert str(asunto) not in ajena.get(reverse("seccion:lista")).content.decode()


def test_enviado_dos_veces_es_uno(entrar, seguidora):
    """X-07: a second click gives the same case."""
    datos = formulario(next(d for d in DEBERES if d.ruta == "sesion"))
    navegador = entrar(seguidora)
    rutas = {navegador.post(reverse("seccion:registrar", args=["sesion"]), datos).url for _ in range(2)}
    assert len(rutas) == 1
    assert Asunto.objects.count() == 1


def test_el_momento_equivocado_se_dice_en_el_formulario(entrar, seguidora, unidad):
    """Q-06: a step that is over is a sentence on the form; what was typed stays."""
    asunto = registrar(entrar(seguidora), "informe")
    asunto = andar(entrar, asunto, ("emitir", seguidora))
    respuesta = entrar(seguidora).post(reverse("seccion:paso", args=[asunto.pk, "emitir"]), {"texto": "Otra vez"})
    pagina = respuesta.content.decode()
    assert "No se puede emitir: II-1" in pagina
    assert "Otra vez" in pagina
    assert Impreso.objects.count() == 1


def test_un_paso_que_no_es_suyo(entrar, seguidora, miembro_comite, jefe_de_ot):
    """A-11, Q-11: the section does not decide for the committee, nor the head of a unit for the section."""
    sesion = registrar(entrar(seguidora), "sesion")
    ruta = reverse("seccion:paso", args=[sesion.pk, "celebrar"])
    assert entrar(seguidora).get(ruta).status_code == 403
    assert entrar(miembro_comite).get(ruta).status_code == 200
    assert entrar(jefe_de_ot).get(ruta).status_code == 404
    assert entrar(seguidora).get(reverse("seccion:paso", args=[sesion.pk, "resolver"])).status_code == 404
    with como(seguidora), pytest.raises(TransicionInvalida, match="no tiene ese paso"):
        dar_paso(sesion, suceso="resolver", por=seguidora, valores={})


def test_agregar_lineas_conserva_lo_escrito(entrar, seguidora):
    """Q-11, X-09: more lines without JavaScript; what was typed and the files stay, and nobody complains yet."""
    datos = lineas([{"artefacto": "Heladera"}]) | {"interesado": "Eusebia", "accion": "lineas"}
    pagina = entrar(seguidora).post(reverse("seccion:registrar", args=["artefactos"]), datos)
    texto = pagina.content.decode()
    assert "Heladera" in texto
    assert "Eusebia" in texto
    assert len(pagina.context["lineas"].forms) == 4
    assert "Completa" not in texto


def test_un_caso_da_lugar_a_otro(entrar, seguidora, jefe_de_ot):
    """Q-06: a resolved order leads to a change of contract data, which says where it comes from."""
    orden = registrar(entrar(seguidora), "ot")
    orden = andar(entrar, orden, ("enviar", seguidora), ("resolver", jefe_de_ot))
    navegador = entrar(seguidora)
    assert f"/seccion/nuevo/modificacion/?origen={orden.pk}" in navegador.get(orden.get_absolute_url()).content.decode()
    ruta = reverse("seccion:registrar", args=["modificacion"]) + f"?origen={orden.pk}"
    assert navegador.get(ruta).context["form"]["nis"].value() == "2210733"
    respuesta = navegador.post(ruta, formulario(next(d for d in DEBERES if d.ruta == "modificacion")))
    cambio = Asunto.objects.get(pk=respuesta.url.rstrip("/").rpartition("/")[2])
    assert cambio.origen == orden
    assert str(cambio) in navegador.get(orden.get_absolute_url()).content.decode()
    with sin_ambito():
        assert releer(orden).derivados.count() == 1
