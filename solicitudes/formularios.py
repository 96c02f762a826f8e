"""The four forms and the documents each one asks for (S-03 to S-07): one table, read by forms, pages and checks."""

from dataclasses import dataclass
from enum import Enum

from django.db import models

MIB = 1024 * 1024


class Formulario(models.TextChoices):
    SI = "SI", "Solicitud de Información"
    SC = "SC", "Solicitud de Conexión"
    MC = "MC", "Manifestación de Conformidad"
    NC = "NC", "Notificación de Conexión"

    @property
    def ruta(self) -> str:
        """Its word in addresses: `/solicitudes/nueva/conexion/`."""
        return {"SI": "informacion", "SC": "conexion", "MC": "conformidad", "NC": "notificacion"}[self.value]

    @property
    def para_que(self) -> str:
        """What it is for, in a sentence for whoever files it."""
        return {
            "SI": "Para conocer las condiciones de la red antes de decidir tu proyecto.",
            "SC": "Para pedir que tu equipo de generación se conecte a la red.",
            "MC": "Para decir que estás conforme con la respuesta de la distribuidora.",
            "NC": "Para avisar que tu instalación está lista, con sus documentos.",
        }[self.value]

    @property
    def admite_factibilidad(self) -> bool:
        """Whether who has no N° de Cliente yet may give the N° de Factibilidad instead (S-04, S-06)."""
        return self in (Formulario.SC, Formulario.NC)

    @property
    def necesita_respuesta(self) -> bool:
        """S-05: a Manifestación de Conformidad needs none."""
        return self is not Formulario.MC


class Cuando(Enum):
    """When a document is mandatory."""

    SIEMPRE = "Obligatorio."
    NUNCA = "Opcional."
    POR_OTRO = "Opcional. Obligatorio si actúas por otra persona."
    MEDIDOR_PROPIO = "Obligatorio si aportas el medidor."


@dataclass(frozen=True)
class TipoDocumento:
    """A document of a form. `maximo` in bytes, inclusive; `formatos` by content, never by name."""

    codigo: str
    nombre: str
    obligatorio: Cuando
    ayuda: str = ""
    maximo: int = 5 * MIB
    formatos: tuple[str, ...] = ("jpg", "png", "doc", "docx", "pdf")
    solo_con_medidor: bool = False
    varios: int = 1

    @property
    def acepta(self) -> str:
        """The formats for a browser's file chooser."""
        return ",".join(f".{formato}" for formato in self.formatos).replace(".jpg", ".jpg,.jpeg")


_PODER = TipoDocumento(
    "poder",
    "Poder simple",
    Cuando.POR_OTRO,
    "De quien pide la conexión, para que puedas actuar en su nombre.",
)
_CEDULA = TipoDocumento(
    "cedula", "Copia cédula de identidad", Cuando.SIEMPRE, "Las dos caras, en uno o dos archivos.", varios=2
)
_CEDULA_OTRO = TipoDocumento(
    "cedula_poderdante",
    "Copia cédula de identidad de quien te dio el poder",
    Cuando.POR_OTRO,
    "Las dos caras, en uno o dos archivos.",
    varios=2,
)
_OTROS = TipoDocumento("otros", "Otros documentos", Cuando.NUNCA, "Lo que creas que ayuda.", varios=5)


def _formulario(nombre: str) -> TipoDocumento:
    return TipoDocumento("formulario", nombre, Cuando.SIEMPRE, "Descargado, llenado y escaneado o fotografiado.")


DOCUMENTOS: dict[Formulario, tuple[TipoDocumento, ...]] = {
    Formulario.SI: (_formulario("Formulario de Solicitud de Información"), _CEDULA, _PODER, _CEDULA_OTRO, _OTROS),
    Formulario.SC: (_formulario("Formulario de Solicitud de Conexión"), _CEDULA, _PODER, _CEDULA_OTRO, _OTROS),
    Formulario.MC: (_formulario("Manifestación de Conformidad u otro"), _OTROS),
    Formulario.NC: (
        _formulario("Formulario de Notificación de Conexión"),
        TipoDocumento(
            "cedula",
            "Copia cédula de identidad",
            Cuando.POR_OTRO,
            "Las dos caras, en uno o dos archivos.",
            varios=2,
        ),
        _PODER,
        _CEDULA_OTRO,
        TipoDocumento(
            "dominio", "Certificado de dominio vigente", Cuando.SIEMPRE, "Del inmueble donde está la instalación."
        ),
        TipoDocumento(
            "instalador",
            "Identificación del instalador",
            Cuando.SIEMPRE,
            "El documento que lo acredita como instalador autorizado.",
        ),
        TipoDocumento(
            "te4",
            "Copia de declaración de puesta en servicio (TE4) ante la SEC",
            Cuando.SIEMPRE,
            "La que tu instalador tramitó en la SEC.",
        ),
        TipoDocumento(
            "contrato",
            "Contrato firmado por el usuario o cliente final",
            Cuando.SIEMPRE,
            "PDF de máximo 1 MB.",
            maximo=1 * MIB,
            formatos=("pdf",),
        ),
        TipoDocumento(
            "entrega_medidor",
            "Comprobante de entrega del equipo de medida",
            Cuando.NUNCA,
            "El que te dio la distribuidora al recibir tu medidor.",
            solo_con_medidor=True,
        ),
        TipoDocumento(
            "exactitud",
            "Comprobante de exactitud",
            Cuando.MEDIDOR_PROPIO,
            "El que entrega el proveedor del medidor.",
            solo_con_medidor=True,
        ),
        TipoDocumento(
            "comercializacion",
            "Comprobante de Autorización de comercialización",
            Cuando.MEDIDOR_PROPIO,
            "El que entrega el vendedor del medidor.",
            solo_con_medidor=True,
        ),
        _OTROS,
    ),
}


def documentos_de(
    formulario: Formulario, *, actua_por_otro: bool, medidor_propio: bool
) -> list[tuple[TipoDocumento, bool]]:
    """The documents to show for these answers, each with whether it is mandatory."""
    exigidos = {Cuando.SIEMPRE: True, Cuando.NUNCA: False, Cuando.POR_OTRO: actua_por_otro}
    exigidos[Cuando.MEDIDOR_PROPIO] = medidor_propio
    return [
        (tipo, exigidos[tipo.obligatorio])
        for tipo in DOCUMENTOS[formulario]
        if (medidor_propio or not tipo.solo_con_medidor) and (actua_por_otro or tipo.codigo != "cedula_poderdante")
    ]


DE_LA_TRAMITACION = {
    "respuesta": "Respuesta",
    "complemento": "Complemento de la respuesta",
    "cupon": "Cupón de pago",
    "comprobante": "Comprobante de pago",
    "comunicacion": "Documento de una comunicación",
}


def nombre_de_documento(formulario: Formulario, codigo: str) -> str:
    """The name of a document of a case, whoever added it."""
    propios = {tipo.codigo: tipo.nombre for tipo in DOCUMENTOS[formulario]}
    return propios.get(codigo) or DE_LA_TRAMITACION[codigo]
