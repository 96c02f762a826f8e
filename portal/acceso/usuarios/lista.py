"""The list of users: what can be looked for, how it is ordered."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length
from django.http import QueryDict

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.identificador import normalizar
from portal.cuentas.models import Asignacion, Distribuidora, Perfil, Usuario
from portal.listas.filtro import ComienzoField, Filtro, OpcionField
from portal.listas.lista import Columna, Fuente, Lista

ESTADOS = {
    "activa": ("Activa", Q(is_active=True)),
    "invitada": ("Por activar", Q(activado=None)),
    "desactivada": ("Desactivada", Q(is_active=False, activado__isnull=False)),
}


class FiltroUsuarios(Filtro):
    FRASES = {
        "buscar": "RUT, nombre o correo: {}",
        "tipo": "Perfil: {}",
        "empresa": "Empresa: {}",
        "funcion": "Función: {}",
        "estado": "Estado: {}",
    }

    buscar = ComienzoField(label="RUT, nombre o correo", max_length=80)
    tipo = OpcionField(label="Perfil", choices=[("", "Todos"), *TipoPerfil.choices], cual="Ese perfil")
    empresa = OpcionField(label="Empresa", cual="Esa empresa")
    funcion = OpcionField(
        label="Función",
        choices=[
            ("", "Todas"),
            *(
                (t.label, [(f.value, f.label) for f in Funcion if f.tipo == t])
                for t in TipoPerfil
                if t != "solicitante"
            ),
        ],
        cual="Esa función",
    )
    estado = OpcionField(
        label="Estado", choices=[("", "Todos"), *((c, t) for c, (t, _) in ESTADOS.items())], cual="Ese estado"
    )

    def preparar(self) -> None:
        empresas = [(str(pk), nombre) for pk, nombre in Distribuidora.objects.values_list("pk", "nombre_fantasia")]
        self.fields["empresa"].choices = [("", "Todas"), *empresas]  # type: ignore[attr-defined]

    def aplicar(self, usuarios: "QuerySet[Usuario]") -> "QuerySet[Usuario]":
        """The users that are looked for: whoever has one profile with all of this."""
        perfiles = Perfil.objects.filter(usuario=OuterRef("pk"))
        if tipo := self.valor("tipo"):
            perfiles = perfiles.filter(tipo=tipo)
        if empresa := self.valor("empresa"):
            perfiles = perfiles.filter(distribuidora=empresa)
        if funcion := self.valor("funcion"):
            perfiles = perfiles.filter(
                Exists(Asignacion.objects.vigentes().filter(perfil=OuterRef("pk"), grupo__name=funcion))
            )
        if tipo or empresa or funcion:
            usuarios = usuarios.filter(Exists(perfiles))
        if estado := self.valor("estado"):
            usuarios = usuarios.filter(ESTADOS[estado][1])
        return usuarios.filter(_se_llama(self.valor("buscar") or ""))


def _se_llama(texto: str) -> Q:
    """Whoever has that RUT, or in whose name and mail all these words are."""
    palabras = Q()
    for palabra in texto.split():
        palabras &= Q(nombres__icontains=palabra) | Q(apellidos__icontains=palabra) | Q(email__icontains=palabra)
    return palabras | Q(identificador__startswith=normalizar(texto)) if palabras else palabras


class Usuarios:
    """The users at an address."""

    COLUMNAS = (
        Columna("rut", "RUT", (Length("identificador"), "identificador")),
        Columna("nombre", "Nombre", ("apellidos", "nombres", "pk")),
        Columna("correo", "E-mail", ("email", "pk")),
        Columna("creado", "Creación", ("creado", "pk")),
    )

    def __init__(self, datos: QueryDict) -> None:
        self._datos = datos
        self.filtro = FiltroUsuarios(datos)
        asignaciones = Prefetch("asignaciones", Asignacion.objects.vigentes().select_related("grupo"))
        perfiles = Perfil.objects.select_related("distribuidora", "unidad").prefetch_related(asignaciones)
        todos = Usuario.objects.prefetch_related(Prefetch("perfiles", perfiles.order_by("tipo")))
        self.fuente = Fuente(self.filtro.aplicar(todos))
        self.lista = Lista(datos, self.fuente, self.COLUMNAS, "nombre")

    @cached_property
    def filas(self) -> list[Usuario]:
        return self.lista.pagina.object_list

    @property
    def consulta(self) -> str:
        """The question again, for the spreadsheet."""
        return self._datos.urlencode()

    @property
    def buscado(self) -> str:
        return f"Buscaste {self.filtro.buscado()}."


def funciones_en_palabras(perfil: Perfil) -> str:
    """«tramitador, validador de pagos (suplente)»."""
    return ", ".join(
        f"{a.funcion.label} (suplente)" if a.suplente_de_id else a.funcion.label for a in perfil.asignaciones.all()
    )


def fila_de_planilla(usuario: Usuario, perfil: Perfil | None) -> list[Any]:
    """A user's profile as a row of the spreadsheet."""
    de_perfil = (
        [
            perfil.get_tipo_display(),
            str(perfil.distribuidora or ""),
            str(perfil.unidad or ""),
            funciones_en_palabras(perfil),
            "Sí" if perfil.activo else "No",
        ]
        if perfil
        else ["", "", "", "", ""]
    )
    persona = [usuario.identificador, usuario.nombres, usuario.apellidos, usuario.email]
    return [*persona, *de_perfil, usuario.get_estado_display(), usuario.creado]
