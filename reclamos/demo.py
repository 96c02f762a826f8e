"""The complaints of the demonstration: scripts that real actions live through under a moved clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from portal import muestras, reloj
from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos import calendario
from reclamos import catalogos, vigilancia
from reclamos.actions import presentacion, recursos, tramite
from reclamos.actions.orientacion import orientar
from reclamos.actions.presentacion import Contenido, Persona
from reclamos.forms.reclamo import de_la_cuenta
from reclamos.models import AjusteReclamos, Canal, Materia, Origen, Reclamo, Recurso, Resultado
from reclamos.models.recurso import Decision


@dataclass(frozen=True)
class Guion:
    """A complaint: which company, how many business days ago, about what, and one step for each day that follows."""

    empresa: str
    dias: int
    materia: str
    que_paso: str
    que_pide: str
    pasos: tuple[str, ...] = ()
    monto: int | None = None
    quien: str = ""
    canal: Canal = Canal.WEB
    origen: Origen = Origen.CLIENTE


_DOBLE = "La boleta de octubre cobra el doble de lo que consumo, y el medidor marca menos que lo que dice la lectura."
_CORTES = "La luz se corta todas las noches desde hace una semana, entre las nueve y las once."
_HELADERA = "Después del corte del domingo la heladera no volvió a encender. El técnico dice que se quemó el compresor."
GUIONES = (
    Guion("ENEL", 30, "facturacion", _DOBLE, "Que corrijan la boleta y devuelvan la diferencia.",
          ("codigo", "infundado", "", "apelar", "elevar", "", "decidir"), 42_300, "Rosa Elvira"),
    Guion("ENEL", 14, "suministro", _CORTES, "Que reparen la línea de mi calle.", ("codigo", "", "parcial"),
          None, "Hernán"),
    Guion("ENEL", 4, "medidor", "El medidor nuevo está dentro de un charco y chispea cuando llueve.",
          "Que lo cambien de lugar.", ("codigo", "completar_pedido"), None, "Javiera"),
    Guion("ENEL", 20, "atencion", "Pedí un aumento de potencia en julio y nadie me ha respondido.",
          "Que me respondan.", ("codigo",), None, "Luis Alberto"),
    Guion("ENEL", 1, "conexion", "Vinieron a reconectar y se fueron sin hacerlo.", "Que vuelvan hoy.", (),
          None, "Antonia"),
    Guion("CHILQUINTA", 9, "facturacion", "Me cobran un convenio que ya pagué.", "Que saquen el convenio de la boleta.",
          ("codigo", "fundado"), 18_900, "Carmen Gloria"),
    Guion("CGE", 3, "suministro", _CORTES, "Que arreglen el transformador.", ("codigo",)),
    Guion("ANDE", 12, "artefactos", _HELADERA, "Que paguen la reparación o una heladera igual.", ("codigo",), None,
          "", Canal.MOSTRADOR),
    Guion("ANDE", 5, "facturacion", "La factura de noviembre vino a nombre del dueño anterior.",
          "Que la emitan a mi nombre.", ("codigo", "fundado"), 385_000, "", Canal.TELEFONO),
    Guion("ANDE", 1, "medidor", "La Sección Contratos informa una lectura cruzada entre dos medidores.",
          "Que se revise en terreno.", (), None, "", Canal.MOSTRADOR, Origen.INTERNO),
    Guion("TELPE", 25, "falta-servicio", "El servicio se cayó y nadie vino.", "Que lo repongan.", ("codigo",)),
    Guion("TELPE", 8, "facturacion", "El recibo trae un plan que no contraté.", "Que lo retiren.", ("codigo",), 120),
)  # fmt: skip
TRAMITAN = {"ENEL": "Marcos", "CHILQUINTA": "Camila", "CGE": "Patricia", "ANDE": "Lucía", "TELPE": ""}
VISITAS = {
    "CL": Persona("rut", "7654321-6", "Marta Elena Ríos Paredes", "marta.rios@correo.example", "+56 9 5550 1234"),
    "PY": Persona("ci", "3456789", "Eusebia Benítez de Cáceres", "eusebia.benitez@correo.example", "0981 555 123"),
    "PE": Persona("dni", "45678912", "Julio César Rojas Huanca", "julio.rojas@correo.example"),
}


def preparar(perfiles: dict[str, Perfil]) -> None:
    """The matters; silence and the portal's own codes for the Peruvian company."""
    catalogos.cargar()
    AjusteReclamos.objects.get_or_create(
        distribuidora=Distribuidora.objects.get(codigo="TELPE"), defaults={"silencio": True, "codigo_automatico": True}
    )


def sembrar(perfiles: dict[str, Perfil], azar: Random) -> str:
    """Live the scripts through; the sentence that says what there is now."""
    ahora = reloj.ahora()
    actos: list[tuple[datetime, int, Callable[[], None]]] = []
    for numero, guion in enumerate(GUIONES):
        actos += _Caso(guion, perfiles, azar).actos(ahora, numero)
    for momento, _, hacer in sorted(actos, key=lambda acto: acto[:2]):
        with reloj.detener(momento):
            hacer()
    vigilancia.vigilar()
    _orientar(perfiles["Nadia"], ahora)
    return f"{Reclamo.objects.count()} reclamos, {Recurso.objects.count()} apelaciones y quejas"


class _Caso:
    """One complaint and what happens to it."""

    def __init__(self, guion: Guion, perfiles: dict[str, Perfil], azar: Random) -> None:
        self.guion, self.perfiles, self.azar = guion, perfiles, azar
        self.empresa = Distribuidora.objects.get(codigo=guion.empresa)
        self.quien = perfiles.get(guion.quien)
        self.agente = perfiles["Nadia"] if guion.canal != Canal.WEB else None
        self.reclamo: Reclamo

    def actos(self, ahora: datetime, numero: int) -> list[tuple[datetime, int, Callable[[], None]]]:
        """What happens when; what would lie ahead has not happened yet."""
        dia = ahora.astimezone(ZoneInfo(self.empresa.zona_horaria)).date()
        for _ in range(self.guion.dias):
            dia -= timedelta(days=1)
            while not calendario.es_habil(self.empresa.pais, dia):
                dia -= timedelta(days=1)
        actos = [(self._hora(dia), numero, self._presentar)]
        for paso in self.guion.pasos:
            desde = actos[-1][0] + timedelta(minutes=25)
            if paso != "codigo":
                dia = calendario.sumar_habiles(self.empresa.pais, dia, 2)
                desde = self._hora(dia)
            if paso:
                actos.append((desde, numero, getattr(self, f"_{paso}")))
        return [acto for acto in actos if acto[0] < ahora]

    def _hora(self, dia: object) -> datetime:
        hora = time(self.azar.randint(9, 16), self.azar.randint(0, 59))
        return datetime.combine(dia, hora, ZoneInfo(self.empresa.zona_horaria))  # type: ignore[arg-type]

    def _archivo(self, texto: str, por: Perfil | None, *, foto: bool = False) -> Guardado:
        nombre = texto.lower().replace(" ", "-")
        subido = SimpleUploadedFile(
            f"{nombre}.{'jpg' if foto else 'pdf'}", muestras.jpg(texto) if foto else muestras.pdf(texto)
        )
        return guardar(revisar(subido, formatos=("pdf", "jpg"), maximo=1024 * 1024), por=por)

    def _releer(self) -> Reclamo:
        return Reclamo.objects.get(pk=self.reclamo.pk)

    @property
    def _tramita(self) -> Perfil:
        return self.perfiles[TRAMITAN[self.guion.empresa]]

    def _presentar(self) -> None:
        guion, autor = self.guion, self.agente or self.quien
        clave = UUID(int=self.azar.getrandbits(128), version=4)
        borrador = presentacion.empezar(self.empresa, por=autor, clave=clave)
        assert borrador is not None  # noqa: S101 - the key is new
        presentacion.adjuntar_documento(borrador, por=autor, archivo=self._archivo("Foto", autor, foto=True))
        persona = VISITAS[self.empresa.pais]
        if self.quien:
            persona = Persona(*de_la_cuenta(self.quien))
        contenido = Contenido(
            suministro=str(self.azar.randint(1_000_000, 9_999_999)),
            materia=Materia.objects.de(self.empresa).get(codigo=guion.materia),
            hecho_el=reloj.hoy(self.empresa.zona_horaria) - timedelta(days=6),
            que_paso=guion.que_paso,
            que_pide=guion.que_pide,
            sin_respuesta=True,
            monto=Decimal(guion.monto) if guion.monto else None,
        )
        self.reclamo = presentacion.presentar(
            borrador, por=autor, persona=persona, contenido=contenido, canal=guion.canal, origen=guion.origen
        )

    def _codigo(self) -> None:
        if not self._releer().codigo:
            presentacion.codificar(self.reclamo, por=self._tramita)

    def _completar_pedido(self) -> None:
        tramite.pedir_completar(self.reclamo, por=self._tramita, que_falta="Envíe una foto del medidor completo.")

    def _responder(self, resultado: Resultado) -> None:
        archivo = self._archivo("Resolución", self._tramita)
        tramite.responder(self.reclamo, por=self._tramita, resultado=resultado, resolucion=archivo)

    def _fundado(self) -> None:
        self._responder(Resultado.FUNDADO)

    def _infundado(self) -> None:
        self._responder(Resultado.INFUNDADO)

    def _parcial(self) -> None:
        self._responder(Resultado.PARCIAL)

    def _apelar(self) -> None:
        motivo = "La empresa no revisó el medidor: respondió con el mismo promedio que yo reclamo."
        recursos.apelar(self.reclamo, por=self.quien, motivo=motivo)

    def _elevar(self) -> None:
        recurso = self._releer().recursos.get()
        recursos.elevar(recurso, por=self._tramita, informe=self._archivo("Informe de lectura", self._tramita))

    def _decidir(self) -> None:
        elena = self.perfiles["Elena"]
        archivo = self._archivo("Resolución de segunda instancia", elena)
        recursos.decidir(self._releer().recursos.get(), por=elena, decision=Decision.FUNDADO, resolucion=archivo)


def _orientar(por: Perfil, ahora: datetime) -> None:
    with sin_ambito(), reloj.detener(ahora - timedelta(hours=3)):
        orientar(
            por=por,
            canal=Canal.MOSTRADOR,
            consulta="¿Dónde se paga una factura vencida?",
            respuesta="En cualquier boca de cobranza; el corte se suspende al registrarse el pago.",
        )
