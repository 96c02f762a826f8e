"""X-01: reminders go to who has to act, once."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import reloj
from portal.avisos.models import Aviso
from solicitudes.models import Estado
from solicitudes.recordatorios import recordar

VIERNES = datetime(2026, 12, 4, 13, 0, tzinfo=UTC)  # Tuesday 8 is a holiday


def _escritos(plantilla: str) -> list[str]:
    return sorted(Aviso.todos().filter(plantilla=plantilla).values_list("para", flat=True))


@pytest.mark.parametrize(("dias", "se_dice"), [(3, True), (5, True), (6, False), (-1, False)])
def test_al_solicitante_cuando_quedan_dos_dias_habiles(todo, en_estado, rosa, dias, se_dice) -> None:
    """X-01, P-01: on Friday of what is due up to Wednesday 9 (Monday 7 and Wednesday 9 count), never later, once."""
    with reloj.detener(VIERNES):
        en_estado(
            Estado.PENDIENTE_PAGO,
            correo_adicional="jorge@correo.example",
            cobro_de_su_estado__vence=VIERNES.date() + timedelta(days=dias),
        )
        recordar()
        recordar()
        assert _escritos("recordatorio_pago") == (["jorge@correo.example", rosa.usuario.email] if se_dice else [])


def test_a_la_empresa_cada_manana(todo, en_estado, marcos, valentina, admin_dx, otra_dx) -> None:
    """X-01, P-03: handlers hear of what is overdue, validators of payments; once a day, on working days."""
    with reloj.detener(VIERNES):
        en_estado(vence=VIERNES - timedelta(days=2))
        en_estado(Estado.PENDIENTE_VALIDACION, cobro_de_su_estado__pedido_por=marcos)
        recordar()
        recordar()
        assert _escritos("recordatorio_empresa") == sorted([marcos.usuario.email, valentina.usuario.email])
        aviso = Aviso.todos().get(plantilla="recordatorio_empresa", perfil=marcos)
        assert "Vencidas: 1" in aviso.texto.replace("  ", " ")
    with reloj.detener(VIERNES + timedelta(days=1)):
        recordar()
        assert len(_escritos("recordatorio_empresa")) == 2
    with reloj.detener(VIERNES + timedelta(days=3)):
        recordar()
        assert len(_escritos("recordatorio_empresa")) == 4
