"""The part of the demonstration about people: an invitation, a second factor, what the administrator sees of it."""

import re

from portal.cuentas.identificador import presentar
from tests.demo.relato import Relato, enlace_de
from tests.demo.ventana import Ventana, exigir
from tests.factories import rut
from tests.segundo_factor.ayuda import codigo

RUT, CORREO, CLAVE = presentar(rut(15_987_654)), "beatriz@empresa.example", "doce barcos frente al puerto"


class Administracion(Relato):
    titulo = "Administrador: personas, segundo factor, historial"

    def contar(self) -> None:
        jorge = self._de_la_demostracion("Jorge")
        self._crear(jorge)
        self._activar()
        beatriz = self._ingresar("Distribuidora", RUT, CLAVE)
        secreto, de_recuperacion = self._segundo_factor(beatriz)
        beatriz.cerrar()
        beatriz = self._segundo_paso(secreto, de_recuperacion)
        self._desactivar(jorge, beatriz)
        self._historial(jorge)
        jorge.cerrar()

    def _crear(self, jorge: Ventana) -> None:
        with self.paso("Jorge, administrador de la SEC, crea a Beatriz, que tramitará en ENEL."):
            jorge.abrir("/usuarios/nuevo/distribuidora/")
            jorge.escribir("RUT", RUT)
            jorge.escribir("Nombres", "Beatriz")
            jorge.escribir("Apellidos", "Cortés Lazo")
            jorge.escribir("E-mail", CORREO)
            jorge.elegir("Distribuidora", "Enel Distribución")
            jorge.marcar("Tramitador")
            self.captura(jorge, "nuevo-usuario")
            jorge.presionar("Crear")
            jorge.ve("Beatriz Cortés Lazo", "Por activar", "Tramitador", "Le enviamos la invitación")
            self.captura(jorge, "usuario-invitado")

    def _activar(self) -> None:
        with self.paso("Beatriz abre la invitación y pone su contraseña."):
            correo = self.correo.para(CORREO, "Tu cuenta en el portal")
            self.dice(f"llegó «{correo['Subject']}»")
            nueva = self.ventana()
            nueva.abrir(enlace_de(correo))
            nueva.escribir("Nueva contraseña", CLAVE)
            nueva.escribir("Confirme nueva contraseña", CLAVE)
            self.captura(nueva, "primera-contrasena")
            nueva.presionar("Activar mi cuenta")
            nueva.ve("Ingresar")
            nueva.cerrar()

    def _segundo_factor(self, beatriz: Ventana) -> tuple[str, str]:
        with self.paso("Agrega una aplicación de códigos y guarda los de recuperación."):
            beatriz.abrir("/perfil/segundo-factor/aplicacion/")
            self.captura(beatriz, "aplicacion-de-codigos")
            hallada = re.search(r"en la aplicación: ([A-Z2-7 ]+)", " ".join(beatriz.texto().split()))
            exigir(hallada, "la clave escrita", beatriz.texto())
            secreto = hallada.group(1).replace(" ", "")[:32]  # type: ignore[union-attr]
            beatriz.escribir("Código", codigo(secreto))
            beatriz.presionar("Activar")
            beatriz.ve("Códigos de recuperación")
            self.captura(beatriz, "codigos-de-recuperacion")
            de_recuperacion = re.findall(r"\b\d{8}\b", beatriz.texto())
            exigir(len(de_recuperacion) == 10, "diez códigos", de_recuperacion)
            self.correo.para(CORREO, "segundo factor")
        return secreto, de_recuperacion[0]

    def _segundo_paso(self, secreto: str, de_recuperacion: str) -> Ventana:
        with self.paso("La contraseña ya no basta; perdido el teléfono, ingresa con un código de recuperación."):
            ventana = self._ingresar("Distribuidora", RUT, CLAVE)
            ventana.ve("Segundo paso")
            self.captura(ventana, "segundo-paso")
            ventana.escribir("Código", "000000")
            ventana.presionar("Ingresar")
            ventana.ve("Ese código no sirve")
            ventana.escribir("Código", de_recuperacion)
            ventana.presionar("Ingresar")
            ventana.ve("Bandeja")
            self.correo.para(CORREO, "segundo factor")
        return ventana

    def _desactivar(self, jorge: Ventana, beatriz: Ventana) -> None:
        with self.paso("Jorge la desactiva: en la página siguiente Beatriz está fuera."):
            jorge.abrir(jorge.url)
            jorge.seguir("Desactivar cuenta")
            self.captura(jorge, "desactivar")
            jorge.presionar("Desactivar")
            jorge.ve("Desactivada", "Desactivó una cuenta")
            beatriz.abrir("/perfil/")
            beatriz.ve("Ingresar")
            beatriz.cerrar()

    def _historial(self, jorge: Ventana) -> None:
        with self.paso("En el historial está todo: quién, qué, desde dónde."):
            jorge.abrir("/historial/")
            jorge.ve("Desactivó una cuenta", "Ingresó con un código de recuperación", "Creó un usuario", "127.0.0.1")
            self.captura(jorge, "historial")
