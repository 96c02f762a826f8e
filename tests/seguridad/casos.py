"""For each address, a real object of its own and the form that succeeds: what the security tests send."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pagos.models import Medio
from portal import muestras, reloj
from portal.acceso import captcha, fichas
from portal.adjuntos.models import Adjunto, Guardado
from portal.avisos.models import Aviso
from portal.cuentas.ambito import sin_ambito
from portal.cuentas.models import Perfil
from portal.informes.models import Informe
from solicitudes.models import Borrador, Estado, Solicitud
from tests import factories
from tests.factories import CLAVE, rut
from tests.seguridad.direcciones import juntar

CLAVE_NUEVA = "siete gaviotas sobre el muelle"
ESTADOS_PARA = {
    "complementar": Estado.RESPONDIDO,
    "pagar": Estado.PENDIENTE_PAGO,
    "validar_pago": Estado.PENDIENTE_VALIDACION,
    "rechazar_pago": Estado.PENDIENTE_VALIDACION,
    "retirar_cobro": Estado.PENDIENTE_PAGO,
}


@dataclass
class Pedido:
    """What is sent to an address: its path, the form that succeeds, and what must have been opened before."""

    ruta: str
    datos: dict[str, Any] = field(default_factory=dict)
    antes: str = ""


@dataclass
class Mundo:
    """The cast, by the matrix's columns, and where things are made."""

    actores: dict[str, Perfil | None]
    en_estado: Callable[..., Solicitud]
    dar: Callable[[str], Any]
    """A fixture, by its name: for what the apps add."""

    @property
    def rosa(self) -> Perfil:
        return self._de("solicitante")

    def _de(self, actor: str) -> Perfil:
        perfil = self.actores[actor]
        assert perfil is not None
        return perfil

    def asentar(self) -> None:
        """Make the people whom the apps add now, so that they are not undone with the first request."""
        for nombre in juntar("ACTORES").values():
            self.dar(nombre)

    # --- things -----------------------------------------------------------------------------------------------------
    def guardado(self, perfil: Perfil | None, formato: str = "pdf") -> Guardado:
        """A file that passed and waits for its form."""
        fila = Guardado(
            perfil=perfil, nombre="documento.pdf", formato=formato, bytes=512, sha256="0" * 64, sha256_recibido="0" * 64
        )
        fila.archivo.save("documento.pdf", ContentFile(b"%PDF-1.7 de prueba"), save=False)
        with sin_ambito():
            fila.save()
        return fila

    def adjunto(self, solicitud: Solicitud, tipo: str = "formulario") -> Adjunto:
        """A file of a request, with its bytes."""
        with sin_ambito():
            adjunto = factories.AdjuntoFactory(caso=solicitud.caso, tipo=tipo, nombre=f"{tipo}.pdf", bytes=18)
            adjunto.archivo.save("x", ContentFile(b"%PDF-1.7 de prueba"), save=True)
        return adjunto

    def borrador(self, perfil: Perfil, **campos: Any) -> Borrador:
        """A draft with one file."""
        with sin_ambito():
            borrador = factories.BorradorFactory(solicitante=perfil, **campos)
            factories.AdjuntoFactory(caso=borrador.caso, tipo="otros", nombre="otros.pdf")
        return borrador

    def informe(self, perfil: Perfil, estado: str = Informe.Estado.HECHO) -> Informe:
        """A spreadsheet of that profile's."""
        informe = Informe(
            tipo="solicitudes", titulo="Reporte", perfil=perfil, nombre="reporte.xlsx", estado=estado, bytes=4,
            caduca=reloj.ahora() + timedelta(days=3),
        )  # fmt: skip
        if estado == Informe.Estado.HECHO:
            informe.archivo.save("reporte.xlsx", ContentFile(b"PK\x03\x04"), save=False)
            informe.terminado = reloj.ahora()
        with sin_ambito():
            informe.save(force_insert=True)
        return informe

    def aviso(self, para: Perfil, estado: str = Aviso.Estado.FALLIDO) -> Aviso:
        """A notice that failed."""
        with sin_ambito():
            return Aviso.objects.create(
                plantilla="solicitud_recibida_SC", perfil=para, para=para.usuario.email, asunto="La recibimos",
                texto="Hola", html="<p>Hola</p>", estado=estado,
                terminado=None if estado == Aviso.Estado.PENDIENTE else reloj.ahora(),
            )  # fmt: skip

    def ajena(self, estado: Estado = Estado.PENDIENTE_RESPUESTA) -> Solicitud:
        """A request of Pedro's to company 2."""
        with sin_ambito():
            return factories.SolicitudFactory(
                estado=estado,
                solicitante=self._de("otro_solicitante"),
                distribuidora=self._de("otra_dx").distribuidora,
            )

    # --- requests ---------------------------------------------------------------------------------------------------
    def pedido(self, direccion: str, actor: str) -> Pedido:
        """The request to `direccion` that succeeds for whoever may."""
        self.rosa.usuario.refresh_from_db()  # what an undone sign-in left in memory would spoil its links
        nombre, _, variante = direccion.partition(" [")
        espacio, _, corto = nombre.rpartition(":")
        if nombre in (pedidos := juntar("PEDIDOS")):
            return pedidos[nombre](self, actor)
        metodo = getattr(self, f"_{espacio or 'suelto'}_{corto}".replace("-", "_").replace(".", "_"), None)
        if metodo is not None:
            return metodo(actor, variante) if variante else metodo(actor)
        if espacio == "solicitudes" and corto not in ("bandeja", "nuevo", "reporte", "enlaces"):
            return self._de_solicitud(corto, actor)
        return Pedido(f"/{nombre}" if "." in nombre else reverse(nombre), {})

    def _perfil(self, actor: str) -> Perfil:
        """Who acts; for nobody, somebody without a name here."""
        return self.actores[actor] or self.rosa

    def _de_solicitud(self, corto: str, actor: str) -> Pedido:
        solicitud = self.en_estado(ESTADOS_PARA.get(corto, Estado.PENDIENTE_RESPUESTA))
        if corto == "descargar":
            self.adjunto(solicitud)
        quien = self._perfil(actor)
        return Pedido(reverse(f"solicitudes:{corto}", args=[solicitud.folio]), self.formulario(corto, quien))

    def formulario(self, corto: str, quien: Perfil) -> dict[str, Any]:
        """The fields that make `corto` succeed."""
        vence = (reloj.hoy() + timedelta(days=10)).isoformat()
        formularios: dict[str, Callable[[], dict[str, Any]]] = {
            "responder": lambda: {
                "numero_solicitud": "2026-1",
                "comentarios": "Va la respuesta",
                "respuesta-guardado": self.guardado(quien).pk,
            },
            "cobrar": lambda: {
                "monto": "38500",
                "concepto": "Estudio",
                "vence": vence,
                "comentario": "Gracias",
                "cupon-guardado": self.guardado(quien).pk,
            },
            "complementar": lambda: {"comentarios": "Más", "respuesta-guardado": self.guardado(quien).pk},
            "numerar": lambda: {"numero_solicitud": "2026-7"},
            "pagar": lambda: {"medio": Medio.TRANSFERENCIA, "comprobante-guardado": self.guardado(quien).pk},
            "validar_pago": dict,
            **dict.fromkeys(
                ("rechazar_pago", "retirar_cobro", "anular", "desistir"), lambda: {"comentario": "Por esto."}
            ),
        }
        return formularios.get(corto, dict)()

    def _solicitudes_nueva(self, actor: str) -> Pedido:
        return Pedido(reverse("solicitudes:nueva", args=["conexion"]))

    def _ruta_borrador(self, nombre: str, *mas: str) -> str:
        borrador = self.borrador(self.rosa)
        return reverse(f"solicitudes:{nombre}", args=["conexion", borrador.caso.clave, *mas])

    def _solicitudes_borrador(self, actor: str) -> Pedido:
        return Pedido(self._ruta_borrador("borrador"), {"numero_cliente": "5000000-7", "accion": "guardar"})

    def _solicitudes_descartar(self, actor: str) -> Pedido:
        return Pedido(self._ruta_borrador("descartar"))

    def _solicitudes_subir(self, actor: str) -> Pedido:
        return Pedido(self._ruta_borrador("subir", "otros"))

    def _solicitudes_comunicacion(self, actor: str) -> Pedido:
        folio = (self.ajena() if actor == "otra_dx" else self.en_estado()).folio
        return Pedido(reverse("solicitudes:comunicacion"), {"folio": folio, "comentario": "Hola", "confirmado": folio})

    def _pagos_medios(self, actor: str) -> Pedido:
        cuenta = {"titular": "Yungay Norte", "banco": "Banco del Sur", "numero_cuenta": "001-4"}
        return Pedido(reverse("pagos:medios"), {"transferencia": "on", "comprobante": "on", **cuenta})

    def _adjuntos_descargar(self, actor: str, variante: str = "") -> Pedido:
        if variante:
            solicitud = self.en_estado(Estado.PENDIENTE_PAGO, respondido=reloj.ahora(), liberado=None)
            adjunto = self.adjunto(solicitud, "respuesta")
        else:
            adjunto = self.adjunto(self.en_estado())
        return Pedido(reverse("adjuntos:descargar", args=[adjunto.pk]))

    def _avisos_reenviar(self, actor: str) -> Pedido:
        return Pedido(reverse("avisos:reenviar", args=[self.aviso(self.rosa).pk]))

    def _informes_pedir(self, actor: str) -> Pedido:
        return Pedido(reverse("informes:pedir", args=["solicitudes"]))

    def _informes_ver(self, actor: str) -> Pedido:
        return Pedido(reverse("informes:ver", args=[self.informe(self._de("tramitador")).pk]))

    def _informes_descargar(self, actor: str) -> Pedido:
        return Pedido(reverse("informes:descargar", args=[self.informe(self._de("tramitador")).pk]))

    def _informes_cancelar(self, actor: str) -> Pedido:
        informe = self.informe(self._de("tramitador"), Informe.Estado.PENDIENTE)
        return Pedido(reverse("informes:cancelar", args=[informe.pk]))

    # --- the door ---------------------------------------------------------------------------------------------------
    def _suelto_account_login(self, actor: str) -> Pedido:
        quien = self._perfil(actor)
        datos = {"perfil": quien.tipo, "login": quien.usuario.identificador, "password": CLAVE}
        return Pedido(reverse("account_login"), datos)

    def _suelto_account_signup(self, actor: str) -> Pedido:
        return Pedido(reverse("account_signup"), registro() | respuesta_al_captcha())

    def _suelto_account_reset_password(self, actor: str) -> Pedido:
        return Pedido(reverse("account_reset_password"), {"rut": rut(12_345_678)} | respuesta_al_captcha())

    def _acceso_reenviar(self, actor: str) -> Pedido:
        return Pedido(reverse("acceso:reenviar"), {"rut": rut(12_345_678)} | respuesta_al_captcha())

    def _suelto_account_reset_password_from_key(self, actor: str) -> Pedido:
        uid = user_pk_to_url_str(self.rosa.usuario)
        llave = default_token_generator.make_token(self.rosa.usuario)
        nombre = "account_reset_password_from_key"
        datos = {"password1": CLAVE_NUEVA, "password2": CLAVE_NUEVA}
        return Pedido(reverse(nombre, args=[uid, "set-password"]), datos, antes=reverse(nombre, args=[uid, llave]))

    def _suelto_account_change_password(self, actor: str) -> Pedido:
        datos = {"oldpassword": CLAVE, "password1": CLAVE_NUEVA, "password2": CLAVE_NUEVA}
        return Pedido(reverse("account_change_password"), datos)

    def _acceso_activar(self, actor: str) -> Pedido:
        nuevo = factories.UsuarioFactory(is_active=False, activado=None)
        factories.PerfilFactory(usuario=nuevo)
        return Pedido(urlsplit(fichas.para_activar(nuevo)).path)

    def _acceso_confirmar_correo(self, actor: str) -> Pedido:
        return Pedido(urlsplit(fichas.para_correo(self.rosa.usuario, "nueva@correo.example")).path)

    def _acceso_cambiar_correo(self, actor: str) -> Pedido:
        return Pedido(reverse("acceso:cambiar_correo"), {"nuevo": "otro@correo.example", "clave": CLAVE})

    def _acceso_cambiar_perfil(self, actor: str) -> Pedido:
        return Pedido(reverse("acceso:cambiar_perfil"), {"perfil": self._perfil(actor).pk})

    def _suelto_apariencia(self, actor: str) -> Pedido:
        return Pedido(reverse("apariencia"), {"apariencia": "oscura", "volver": "/privacidad/"})


def registro() -> dict[str, Any]:
    """A good registration, without its captcha."""
    return {
        "rut": rut(19_000_111), "nombres": "Inés", "apellidos": "Ríos Vega", "email": "ines@correo.example",
        "clave": CLAVE_NUEVA, "clave2": CLAVE_NUEVA,
    }  # fmt: skip


def respuesta_al_captcha() -> dict[str, str]:
    """The question in words, answered."""
    pregunta = captcha.pregunta()
    a, b = (captcha._NUMEROS.index(p) for p in pregunta.texto.strip("¿?").removeprefix("Cuánto es ").split(" más "))
    return {"captcha_ficha": pregunta.ficha, "captcha_respuesta": str(a + b)}


def archivo_pdf(nombre: str = "documento.pdf") -> Any:
    """A good PDF as a browser sends it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(nombre, muestras.pdf())


class Deshecho(Exception):
    """Ends a block whose effects are not to stay."""


@contextmanager
def deshecho() -> Iterator[None]:
    """What happens inside is undone at its end."""
    try:
        with transaction.atomic():
            yield
            raise Deshecho
    except Deshecho:
        pass


def mandar(navegador: Client, metodo: str, pedido: Pedido) -> Any:
    """Send it as a browser would."""
    if pedido.antes:
        navegador.get(pedido.antes)
    if metodo == "POST":
        return leida(navegador.post(pedido.ruta, pedido.datos))
    return leida(navegador.generic(metodo, pedido.ruta))


def leida(respuesta: Any) -> Any:
    """The answer, with what it streams read to the end (which closes its file); the bytes in `.cuerpo`."""
    respuesta.cuerpo = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
    return respuesta


def uuid_desconocido() -> str:
    return str(uuid4())


def foto(*sin: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those named and the sessions'."""
    aparte = {"sessions.session", "usersessions.usersession", *sin}
    return {
        modelo._meta.label_lower: sorted(modelo._base_manager.values_list(), key=repr)
        for modelo in apps.get_models()
        if modelo._meta.label_lower not in aparte and modelo._meta.managed
    }


def diferencias(antes: dict[str, list[Any]], despues: dict[str, list[Any]]) -> dict[str, int]:
    """Tables whose rows are not the same, with how many rows differ."""
    return {
        tabla: len(set(map(repr, antes[tabla])) ^ set(map(repr, despues[tabla])))
        for tabla in antes
        if antes[tabla] != despues[tabla]
    }
