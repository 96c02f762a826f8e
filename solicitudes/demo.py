"""The requests of the demonstration: a year of them, each lived through by its people under a moved clock."""

import heapq
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from pagos.actions import DatosCobro
from pagos.models import Medio, MedioDePago
from portal import muestras, reloj
from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import como
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos import calendario
from portal.territorio.models import Comuna
from solicitudes import actions, automaticas
from solicitudes.formularios import DOCUMENTOS, Cuando, Formulario
from solicitudes.models import Enlace, Estado, Solicitud
from solicitudes.numeros import proponer
from solicitudes.publicacion import publicar

CUANTAS = 150
DIAS = 330
DIAS_AUTOMATICOS = 60
SANTIAGO = ZoneInfo("America/Santiago")
PERSONAL = {  # company: who handles, who validates, how likely
    "ENEL": ("Marcos", "Valentina", 6),
    "CHILQUINTA": ("Camila", "Camila", 3),
    "CGE": ("Patricia", "Patricia", 3),
    "CRELL": ("Luis", "Luis", 2),
    "SOCOEPA": ("Rodrigo", "Rodrigo", 1),
}
SOLICITANTES = ["Rosa Elvira", "Pedro", "Carmen Gloria", "Hernán", "Javiera", "Luis Alberto", "Antonia"]
CONCEPTOS = ["Informe de criterios técnicos", "Estudio de conexión", "Inspección en terreno", "Adecuación del empalme"]


def sembrar(perfiles: dict[str, Perfil], azar: Random) -> str:
    """Let a year pass; the sentence that says what there is now."""
    _Simulacion(perfiles, azar).correr()
    total = Solicitud.objects.count()
    return f"{total} solicitudes en {Solicitud.objects.values('estado').distinct().count()} estados"


def preparar(perfiles: dict[str, Perfil]) -> None:
    """How each company is paid."""
    for numero, codigo in enumerate(PERSONAL, start=1):
        empresa = Distribuidora.objects.get(codigo=codigo)
        for medio in Medio if codigo in ("ENEL", "CGE") else (Medio.TRANSFERENCIA, Medio.COMPROBANTE):
            cuenta = {
                "titular": empresa.nombre,
                "rut": empresa.rut,
                "banco": "Banco de Demostración",
                "tipo_cuenta": "Cuenta corriente",
                "numero_cuenta": f"001-4487{numero}-09",
                "correo": f"pagos@{codigo.lower()}.example",
            }
            datos = cuenta if medio == Medio.TRANSFERENCIA else {}
            MedioDePago.objects.get_or_create(distribuidora=empresa, medio=medio, defaults=datos)

    _publicar_formularios(perfiles["Jorge"])


def _publicar_formularios(por: Perfil) -> None:
    """Blank forms to download; the real ones are the SEC's."""
    with como(por):
        for orden, formulario in enumerate(Formulario, start=1):
            archivo = SimpleUploadedFile("formulario.pdf", muestras.pdf(f"{formulario.label}: formulario de muestra"))
            publicar(
                None,
                por=por,
                grupo=Enlace.Grupo.FORMULARIO,
                titulo=f"Formulario de {formulario.label}",
                texto="",
                direccion="",
                orden=orden,
                archivo=guardar(revisar(archivo, formatos=("pdf",), maximo=1024 * 1024), por=por),
            )


GUIONES = (  # days ago, then one step each business day: so that every state is there whatever the chance
    (9, ("cobrar", "pagar")),
    (8, ("responder_con_cobro", "pagar")),
    (7, ("cobrar", "pagar", "validar")),
    (10, ("cobrar", "pagar", "validar")),
    (11, ("responder_con_cobro", "pagar", "rechazar")),
    (6, ("responder_con_cobro",)),
)


class _Simulacion:
    """A queue of what happens when; each thing that happens puts the next one into the queue."""

    def __init__(self, perfiles: dict[str, Perfil], azar: Random) -> None:
        self.perfiles, self.azar = perfiles, azar
        self.ahora = reloj.ahora()
        self.cola: list[tuple[datetime, int, Callable[[], object]]] = []
        self.orden = count()
        self.comunas = list(Comuna.objects.order_by("codigo"))

    def correr(self) -> None:
        """From the first day to this moment, in order."""
        for _ in range(CUANTAS):
            self._programar(self.ahora - timedelta(days=self.azar.uniform(0, DIAS)), self._empezar)
        for dias, pasos in GUIONES:
            for codigo in ("ENEL", "CHILQUINTA"):
                self._programar(self.ahora - timedelta(days=dias), partial(self._empezar, codigo, pasos))
        self._programar(self.ahora - timedelta(days=DIAS_AUTOMATICOS), self._preparar_automaticas)
        for dias in range(DIAS_AUTOMATICOS):
            self._programar(self.ahora - timedelta(days=dias), automaticas.responder_vencidas)
        while self.cola:
            momento, _, hacer = heapq.heappop(self.cola)
            with reloj.detener(momento):
                hacer()

    def _preparar_automaticas(self) -> None:
        """ENEL lets the portal answer one form on filing, and another when its term lapses."""
        por = self.perfiles["Andrés"]
        empresa = por.distribuidora
        assert empresa is not None  # noqa: S101 - of a company
        with como(por):
            for formulario, cuando in ((Formulario.NC, "al_enviar"), (Formulario.SI, "al_vencer")):
                automaticas.preparar(
                    empresa,
                    por=por,
                    formulario=formulario,
                    texto="Las condiciones generales están en el documento adjunto.",
                    archivo=self._archivo("respuesta", f"Respuesta de {empresa}: {formulario.label}", por),
                    **{cuando: True},
                )

    def _programar(self, desde: datetime, hacer: Callable[[], object], *, dias: int = 0) -> None:
        """`hacer` at an office hour, `dias` business days after `desde`; what would lie ahead has not happened yet."""
        dia = desde.astimezone(SANTIAGO).date()
        if dias:
            dia = calendario.sumar_habiles("CL", dia, dias)
        hora = time(self.azar.randint(9, 17), self.azar.randint(0, 59), self.azar.randint(0, 59))
        momento = max(datetime.combine(dia, hora, SANTIAGO), desde + timedelta(minutes=7))
        if momento < self.ahora:
            heapq.heappush(self.cola, (momento, next(self.orden), hacer))

    def _empezar(self, codigo: str = "", pasos: tuple[str, ...] = ()) -> None:
        """Somebody files; what follows is written in `pasos`, or left to chance."""
        empresa = codigo or self.azar.choices(list(PERSONAL), [peso for *_, peso in PERSONAL.values()])[0]
        solicitud = self._enviar(
            Distribuidora.objects.get(codigo=empresa),
            Formulario.SC if pasos else self.azar.choices(list(Formulario), [40, 30, 10, 20])[0],
        )
        if pasos:
            self._seguir(solicitud, pasos)
        elif solicitud.estado != Estado.ENVIADO:
            self._decidir(solicitud)

    def _seguir(self, solicitud: Solicitud, pasos: tuple[str, ...]) -> None:
        """The next step of a script, tomorrow."""
        if pasos:

            def dar() -> None:
                getattr(self, f"_{pasos[0]}")(solicitud)
                self._seguir(solicitud, pasos[1:])

            self._programar(reloj.ahora(), dar, dias=1)

    def _decidir(self, solicitud: Solicitud) -> None:
        """What chance does next with a request in its present state."""
        actual = Solicitud.objects.get(pk=solicitud.pk)
        # (step, its weight, after how many business days); None: nothing ever
        posibles: dict[str, list[tuple[str | None, int, tuple[int, int]]]] = {
            Estado.PENDIENTE_RESPUESTA: [
                ("responder", 46, (3, 16)),
                ("cobrar", 20, (2, 9)),
                ("responder_con_cobro", 14, (4, 14)),
                ("comunicar", 4, (3, 9)),
                ("anular", 6, (1, 20)),
                ("desistir", 4, (1, 8)),
                (None, 6, (1, 1)),
            ],
            Estado.PENDIENTE_PAGO: [("pagar", 90, (1, 6)), (None, 10, (1, 1))],
            Estado.PENDIENTE_VALIDACION: [("validar", 80, (1, 3)), ("rechazar", 20, (1, 3))],
            Estado.PAGO_RECHAZADO: [("pagar", 70, (1, 4)), (None, 30, (1, 1))],
            Estado.PAGO_VALIDADO: [("responder", 100, (2, 8))],
        }
        opciones = posibles.get(Estado(actual.estado), [])
        if opciones:
            paso, _, espera = self.azar.choices(opciones, [peso for _, peso, _ in opciones])[0]
            if paso:

                def dar() -> None:
                    if Solicitud.objects.get(pk=solicitud.pk).estado == actual.estado:  # not answered by the portal
                        getattr(self, f"_{paso}")(solicitud)
                        self._decidir(solicitud)

                self._programar(reloj.ahora(), dar, dias=self.azar.randint(*espera))

    def _archivo(self, nombre: str, texto: str, por: Perfil, *, foto: bool = False) -> Guardado:
        contenido = muestras.jpg(texto) if foto else muestras.pdf(texto)
        subido = SimpleUploadedFile(f"{nombre}.{'jpg' if foto else 'pdf'}", contenido)
        return guardar(revisar(subido, formatos=("pdf", "jpg"), maximo=1024 * 1024), por=por, tipo=nombre)

    # --- what the applicant does --------------------------------------------------------------------------------------
    def _enviar(self, empresa: Distribuidora, formulario: Formulario) -> Solicitud:
        azar = self.azar
        por = self.perfiles[azar.choice(SOLICITANTES)]
        por_otro = por.usuario.instalador_sec and formulario is not Formulario.MC
        with como(por):
            borrador = actions.empezar(formulario, por=por, clave=UUID(int=azar.getrandbits(128), version=4))
            assert borrador is not None  # noqa: S101 - the key is new
            for tipo in DOCUMENTOS[formulario]:
                if tipo.obligatorio is Cuando.SIEMPRE or (por_otro and tipo.obligatorio is Cuando.POR_OTRO):
                    archivo = self._archivo(tipo.codigo, tipo.nombre, por, foto=tipo.codigo.startswith("cedula"))
                    actions.adjuntar_documento(borrador, por=por, tipo=tipo, archivo=archivo)
            nuevo = formulario.admite_factibilidad and azar.random() < 0.2
            numero = f"{azar.randint(100_000, 999_999)}-{azar.randint(0, 9)}"
            return actions.enviar(
                borrador,
                por=por,
                distribuidora=empresa,
                comuna=self._comuna(empresa),
                numero_cliente="" if nuevo else numero,
                factibilidad=f"F-{numero}" if nuevo else "",
                actua_por_otro=por_otro,
            )

    def _comuna(self, empresa: Distribuidora) -> Comuna:
        regiones = {r.pk for r in empresa.regiones.all()}
        return self.azar.choice([c for c in self.comunas if c.region_id in regiones] or self.comunas)

    def _pagar(self, solicitud: Solicitud) -> None:
        por = solicitud.solicitante
        medio = self.azar.choice(list(MedioDePago.objects.filter(distribuidora=solicitud.distribuidora))).medio
        with como(por):
            comprobante = self._archivo("comprobante", f"Comprobante {solicitud.folio}", por, foto=True)
            actions.enviar_comprobante(solicitud, por=por, medio=Medio(medio), comprobante=comprobante)

    def _desistir(self, solicitud: Solicitud) -> None:
        with como(solicitud.solicitante):
            actions.desistir(solicitud, por=solicitud.solicitante, comentario="Voy a postergar el proyecto.")

    # --- what the company does ----------------------------------------------------------------------------------------
    def _tramitador(self, solicitud: Solicitud) -> Perfil:
        return self.perfiles[PERSONAL[solicitud.distribuidora.codigo][0]]

    def _validador(self, solicitud: Solicitud) -> Perfil:
        return self.perfiles[PERSONAL[solicitud.distribuidora.codigo][1]]

    def _cobro(self) -> DatosCobro:
        vence = calendario.sumar_habiles("CL", reloj.hoy(), self.azar.randint(8, 15))
        return DatosCobro(Decimal(self.azar.randrange(18_000, 96_000, 500)), self.azar.choice(CONCEPTOS), vence)

    def _responder(self, solicitud: Solicitud, *, con_cobro: bool = False) -> None:
        por = self._tramitador(solicitud)
        with como(por):
            actions.responder(
                solicitud,
                por=por,
                respuesta=self._archivo("respuesta", f"Respuesta a {solicitud.folio}", por),
                comentarios=self.azar.choice(["", "", "La respuesta vale seis meses.", "Revise el anexo técnico."]),
                numero_solicitud=proponer(solicitud.distribuidora),
                cobro=self._cobro() if con_cobro else None,
                cupon=self._archivo("cupon-de-pago", f"Cupón {solicitud.folio}", por) if con_cobro else None,
            )

    def _responder_con_cobro(self, solicitud: Solicitud) -> None:
        self._responder(solicitud, con_cobro=True)

    def _cobrar(self, solicitud: Solicitud) -> None:
        por = self._tramitador(solicitud)
        with como(por):
            cupon = self._archivo("cupon-de-pago", f"Cupón {solicitud.folio}", por)
            actions.cobrar(solicitud, por=por, cobro=self._cobro(), cupon=cupon)

    def _validar(self, solicitud: Solicitud) -> None:
        por = self._validador(solicitud)
        with como(por):
            actions.validar_pago(solicitud, por=por)

    def _rechazar(self, solicitud: Solicitud) -> None:
        por = self._validador(solicitud)
        with como(por):
            actions.rechazar_pago(solicitud, por=por, motivo="El comprobante no muestra el número de operación.")

    def _comunicar(self, solicitud: Solicitud) -> None:
        por = self._tramitador(solicitud)
        with como(por):
            actions.comunicar(solicitud, por=por, mensaje="Estamos revisando los antecedentes de su instalación.")

    # --- what the regulator does --------------------------------------------------------------------------------------
    def _anular(self, solicitud: Solicitud) -> None:
        por = self.perfiles["Jorge"]
        with como(por):
            actions.anular(solicitud, por=por, comentario="Se ingresó dos veces la misma instalación.")
