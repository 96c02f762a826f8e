"""The part of the demonstration that follows a damaged appliance: from the desk to the payment order."""

import hashlib
import io
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pikepdf

from portal import muestras, reloj
from tests.demo.instalacion import esperar
from tests.demo.relato import Relato, que_dice
from tests.demo.ventana import Ventana, exigir

CORREO = "eusebia.benitez@correo.example"
CODIGO = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class Seccion(Relato):
    """Lucía and Estela of the section, Óscar of the committee, Eusebia with her refrigerator."""

    titulo = "Una heladera quemada, del mostrador a la orden de pago"

    def contar(self) -> None:
        """All of it; Falla where something does not go as told."""
        for nombre in ("cedula", "presupuesto", "informe", "parte"):
            (self.archivos / f"{nombre}.pdf").write_bytes(muestras.pdf(nombre.capitalize()))
        self.hoy = reloj.hoy("America/Asuncion")
        lucia = self._de_la_demostracion("Lucía")
        sesion = self._sesion(lucia)
        reclamo, ruta = self._reclamo(lucia)
        self._informe_tecnico(lucia, ruta, sesion)
        self._comite(ruta, sesion)
        estela = self._dos_personas(lucia, ruta)
        self._orden(estela, ruta)
        self._remision(estela, ruta)
        self._seguimiento(reclamo)
        lucia.cerrar()
        estela.cerrar()

    def _numero(self, ventana: Ventana, sigla: str) -> str:
        hallado = re.search(rf"{sigla}-\d+/\d+", ventana.texto())
        exigir(hallado, f"un número {sigla}-…", ventana.texto()[:500])
        return hallado.group()  # type: ignore[union-attr]

    def _sesion(self, lucia: Ventana) -> str:
        with self.paso("Lucía, de la sección, ve qué espera y convoca una sesión del Comité."):
            lucia.ve("Control y Seguimiento", "Qué espera, por asunto", "Artefactos averiados")
            self.captura(lucia, "seccion")
            lucia.abrir("/seccion/nuevo/sesion/")
            lucia.escribir("Fecha de la sesión", (self.hoy + timedelta(days=3)).isoformat())
            lucia.escribir("Hora", "09:30")
            lucia.escribir("Lugar", "Sede Central")
            lucia.presionar("Grabar")
            sesion = self._numero(lucia, "SC")
            lucia.seguir("Convocar")
            lucia.escribir("Miembros convocados", "Óscar Villalba\nDistribución")
            lucia.presionar("Convocar")
            lucia.ve("Convocada")
            self.dice(f"sesión {sesion}")
        return sesion

    def _reclamo(self, lucia: Ventana) -> tuple[str, str]:
        with self.paso(
            "Eusebia reclama por su heladera; sin el presupuesto no se graba, y nada de lo escrito se pierde."
        ):
            lucia.abrir("/seccion/nuevo/artefactos/")
            for campo, dicho in (
                ("Nombre de quien reclama", "Eusebia Benítez de Cáceres"), ("N° de documento", "1.730.558"),
                ("Correo electrónico", CORREO), ("NIS", "2.210.733"), ("Cuándo ocurrió", self.hoy.isoformat()),
                ("Qué pasó", "Se cortó la luz y volvió con mucha fuerza."), ("Artefacto", "Heladera"),
                ("Marca", "Tokyo"), ("Modelo", "TR-320"), ("Años de uso", "4"), ("Avería", "Motor quemado"),
                ("Valor", "2.800.000"), ("Presupuesto de reparación", "950.000"),
            ):  # fmt: skip
                lucia.escribir(campo, dicho)
            lucia.adjuntar("Copia del documento de identidad", self.archivos / "cedula.pdf")
            lucia.presionar("Grabar")
            lucia.ve("Adjunta: Presupuesto o factura de reparación", "cedula.pdf")
            exigir(lucia.valor("Marca") == "Tokyo", "lo escrito", lucia.valor("Marca"))
            self.captura(lucia, "seccion-falta-presupuesto")
            lucia.adjuntar("Presupuesto o factura de reparación", self.archivos / "presupuesto.pdf")
            lucia.presionar("Grabar")
            reclamo, ruta = self._numero(lucia, "AA"), urlsplit(lucia.url).path
            self.dice(f"reclamo {reclamo}")
        return reclamo, ruta

    def _informe_tecnico(self, lucia: Ventana, ruta: str, sesion: str) -> None:
        with self.paso("Lucía anota en el registro la sobretensión de hoy, con el parte que lo dice."):
            lucia.abrir("/seccion/eventos/nuevo/")
            lucia.elegir("Tipo de evento", "Sobretensión")
            lucia.escribir("Desde", f"{self.hoy.isoformat()}T00:00")
            for campo, dicho in (
                ("Alimentador", "LAM-07"), ("Comuna o zona", "Lambaré"), ("Causa", "Se soltó un neutro."),
                ("Documento de origen", "Parte diario de Distribución N° 311"),
            ):  # fmt: skip
                lucia.escribir(campo, dicho)
            lucia.adjuntar("Copia del documento de origen", self.archivos / "parte.pdf")
            lucia.presionar("Grabar")
            evento = self._numero(lucia, "ER")
            self.captura(lucia, "seccion-evento")
            self.dice(f"evento {evento}")
        with self.paso(
            "La sección pide el informe técnico, que dice de qué evento se trata, e incluye el reclamo en la sesión."
        ):
            lucia.abrir(ruta)
            lucia.seguir("Pedir informe técnico")
            cuando = f"{self.hoy:%d-%m-%Y} 00:00, sin término anotado"
            lucia.elegir(
                "Evento de la red que lo explicaría",
                f"{evento}: Sobretensión, {cuando}, alimentador LAM-07, Lambaré",
            )
            lucia.presionar("Pedir informe técnico")
            lucia.seguir("Registrar el informe técnico")
            lucia.elegir("Conclusión", "La avería se explica por el evento de la red")
            lucia.escribir("Quién informa", "Laboratorio de Medidores")
            lucia.escribir("Conclusiones", "La sobretensión explica la avería.")
            lucia.adjuntar("Informe del perito", self.archivos / "informe.pdf")
            lucia.presionar("Registrar el informe técnico")
            lucia.seguir("Incluir en una sesión")
            lucia.elegir("Sesión del Comité", sesion)
            lucia.presionar("Incluir en una sesión")
            lucia.ve("En el Comité", "informe.pdf")

    def _comite(self, ruta: str, sesion: str) -> None:
        with self.paso("Óscar, del Comité, decide por artefacto y levanta el acta."):
            oscar = self._de_la_demostracion("Óscar")
            oscar.abrir(ruta)
            oscar.seguir("Decidir")
            oscar.escribir("Fundamento", "El evento consta en el registro de la red.")
            oscar.elegir("Decisión", "Procede")
            oscar.escribir("Monto que se paga", "950.000")
            oscar.presionar("Decidir")
            oscar.ve("Decidido", "₲ 950.000")
            self.captura(oscar, "seccion-decidido")
            self.correo.para(CORREO, "El Comité decidió tu reclamo")
            oscar.seguir(sesion)
            oscar.seguir("Levantar el acta")
            oscar.escribir("Miembros presentes", "Óscar Villalba Recalde")
            oscar.presionar("Levantar el acta")
            oscar.ve("Celebrada", "Acta del Comité Multisectorial N° 1/")
            oscar.cerrar()

    def _dos_personas(self, lucia: Ventana, ruta: str) -> Ventana:
        with self.paso("Lucía propone el pago; no puede aprobarlo ella: lo aprueba Estela."):
            lucia.abrir(ruta)
            lucia.seguir("Proponer el pago")
            lucia.presionar("Proponer el pago")
            lucia.ve("Por Aprobar", "debe aprobarlo otra persona")
            lucia.abrir(f"{ruta}aprobar/")
            lucia.presionar("Aprobar")
            lucia.ve("No se puede aprobar: lo propusiste tú. Debe aprobarlo otra persona.")
            self.captura(lucia, "seccion-otra-persona")
            estela = self._de_la_demostracion("Estela")
            estela.abrir(ruta)
            estela.seguir("Aprobar")
            estela.presionar("Aprobar")
            estela.ve("Pago Ordenado", "Orden de pago N° 1/")
        return estela

    def _orden(self, estela: Ventana, ruta: str) -> None:
        with self.paso("La orden de pago es un PDF con número y código; cualquiera comprueba que es auténtica."):

            def lista() -> bool:
                estela.abrir(ruta)
                return estela.texto().count("Descargar PDF") == 2  # the technical report, and this one

            esperar("la orden de pago", lista)
            datos = estela.descargar("Descargar PDF")
            (self.descargas / "orden-de-pago.pdf").write_bytes(datos)
            with pikepdf.open(io.BytesIO(datos)) as documento:
                titulo = str(documento.docinfo.Title)
            exigir(titulo.startswith("Orden de pago N° 1/"), "una orden de pago", titulo)
            codigo = CODIGO.search(estela.texto())
            exigir(codigo, "un código de verificación", estela.texto()[:500])
            nadie = self.ventana()
            nadie.abrir("/verificar/")
            nadie.escribir("Código de verificación", codigo.group().lower())  # type: ignore[union-attr]
            nadie.presionar("Verificar")
            nadie.ve("Auténtico", "Orden de pago", hashlib.sha256(datos).hexdigest())
            nadie.no_ve("Eusebia")
            nadie.adjuntar("Archivo PDF que recibiste", self.descargas / "orden-de-pago.pdf")
            nadie.presionar("Comparar")
            nadie.ve("El archivo es el que se emitió.")
            self.captura(nadie, "verificar")
            nadie.cerrar()

    def _remision(self, estela: Ventana, ruta: str) -> None:
        with self.paso("Estela remite la orden por vía jerárquica: el reclamo está terminado."):
            estela.abrir(ruta)
            estela.seguir("Remitir por vía jerárquica")
            estela.escribir("A quién se remite", "Departamento de Atención al Cliente, para Tesorería")
            estela.escribir("N° de la nota", "AAC3 N° 204")
            estela.escribir("Fecha de remisión", self.hoy.isoformat())
            estela.presionar("Remitir por vía jerárquica")
            estela.ve("Remitido para el Pago")

    def _seguimiento(self, reclamo: str) -> None:
        with self.paso("Eusebia recibe el aviso y mira su reclamo sin tener una cuenta."):
            correo = self.correo.para(CORREO, "Se ordenó el pago")
            exigir("950.000" in que_dice(correo), "el monto en el correo", que_dice(correo)[:500])
            eusebia = self.ventana()
            eusebia.abrir(f"/seccion/seguimiento/?numero={reclamo}")
            eusebia.escribir("N° de documento", "1730558")
            eusebia.presionar("Consultar")
            eusebia.ve("Remitido para el Pago", "₲ 950.000", "El trámite terminó.")
            self.captura(eusebia, "seguimiento")
            eusebia.cerrar()
