"""The rules of terms on screen: made, followed by others, verified; never changed under the cases that keep them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.historial.models import Evento
from portal.normativa import actions
from portal.normativa.materias import materias
from portal.plazos.models import Regla
from tests.solicitudes.puerta import Pagina

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("todo")]
NUEVO = "/plazos/nuevo/"
DATOS = {
    "materia": "solicitudes.SI.respuesta", "pais": "CL", "distribuidora": "", "cantidad": "15", "unidad": "corridos",
    "desde_suceso": "el día siguiente al envío", "vigente_desde": "2027-01-01", "vigente_hasta": "", "norma": "",
    "nota": "",
}  # fmt: skip


def test_cada_materia_tiene_su_nombre():
    """R-07: what the rules are about is said in words."""
    assert materias()["solicitudes.SC.respuesta"] == "Responder: Solicitud de Conexión"
    assert materias()["pagos.validacion"] == "Validar un comprobante de pago"


def test_una_regla_nueva_sigue_a_la_vigente(entrar, jefa_sec, regla):
    """R-07: made on screen, it ends the one before on the day before, and both changes are in the history."""
    antes = regla()
    pagina = Pagina(entrar(jefa_sec).post(NUEVO, DATOS, follow=True))
    assert pagina.mensajes == ["La regla rige desde el 01-01-2027."]
    antes.refresh_from_db()
    nueva = Regla.objects.exclude(pk=antes.pk).get()
    assert (antes.vigente_hasta, nueva.vigente_desde, nueva.vigente_hasta) == (
        date(2026, 12, 31), date(2027, 1, 1), None,
    )  # fmt: skip
    assert (nueva.cantidad, nueva.unidad, nueva.verificado) == (15, "corridos", False)
    hechos = Evento.objects.filter(caso=None, hecho__startswith="plazo_").order_by("pk")
    assert [(e.hecho, e.perfil, e.datos["objeto"]) for e in hechos] == [
        ("plazo_terminado", jefa_sec, f"regla:{antes.pk}"),
        ("plazo_creado", jefa_sec, f"regla:{nueva.pk}"),
    ]
    assert hechos[0].datos["cambios"] == [["Vigente hasta", "", "31-12-2026"]]


def test_lo_enviado_conserva_su_regla(detenido, enviar, jefa_sec, regla):
    """R-07: a case keeps the rule that was in force when it was filed, and its end."""
    antes = regla()
    solicitud = enviar()
    vence = solicitud.vence
    datos = {"materia": antes.materia, "cantidad": 1, "vigente_desde": detenido.date()}
    actions.crear(Regla(**datos), por=jefa_sec)
    solicitud.refresh_from_db()
    assert (solicitud.regla, solicitud.vence) == (antes, vence)
    assert enviar().regla.cantidad == 1


def test_la_de_una_empresa_no_toca_la_del_pais(entrar, jefa_sec, regla, distribuidora):
    """R-07: a company's own rule stands beside its country's."""
    del_pais = regla()
    entrar(jefa_sec).post(NUEVO, DATOS | {"distribuidora": distribuidora.pk})
    del_pais.refresh_from_db()
    assert del_pais.vigente_hasta is None
    assert Regla.objects.vigente(del_pais.materia, distribuidora=distribuidora, el=date(2027, 1, 1)).cantidad == 15


@pytest.mark.parametrize(
    ("cambio", "error"),
    [
        ({"materia": "otra"}, "Materia"),
        ({"cantidad": "0"}, "Cantidad"),
        ({"cantidad": "diez"}, "Cantidad"),
        ({"unidad": "lunas"}, "Unidad"),
        ({"vigente_desde": ""}, "Vigente desde"),
        ({"vigente_desde": "31-02-2027"}, "Escribe una fecha que exista. Ejemplo: 30-11-2026."),
        ({"vigente_hasta": "2026-01-01"}, "Es anterior a «Vigente desde». Cambia una de las dos fechas."),
        ({"verificado": "on"}, "Cita la norma: sin ella no se puede decir que está verificado."),
        ({"pais": "PE", "distribuidora": "propia"}, "Yungay Norte es de Chile."),
        ({"vigente_desde": "2015-01-01"}, "Ya hay una regla para esta materia desde el 01-01-2015"),
        ({"vigente_desde": "2014-01-01"}, "Ya hay una regla para esta materia desde el 01-01-2015"),
    ],
)
def test_lo_que_contradice_se_dice(entrar, jefa_sec, regla, distribuidora, cambio, error):
    """R-07: what makes no sense, or overlaps a rule that begins later or the same day, is refused in words."""
    regla()
    datos = DATOS | {k: distribuidora.pk if v == "propia" else v for k, v in cambio.items()}
    pagina = Pagina(entrar(jefa_sec).post(NUEVO, datos))
    assert error in " ".join(pagina.resumen)
    assert [(r.cantidad, r.vigente_hasta) for r in Regla.objects.all()] == [(10, None)]


def test_se_verifica_citando_la_norma(entrar, jefa_sec, regla):
    """R-07: who read the norm says so; without citing it, not."""
    suya = regla(demostracion=True)
    direccion = f"/plazos/{suya.pk}/"
    sin_norma = Pagina(entrar(jefa_sec).post(direccion, {"verificado": "on"}))
    assert sin_norma.errores == ["Cita la norma: sin ella no se puede decir que está verificado."]
    entrar(jefa_sec).post(direccion, {"verificado": "on", "norma": "DS 71, artículo 15"})
    suya.refresh_from_db()
    assert (suya.verificado, suya.norma, suya.demostracion) == (True, "DS 71, artículo 15", False)
    pagina = Pagina(entrar(jefa_sec).get(direccion))
    assert "Cambió la regla" in pagina.historial
    assert "Sin verificar" not in pagina.texto


def test_los_dias_no_se_cambian(entrar, jefa_sec, regla):
    """R-07: fields of the number of days sent along change nothing."""
    suya = regla()
    entrar(jefa_sec).post(
        f"/plazos/{suya.pk}/", {"cantidad": "99", "unidad": "horas", "materia": "x", "nota": "Leída."}
    )
    suya.refresh_from_db()
    assert (suya.cantidad, suya.unidad, suya.nota) == (10, "habiles", "Leída.")


def test_terminarla_antes_de_empezar_no(entrar, jefa_sec, regla):
    """R-07: an end before its beginning is refused."""
    suya = regla()
    pagina = Pagina(entrar(jefa_sec).post(f"/plazos/{suya.pk}/", {"vigente_hasta": "2014-12-31"}))
    assert pagina.errores == ["Es anterior al comienzo de la regla, el 01-01-2015."]


def test_reabrirla_sobre_la_que_sigue_no(jefa_sec, regla):
    """R-07: a rule that another follows cannot be stretched over it."""
    suya = regla()
    actions.crear(Regla(materia=suya.materia, cantidad=5, vigente_desde=date(2027, 1, 1)), por=jefa_sec)
    with pytest.raises(ValidationError, match="Ya hay una regla"):
        actions.corregir(suya, por=jefa_sec, norma="", verificado=False, nota="", vigente_hasta=None)


def test_la_lista_se_filtra(detenido, entrar, auditora, regla, distribuidora):
    """R-07, X-07: those of today; by matter, company, time and what is not verified; the number of queries stands."""
    regla()
    regla(materia="solicitudes.SC.respuesta", distribuidora=distribuidora)
    regla(materia="solicitudes.NC.respuesta", vigente_desde=date(2030, 1, 1))
    navegador = entrar(auditora)

    def vistas(**filtro: object) -> int:
        return navegador.get("/plazos/", filtro).text.count('data-t="Materia"')

    assert vistas() == 2
    assert vistas(vigencia="todas") == 3
    assert vistas(vigencia="futuras") == vistas(materia="solicitudes.SI.respuesta") == 1
    assert vistas(empresa=distribuidora.pk) == 1
    assert vistas(sin_verificar="on") == 2
    assert vistas(vigencia="pasadas") == 0
    assert vistas(orden="-cantidad", tamano="10", p="9") == 2
    assert "No se encontró ningún resultado" in navegador.get("/plazos/", {"vigencia": "pasadas"}).text
    assert "Nueva regla" not in navegador.get("/plazos/").text


def test_los_demas_no_la_cambian(auditora, marcos, regla):
    """R-07, A-11: at the action too."""
    suya = regla()
    for perfil in (auditora, marcos):
        with pytest.raises(PermissionDenied):
            actions.crear(Regla(materia="x", cantidad=1, vigente_desde=date(2027, 1, 1)), por=perfil)
        with pytest.raises(PermissionDenied):
            actions.corregir(suya, por=perfil, norma="x", verificado=True, nota="", vigente_hasta=None)
