"""The story that `make demo` tells: one request, from registration to the regulator's spreadsheet."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
from PIL import Image

from portal import muestras, reloj
from tests.demo.instalacion import Correo, esperar
from tests.demo.relato import Relato, enlace_de, que_dice
from tests.demo.ventana import Ventana, exigir

RUT = "14.785.236-3"
CORREO = "teresa.aguilera@correo.example"
CLAVE_DE_TERESA = "seis paneles sobre el techo"
EMPRESA = "Enel Distribución"
COLUMNAS = [
    "N° Folio",
    "N° Cliente",
    "N° Solicitud",
    "Tipo de Solicitud",
    "Empresa Dx",
    "Estado",
    "Fecha solicitud",
    "Fecha respuesta",
]


class Historia(Relato):
    """Its people, its files, and its steps in order."""

    titulo = "Una solicitud, del registro a la respuesta"

    def __init__(self, carpeta: Path, correo: Correo, ventana: Callable[[], Ventana]) -> None:
        super().__init__(carpeta, correo, ventana)
        self.folio = self.folio_informacion = ""
        self.respuesta = self.enviados = b""
        self._preparar_archivos()

    def _preparar_archivos(self) -> None:
        contenidos = {
            "formulario-conexion.pdf": muestras.pdf("Formulario de Solicitud de Conexión", paginas=2),
            "formulario-informacion.pdf": muestras.pdf("Formulario de Solicitud de Información"),
            "cedula.jpg": muestras.jpg("Cédula de identidad, dos caras", orientacion=6, gps=True),
            "cedula-falsa.pdf": b"MZ\x90\x00 esto no es un PDF " * 200,
            "plano.png": muestras.png("Plano del techo"),
            "cupon.pdf": muestras.pdf("Cupón de pago 38.500"),
            "comprobante-borroso.jpg": muestras.jpg("Comprobante sin número de operación"),
            "comprobante.pdf": muestras.pdf("Transferencia 38.500, operación 90871"),
            "respuesta.pdf": muestras.pdf("Respuesta a la Solicitud de Conexión", paginas=3),
            "anexo.pdf": muestras.pdf("Cómo leer la respuesta"),
        }
        for nombre, datos in contenidos.items():
            (self.archivos / nombre).write_bytes(datos)

    # --- the story --------------------------------------------------------------------------------------------------
    def contar(self) -> None:
        """All of it; Falla where something does not go as told."""
        self._registro()
        teresa = self._ingreso()
        self._informacion(teresa)
        self._conexion(teresa)
        marcos = self._cobro()
        self._primer_comprobante(teresa)
        valentina = self._rechazo()
        self._segundo_comprobante(teresa)
        self._respuesta_retenida(teresa, marcos)
        self._validacion(teresa, valentina)
        self._descarga(teresa, marcos)
        self._comunicacion(teresa, marcos)
        self._sec(teresa)
        self._lo_demas(teresa, marcos)
        for ventana in (teresa, marcos, valentina):
            ventana.cerrar()

    def _registro(self) -> None:
        nueva = self.ventana()
        with self.paso("Teresa Aguilera, que pondrá paneles en su techo, se registra."):
            nueva.abrir("/registrarse/")
            nueva.escribir("RUT", RUT)
            nueva.escribir("Nombres", "Teresa Isabel")
            nueva.escribir("Apellidos", "Aguilera Mora")
            nueva.escribir("E-mail", CORREO)
            nueva.escribir("Contraseña", CLAVE_DE_TERESA)
            nueva.escribir("Confirmar contraseña", CLAVE_DE_TERESA)
            nueva.captcha()
            self.captura(nueva, "registrarse")
            nueva.presionar("Enviar")
            nueva.ve("Hemos recibido tu solicitud de registro")
            self.captura(nueva, "registro-recibido")
        with self.paso("Antes de activar su cuenta no puede ingresar."):
            otra = self._ingresar("Solicitante", RUT, CLAVE_DE_TERESA, captura="ingresar")
            otra.no_ve("Cerrar Sesión", "Tus solicitudes")
            self.captura(otra, "ingreso-negado")
            otra.cerrar()
        with self.paso("Abre el enlace del correo y activa su cuenta."):
            correo = self.correo.para(CORREO, "Activa tu cuenta")
            self.dice(f"llegó «{correo['Subject']}»")
            nueva.abrir(enlace_de(correo))
            self.captura(nueva, "activar")
            nueva.presionar("Activar mi cuenta")
            nueva.ve("Ingresar")
        nueva.cerrar()

    def _ingreso(self) -> Ventana:
        with self.paso("Ingresa; su bandeja está vacía."):
            teresa = self._ingresar("Solicitante", "147852363", CLAVE_DE_TERESA)  # without dots or hyphen
            teresa.ve("Hola, Teresa", "No existen solicitudes", "Nuevo Envío")
            self.captura(teresa, "inicio-vacio")
        return teresa

    def _llenar(self, teresa: Ventana, cliente: str) -> None:
        teresa.elegir("Distribuidora", EMPRESA)
        teresa.escribir("Número de cliente", cliente)
        teresa.elegir("Región", "Metropolitana de Santiago")
        teresa.elegir("Comuna", "Maipú")

    def _folio(self, teresa: Ventana) -> str:
        hallado = re.search(r"Tu folio es (YN\d+)", teresa.texto())
        exigir(hallado, "«Tu folio es YN…»", teresa.texto()[:500])
        return hallado.group(1)  # type: ignore[union-attr]

    def _informacion(self, teresa: Ventana) -> None:
        with self.paso("Envía una Solicitud de Información."):
            teresa.abrir("/solicitudes/nuevo/")
            self.captura(teresa, "nuevo-envio")
            teresa.seguir("Solicitud de Información")
            self._llenar(teresa, "2755536-5")
            teresa.adjuntar("Formulario de Solicitud de Información", self.archivos / "formulario-informacion.pdf")
            teresa.adjuntar("Copia cédula de identidad", self.archivos / "cedula.jpg")
            teresa.presionar("Grabar")
            self.folio_informacion = self._folio(teresa)
            self.dice(f"folio {self.folio_informacion}")
            self.correo.para(CORREO, self.folio_informacion)

    def _conexion(self, teresa: Ventana) -> None:
        with self.paso("Llena una Solicitud de Conexión; un archivo se rechaza, lo demás queda guardado."):
            teresa.abrir("/solicitudes/nuevo/conexion/")
            self.captura(teresa, "conexion-vacia")
            self._llenar(teresa, "2755536-5")
            teresa.escribir("Correo electrónico adicional", "techo.de.teresa@correo.example")
            teresa.adjuntar("Formulario de Solicitud de Conexión", self.archivos / "formulario-conexion.pdf")
            teresa.adjuntar("Otros documentos", self.archivos / "plano.png")
            teresa.adjuntar("Copia cédula de identidad", self.archivos / "cedula-falsa.pdf")
            teresa.presionar("Grabar")
            teresa.ve("formulario-conexion.pdf", "plano.png", "Copia cédula de identidad")
            exigir(
                teresa.valor("Número de cliente") == "2755536-5", "el número escrito", teresa.valor("Número de cliente")
            )
            exigir("/folio/" not in teresa.url, "que no se grabara", teresa.url)
            self.captura(teresa, "conexion-con-error")
        with self.paso("Envía de nuevo solo el archivo rechazado, y graba."):
            teresa.adjuntar("Copia cédula de identidad", self.archivos / "cedula.jpg")
            teresa.presionar("Grabar")
            self.folio = self._folio(teresa)
            teresa.ve(
                "Pendiente de Respuesta", "¿Quién actúa ahora?", "formulario-conexion.pdf", "plano.png", "cedula.jpg"
            )
            numeros = [int(f[2:]) for f in (self.folio_informacion, self.folio)]
            exigir(numeros[1] == numeros[0] + 1, "el folio siguiente", numeros)
            self.dice(f"folio {self.folio}")
            self.captura(teresa, "solicitud-enviada")
        with self.paso("Llega la copia a sus dos correos, y la solicitud está en su bandeja."):
            for direccion in (CORREO, "techo.de.teresa@correo.example"):
                self.dice(f"llegó «{self.correo.para(direccion, self.folio)['Subject']}» a {direccion}")
            teresa.abrir("/")
            exigir(
                [f[1] for f in teresa.filas()] == [self.folio, self.folio_informacion], "los dos folios", teresa.filas()
            )
            self.captura(teresa, "inicio")

    def _ver(self, quien: Ventana) -> None:
        quien.abrir(f"/solicitudes/folio/{self.folio}/")

    def _cobro(self) -> Ventana:
        with self.paso(f"Marcos, de {EMPRESA}, abre la solicitud en su bandeja y pide el pago con un cupón."):
            marcos = self._de_la_demostracion("Marcos")
            marcos.ve(self.folio, self.folio_informacion)
            self.captura(marcos, "bandeja-distribuidora")
            marcos.seguir(self.folio)
            marcos.ve("Responder", "Gestión de Pago", "Teresa Isabel Aguilera Mora", CORREO)
            self.captura(marcos, "solicitud-distribuidora")
            marcos.seguir("Gestión de Pago")
            marcos.escribir("Monto", "38.500")
            marcos.escribir("Concepto", "Estudio de conexión")
            marcos.escribir("Fecha de vencimiento", f"{reloj.hoy() + timedelta(days=20):%Y-%m-%d}")
            marcos.adjuntar("Cupón de pago", self.archivos / "cupon.pdf")
            self.captura(marcos, "gestion-de-pago")
            marcos.presionar("Grabar")
            marcos.ve("Pendiente de Pago")
        return marcos

    def _primer_comprobante(self, teresa: Ventana) -> None:
        with self.paso("Teresa recibe el aviso, descarga el cupón y envía un comprobante de transferencia."):
            correo = self.correo.para(CORREO, f"{self.folio}: tienes que pagar")
            self.dice(f"llegó «{correo['Subject']}»")
            teresa.abrir("/")
            teresa.ve("Te toca a ti")
            self.captura(teresa, "inicio-con-pendiente")
            self._ver(teresa)
            teresa.ve(
                "Pendiente de Pago",
                "Transferencia electrónica",
                "Comprobante de pago",
                "Descuento por boleta",
                "$ 38.500",
            )
            self.captura(teresa, "pagar")
            self._guardar("cupon.pdf", teresa.descargar("Descargar cupón de pago"))
            teresa.adjuntar("Comprobante de la transferencia", self.archivos / "comprobante-borroso.jpg")
            teresa.presionar("Enviar comprobante")
            teresa.ve("Pendiente de Validación")
            self.captura(teresa, "pago-enviado")

    def _guardar(self, nombre: str, datos: bytes) -> None:
        """Keep what was downloaded; it is what had been sent, byte by byte."""
        (self.descargas / nombre).write_bytes(datos)
        enviado = (self.archivos / nombre).read_bytes()
        exigir(datos == enviado, f"{nombre} igual al enviado ({len(enviado)} bytes)", f"{len(datos)} bytes")
        self.dice(f"{nombre}: {len(datos)} bytes, iguales a los enviados")

    def _rechazo(self) -> Ventana:
        with self.paso("Valentina, que valida los pagos, lo rechaza y dice por qué."):
            valentina = self._de_la_demostracion("Valentina")
            self._ver(valentina)
            self.captura(valentina, "solicitud-validador")
            valentina.seguir("Rechazar pago")
            valentina.presionar("Rechazar pago")
            valentina.ve("Motivo del rechazo")  # without a reason nothing happens
            self.captura(valentina, "rechazar-pago-con-error")
            valentina.escribir("Motivo del rechazo", "La foto no muestra el número de operación.")
            valentina.presionar("Rechazar pago")
            valentina.ve("Pago Rechazado")
        return valentina

    def _segundo_comprobante(self, teresa: Ventana) -> None:
        with self.paso("Teresa lee el motivo y envía otro comprobante."):
            correo = self.correo.para(CORREO, "comprobante de pago fue rechazado")
            exigir("número de operación" in que_dice(correo), "el motivo en el correo", que_dice(correo))
            self._ver(teresa)
            teresa.ve("Pago Rechazado", "La foto no muestra el número de operación.")
            self.captura(teresa, "pago-rechazado")
            teresa.adjuntar("Comprobante de la transferencia", self.archivos / "comprobante.pdf")
            teresa.presionar("Enviar comprobante")
            teresa.ve("Pendiente de Validación")

    def _respuesta_retenida(self, teresa: Ventana, marcos: Ventana) -> None:
        with self.paso("Marcos responde antes de que el pago se valide: la respuesta queda retenida."):
            self._ver(marcos)
            marcos.seguir("Responder")
            marcos.ve(
                "Solicitante", "Fecha de Solicitud", "N° Cliente", "Correo Electrónico", "N° Solicitud", "Comentarios"
            )
            propuesto = marcos.valor("N° Solicitud")
            self.dice(f"el portal propone el N° Solicitud {propuesto}")
            marcos.adjuntar("Respuesta", self.archivos / "respuesta.pdf")
            marcos.escribir("Comentarios", "La respuesta vale seis meses.")
            self.captura(marcos, "responder")
            marcos.presionar("Grabar")
            marcos.ve("Pendiente de Validación", "respuesta.pdf")
            directa = marcos.direccion_de("respuesta.pdf")
        with self.paso("Teresa no la alcanza: ni en la página, ni por su dirección, ni en el zip."):
            self._ver(teresa)
            teresa.ve("Podrás descargarla cuando se valide tu pago")
            self.captura(teresa, "respuesta-retenida")
            estado, datos = teresa.pedir(directa)
            exigir(estado in (403, 404), f"que {directa} se negara", estado)
            exigir(b"%PDF" not in datos, "una página sin el archivo", datos[:60])
            nombres = self._nombres_del_zip(teresa.descargar("Descargar todo"))
            exigir("respuesta.pdf" not in str(nombres), "el zip sin la respuesta", nombres)
            self.dice(f"{directa} responde {estado}; el zip trae {len(nombres)} documentos, sin la respuesta")
            self.directa = directa
            nadie = self.ventana()
            exigir(b"%PDF" not in nadie.pedir(directa)[1], "que sin sesión tampoco se entregara", "el archivo")
            nadie.cerrar()

    @staticmethod
    def _nombres_del_zip(datos: bytes) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
            exigir(paquete.testzip() is None, "un zip sano", paquete.testzip())
            return paquete.namelist()

    def _validacion(self, teresa: Ventana, valentina: Ventana) -> None:
        with self.paso("Valentina valida el pago: la respuesta se entrega en ese momento."):
            self._ver(valentina)
            self._igual("comprobante.pdf", valentina)
            valentina.seguir("Validar pago")
            valentina.ve("Confirmas que tu empresa recibió", "$ 38.500")
            self.captura(valentina, "validar-pago")
            valentina.presionar("Validar pago")
            valentina.ve("Respondido")
            self.captura(valentina, "pago-validado")
            correo = self.correo.para(CORREO, f"respondió tu solicitud {self.folio}")
            self.dice(f"llegó «{correo['Subject']}»")

    def _igual(self, nombre: str, quien: Ventana) -> None:
        """The company sees the proof that was sent, byte by byte."""
        hallado = next(
            (d for d in self._documentos(quien).values() if d == (self.archivos / nombre).read_bytes()), None
        )
        exigir(hallado, f"{nombre} en el zip, igual al enviado", list(self._documentos(quien)))

    def _documentos(self, quien: Ventana) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(quien.descargar("Descargar todo"))) as paquete:
            return {n: paquete.read(n) for n in paquete.namelist()}

    def _descarga(self, teresa: Ventana, marcos: Ventana) -> None:
        with self.paso("Teresa descarga la respuesta y el zip, y compara cada byte."):
            self._ver(teresa)
            teresa.ve("Respondido", "La respuesta vale seis meses.")
            self.captura(teresa, "respondida")
            estado, datos = teresa.pedir(self.directa)
            exigir(estado == 200, "la misma dirección, ahora abierta", estado)
            self._guardar("respuesta.pdf", datos)
            paquete = teresa.descargar("Descargar todo")
            (self.descargas / f"{self.folio}.zip").write_bytes(paquete)
            contenidos = self._documentos(teresa)
            for nombre in ("formulario-conexion.pdf", "respuesta.pdf", "cupon.pdf"):
                original = (self.archivos / nombre).read_bytes()
                exigir(original in contenidos.values(), f"{nombre} en el zip, igual al enviado", list(contenidos))
            fotos = [d for n, d in contenidos.items() if n.endswith("cedula.jpg")]
            exigir(len(fotos) == 1, "la foto de la cédula", list(contenidos))
            posicion = dict(Image.open(io.BytesIO(fotos[0])).getexif().get_ifd(muestras.POSICION))
            exigir(posicion == {}, "la foto sin su posición", posicion)
            self.dice(f"{self.folio}.zip: {len(contenidos)} documentos; la foto de la cédula ya no dice dónde se tomó")
            teresa.seguir("Imprimir")
            self.captura(teresa, "imprimir")
        with self.paso("Marcos complementa la respuesta con un anexo."):
            self._ver(marcos)
            marcos.seguir("Complementar respuesta")
            marcos.adjuntar("Documento", self.archivos / "anexo.pdf")
            self.captura(marcos, "complementar")
            marcos.presionar("Grabar")
            marcos.ve("anexo.pdf", "Respondido")
            self.correo.para(CORREO, "agregó un documento")

    def _comunicacion(self, teresa: Ventana, marcos: Ventana) -> None:
        with self.paso("Marcos escribe a Teresa: el portal muestra de quién es el folio antes de enviar."):
            marcos.abrir("/solicitudes/comunicacion/")
            self.captura(marcos, "comunicacion")
            marcos.escribir("Folio", self.folio_informacion)
            marcos.escribir("Comentario", "Falta la superficie del techo. ¿Puede enviarla?")
            marcos.presionar("Grabar")
            marcos.ve("Teresa Isabel Aguilera Mora", "Revisa que sea la persona correcta")
            self.captura(marcos, "comunicacion-confirmar")
            marcos.presionar("Grabar")
            correo = self.correo.para(CORREO, "te escribe por tu solicitud")
            exigir("superficie del techo" in que_dice(correo), "el mensaje en el correo", que_dice(correo))
            teresa.abrir(f"/solicitudes/folio/{self.folio_informacion}/")
            teresa.ve("Falta la superficie del techo.")

    def _sec(self, teresa: Ventana) -> None:
        jorge = self._de_la_demostracion("Jorge")
        with self.paso("Jorge, de la SEC, anula la otra solicitud, con un comentario."):
            jorge.abrir("/solicitudes/")
            jorge.ve(self.folio, self.folio_informacion)
            self.captura(jorge, "solicitudes-sec")
            jorge.seguir(self.folio_informacion)
            jorge.seguir("Anular")
            jorge.ve("Comentario", "Cerrar")
            self.captura(jorge, "anular")
            jorge.presionar("Grabar")
            self.captura(jorge, "anular-con-error")
            jorge.escribir("Comentario", "La persona pidió dos veces lo mismo.")
            jorge.presionar("Grabar")
            jorge.ve("Anulado", "La persona pidió dos veces lo mismo.")
            self.captura(jorge, "anulada")
            correo = self.correo.para(CORREO, "fue anulada")
            exigir("dos veces lo mismo" in que_dice(correo), "el comentario en el correo", que_dice(correo))
        with self.paso("Descarga el Excel y lo compara con la bandeja, fila por fila."):
            jorge.abrir("/solicitudes/")
            bandeja = jorge.filas()
            jorge.presionar("Reporte (Excel, 2)")
            self.captura(jorge, "informe")
            esperar("el Excel", lambda: jorge.abrir(jorge.url) or "listo" in jorge.texto(), 60)
            self.captura(jorge, "informe-listo")
            datos = jorge.descargar("Descargar")
            (self.descargas / "reporte.xlsx").write_bytes(datos)
            self._comparar(datos, bandeja)
            self.correo.para("jorge.saavedra@correo.example", "está listo")
            jorge.abrir("/informes/")
            self.captura(jorge, "informes")
        jorge.abrir("/avisos/")
        self.captura(jorge, "avisos")
        jorge.cerrar()

    def _comparar(self, datos: bytes, bandeja: list[list[str]]) -> None:
        hoja = openpyxl.load_workbook(io.BytesIO(datos)).active
        filas = [list(f) for f in hoja.iter_rows(values_only=True)]
        cabeza = filas.index(COLUMNAS) if COLUMNAS in filas else -1
        exigir(cabeza >= 0, f"las columnas {COLUMNAS}", filas[:3])
        # The tray: N° Solicitud, N° Folio, N° Cliente, Formulario, Empresa, Envío, Respuesta, Estado, term.
        excel = [[f[2] or "—", f[0], f[1] or "—", f[3], f[4], f[5]] for f in filas[cabeza + 1 :]]
        pantalla = [[b[0], b[1], b[2], b[3], b[4], b[7]] for b in bandeja]
        exigir(excel == pantalla, f"las filas de la bandeja {pantalla}", excel)
        fechas = [[f"{c:%d-%m-%Y}" if c else "—" for c in f[6:8]] for f in filas[cabeza + 1 :]]
        vistas = [[b[5][:10], b[6][:10]] for b in bandeja]
        exigir(fechas == vistas, f"las fechas de la bandeja {vistas}", fechas)
        self.dice(f"{len(excel)} filas: {', '.join(f'{f[1]} {f[5]}' for f in excel)}")

    def _lo_demas(self, teresa: Ventana, marcos: Ventana) -> None:
        with self.paso("Se miran las páginas que faltan."):
            teresa.abrir("/perfil/")
            teresa.ve("Estado de la cuenta", "Activa", RUT, "Tipo de perfil", "Fecha de creación", "Cambio de clave")
            marcos.abrir("/perfil/")
            marcos.ve("Nombre de fantasía", EMPRESA)
            self.captura(marcos, "perfil-distribuidora")
            marcos.abrir("/solicitudes/?folio=ZZ")
            marcos.ve("No se encontró ningún resultado", "Limpiar filtro")
            self.captura(marcos, "bandeja-sin-resultado")
            for ruta, nombre in (
                ("/perfil/", "perfil"),
                ("/perfil/clave/", "cambio-de-clave"),
                ("/perfil/correo/", "cambiar-correo"),
                ("/solicitudes/nuevo/informacion/", "informacion"),
                ("/solicitudes/nuevo/conformidad/", "conformidad"),
                ("/solicitudes/nuevo/notificacion/", "notificacion"),
                ("/accesibilidad/", "accesibilidad"),
                ("/apariencia/", "apariencia"),
                ("/privacidad/", "privacidad"),
            ):
                teresa.abrir(ruta)
                self.captura(teresa, nombre)
            teresa.abrir("/salir/")
            teresa.presionar("Cerrar Sesión")
            teresa.ve("Ud. ha cerrado sesión")
            self.captura(teresa, "sesion-cerrada")
            teresa.abrir("/recuperar/")
            self.captura(teresa, "recuperar")
