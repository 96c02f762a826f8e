"""The life of requests as a state machine: anybody does anything in any order, and everything stays coherent.

The figures to reach are 500 lives of 40 steps: `CICLO=500x40 pytest tests/solicitudes/test_ciclo.py`.
"""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from pagos.actions import DatosCobro
from pagos.models import Cobro, Comprobante, Medio
from portal import reloj
from portal.adjuntos.models import Guardado
from portal.adjuntos.permissions import puede_descargar
from portal.avisos.models import Aviso
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.models import Perfil
from portal.documentos.models import TransicionInvalida
from portal.historial.relato import relato
from solicitudes import actions, conteo
from solicitudes.formularios import DOCUMENTOS, Formulario
from solicitudes.models import Solicitud
from tests.factories import AdjuntoFactory, BorradorFactory
from tests.solicitudes.test_transiciones import ESPERADO, PP, PR, PV, PX, E

EJEMPLOS, PASOS = map(int, os.environ.get("CICLO", "60x30").split("x"))
CON_COBRO_ABIERTO = (PP, PV, PX)
QUIENES = {
    "solicitante": "rosa",
    "otro solicitante": "pedro",
    "tramitador": "marcos",
    "validador": "valentina",
    "administrador de la empresa": "admin_dx",
    "otra empresa": "otra_dx",
    "auditor": "auditora",
    "administrador SEC": "jefa_sec",
    "agente": "agente",
}
NO_LA_VEN = ("otro solicitante", "otra empresa", "agente")

# What each success leaves: the lines of the history and the notices, each to two addresses.
HUELLAS = {
    "cobrar": (["cobro_pedido"], ["cobro_pedido"]),
    "responder": (["respondida"], ["solicitud_respondida"]),
    "responder, retenida": (["respuesta_retenida"], []),
    "responder_con_cobro": (["respuesta_retenida", "cobro_pedido"], ["cobro_pedido"]),
    "retirar_cobro": (["cobro_retirado"], ["cobro_retirado"]),
    "enviar_comprobante": (["comprobante_enviado"], ["comprobante_recibido"]),
    "rechazar_pago": (["pago_rechazado"], ["pago_rechazado"]),
    "validar_pago": (["pago_validado"], ["pago_validado"]),
    "anular": (["anulada"], ["solicitud_anulada"]),
    "desistir": (["desistida"], ["solicitud_desistida"]),
    "complementar": (["complementada"], ["respuesta_complementada"]),
    "comunicar": (["comunicada"], ["comunicacion"]),
    "numerar": (["numero_asignado"], []),
}
SIEMPRE = ("comunicar", "numerar")
SUCESOS = sorted({suceso for suceso, _ in ESPERADO} | set(SIEMPRE))


class Modelo:
    """What one request should be, by the tables written by hand."""

    def __init__(self, solicitud: Solicitud) -> None:
        self.pk = solicitud.pk
        self.formulario = solicitud.formulario
        self.estado = E if solicitud.formulario == Formulario.MC else PR
        self.retenida = self.liberada = False
        self.hechos = ["enviada"]
        self.avisos = [f"solicitud_recibida_{solicitud.formulario}"]

    def espera(self, suceso: str, quien: str) -> str:
        """The state to which this leads, or how it is refused."""
        if quien in NO_LA_VEN:
            return "no existe"
        if suceso in SIEMPRE:
            return self.estado if quien == "tramitador" else "prohibido"
        permitido = ESPERADO[suceso, False][0]
        if quien != permitido:
            return "prohibido"
        return ESPERADO.get((suceso, self.retenida), ("", {}))[1].get(self.estado, "sentencia")

    def sucede(self, suceso: str, destino: str) -> None:
        """Take the step."""
        sale = self.retenida and suceso in ("retirar_cobro", "validar_pago")
        huella = suceso
        if suceso == "responder_con_cobro" or (suceso == "responder" and self.estado in CON_COBRO_ABIERTO):
            self.retenida = True
            huella = suceso if suceso == "responder_con_cobro" else "responder, retenida"
        elif suceso == "responder":
            self.liberada = True
        hechos, avisos = HUELLAS[huella]
        if sale:
            self.retenida, self.liberada = False, True
            hechos = [*hechos, "respuesta_entregada"]
            avisos = ["solicitud_respondida"] if suceso == "validar_pago" else [*avisos, "solicitud_respondida"]
        self.estado = destino
        self.hechos += hechos
        self.avisos += avisos


class Vida(RuleBasedStateMachine):
    elenco: ClassVar[dict[str, Perfil]]
    distribuidora: ClassVar[Any]
    comuna: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.atomica = transaction.atomic()
        self.atomica.__enter__()
        self.reloj = datetime(2026, 11, 18, 13, 0, tzinfo=UTC)
        self.casos: list[Modelo] = []
        self.pasos = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomica.__exit__(None, None, None)

    # --- the steps --------------------------------------------------------------------------------------------------
    @initialize(formulario=st.sampled_from([Formulario.SI, Formulario.SC, Formulario.NC]))
    def empieza(self, formulario: Formulario) -> None:
        self._enviar(formulario)

    @precondition(lambda self: len(self.casos) < 3)
    @rule(formulario=st.sampled_from(list(Formulario)))
    def envia_otra(self, formulario: Formulario) -> None:
        self._enviar(formulario)

    @rule(suceso=st.sampled_from(SUCESOS), cual=st.integers(0, 2))
    def lo_hace_quien_puede(self, suceso: str, cual: int) -> None:
        quien = "tramitador" if suceso in SIEMPRE else ESPERADO[suceso, False][0]
        self._paso(suceso, quien, cual)

    @rule(suceso=st.sampled_from([s for s in SUCESOS if s not in ("anular", "desistir")]), cual=st.integers(0, 2))
    def sigue_adelante(self, suceso: str, cual: int) -> None:
        """As before without what ends a life, so that lives are long."""
        self.lo_hace_quien_puede(suceso, cual)

    @rule(suceso=st.sampled_from(SUCESOS), quien=st.sampled_from(list(QUIENES)), cual=st.integers(0, 2))
    def lo_intenta_cualquiera(self, suceso: str, quien: str, cual: int) -> None:
        self._paso(suceso, quien, cual)

    @rule(horas=st.integers(1, 24 * 40))
    def pasa_el_tiempo(self, horas: int) -> None:
        self.reloj += timedelta(hours=horas)

    @rule()
    def se_pliegan_los_conteos(self) -> None:
        conteo.plegar()
        self._cuadran_los_conteos()

    # --- how ------------------------------------------------------------------------------------------------------
    def _enviar(self, formulario: Formulario) -> None:
        rosa = self.elenco["solicitante"]
        with sin_ambito():
            borrador = BorradorFactory(formulario=formulario, solicitante=rosa)
            for tipo in DOCUMENTOS[formulario]:
                AdjuntoFactory(caso=borrador.caso, tipo=tipo.codigo)
        with como(rosa), reloj.detener(self.reloj):
            solicitud = actions.enviar(
                borrador,
                por=rosa,
                distribuidora=self.distribuidora,
                comuna=self.comuna,
                numero_cliente="1",
                correo_adicional="jorge@correo.example",
            )
        self.casos.append(Modelo(solicitud))
        self._comprobar(self.casos[-1])
        with sin_ambito():
            numeros = sorted(Solicitud.objects.values_list("folio_numero", flat=True))
        assert numeros == list(range(numeros[0], numeros[0] + len(self.casos)))

    def _paso(self, suceso: str, quien: str, cual: int) -> None:
        modelo = self.casos[cual % len(self.casos)]
        perfil = self.elenco[quien]
        esperado = modelo.espera(suceso, quien)
        self.pasos += 1
        with sin_ambito():
            solicitud = Solicitud.objects.get(pk=modelo.pk)
        visto = ""
        with como(perfil), reloj.detener(self.reloj):
            try:
                with transaction.atomic():
                    self._hacer(suceso, solicitud, perfil)
            except PermissionDenied:
                visto = "prohibido"
            except Solicitud.DoesNotExist:
                visto = "no existe"
            except TransicionInvalida:
                visto = "sentencia"
        if not visto:
            with sin_ambito():
                visto = Solicitud.objects.get(pk=modelo.pk).estado
        assert visto == esperado
        if esperado not in ("prohibido", "no existe", "sentencia"):
            modelo.sucede(suceso, esperado)
        self._comprobar(modelo)

    def _archivo(self, perfil: Perfil) -> Guardado:
        nada = "0" * 64
        return Guardado._base_manager.create(
            perfil=perfil,
            nombre="a.pdf",
            formato="pdf",
            bytes=1,
            sha256=nada,
            sha256_recibido=nada,
            archivo="no/existe/a",
        )

    def _hacer(self, suceso: str, s: Solicitud, p: Perfil) -> None:
        datos = DatosCobro(Decimal(1000), "Estudio", reloj.hoy() + timedelta(days=10))
        match suceso:
            case "cobrar":
                actions.cobrar(s, por=p, cobro=datos, cupon=self._archivo(p))
            case "responder":
                actions.responder(s, por=p, respuesta=self._archivo(p), comentarios="Secreto.")
            case "responder_con_cobro":
                actions.responder(
                    s,
                    por=p,
                    respuesta=self._archivo(p),
                    comentarios="Secreto.",
                    cobro=datos,
                    cupon=self._archivo(p),
                )
            case "retirar_cobro":
                actions.retirar_cobro(s, por=p, motivo="No correspondía.")
            case "enviar_comprobante":
                actions.enviar_comprobante(s, por=p, medio=Medio.BOLETA, comprobante=self._archivo(p))
            case "rechazar_pago":
                actions.rechazar_pago(s, por=p, motivo="Ilegible.")
            case "validar_pago":
                actions.validar_pago(s, por=p)
            case "anular":
                actions.anular(s, por=p, comentario="Duplicada.")
            case "desistir":
                actions.desistir(s, por=p, comentario="Ya no.")
            case "complementar":
                actions.complementar(s, por=p, respuesta=self._archivo(p))
            case "comunicar":
                actions.comunicar(s, por=p, mensaje="Hola.")
            case "numerar":
                actions.numerar(s, por=p, numero_solicitud=f"{self.pasos}")

    # --- what is always true ----------------------------------------------------------------------------------------
    def _comprobar(self, modelo: Modelo) -> None:
        with sin_ambito():
            s = Solicitud.objects.select_related("caso").get(pk=modelo.pk)
            assert s.estado == modelo.estado
            assert (s.respondido is not None) == (modelo.retenida or modelo.liberada)
            assert (s.liberado is not None) == modelo.liberada
            assert s.liberado is None or s.enviado <= s.respondido <= s.liberado
            abiertos = list(s.caso.cobros.filter(estado__in=Cobro.ABIERTOS))
            assert len(abiertos) == (s.estado in CON_COBRO_ABIERTO)
            por_validar = Comprobante.objects.filter(cobro__caso=s.caso, estado=Comprobante.Estado.POR_VALIDAR)
            assert por_validar.count() == (s.estado == PV)
            assert list(s.caso.eventos.order_by("pk").values_list("hecho", flat=True)) == modelo.hechos
            escritos = Aviso.todos().filter(caso=s.caso).order_by("pk").values_list("plantilla", flat=True)
            assert list(escritos) == [plantilla for plantilla in modelo.avisos for _ in range(2)]
            respuesta = s.caso.adjuntos.filter(tipo="respuesta").first()
        self._cuadran_los_conteos()
        if respuesta is not None:
            self._se_lee_si_salio(s, respuesta, modelo.liberada)

    def _se_lee_si_salio(self, s: Solicitud, respuesta: Any, liberada: bool) -> None:
        for quien, puede in (("solicitante", liberada), ("tramitador", True), ("auditor", True)):
            perfil = self.elenco[quien]
            with como(perfil):
                assert puede_descargar(perfil, respuesta) == puede
                contado = relato(s, perfil)
                assert any(h.nota == "Secreto." for h in contado) == puede
                assert any(respuesta in h.adjuntos for h in contado) == puede
        with sin_ambito():
            assert liberada or not respuesta.avisos.exists()

    def _cuadran_los_conteos(self) -> None:
        reales = Counter((m.formulario, m.estado) for m in self.casos)
        assert {k: n for k, n in conteo.por_formulario_y_estado(None).items() if n} == reales
        assert conteo.por_distribuidora(None, None) == {self.distribuidora.pk: len(self.casos)}


@pytest.mark.django_db
def test_la_vida_de_las_solicitudes(request, medios, distribuidora, comuna) -> None:
    """S-14, P-04, P-05: states, charges, history, notices, counts and what the applicant reads, after every step."""
    Vida.elenco = {quien: request.getfixturevalue(nombre) for quien, nombre in QUIENES.items()}
    Vida.distribuidora, Vida.comuna = distribuidora, comuna
    run_state_machine_as_test(
        Vida,
        settings=settings(
            max_examples=EJEMPLOS,
            stateful_step_count=PASOS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
