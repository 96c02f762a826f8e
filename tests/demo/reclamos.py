"""The complaint's story: somebody without an account, from the filing to a decided appeal."""

import re
from collections.abc import Callable
from pathlib import Path

from portal import muestras, reloj
from tests.demo.instalacion import Correo
from tests.demo.relato import Relato, que_dice
from tests.demo.ventana import Ventana, exigir

CORREO = "marta.rios@correo.example"
RUT = "7.654.321-6"
EMPRESA = "Enel Distribución"


class Reclamos(Relato):
    """Its people, its files, and its steps in order."""

    titulo = "Un reclamo sin cuenta, del ingreso a una apelación decidida"

    def __init__(self, carpeta: Path, correo: Correo, ventana: Callable[[], Ventana]) -> None:
        super().__init__(carpeta, correo, ventana)
        self.ingreso = self.codigo = ""
        for nombre, datos in {
            "boleta.pdf": muestras.pdf("Boleta de octubre"),
            "foto-falsa.jpg": b"MZ\x90\x00 esto no es una foto " * 200,
            "medidor.jpg": muestras.jpg("El medidor marca 4.318"),
            "resolucion.pdf": muestras.pdf("Resolución: infundado"),
            "informe.pdf": muestras.pdf("Informe de lecturas"),
            "decision.pdf": muestras.pdf("Resolución de segunda instancia"),
        }.items():
            (self.archivos / nombre).write_bytes(datos)

    def contar(self) -> None:
        marta = self._presenta()
        marcos = self._codigo(marta)
        self._completa(marta, marcos)
        self._respuesta(marta, marcos)
        self._apelacion(marta, marcos)
        for ventana in (marta, marcos):
            ventana.cerrar()

    def _presenta(self) -> Ventana:
        marta = self.ventana()
        with self.paso(
            "Marta Ríos, que no tiene cuenta, quiere que se suspenda un pago: se le explica y no se recibe."
        ):
            marta.abrir("/reclamos/nuevo/")
            self.captura(marta, "reclamo-empresa")
            marta.elegir("¿A qué empresa?", EMPRESA)
            marta.presionar("Seguir")
            self.captura(marta, "reclamo-vacio")
            self._llenar(marta, "Que se suspenda el pago")
            marta.adjuntar("Elegir archivos", self.archivos / "boleta.pdf")
            marta.captcha()
            marta.presionar("Enviar reclamo")
            marta.ve("Suspender el pago no se pide con un reclamo", "boleta.pdf")
            self.captura(marta, "reclamo-no-reclamable")
        with self.paso("Reclama por el cobro; lo escrito y el documento seguían ahí."):
            exigir(
                marta.valor("Nombres y apellidos") == "Marta Elena Ríos",
                "el nombre",
                marta.valor("Nombres y apellidos"),
            )
            marta.elegir("Sobre qué reclamas", "Facturación y cobro")
            marta.escribir("Monto que reclamas", "42.300")
            marta.captcha()
            marta.presionar("Enviar reclamo")
            hallado = re.search(r"N° de ingreso es (R\d+)", marta.texto())
            exigir(hallado, "«El N° de ingreso es R…»", marta.texto()[:500])
            self.ingreso = hallado.group(1)  # type: ignore[union-attr]
            marta.ve("¿Quién actúa ahora?", EMPRESA, "boleta.pdf", "Ingresado")
            self.captura(marta, "reclamo-ingresado")
            correo = self.correo.para(CORREO, self.ingreso)
            self.dice(f"llegó «{correo['Subject']}»")
            exigir("debe responder a más tardar el" in que_dice(correo), "el plazo en el correo", que_dice(correo))
        return marta

    @staticmethod
    def _llenar(marta: Ventana, materia: str) -> None:
        marta.escribir("Nombres y apellidos", "Marta Elena Ríos")
        marta.escribir("N° de documento", RUT)
        marta.escribir("Correo electrónico", CORREO)
        marta.escribir("NIS o N° de cliente", "2755536-5")
        marta.elegir("Sobre qué reclamas", materia)
        marta.escribir("Cuándo ocurrió", f"{reloj.hoy():%Y-%m-%d}")
        marta.escribir("Qué pasó", "La boleta cobra el doble de lo que marca el medidor.")
        marta.escribir("Qué pides", "Que corrijan la boleta.")
        marta.marcar("Sí, y no me respondieron dentro del plazo")

    def _codigo(self, marta: Ventana) -> Ventana:
        with self.paso(f"Marcos, de {EMPRESA}, lo ve sin código y le da el que propone el portal."):
            marcos = self._de_la_demostracion("Marcos")
            marcos.abrir("/reclamos/")
            marcos.ve("Sin código", self.ingreso)
            self.captura(marcos, "reclamos-bandeja")
            marcos.abrir(f"/reclamos/caso/{self.ingreso}/")
            marcos.seguir("Dar código de reclamo")
            marcos.presionar("Dar código")
            marcos.ve("En Trámite")
        with self.paso("A Marta le llega el código con el formulario en PDF, sus documentos y el plazo."):
            correo = self.correo.para(CORREO, "Tu código de reclamo")
            self.codigo = str(correo["Subject"]).rpartition(" ")[2]
            nombres = [parte.get_filename() for parte in correo.iter_attachments()]
            exigir(len(nombres) == 2, "el formulario y la boleta", nombres)
            self.dice(f"código {self.codigo}, con {' y '.join(str(n) for n in nombres)}")
            for parte in correo.iter_attachments():
                datos = parte.get_payload(decode=True)
                (self.descargas / str(parte.get_filename())).write_bytes(datos)  # type: ignore[arg-type]
        return marcos

    def _completa(self, marta: Ventana, marcos: Ventana) -> None:
        with self.paso("La empresa pide completarlo; el plazo queda en pausa."):
            marcos.seguir("Pedir que se complete")
            marcos.escribir("Qué falta", "Una foto del medidor completo.")
            marcos.presionar("Pedir")
            marcos.ve("Por Completar")
            self.correo.para(CORREO, "te falta completar")
        with self.paso("Desde otro aparato, Marta lo busca con el código y su documento, y lo completa."):
            otra = self.ventana()
            otra.abrir("/reclamos/estado/")
            otra.escribir("Código de reclamo", self.codigo)
            otra.escribir("N° de documento", RUT)
            otra.captcha()
            self.captura(otra, "reclamo-consulta")
            otra.presionar("Consultar")
            otra.ve("¿Quién actúa ahora? Tú", "Una foto del medidor completo.")
            self.captura(otra, "reclamo-por-completar")
            otra.seguir("Completar el reclamo")
            otra.escribir("Lo que te pidieron", "Aquí va la foto: marca 4.318.")
            otra.adjuntar("Documento", self.archivos / "medidor.jpg")
            otra.presionar("Enviar")
            otra.ve("En Trámite", "medidor.jpg")
            otra.cerrar()

    def _respuesta(self, marta: Ventana, marcos: Ventana) -> None:
        with self.paso("La empresa responde: infundado, con su resolución."):
            marcos.abrir(f"/reclamos/caso/{self.ingreso}/")
            marcos.seguir("Responder")
            marcos.marcar("Infundado")
            marcos.adjuntar("Resolución", self.archivos / "resolucion.pdf")
            marcos.escribir("Comentario", "La lectura coincide con el consumo facturado.")
            self.captura(marcos, "reclamo-responder")
            marcos.presionar("Responder")
            marcos.ve("Respondido", "Infundado")
            correo = self.correo.para(CORREO, f"respondió tu reclamo {self.codigo}")
            exigir("puedes apelar hasta el" in que_dice(correo), "hasta cuándo se apela", que_dice(correo))

    def _apelacion(self, marta: Ventana, marcos: Ventana) -> None:
        with self.paso("Marta descarga la resolución y apela."):
            marta.abrir(f"/reclamos/caso/{self.ingreso}/")
            datos = marta.descargar("Descargar la resolución")
            exigir(datos == (self.archivos / "resolucion.pdf").read_bytes(), "la misma resolución", len(datos))
            self.captura(marta, "reclamo-respondido")
            marta.seguir("Apelar")
            marta.escribir("Por qué no estás de acuerdo", "No vinieron a ver el medidor.")
            marta.presionar("Presentar la apelación")
            marta.ve("En Apelación")
            self.correo.para(CORREO, "Recibimos tu apelación")
        with self.paso("La empresa la eleva con su informe."):
            marcos.abrir(f"/reclamos/caso/{self.ingreso}/")
            marcos.seguir("Elevar la apelación")
            marcos.adjuntar("Informe", self.archivos / "informe.pdf")
            marcos.presionar("Elevar")
            marcos.ve("En Segunda Instancia")
        with self.paso("Elena, de la segunda instancia de la SEC, la encuentra en su bandeja y la decide: fundado."):
            elena = self._de_la_demostracion("Elena")
            elena.ve("Apelaciones y quejas")
            elena.seguir(self.codigo)
            self.captura(elena, "apelacion-segunda-instancia")
            elena.seguir("Decidir la apelación")
            elena.marcar("Fundado")
            elena.adjuntar("Resolución", self.archivos / "decision.pdf")
            elena.presionar("Decidir")
            elena.ve("Apelación Resuelta")
            elena.abrir("/reclamos/tablero/")
            self.captura(elena, "tablero-reclamos")
            elena.cerrar()
        with self.paso("A Marta le llega la resolución, y su reclamo dice cómo terminó."):
            correo = self.correo.para(CORREO, "La segunda instancia decidió tu apelación")
            self.dice(f"llegó «{correo['Subject']}»")
            marta.abrir(f"/reclamos/caso/{self.ingreso}/")
            marta.ve("Apelación Resuelta", "Decisión de la segunda instancia", "Fundado")
            self.captura(marta, "apelacion-resuelta")
