"""The outages of the demonstration: six weeks of the Peruvian company, lived through under a moved clock."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from inoperatividad.actions import evaluacion, masiva, registro, reporte
from inoperatividad.actions.catalogo import llenar
from inoperatividad.actions.tipificacion import importar
from inoperatividad.hojas import Fila
from inoperatividad.models import (
    Aplicativo,
    Buzon,
    Consulta,
    Escenario,
    Horario,
    Motivo,
    Punto,
    Registro,
    TipoTramite,
    Tramite,
)
from portal import muestras, reloj
from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import como
from portal.cuentas.models import Distribuidora, Perfil
from portal.plazos import calendario

LIMA = ZoneInfo("America/Lima")
PUNTOS = {  # unit: its kind, who answers for it
    "CAC San Miguel": (Punto.Tipo.CAC, "Milagros"),
    "CAC Miraflores": (Punto.Tipo.CAC, "Ángela"),
    "ACD Surco": (Punto.Tipo.ACD, "Bruno"),
    "Call Center 123": (Punto.Tipo.L123, "Yesenia"),
}
BUZONES = (
    ("Fallas de Sistemas y Plataforma", Buzon.Uso.FALLAS, "fallasatc@operadora.example"),
    ("Analistas de Control e Información", Buzon.Uso.COPIA, "analistascontroleinformacion@operadora.example"),
    ("Control y Presupuesto", Buzon.Uso.COPIA, "controlypresupuestoatp@operadora.example"),
)
RAZON = "Afectó las atenciones por más de una hora en el rango declarado."
CAUSAS = (
    ("Falla Masiva de Aplicativo", "Se llenó el disco de la base de datos; se amplió y se reinició el servicio."),
    ("Inconveniente de conectividad", "Se cortó el enlace entre el centro de datos y la red de los puntos."),
    ("Mantenimiento de Aplicativos", "La actualización nocturna terminó después de la hora de apertura."),
)


def preparar(perfiles: dict[str, Perfil]) -> None:
    """The catalogues of the company, filled from the procedure."""
    empresa = Distribuidora.objects.get(codigo="TELPE")
    llenar(empresa, por=None)
    for nombre, uso, correo in BUZONES:
        Buzon.objects.get_or_create(distribuidora=empresa, nombre=nombre, defaults={"uso": uso, "correo": correo})
    for tipo, responsable in PUNTOS.values():
        Punto.objects.get_or_create(
            unidad=perfiles[responsable].unidad, defaults={"distribuidora": empresa, "tipo": tipo}
        )


def sembrar(perfiles: dict[str, Perfil], azar: Random) -> str:
    """Let six weeks pass; the sentence that says what there is now."""
    _Semanas(perfiles, azar).correr()
    return f"{Registro.objects.count()} registros de inoperatividad"


class _Semanas:
    """Masivas every few days, lived from the alert to the report; today one is going on."""

    def __init__(self, perfiles: dict[str, Perfil], azar: Random) -> None:
        self.perfiles, self.azar = perfiles, azar
        self.empresa = Distribuidora.objects.get(codigo="TELPE")
        self.ahora = reloj.ahora()

    def correr(self) -> None:
        hoy = self.ahora.astimezone(LIMA).date()
        self._tipificaciones(hoy)
        for dias in (40, 33, 26, 19, 12):
            self._evento(calendario.siguiente_habil("PE", hoy - timedelta(days=dias)), reportar=dias > 12)
        self._error(hoy - timedelta(days=9))
        self._por_papel(hoy - timedelta(days=6))
        self._evento(calendario.siguiente_habil("PE", hoy - timedelta(days=5)), hasta="cierre")
        self._hoy()

    def _en(self, dia: date, hora: int, minuto: int) -> datetime:
        return datetime.combine(dia, time(hora, minuto), LIMA)

    def _hacer(self, momento: datetime, nombre: str, hacer: Callable[..., object]) -> object:
        """`hacer` as that person at that moment; what would lie ahead has not happened."""
        if momento >= self.ahora:
            return None
        por = self.perfiles[nombre]
        with reloj.detener(momento), como(por):
            return hacer(por=por)

    def _de(self, nombres: tuple[str, ...]) -> list[Aplicativo]:
        return list(Aplicativo.objects.filter(distribuidora=self.empresa, nombre__in=nombres))

    def _motivo(self, nombre: str, escenario: str = Escenario.MASIVA) -> Motivo:
        return Motivo.objects.get(distribuidora=self.empresa, nombre=nombre, escenario=escenario)

    def _hoja(self, texto: str, por: Perfil) -> Guardado:
        subido = SimpleUploadedFile("hoja.jpg", muestras.jpg(texto))
        return guardar(revisar(subido, formatos=("jpg",), maximo=1024 * 1024), por=por)

    def _tipificaciones(self, hoy: date) -> None:
        """Ten weeks of counts by hour, as the company's own system would give them."""
        filas = []
        for n in range(70, 0, -1):
            dia = hoy - timedelta(days=n)
            for unidad in (self.perfiles[quien].unidad for _, quien in PUNTOS.values()):
                assert unidad is not None  # noqa: S101 - those who answer for a point have one
                for hora in range(9, 19):
                    filas += [Fila(unidad, t, dia, hora, self.azar.randint(0, 9)) for t in Tramite]
        self._hacer(
            self.ahora - timedelta(hours=1),
            "Diego",
            lambda por: importar(filas, por=por, nombre="tipificaciones.csv", datos=b"demostracion"),
        )

    def _registrar(
        self, momento: datetime, quien: str, tramite: str, aplicativos: list[Aplicativo], motivo: Motivo, que: str
    ) -> object:
        consulta = Consulta.objects.filter(distribuidora=self.empresa).order_by("pk")[self.azar.randrange(15)]
        return self._hacer(
            momento + timedelta(minutes=self.azar.randint(2, 9)),
            quien,
            lambda por: registro.registrar(
                por=por,
                unidad=por.unidad,  # type: ignore[arg-type]
                tipo_tramite=tramite,
                motivo=motivo,
                aplicativos=aplicativos,
                inicio=momento,
                descripcion=que,
                consulta=consulta if tramite == TipoTramite.CONSULTAS else None,
                cliente_esperando=True,
            ),
        )

    def _evento(self, dia: date, *, reportar: bool = True, hasta: str = "") -> None:
        """A masiva from its declaration to the report, or until `hasta`."""
        causa, detalle = self.azar.choice(CAUSAS)
        nombres = self.azar.choice((("SIAC ÚNICO",), ("SISACT", "SISACT Prepago"), ("SIAC ÚNICO", "SGA")))
        aplicativos, inicio = self._de(nombres), self._en(dia, self.azar.randint(9, 12), self.azar.randint(0, 50))
        fin = inicio + timedelta(minutes=self.azar.randint(45, 200))
        una = self._hacer(
            inicio + timedelta(minutes=4),
            "Renzo",
            lambda por: masiva.declarar(por=por, aplicativos=aplicativos, inicio=inicio, causa="En revisión."),
        )
        hechos = []
        for _, quien in self.azar.sample(list(PUNTOS.values()), self.azar.randint(2, 4)):
            tramite = self.azar.choice(TipoTramite.values)
            hechos.append(
                self._registrar(
                    inicio + timedelta(minutes=self.azar.randint(5, 30)), quien, tramite, aplicativos,
                    self._motivo(causa), f"No se puede registrar el trámite: {nombres[0]} no responde.",
                )
            )  # fmt: skip
        self._hacer(fin, "Renzo", lambda por: masiva.terminar(una, por=por, fin=fin, causa=detalle))  # type: ignore[arg-type]
        self._hacer(
            fin + timedelta(minutes=15),
            "Karina",
            lambda por: registro.cerrar_los_de(una, por=por, motivo=self._motivo(causa), origen=detalle),  # type: ignore[arg-type]
        )
        if hasta != "cierre":
            self._informar(dia, [r for r in hechos if isinstance(r, Registro)], enviar=reportar)

    def _informar(self, dia: date, hechos: list[Registro], *, enviar: bool) -> None:
        """Evaluation, opinion, verdict, report, approvals; sent, or waiting for the director."""
        lunes = calendario.sumar_habiles("PE", dia, 1)
        for n, uno in enumerate(hechos):
            self._hacer(self._en(lunes, 9, n), "Diego", partial(evaluacion.evaluar, uno))
            self._hacer(self._en(lunes, 9, 10 + n), "Diego", partial(evaluacion.consultar, uno))
            self._hacer(self._en(lunes, 11, n), "Rocío", partial(self._opinar, uno))
            self._hacer(
                self._en(lunes, 16, n), "Diego",
                partial(evaluacion.concluir, uno, reportar=True, razon=RAZON),
            )  # fmt: skip
        martes = calendario.sumar_habiles("PE", dia, 2)
        hecho = self._hacer(self._en(martes, 9, 30), "Diego", lambda por: reporte.consolidar(por=por, registros=hechos))
        pasos: list[tuple[str, Callable[..., object]]] = [("Diego", reporte.proponer), ("Gustavo", reporte.aprobar)]
        if enviar:
            pasos += [("Silvia", reporte.aprobar), ("Diego", reporte.enviar)]
        for n, (quien, paso) in enumerate(pasos):
            self._hacer(self._en(martes, 10 + n, 0), quien, partial(paso, hecho))

    def _opinar(self, uno: Registro, *, por: Perfil) -> None:
        evaluacion.opinar(
            uno, por=por, procede=True, horario=Horario.DENTRO, menciones=self.azar.randint(0, 40),
            opinion="El evento está dentro del rango comunicado por Fallas.",
        )  # fmt: skip

    def _error(self, dia: date) -> None:
        """Somebody recorded what was no outage."""
        inicio = self._en(dia, 10, 20)
        uno = self._registrar(
            inicio, "Bruno", TipoTramite.ALTAS, self._de(("SISACT",)),
            self._motivo("Sin Fluido Eléctrico en Punto de Atención", Escenario.NO_PREVISTO),
            "Se registró por equivocación: la luz se fue solo en el depósito.",
        )  # fmt: skip
        self._hacer(
            inicio + timedelta(minutes=40),
            "Bruno",
            lambda por: registro.cerrar_por_error(
                uno,  # type: ignore[arg-type]
                por=por,
                fin=inicio + timedelta(minutes=30),
                origen="La atención nunca se detuvo.",
                sustento=self._hoja("La luz se fue solo en el depósito", por),
            ),
        )

    def _por_papel(self, dia: date) -> None:
        """The portal was out of reach; the sheet was brought in two hours later."""
        inicio = self._en(dia, 15, 10)
        uno = self._hacer(
            inicio + timedelta(hours=2),
            "Ángela",
            lambda por: registro.registrar(
                por=por,
                unidad=por.unidad,  # type: ignore[arg-type]
                tipo_tramite=TipoTramite.BAJAS,
                motivo=self._motivo("Infraestructura de Punto de Atención", Escenario.NO_PREVISTO),
                aplicativos=self._de(("SIAC ÚNICO", "SGA")),
                inicio=inicio,
                descripcion="Se inundó el local y no hubo red ni PC.",
                papel=registro.EnPapel("Sin red en el local", self._hoja("Formato Manual", por)),
            ),
        )

        self._hacer(
            inicio + timedelta(hours=3),
            "Ángela",
            lambda por: registro.cerrar(
                uno,  # type: ignore[arg-type]
                por=por,
                fin=inicio + timedelta(hours=2, minutes=50),
                motivo=self._motivo("Infraestructura de Punto de Atención", Escenario.NO_PREVISTO),
                origen="Se rompió una cañería; se secó el local y se repuso la red.",
                sustento=self._hoja("Parte de los bomberos", por),
            ),
        )

    def _hoy(self) -> None:
        """What goes on now: a declared masiva with two records, one alert, a critical procedure to be regularised."""
        siac, sisact = self._de(("SIAC ÚNICO",)), self._de(("SISACT",))
        inicio = self.ahora - timedelta(minutes=62)
        self._hacer(
            inicio + timedelta(minutes=3),
            "Renzo",
            lambda por: masiva.declarar(por=por, aplicativos=siac, inicio=inicio, causa="En revisión."),
        )
        motivo, que = self._motivo("Falla Masiva de Aplicativo"), "Al validar la identidad se queda en blanco."
        uno = self._registrar(inicio + timedelta(minutes=5), "Milagros", TipoTramite.RECLAMOS, siac, motivo, que)
        self._registrar(inicio + timedelta(minutes=8), "Ángela", TipoTramite.CONSULTAS, siac, motivo, que)
        self._registrar(self.ahora - timedelta(minutes=38), "Milagros", TipoTramite.ALTAS, sisact, motivo, que)
        atendida = self.ahora - timedelta(minutes=40)
        self._hacer(
            atendida + timedelta(minutes=5),
            "Milagros",
            lambda por: registro.anotar_critica(
                uno,  # type: ignore[arg-type]
                por=por,
                tipo="bloqueo",
                cliente="Línea 987 *** 214",
                detalle="Bloqueo por robo, se anotó a mano.",
                atendida=atendida,
            ),
        )
