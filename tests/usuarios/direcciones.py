"""What the tests of all addresses must know of those of users, companies, history and second factor."""

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.acceso.importacion import views as importacion
from portal.acceso.importacion.actions import CAMPOS
from portal.cuentas.funciones import Funcion
from portal.cuentas.models import Perfil, Unidad
from tests import factories
from tests.factories import CLAVE, rut
from tests.segundo_factor.ayuda import con_aplicacion
from tests.seguridad.casos import Mundo, Pedido

PERSONA = {"nombres": "Bruno", "apellidos": "Tapia Rojas", "email": "bruno@empresa.example"}
FILA = ["19.222.333-9", *PERSONA.values(), "SEC", "", "", "auditor", "", ""]


def _tramitador(mundo: Mundo, **perfil: Any) -> Perfil:
    """Somebody of company 1, new."""
    empresa = mundo.dar("distribuidora")
    return factories.PerfilFactory(
        tipo="distribuidora", distribuidora=empresa, funciones=[Funcion.TRAMITADOR], **perfil
    )


def _cuenta(que: str, **usuario: Any) -> Callable[[Mundo, str], Pedido]:
    def pedido(mundo: Mundo, actor: str) -> Pedido:
        perfil = _tramitador(mundo, usuario=factories.UsuarioFactory(**usuario))
        if que == "quitar_segundo_factor":
            con_aplicacion(perfil)
        return Pedido(
            reverse(f"usuarios:{que}", args=[perfil.usuario_id]),
            PERSONA | {"instalador_sec": "on"} if que == "editar" else {},
        )

    return pedido


def _perfil(que: str, **campos: Any) -> Callable[[Mundo, str], Pedido]:
    def pedido(mundo: Mundo, actor: str) -> Pedido:
        perfil = _tramitador(mundo, **campos)
        datos = {
            "editar_perfil": {"distribuidora": perfil.distribuidora_id, "unidad": ""},
            "asignar": {"funcion": Funcion.VALIDADOR.value, "suplente_de": "", "desde": "", "hasta": "2030-01-01"},
        }.get(que, {})
        return Pedido(reverse(f"usuarios:{que}", args=[perfil.pk]), datos)

    return pedido


def _crear(mundo: Mundo, actor: str) -> Pedido:
    datos = {
        "rut": rut(19_222_333),
        **PERSONA,
        "distribuidora": mundo.dar("distribuidora").pk,
        "unidad": "",
        "funciones": [Funcion.TRAMITADOR.value],
        "desde": "",
        "hasta": "2030-01-01",
    }
    return Pedido(reverse("usuarios:crear", args=["distribuidora"]), datos)


def _importar(mundo: Mundo, actor: str) -> Pedido:
    contenido = "\n".join(";".join(linea) for linea in (list(CAMPOS), FILA))
    return Pedido(reverse("usuarios:importar"), {"archivo": SimpleUploadedFile("u.csv", contenido.encode())})


def _grabar(mundo: Mundo, actor: str) -> Pedido:
    quien = mundo.actores[actor] or mundo.rosa
    filas = [(2, dict(zip(CAMPOS, FILA, strict=True)))]
    probada = signing.dumps([quien.pk, filas], salt=importacion._SAL, compress=True)
    return Pedido(reverse("usuarios:grabar_importacion"), {"probada": probada})


def _retirar(mundo: Mundo, actor: str) -> Pedido:
    return Pedido(reverse("usuarios:retirar", args=[_tramitador(mundo).asignaciones.get().pk]))


def _empresa(que: str) -> Callable[[Mundo, str], Pedido]:
    def pedido(mundo: Mundo, actor: str) -> Pedido:
        empresa = mundo.dar("distribuidora")
        datos = {"nombre": "Caja", "superior": "", "activa": "on"}
        if que == "editar":
            datos = {"nombre_fantasia": "Yungay", "prefijo": "YN", "estado": "vigente", "notas": ""}
        objeto = factories.UnidadFactory(distribuidora=empresa) if que == "editar_unidad" else empresa
        return Pedido(reverse(f"empresas:{que}", args=[objeto.pk]), datos)

    return pedido


def _propio(nombre: str, datos: dict[str, Any] | None = None, *, con_pk: bool = False) -> Callable[..., Pedido]:
    """A page of the own second factor, of somebody who has one."""

    def pedido(mundo: Mundo, actor: str) -> Pedido:
        con_aplicacion(mundo.actores[actor] or mundo.rosa)
        return Pedido(reverse(nombre, args=[1] if con_pk else []), datos or {})

    return pedido


PEDIDOS = {
    "usuarios:crear": _crear,
    "usuarios:importar": _importar,
    "usuarios:grabar_importacion": _grabar,
    "usuarios:ver": _cuenta("ver"),
    "usuarios:editar": _cuenta("editar"),
    "usuarios:invitar": _cuenta("invitar", is_active=False, activado=None),
    "usuarios:desactivar": _cuenta("desactivar"),
    "usuarios:reactivar": _cuenta("reactivar", is_active=False),
    "usuarios:eliminar": _cuenta("eliminar"),
    "usuarios:quitar_segundo_factor": _cuenta("quitar_segundo_factor"),
    "usuarios:editar_perfil": _perfil("editar_perfil"),
    "usuarios:asignar": _perfil("asignar"),
    "usuarios:desactivar_perfil": _perfil("desactivar_perfil"),
    "usuarios:reactivar_perfil": _perfil("reactivar_perfil", activo=False),
    "usuarios:retirar": _retirar,
    "empresas:editar": _empresa("editar"),
    "empresas:crear_unidad": _empresa("crear_unidad"),
    "empresas:editar_unidad": _empresa("editar_unidad"),
    "account_reauthenticate": lambda mundo, actor: Pedido(reverse("account_reauthenticate"), {"password": CLAVE}),
    "mfa_deactivate_totp": _propio("mfa_deactivate_totp"),
    "mfa_remove_webauthn": _propio("mfa_remove_webauthn", con_pk=True),
    "mfa_view_recovery_codes": _propio("mfa_view_recovery_codes"),
    "mfa_generate_recovery_codes": _propio("mfa_generate_recovery_codes"),
}
DE_LA_PAGINA = {
    "usuarios:crear": ("confirmado",),
    "mfa_authenticate": ("code", "credential"),
    "mfa_activate_totp": ("code",),
    "mfa_add_webauthn": ("name", "credential"),
}
SIN_PAGINA = {
    "usuarios:plantilla",
    "usuarios:invitar",
    "usuarios:grabar_importacion",
    "mfa_authenticate",  # in tests/navegador/test_llaves.py
    "mfa_remove_webauthn",
    # the same page as usuarios:desactivar, with other words
    *(f"usuarios:{que}" for que in ("reactivar", "eliminar", "desactivar_perfil", "reactivar_perfil", "retirar")),
    "usuarios:quitar_segundo_factor",
}


def recorrido(dar: Callable[[str], Any]) -> list[tuple[Perfil, list[str]]]:
    """The pages of the administrator, and everybody's second factor; « ! »: also with its errors."""
    jefa, marcos, invitada = dar("jefa_sec"), dar("marcos"), dar("invitada")
    dar("tres_dias_de_historial")
    unidad = Unidad.objects.create(distribuidora=marcos.distribuidora, nombre="Oficina Sur")
    usuario, perfil = f"/usuarios/{marcos.usuario_id}", f"/usuarios/perfiles/{marcos.pk}"
    empresa = f"/empresas/{marcos.distribuidora_id}/"
    de_la_jefa = [
        "/usuarios/", "/usuarios/?buscar=zz&empresa=x", "/usuarios/nuevo/", "/usuarios/importar/ !",
        "/usuarios/nuevo/agente/ !", f"{usuario}/", f"/usuarios/{invitada.usuario_id}/", f"{usuario}/editar/",
        f"{usuario}/desactivar/", f"{perfil}/", f"{perfil}/funcion/ !", "/empresas/", empresa, f"{empresa}unidad/ !",
        f"/empresas/unidades/{unidad.pk}/", "/historial/", "/historial/?quien=zz&desde=ayer", "/historial/resumenes/",
    ]  # fmt: skip
    propias = "/perfil/segundo-factor/"
    de_marcos = [propias, "/perfil/confirmar/ !", f"{propias}aplicacion/ !", f"{propias}llave/"]
    agente = dar("agente")
    con_aplicacion(agente)
    con_factor = [propias, f"{propias}aplicacion/quitar/", f"{propias}codigos/", f"{propias}codigos/nuevos/"]
    return [(jefa, de_la_jefa), (marcos, de_marcos), (agente, con_factor)]
