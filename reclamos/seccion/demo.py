"""The section's demonstration: a case of each duty at ANDE, each lived through by its people under a moved clock."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from portal import muestras, reloj
from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import como
from portal.cuentas.models import Perfil
from portal.sgc.models import Cliente, Suministro
from reclamos.seccion import actions
from reclamos.seccion.deberes import de_ruta
from reclamos.seccion.models import Asunto
from reclamos.seccion.red.actions import FUENTE, Datos, registrar_evento
from reclamos.seccion.red.models import EventoRed

SUMINISTROS = (  # NIS, document, name, address
    ("2210733", "1730558", "Eusebia Benítez de Cáceres", "Ytororó 845, Lambaré"),
    ("2210951", "2981340", "Ignacio Rolón Samudio", "Cerro Corá 1290, Asunción"),
    ("2214008", "3415772", "Mirta Giménez Insfrán", "Av. Eusebio Ayala 4430, Asunción"),
    ("2217645", "980215", "Celso Duarte Ovelar", "Mcal. Estigarribia 310, San Lorenzo"),
)
HELADERA = {
    "artefacto": "Heladera", "marca": "Tokyo", "modelo": "TR-320", "anios": 4, "averia": "Motor quemado",
    "valor": Decimal(2_800_000), "presupuesto": Decimal(950_000),
}  # fmt: skip
TELEVISOR = {
    "artefacto": "Televisor", "marca": "Aurora", "modelo": "LED 43", "anios": 2, "averia": "Fuente y placa dañadas",
    "valor": Decimal(1_900_000), "presupuesto": Decimal(640_000),
}  # fmt: skip


def preparar(perfiles: dict[str, Perfil]) -> None:
    """The supplies that the cases name, where no import brought them."""
    empresa = perfiles["Lucía"].distribuidora
    for nis, documento, nombre, direccion in SUMINISTROS:
        cliente, _ = Cliente.objects.get_or_create(
            distribuidora=empresa, tipo_documento="ci", documento=documento, defaults={"nombre": nombre}
        )
        calle, zona = direccion.rsplit(", ", 1)
        datos = {"tension": "BT", "titular": cliente, "direccion": calle, "zona": zona, "tarifa": "142"}
        Suministro.objects.get_or_create(distribuidora=empresa, nis=nis, defaults=datos)


def sembrar(perfiles: dict[str, Perfil], azar: Random) -> str:
    """Cases of all duties; the sentence that says how many there are."""
    _Vida(perfiles, azar).vivir()
    return f"{Asunto.objects.count()} asuntos de la sección"


class _Vida:
    """The section's people, and what they do on which day before today."""

    def __init__(self, perfiles: dict[str, Perfil], azar: Random) -> None:
        self.azar = azar
        self.lucia, self.estela = perfiles["Lucía"], perfiles["Estela"]
        self.oscar, self.ramon = perfiles["Óscar"], perfiles["Ramón"]
        self.hoy = reloj.hoy("America/Asuncion")

    def vivir(self) -> None:
        """All of it, duty by duty."""
        for historia in (self._ordenes, self._contratos, self._atencion, self._artefactos, self._papeles):
            historia()

    def _clave(self) -> UUID:
        return UUID(int=self.azar.getrandbits(128), version=4)

    def _el(self, dias: int, hora: int, hacer: Callable[[], Any]) -> Any:
        """`hacer` so many days ago, at an hour of the working day in Asunción."""
        momento = reloj.ahora().replace(hour=hora + 3, minute=17 * dias % 60, second=0) - timedelta(days=dias)
        with reloj.detener(min(momento, reloj.ahora())):
            return hacer()

    def _archivos(self, nombres: tuple[str, ...], por: Perfil) -> dict[str, Guardado | None]:
        guardados: dict[str, Guardado | None] = {}
        for nombre in nombres:
            subido = SimpleUploadedFile(f"{nombre}.pdf", muestras.pdf(nombre.capitalize()))
            revisado = revisar(subido, formatos=("pdf",), maximo=5 * 1024 * 1024)
            guardados[nombre] = guardar(revisado, por=por, tipo=nombre)
        return guardados

    def _abrir(
        self, ruta: str, hace: int, *, renglones: Any = (), origen: Asunto | None = None, **valores: Any
    ) -> Asunto:
        deber, por = de_ruta(ruta), self.lucia

        def hacer() -> Asunto:
            archivos = self._archivos(tuple(a.codigo for a in deber.archivos if a.obligatorio), por)
            with como(por):
                return actions.registrar_asunto(
                    deber, por=por, clave=self._clave(), valores=valores, renglones=list(renglones), archivos=archivos,
                    origen=origen,
                )  # fmt: skip

        return self._el(hace, 8, hacer)

    def _paso(
        self, asunto: Asunto, suceso: str, hace: int, por: Perfil, *, renglones: Any = (), **valores: Any
    ) -> Asunto:
        paso = asunto.deber.paso(suceso)
        assert paso is not None  # noqa: S101 - a misspelt step of this very file

        def hacer() -> Asunto:
            archivos = self._archivos(tuple(a.codigo for a in paso.archivos if a.obligatorio), por)
            with como(por):
                return actions.dar_paso(
                    asunto, suceso=suceso, por=por, valores=valores, renglones=list(renglones), archivos=archivos
                )

        return self._el(hace, 11, hacer)

    def _dia(self, dias: int) -> Any:
        return self.hoy + timedelta(days=dias)

    # --- duties -----------------------------------------------------------------------------------------------------
    def _ordenes(self) -> None:
        unidad = self.ramon.unidad
        vencida = self._abrir(
            "ot", 20, trabajo="lectura", nis="2210951", detalle="Verificar la lectura reclamada.", vence=self._dia(-4)
        )
        self._paso(vencida, "enviar", 19, self.lucia, unidad=unidad)
        self._paso(vencida, "programar", 18, self.ramon, programada=self._dia(-6), cuadrilla="Cuadrilla 3")
        self.orden = self._abrir(
            "ot", 12, trabajo="kpl", nis="2214008", procedencia="Servicios al Cliente",
            detalle="Verificar el KPL del contrato.", vence=self._dia(3),
        )  # fmt: skip
        self._paso(self.orden, "enviar", 12, self.lucia, unidad=unidad)
        self._paso(
            self.orden,
            "resolver",
            5,
            self.ramon,
            resultado="corregir",
            hallazgo="El KPL del contrato es 30; el real, 60.",
        )
        self._abrir("ot", 1, trabajo="medidor", nis="2217645", detalle="Inspección del medidor.", vence=self._dia(8))

    def _contratos(self) -> None:
        cambio = {"dato": "kpl", "antes": "30", "despues": "60"}
        aprobada = self._abrir(
            "modificacion", 4, nis="2214008", motivo="OT resuelta.", renglones=[cambio], origen=self.orden
        )
        self._paso(aprobada, "proponer", 4, self.lucia)
        self._paso(aprobada, "aprobar", 3, self.estela)
        pendiente = self._abrir(
            "modificacion", 2, nis="2210733", motivo="Nombre mal escrito en la carpeta.",
            renglones=[{"dato": "titular", "antes": "Eusebia Benites", "despues": "Eusebia Benítez de Cáceres"}],
        )  # fmt: skip
        self._paso(pendiente, "proponer", 2, self.estela)
        self._abrir(
            "acuerdo", 3, interesado="Celso Duarte Ovelar", documento="980.215", nis="2217645",
            monto=Decimal(3_600_000), cuotas=12, primera=self._dia(20), motivo="Deuda por cambio de medidor.",
        )  # fmt: skip

    def _atencion(self) -> None:
        certificado = self._abrir(
            "certificado", 6, escribania="Escribanía Ayala Franco", nota="N° 118 del 3-11", nis="2210733",
            interesado="Eusebia Benítez de Cáceres", documento="1.730.558", vence=self._dia(2),
        )  # fmt: skip
        self._paso(
            certificado, "emitir", 5, self.lucia, deuda="no", al=self._dia(-5),
            verificado="Carpeta de contrato y facturas al día.",
        )  # fmt: skip
        expediente = self._abrir(
            "expediente", 9, mesa="4417/2026", procedencia="cliente", interesado="Mirta Giménez Insfrán",
            documento="3.415.772", nis="2214008", motivo="Pide revisión de tres facturas.", vence=self._dia(-1),
        )  # fmt: skip
        self._paso(expediente, "analizar", 8, self.lucia)
        devolucion = self._abrir(
            "devolucion", 7, mesa="4390/2026", interesado="Ignacio Rolón Samudio", documento="2.981.340", nis="2210951",
            monto=Decimal(485_000), factura="001-002-0098812", motivo="Cierre de contrato.", vence=self._dia(4),
        )  # fmt: skip
        self._paso(devolucion, "proponer", 6, self.lucia)

    def _evento(self, hace: int, *, ocurrio: int, hora: int, minutos: int, **datos: Any) -> EventoRed:
        """An event of so many days ago, registered later, when its document came."""
        desde = datetime.combine(self._dia(-ocurrio), time(hora, 14), ZoneInfo("America/Asuncion"))
        dichos = Datos(desde=desde, hasta=desde + timedelta(minutes=minutos), **datos)

        def hacer() -> EventoRed:
            archivo = self._archivos((FUENTE,), self.lucia)[FUENTE]
            assert archivo is not None  # noqa: S101 - it was made a line before
            with como(self.lucia):
                return registrar_evento(por=self.lucia, clave=self._clave(), datos=dichos, archivo=archivo)

        return self._el(hace, 9, hacer)

    def _artefactos(self) -> None:
        sobretension = self._evento(
            16, ocurrio=17, hora=20, minutos=17, tipo="sobretension", causa="Neutro suelto en el transformador T-2217.",
            fuente="Parte diario de Distribución N° 311", alimentador="LAM-07", subestacion="Lambaré", zona="Lambaré",
        )  # fmt: skip
        self._evento(
            3, ocurrio=4, hora=6, minutos=95, tipo="maniobra", causa="Traspaso de carga por mantenimiento programado.",
            fuente="Orden de maniobra N° 1187", alimentador="SLO-03", subestacion="San Lorenzo", zona="San Lorenzo",
        )  # fmt: skip
        sesion = self._abrir("sesion", 15, vence=self._dia(-3), hora="09:30", lugar="Sala de sesiones, Sede Central")
        self._paso(sesion, "convocar", 14, self.lucia, convocados="Óscar Villalba\nDistribución\nAsesoría Jurídica")
        reclamo = self._abrir(
            "artefactos", 16, interesado="Eusebia Benítez de Cáceres", documento="1.730.558", nis="2210733",
            correo="eusebia.benitez@correo.example", ocurrio=self._dia(-17),
            relato="Se cortó la luz y volvió con mucha fuerza.", renglones=[HELADERA, TELEVISOR],
        )  # fmt: skip
        self._paso(reclamo, "analizar", 15, self.lucia, evento=sobretension)
        self._paso(
            reclamo, "peritar", 9, self.lucia, evento=sobretension, causa="red", perito="Laboratorio de Medidores",
            conclusiones="La sobretensión explica ambas averías.",
        )  # fmt: skip
        self._paso(reclamo, "incluir", 8, self.lucia, sesion=sesion)
        self._paso(
            reclamo, "decidir", 3, self.oscar, fundamento="El evento consta en el registro de la red.",
            renglones=[
                {"decision": "procede", "pagar": Decimal(950_000)}, {"decision": "parcial", "pagar": Decimal(400_000)},
            ],
        )  # fmt: skip
        self._paso(sesion, "celebrar", 3, self.oscar, presentes="Óscar Villalba Recalde\nJefe de Distribución")
        self._paso(reclamo, "proponer", 2, self.lucia)
        self._abrir(
            "artefactos", 2, interesado="Celso Duarte Ovelar", documento="980.215", nis="2217645",
            ocurrio=self._dia(-4), relato="La tensión subía y bajaba.", renglones=[TELEVISOR],
        )  # fmt: skip

    def _papeles(self) -> None:
        legajo = self._abrir(
            "archivo", 60, nis="2210733", ubicacion="E12-C04-031", contenido="Solicitud, contrato, croquis."
        )
        self._paso(
            legajo,
            "prestar",
            10,
            self.lucia,
            interesado="Mario Vera",
            dependencia="Asesoría Jurídica",
            vence=self._dia(-2),
        )
        remision = self._abrir(
            "remision", 6, destino="Unidad Regional Encarnación", destinatario="Jefatura",
            transporte="Encomiendas del Sur",
            vence=self._dia(-2), renglones=[
                {"documento": "Croquis de instalación", "referencia": "NIS 3310021", "fojas": 2},
                {"documento": "Antecedentes de contrato", "referencia": "NIS 3310044", "fojas": 14},
            ],
        )  # fmt: skip
        self._paso(remision, "despachar", 5, self.lucia, despachado=self._dia(-5), guia="ES-88213")
        self._paso(
            remision, "observar", 2, self.estela, recibe="Rosa Báez", recibido=self._dia(-2),
            renglones=[{"llego": "si"}, {"llego": "no"}],
        )  # fmt: skip
