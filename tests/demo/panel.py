"""The SEC's panel and what the SEC and a company set there, told step by step."""

from portal import muestras
from tests.demo.relato import Relato, que_dice
from tests.demo.ventana import Ventana, exigir


class Panel(Relato):
    """Jorge of the SEC looks, verifies, writes; Andrés of ENEL prepares an answer; Rosa Elvira reads."""

    titulo = "El panel de la SEC"

    def contar(self) -> None:
        for nombre in ("formulario-en-blanco.pdf", "respuesta-preparada.pdf"):
            (self.archivos / nombre).write_bytes(muestras.pdf(nombre))
        jorge = self._de_la_demostracion("Jorge")
        self._mirar(jorge)
        self._verificar(jorge)
        self._escribir(jorge)
        self._publicar(jorge)
        jorge.cerrar()
        self._preparar()

    def _mirar(self, jorge: Ventana) -> None:
        with self.paso("Jorge abre el Panel: qué llega, en qué está, qué está vencido."):
            jorge.ve("Panel de la SEC", "no están verificados", "Solicitudes recibidas por día", "Por estado, ahora")
            self.captura(jorge, "panel")
            jorge.abrir("/?desde=2026-01-01")
            self.captura(jorge, "panel-del-anio")
            jorge.abrir("/solicitudes/cumplimiento/?periodo=todo")
            jorge.ve("Cumplimiento de plazos", "Cómo se calcula")
            self.captura(jorge, "cumplimiento")

    def _verificar(self, jorge: Ventana) -> None:
        with self.paso("Verifica un plazo: sin citar la norma, el portal no lo acepta."):
            jorge.abrir("/plazos/")
            self.captura(jorge, "plazos")
            jorge.elegir("Materia", "Responder: Solicitud de Información")
            jorge.presionar("Filtrar")
            jorge.seguir("Responder: Solicitud de Información")
            jorge.marcar("Verificado")
            jorge.presionar("Grabar")
            jorge.ve("Cita la norma")
            jorge.escribir("Norma", "Norma de demostración, artículo 1")
            jorge.presionar("Grabar")
            jorge.ve("Guardamos la regla.")
            jorge.abrir("/plazos/?materia=solicitudes.SI.respuesta")
            jorge.seguir("Responder: Solicitud de Información")
            jorge.ve("Cambió la regla")
            self.captura(jorge, "plazo")

    def _escribir(self, jorge: Ventana) -> None:
        with self.paso("Cambia un mensaje: lo que no existe se rechaza, la prueba llega a su correo."):
            jorge.abrir("/avisos/mensajes/")
            self.captura(jorge, "mensajes")
            jorge.seguir("Al responder")
            jorge.escribir("Asunto", "{{ empresa }} te respondió: {{ clave }}")
            jorge.presionar("Grabar")
            jorge.ve("La variable «clave» no existe en este mensaje.")
            jorge.escribir("Asunto", "{{ empresa }} te respondió: {{ folio }}")
            jorge.presionar("Vista previa")
            jorge.ve("Así llega", "te respondió: YN194")
            self.captura(jorge, "mensaje")
            jorge.presionar("Enviarme una prueba")
            correo = self.correo.para("jorge.saavedra@correo.example", "te respondió")
            exigir("Ingresa al portal" in que_dice(correo), "el texto en el correo", que_dice(correo))
            jorge.presionar("Grabar")
            jorge.ve("Guardamos el mensaje.", "Cambió el mensaje")

    def _publicar(self, jorge: Ventana) -> None:
        with self.paso("Publica un formulario en blanco, y Rosa Elvira lo descarga."):
            jorge.abrir("/solicitudes/enlaces/editar/nuevo/")
            jorge.elegir("Dónde se muestra", "Formulario para descargar")
            jorge.escribir("Título", "Formulario de prueba")
            jorge.adjuntar("Archivo", self.archivos / "formulario-en-blanco.pdf")
            jorge.presionar("Grabar")
            jorge.ve("Guardamos «Formulario de prueba».")
            self.captura(jorge, "enlaces-editar")
            rosa = self._de_la_demostracion("Rosa Elvira")
            rosa.abrir("/solicitudes/enlaces/")
            rosa.ve("Formularios para descargar", "Formulario de prueba")
            self.captura(rosa, "enlaces")
            rosa.cerrar()

    def _preparar(self) -> None:
        andres = self._de_la_demostracion("Andrés")
        with self.paso("Andrés, que administra ENEL, deja preparada una respuesta para cuando venza el plazo."):
            andres.abrir("/solicitudes/automaticas/")
            andres.seguir("Solicitud de Conexión")
            andres.marcar("Responder al vencer el plazo")
            andres.presionar("Grabar")
            andres.ve("Adjunta la respuesta: sin ella el portal no puede responder.")
            andres.adjuntar("Respuesta", self.archivos / "respuesta-preparada.pdf")
            andres.escribir("Texto", "Las condiciones generales están en el documento adjunto.")
            self.captura(andres, "automatica")
            andres.presionar("Grabar")
            andres.ve("Guardamos la respuesta automática de Solicitud de Conexión.", "Responde el portal")
            self.captura(andres, "automaticas")
            andres.cerrar()
