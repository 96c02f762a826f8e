"""A masiva hits four service points; one record is an error, one comes on paper and later; it ends in the report."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from portal import muestras, reloj
from tests.demo.instalacion import Correo, esperar
from tests.demo.relato import Relato
from tests.demo.ventana import Ventana, exigir

LIMA = ZoneInfo("America/Lima")
QUE = "Al validar la identidad se queda en blanco."


class CaidaMasiva(Relato):
    """From the alert to the regulator's spreadsheet, by the people of the Peruvian company."""

    titulo = "Una falla masiva, de la alerta al reporte"

    def __init__(self, carpeta: Path, correo: Correo, ventana: Callable[[], Ventana]) -> None:
        super().__init__(carpeta, correo, ventana)
        (self.archivos / "hoja.jpg").write_bytes(muestras.jpg("Formato Manual de Registro de Inoperatividad"))
        (self.archivos / "sustento.pdf").write_bytes(muestras.pdf("La atención nunca se detuvo"))
        self.numeros: dict[str, int] = {}

    def contar(self) -> None:
        milagros = self._alerta()
        renzo = self._declaracion()
        self._registros(milagros)
        self._termino(renzo)
        self._cierres(milagros)
        self._evaluacion()
        self._reporte()
        milagros.cerrar()
        renzo.cerrar()

    @staticmethod
    def _hora(minutos: int) -> str:
        return f"{(reloj.ahora() - timedelta(minutes=minutos)).astimezone(LIMA):%Y-%m-%dT%H:%M}"

    def _alerta(self) -> Ventana:
        milagros = self._de_la_demostracion("Milagros")
        with self.paso("Milagros, del CAC San Miguel, mira qué está caído y alerta que SGA no responde."):
            milagros.ve("Hola, Milagros", "Qué está caído ahora")
            milagros.abrir("/inoperatividad/masivas/alertar/")
            milagros.marcar("SGA")
            milagros.escribir("Inicio", self._hora(90))
            milagros.escribir("Qué se observa", "No responde en ninguna PC.")
            milagros.presionar("Alertar")
            milagros.ve("Avisamos a Fallas de Sistemas y Plataforma", "Sin declarar: un punto avisó")
            self.captura(milagros, "caidas")
            self.correo.para("fallasatc@operadora.example", "Alerta de falla masiva")
        return milagros

    def _declaracion(self) -> Ventana:
        renzo = self._de_la_demostracion("Renzo")
        with self.paso("Renzo, de Fallas de Sistemas y Plataforma, la formaliza para todos los puntos."):
            renzo.ve("Declarar o descartar: SGA")
            renzo.abrir(renzo.direccion_de("Ver la alerta"))
            renzo.seguir("Declarar")
            renzo.escribir("Causa", "Se investiga el servidor.")
            renzo.presionar("Declarar")
            renzo.ve("Falla Masiva declarada")
            self.captura(renzo, "masiva-declarada")
        return renzo

    def _registrar(self, ventana: Ventana, tramite: str) -> int:
        ventana.abrir("/inoperatividad/registros/nuevo/?caso=si")
        ventana.marcar(tramite)
        ventana.marcar("SGA")
        ventana.elegir("Motivo", "Falla Masiva de Aplicativo")
        ventana.escribir("Inicio", self._hora(80))
        ventana.escribir("Qué ocurrió", QUE)
        ventana.presionar("Grabar")
        hallado = re.search(r"Grabado con el correlativo (\d+)", " ".join(ventana.texto().split()))
        exigir(hallado, "«Grabado con el correlativo…»", ventana.texto()[:800])
        return int(hallado.group(1))  # type: ignore[union-attr]

    def _registros(self, milagros: Ventana) -> None:
        with self.paso("La lentitud y los pagos no se registran: el portal lo explica y se detiene."):
            milagros.abrir("/inoperatividad/registros/nuevo/")
            milagros.seguir("El cliente quiere pagar")
            milagros.ve("no es inoperatividad")
        with self.paso("Cuatro puntos registran inoperatividad; el segundo registro del mismo tipo se rechaza."):
            self.numeros["Milagros"] = self._registrar(milagros, "Altas")
            self.captura(milagros, "registro")
            for nombre in ("Bruno", "Yesenia"):
                ventana = self._de_la_demostracion(nombre)
                self.numeros[nombre] = self._registrar(ventana, "Bajas")
                ventana.cerrar()
            self.dice(f"correlativos {', '.join(map(str, self.numeros.values()))}")
            self.correo.para("fallasatc@operadora.example", f"registro {self.numeros['Milagros']}")
        with self.paso("Ángela no tuvo red: llenó el formato en papel y ahora lo regulariza con la hoja escaneada."):
            angela = self._de_la_demostracion("Ángela")
            angela.abrir("/inoperatividad/registros/papel/")
            angela.marcar("Altas")
            angela.marcar("SGA")
            angela.elegir("Motivo", "Falla Masiva de Aplicativo")
            angela.escribir("Inicio", self._hora(85))
            angela.escribir("Qué ocurrió", QUE)
            angela.escribir("Por qué se llenó en papel", "El local quedó sin red.")
            angela.adjuntar("Hoja escaneada", self.archivos / "hoja.jpg")
            angela.presionar("Grabar")
            angela.ve("Se llenó en papel", "hoja.jpg")
            self.correo.para("controlypresupuestoatp@operadora.example", "Inoperatividad en CAC Miraflores")
            angela.cerrar()
        with self.paso("Milagros atiende a mano un bloqueo por robo y lo deja por regularizar."):
            milagros.abrir(f"/inoperatividad/registros/{self.numeros['Milagros']}/critica/")
            milagros.marcar("Bloqueo de línea y equipo por robo o pérdida")
            milagros.escribir("A quién", "Línea 987 000 214")
            milagros.escribir("Detalle", "Bloqueo por robo.")
            milagros.escribir("Cuándo", self._hora(60))
            milagros.presionar("Anotar")
            milagros.ve("Anotado. Regularízalo cuando vuelva el sistema.")

    def _termino(self, renzo: Ventana) -> None:
        with self.paso("El servicio vuelve: Renzo termina la falla y Soporte Postventa recibe el aviso."):
            renzo.seguir("Terminar")
            renzo.escribir("Fin", self._hora(5))
            renzo.escribir("Causa", "Se llenó el disco; se amplió.")
            renzo.presionar("Terminar")
            renzo.ve("Terminaste la FM")
            self.correo.para("karina.torres@correo.example", "terminada")

    def _cierres(self, milagros: Ventana) -> None:
        with self.paso("El registro de Yesenia fue un error: ella lo cierra con su sustento y no se reporta."):
            yesenia = self._de_la_demostracion("Yesenia")
            yesenia.abrir(f"/inoperatividad/registros/{self.numeros['Yesenia']}/error/")
            yesenia.escribir("Qué se encontró", "La atención nunca se detuvo.")
            yesenia.adjuntar("Sustento", self.archivos / "sustento.pdf")
            yesenia.presionar("Cerrar como Error de Usuario")
            yesenia.ve("quedó descartado")
            yesenia.cerrar()
        with self.paso("Karina, de Soporte Postventa, cierra de una vez los que cuelgan de la falla."):
            karina = self._de_la_demostracion("Karina")
            karina.abrir(karina.direccion_de("Cerrar registros"))
            karina.elegir("Motivo de cierre", "Falla Masiva de Aplicativo")
            self.captura(karina, "cerrar-registros")
            karina.presionar("Cerrar registros")
            karina.ve("Cerraste los registros")
            karina.cerrar()
        with self.paso("Milagros regulariza el bloqueo que atendió a mano."):
            milagros.abrir("/inoperatividad/criticas/")
            milagros.abrir(milagros.direccion_de("Regularizar Bloqueo"))
            milagros.escribir("Número en el sistema", "BLQ-4471")
            milagros.presionar("Regularizar")
            milagros.ve("Regularizado.")

    def _evaluacion(self) -> None:
        diego, rocio = self._de_la_demostracion("Diego"), self._de_la_demostracion("Rocío")
        with self.paso("Diego, de Control e Información, evalúa; Rocío, de Mejora de Procesos, opina si procede."):
            for nombre in ("Milagros", "Bruno"):
                numero = self.numeros[nombre]
                diego.abrir(f"/inoperatividad/registros/{numero}/")
                diego.presionar("Iniciar la evaluación")
                diego.presionar("Consultar a Mejora de Procesos")
                rocio.abrir(f"/inoperatividad/registros/{numero}/opinar/")
                rocio.ve("dentro de horario de falla masiva")
                rocio.marcar("Procede reportar")
                rocio.escribir("Por qué", "Está dentro del rango comunicado.")
                rocio.presionar("Enviar opinión")
                diego.abrir(f"/inoperatividad/registros/{numero}/evaluacion/")
                diego.ve("sin datos", "Procede reportar", "mayor a 1 hora")
                diego.marcar("Se debe reportar")
                diego.escribir("Razón", "Afectó las atenciones por más de una hora.")
                if nombre == "Milagros":
                    self.captura(diego, "evaluacion")
                diego.presionar("Concluir la evaluación")
                diego.ve("Evaluación concluida: se debe reportar")
        for ventana in (diego, rocio):
            ventana.cerrar()

    def _reporte(self) -> None:
        diego = self._de_la_demostracion("Diego")
        with self.paso("Diego consolida el reporte; la gerencia y la dirección lo aprueban."):
            diego.abrir("/inoperatividad/reportes/nuevo/")
            diego.presionar("Consolidar")
            diego.abrir(diego.direccion_de("N° 1"))
            ruta = diego.url
            diego.presionar("Pedir la aprobación")
            for nombre in ("Gustavo", "Silvia"):
                ventana = self._de_la_demostracion(nombre)
                ventana.ve("Aprobar u observar")
                ventana.abrir(ruta)
                ventana.presionar("Aprobar")
                ventana.cerrar()
        with self.paso("Queda enviado y congelado; el Excel trae los dos eventos y no el error."):
            diego.abrir(ruta)
            diego.seguir("Marcar como enviado")
            diego.presionar("Marcar como enviado")
            diego.ve("Enviado a Regulatorio con 2 registros")
            self.captura(diego, "reporte")
            diego.presionar("Excel")
            esperar("el Excel", lambda: diego.abrir(diego.url) or "Descargar" in diego.texto(), 60)
            libro = openpyxl.load_workbook(io.BytesIO(diego.descargar("Descargar")))
            filas = list(libro.active.iter_rows(min_row=2, values_only=True))
            numeros = sorted(self.numeros[n] for n in ("Milagros", "Bruno"))
            exigir([f[0] for f in filas] == numeros, f"los correlativos {numeros}", filas)
        diego.cerrar()
