"""Part of the demonstration: a desk's day, from the mirror of the commercial system to the Planilla of the month."""

import csv
import io
import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from openpyxl import load_workbook
from playwright.sync_api import expect

from gestiones.forms import EXPLICACION
from gestiones.models import Tipo
from gestiones.planilla import TITULO
from portal import reloj
from portal.sgc.columnas import SUMINISTROS
from tests.demo.relato import Relato
from tests.demo.ventana import ESPERA, Ventana, VentanaDeNavegador, exigir

MENOR, MAYOR = "7700010", "7700020"
"""Two supplies of the file that is imported: in BT and in MT."""


@dataclass(frozen=True)
class Cliente:
    """Somebody at the desk; `tras`: what the form asks to confirm."""

    documento: str
    tipo: Tipo
    referencia: str = MENOR
    clase: str = "C.I."
    mas: str = ""
    observacion: str = ""
    tras: str = ""


CLIENTES = (
    Cliente("1.730.558", Tipo.RECLAMOS),
    Cliente("80012345-0", Tipo.GRANDES, MAYOR, clase="RUC"),
    Cliente("988.120", Tipo.PREFERENCIAL, mas="Adulto mayor"),
    Cliente("2.450.077", Tipo.PREFERENCIAL, mas="Mujer embarazada"),
    Cliente("3.901.266", Tipo.SOLICITUDES, "4417/2026"),
    Cliente("4.120.885", Tipo.FRACCIONAMIENTO),
    Cliente("1.284.903", Tipo.RECLAMOS, "R-20905"),
    Cliente("1.730.558", Tipo.RECLAMOS, tras="Confirmo que es otra gestión"),
    Cliente(
        "5.003.771",
        Tipo.GRANDES,
        observacion="Edificio en trámite de Media Tensión.",
        tras="Confirmo que es Atención a Grandes Clientes",
    ),
    Cliente("6.118.440", Tipo.RECLAMOS, observacion="Pide un suministro nuevo."),
)


class Gestiones(Relato):
    titulo = "Gestiones de Atención al Cliente"

    def contar(self) -> None:
        self._espejo()
        nadia = self._clientes()
        ramon = self._observar()
        self._corregir(nadia)
        self._validar(ramon)
        self._cerrar(ramon)

    def _espejo(self) -> None:
        with self.paso("Lucía, de Control y Seguimiento, trae un archivo del sistema comercial: primero lo ensaya."):
            lucia = self._de_la_demostracion("Lucía")
            lucia.abrir("/sgc/importar/")
            lucia.adjuntar("Archivo", self._archivo("suministros-malos.csv", "12-A-?"))
            lucia.presionar("Ensayar")
            self._esperar(lucia, "Hay 1 error")
            lucia.ve("NIS", "solo letras y números")
            self.captura(lucia, "importacion-con-error")
        with self.paso("Corrige la línea, ensaya de nuevo y aplica: entra todo, o nada."):
            lucia.abrir("/sgc/importar/")
            lucia.adjuntar("Archivo", self._archivo("suministros.csv", "7700030"))
            lucia.presionar("Ensayar")
            self._esperar(lucia, "El ensayo salió bien")
            self.captura(lucia, "importacion-ensayada")
            lucia.presionar("Importar")
            self._esperar(lucia, "Se aplicó todo")
            lucia.abrir("/sgc/")
            self.captura(lucia, "espejo")
        lucia.cerrar()

    def _archivo(self, nombre: str, tercero: str) -> Path:
        """Three supplies; the third has that NIS."""
        ruta = self.archivos / nombre
        with ruta.open("w", encoding="utf-8", newline="") as archivo:
            hoja = csv.writer(archivo, delimiter=";")
            hoja.writerow([c.titulo for c in SUMINISTROS])
            for nis, tension in ((MENOR, "BT"), (MAYOR, "MT"), (tercero, "BT")):
                titular = ("C.I.", "1730558", "Eusebia Benítez de Cáceres")
                hoja.writerow([nis, tension, "Activo", "", "Ytororó 845", "Lambaré", *titular, "", ""])
        return ruta

    @staticmethod
    def _esperar(ventana: Ventana, texto: str) -> None:
        """Until background work shows it."""
        limite = time.monotonic() + ESPERA / 1000
        while texto not in ventana.texto() and time.monotonic() < limite:
            time.sleep(0.5)
            ventana.abrir(urlsplit(ventana.url).path)
        ventana.ve(texto)

    def _clientes(self) -> Ventana:
        with self.paso(f"Nadia atiende {len(CLIENTES)} clientes: documento, NIS, tipo, Grabar."):
            nadia = self._de_la_demostracion("Nadia")
            nadia.ve("Carga de Gestión de Atención al Cliente", "Primero el documento")
            self.captura(nadia, "carga-vacia")
            for numero, cliente in enumerate(CLIENTES, start=1):
                self._atender(nadia, cliente, captura=numero == 3)
                self.dice(f"{cliente.clase} {cliente.documento}, {cliente.tipo.label}")
            nadia.ve("Grabada a las", f"de {len(CLIENTES)} ítems")
            self.captura(nadia, "carga-grabada")
        return nadia

    def _atender(self, nadia: Ventana, cliente: Cliente, *, captura: bool) -> None:
        if cliente.clase != "C.I.":
            nadia.marcar(cliente.clase)
        self._seguir(nadia, "Número de documento", cliente.documento, "Continuar", "#id_referencia")
        self._seguir(nadia, "2. NIS, Expediente o Reclamo", cliente.referencia, "", "#hallazgo .ficha")
        nadia.marcar(f"{cliente.tipo.value} {cliente.tipo.label} {EXPLICACION[cliente.tipo]}")
        if cliente.mas:
            nadia.marcar(cliente.mas)
        if cliente.observacion:
            nadia.escribir("4. Observación", cliente.observacion)
        if captura:
            self.captura(nadia, "carga-completa")
        self._grabar(nadia, "" if cliente.tras else "[data-grabada]")
        if cliente.tras:
            self._esperar_en(nadia, ".alert-warning")
            nadia.ve("Falta 1 cosa para poder grabar")
            self.captura(nadia, "carga-por-confirmar")
            nadia.marcar(cliente.tras)
            self._grabar(nadia, "[data-grabada]")

    def _seguir(self, nadia: Ventana, etiqueta: str, texto: str, boton: str, aparece: str) -> None:
        """Type and go on: with scripts Tab is enough, without them the button, where there is one."""
        nadia.escribir(etiqueta, texto)
        if isinstance(nadia, VentanaDeNavegador) and nadia.js:
            nadia.pagina.keyboard.press("Tab")
            expect(nadia.pagina.locator(aparece)).to_be_visible(timeout=ESPERA)
        elif boton:
            nadia.presionar(boton)

    @staticmethod
    def _esperar_en(nadia: Ventana, lugar: str) -> None:
        if lugar and isinstance(nadia, VentanaDeNavegador):
            expect(nadia.pagina.locator(lugar).first).to_be_visible(timeout=ESPERA)

    def _grabar(self, nadia: Ventana, lugar: str) -> None:
        if isinstance(nadia, VentanaDeNavegador) and nadia.js:
            nadia.pagina.get_by_role("button", name="Grabar", exact=True).click()
        else:
            nadia.presionar("Grabar")
        self._esperar_en(nadia, lugar)

    def _observar(self) -> Ventana:
        with self.paso("Ramón, su jefe, ve lo que espera y observa una, con el motivo."):
            ramon = self._de_la_demostracion("Ramón")
            ramon.ve("Tablero de", "Por funcionario")
            self.captura(ramon, "tablero-jefe")
            ramon.abrir("/gestiones/?documento=6118440")
            ramon.seguir(ramon.filas()[0][1])
            self.gestion = urlsplit(ramon.url).path
            ramon.presionar("Observar")
            ramon.escribir("Motivo", "Pidió un suministro nuevo: es Presentación de Solicitudes.")
            self.captura(ramon, "observar")
            ramon.presionar("Observar")
            ramon.ve("Observaste 1 gestión", "Observada")
        return ramon

    def _corregir(self, nadia: Ventana) -> None:
        with self.paso("Nadia lee el motivo y la corrige; la hora no cambia."):
            nadia.abrir(self.gestion)
            nadia.ve("Pidió un suministro nuevo")
            nadia.seguir("Corregir")
            nadia.marcar(f"{Tipo.SOLICITUDES.value} {Tipo.SOLICITUDES.label} {EXPLICACION[Tipo.SOLICITUDES]}")
            self.captura(nadia, "corregir")
            nadia.presionar("Grabar")
            nadia.ve("Presentación de Solicitudes", "Grabada")
        nadia.cerrar()

    def _validar(self, ramon: Ventana) -> None:
        with self.paso("Ramón valida todas las que marca."):
            dia = f"{reloj.hoy('America/Asuncion'):%Y-%m-%d}"
            ramon.abrir(f"/gestiones/?estado=grabada&desde={dia}&hasta={dia}&tamano=100")
            self.captura(ramon, "gestiones-por-validar")
            for fila in ramon.filas():
                ramon.marcar(f"Marcar la gestión {fila[1]}")
            ramon.presionar("Validar marcadas")
            ramon.ve("Validaste")

    def _cerrar(self, ramon: Ventana) -> None:
        with self.paso("Cierra el mes y descarga la Planilla firmada."):
            ramon.abrir("/gestiones/planilla/")
            self.captura(ramon, "planilla-abierta")
            ramon.seguir("Cerrar el mes")
            ramon.ve("No se puede deshacer")
            firmadas = int(re.findall(r"Firmas (\d+) gesti", ramon.texto())[0])
            self.captura(ramon, "cerrar-mes")
            ramon.presionar("Cerrar el mes")
            ramon.ve("mes cerrado el", "Totales")
            self.captura(ramon, "planilla-cerrada")
            ramon.presionar("Descargar la Planilla (Excel)")
            self._esperar(ramon, "Tu informe está listo")
            datos = ramon.descargar("Descargar planilla")
            (self.descargas / "planilla.xlsx").write_bytes(datos)
            hoja = load_workbook(io.BytesIO(datos))["Planilla"]
            totales = next(f for f in hoja.iter_rows(values_only=True) if f[1] == "Totales")
            exigir(hoja["A2"].value == TITULO, TITULO, hoja["A2"].value)
            exigir(totales[14] == firmadas, f"{firmadas} gestiones en la Planilla", totales)
            self.dice(f"planilla.xlsx: {totales[12]} ordinarias y {totales[13]} extraordinarias, como en pantalla")
        ramon.cerrar()
