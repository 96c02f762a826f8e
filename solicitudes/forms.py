"""What people type about requests; `cleaned_data` are the keywords of the actions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pagos.actions import DatosCobro
from pagos.models import Medio, MedioDePago
from portal import reloj
from portal.adjuntos.forms import ArchivoField
from portal.cuentas.models import Distribuidora
from portal.cuentas.paises import Pais
from portal.territorio.models import Comuna, Region
from solicitudes.formularios import MIB, Formulario
from solicitudes.models import Enlace, Solicitud

LARGO_MENSAJE = 300


def _respuesta(**opciones: Any) -> ArchivoField:
    """What a company sends: any of the five formats, 5 MB."""
    return ArchivoField(formatos=("jpg", "png", "doc", "docx", "pdf"), maximo=5 * MIB, **opciones)


class TextoField(forms.CharField):
    """Free text of one line: trimmed, limited, never checked for a digit (S-11)."""

    default_error_messages = {
        "max_length": "Escribe a lo más %(limit_value)d caracteres. Ahora son %(show_value)d",
    }

    def __init__(self, **opciones: Any) -> None:
        opciones.setdefault("max_length", 40)
        super().__init__(**opciones)


class ParrafoField(forms.CharField):
    """Free text of several lines. A browser counts a line break once and sends it as two characters."""

    widget = forms.Textarea
    default_error_messages = TextoField.default_error_messages

    def __init__(self, *, filas: int = 4, **opciones: Any) -> None:
        super().__init__(**opciones)
        self.widget.attrs["rows"] = filas

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class ComunaSelect(forms.Select):
    """Comunas grouped by region; a script narrows the list to the region that was chosen."""

    def __init__(self) -> None:
        super().__init__({"data-depende-de": "id_region"})

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        elegido = value[0] if value else ""
        grupos: list[Any] = [(None, [self.create_option(name, "", "Seleccione Comuna", elegido == "", 0)], 0)]
        for indice, region in enumerate(Region.objects.prefetch_related("comunas"), start=1):
            opciones = []
            for comuna in region.comunas.all():
                opciones.append(
                    self.create_option(name, comuna.codigo, comuna.nombre, comuna.codigo == elegido, indice)
                )
            grupos.append((region.nombre, opciones, indice))
        return grupos


class SolicitudForm(forms.Form):
    """The general data of the four forms (S-03 to S-06); the documents are judged one by one, elsewhere."""

    distribuidora = forms.ModelChoiceField(
        Distribuidora.objects.filter(estado=Distribuidora.Estado.VIGENTE, pais="CL"),
        label="Distribuidora",
        empty_label="Seleccione distribuidora",
        help_text="Si no sabes cuál es, mira tu última boleta de electricidad.",
        error_messages={
            "required": "Elige tu empresa distribuidora",
            "invalid_choice": "Elige una empresa distribuidora de la lista",
        },
    )
    sin_cliente = forms.BooleanField(
        label="No tengo Nro. de Cliente",
        required=False,
        help_text="Por ejemplo, en una casa nueva que aún no tiene medidor.",
    )
    numero_cliente = TextoField(
        label="Número de cliente",
        help_text="Está en tu última boleta de electricidad.",
        error_messages={"required": "Escribe el Número de cliente"},
    )
    factibilidad = TextoField(
        label="Número de Factibilidad",
        help_text="Si no tienes número de cliente: está en la carta de factibilidad que te dio la distribuidora.",
        error_messages={"required": "Escribe el Número de Factibilidad"},
    )
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label="Región",
        empty_label="Seleccione Región",
        error_messages={"required": "Elige la región", "invalid_choice": "Elige una región de la lista"},
    )
    comuna = forms.ModelChoiceField(
        Comuna.objects.select_related("region"),
        label="Comuna",
        widget=ComunaSelect,
        error_messages={"required": "Elige la comuna", "invalid_choice": "Elige una comuna de la lista"},
    )
    correo_adicional = forms.EmailField(
        label="Correo electrónico adicional",
        required=False,
        max_length=254,
        help_text="Le mandaremos copia de cada aviso.",
        error_messages={"invalid": "Revisa el correo: le falta algo. Ejemplo: nombre@correo.cl"}
        | TextoField.default_error_messages,
    )
    actua_por_otro = forms.BooleanField(
        label="Actúo por otra persona",
        required=False,
        help_text="Por ejemplo, como instalador. Te pediremos un poder simple y la cédula de quien te lo dio.",
    )
    medidor_propio = forms.BooleanField(
        label="Voy a aportar el medidor bidireccional",
        required=False,
        help_text="Te pediremos sus comprobantes.",
    )

    def __init__(self, *args: Any, formulario: Formulario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formulario = formulario
        if not formulario.admite_factibilidad:
            del self.fields["sin_cliente"], self.fields["factibilidad"]
        else:
            # One of the two is mandatory: which one, the box says.
            sin_cliente = bool(self.data.get("sin_cliente") or self.initial.get("sin_cliente"))
            self.fields["numero_cliente"].required = not sin_cliente
            self.fields["factibilidad"].required = sin_cliente
            self.fields["numero_cliente"].widget.attrs["data-solo-si-no"] = "id_sin_cliente"
            self.fields["factibilidad"].widget.attrs["data-solo-si"] = "id_sin_cliente"
        if formulario is not Formulario.NC:
            del self.fields["medidor_propio"]
        if formulario is Formulario.MC:
            del self.fields["actua_por_otro"]

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        datos["numero_cliente" if datos.pop("sin_cliente", False) else "factibilidad"] = ""
        region, comuna = datos.pop("region", None), datos.get("comuna")
        if region and comuna and comuna.region_id != region.pk:
            self.add_error("comuna", f"{comuna} no es de la región {region}. Elige la comuna otra vez")
        return datos


class MontoField(forms.Field):
    """An amount, written as the country of its company writes it."""

    widget = forms.TextInput
    default_error_messages = {"required": "Escribe el monto"}
    pais: Pais

    def usar(self, pais: Pais) -> None:
        """From now on amounts are of `pais`."""
        self.pais, self.help_text = pais, f"En {pais.moneda}."
        self.widget.attrs["inputmode"] = "decimal" if pais.decimales else "numeric"

    def to_python(self, value: Any) -> Decimal | None:
        if not (value or "").strip():
            return None
        try:
            monto = self.pais.leer(value)
        except ValueError:
            ejemplo = self.pais.importe(Decimal(38_500)).removeprefix(f"{self.pais.simbolo} ")
            raise ValidationError(f"Escribe el monto solo con números. Ejemplo: {ejemplo}") from None
        if monto <= 0:
            raise ValidationError("El monto debe ser mayor que cero")
        if monto >= 10**12:
            raise ValidationError("El monto es demasiado grande. Revísalo")
        return monto


class CobroForm(forms.Form):
    """**Gestión de Pago** (P-01)."""

    monto = MontoField(label="Monto")
    concepto = TextoField(label="Concepto", max_length=200, error_messages={"required": "Escribe qué se está cobrando"})
    vence = forms.DateField(
        label="Fecha de vencimiento",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Escribe hasta cuándo se puede pagar", "invalid": "Escribe una fecha que exista"},
    )
    cupon = _respuesta(label="Cupón de pago", required=False)

    def __init__(self, *args: Any, solicitud: Solicitud, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.solicitud = solicitud
        self.fields["monto"].usar(solicitud.distribuidora.datos_pais)  # type: ignore[attr-defined]
        medios = MedioDePago.objects.filter(distribuidora=solicitud.distribuidora_id, medio=Medio.COMPROBANTE)
        self.fields["cupon"].required = medios.exists()
        self.fields["cupon"].error_messages["required"] = "Adjunta el cupón de pago"

    def clean_vence(self) -> Any:
        vence = self.cleaned_data["vence"]
        hoy = reloj.hoy(self.solicitud.distribuidora.zona_horaria)
        if vence < hoy:
            raise ValidationError("La fecha ya pasó. Elige una desde hoy en adelante")
        if vence.year > hoy.year + 5:
            raise ValidationError("La fecha está demasiado lejos. Revisa el año")
        return vence

    def datos(self) -> DatosCobro:
        """The charge, as the actions take it."""
        datos = self.cleaned_data
        return DatosCobro(monto=datos["monto"], concepto=datos["concepto"], vence=datos["vence"])


class PedirCobroForm(CobroForm):
    comentario = ParrafoField(label="Comentarios", required=False, max_length=2000)


class ResponderForm(forms.Form):
    """The answer (S-10)."""

    numero_solicitud = TextoField(label="N° Solicitud", required=False)
    respuesta = _respuesta(label="Respuesta", error_messages={"required": "Adjunta el archivo con la respuesta"})
    comentarios = ParrafoField(label="Comentarios", required=False, max_length=2000)
    con_cobro = forms.BooleanField(
        label="Cobrar por esta respuesta",
        required=False,
        help_text="El solicitante la podrá descargar cuando valides su pago.",
    )


class ComplementarForm(forms.Form):
    respuesta = _respuesta(label="Documento", error_messages={"required": "Adjunta el documento que agregas"})
    comentarios = ParrafoField(label="Comentarios", required=False, max_length=2000)


class NumerarForm(forms.Form):
    numero_solicitud = TextoField(label="N° Solicitud", required=False)


class MotivoForm(forms.Form):
    """A mandatory reason, before something that cannot be undone."""

    comentario = ParrafoField(max_length=2000)

    def __init__(self, *args: Any, etiqueta: str = "Comentario", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["comentario"]
        campo.label = etiqueta
        campo.error_messages["required"] = f"Escribe el {etiqueta.lower()}: quien lo lea debe entender por qué"


class ComprobanteForm(forms.Form):
    """The proof of one payment (P-02)."""

    medio = forms.ChoiceField(
        label="Medio de pago",
        choices=Medio.choices,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Elige un medio de pago de la lista"),
    )
    comprobante = ArchivoField(
        label="Comprobante",
        formatos=("jpg", "png", "pdf"),
        maximo=MIB,
        error_messages={"required": "Adjunta el comprobante de tu pago"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (medio := self.data.get("medio")) in Medio.values:  # the page has one such form for each way to pay
            self.auto_id = f"id_%s_{medio}"


class ComunicacionForm(forms.Form):
    """**Comunicación** (S-12)."""

    folio = TextoField(
        label="Folio",
        max_length=15,
        help_text="El folio que te dio el cliente. Ejemplo: YN194.",
        error_messages={"required": "Escribe el folio"},
    )
    comentario = ParrafoField(
        label="Comentario",
        filas=5,
        max_length=LARGO_MENSAJE,
        error_messages={"required": "Escribe el mensaje"},
    )
    archivo = _respuesta(label="Adjuntar documento", required=False)
    confirmado = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_folio(self) -> str:
        solicitud = self.solicitud()
        if solicitud is None:
            folio = self.cleaned_data["folio"].upper()
            raise ValidationError(f"No hay una solicitud {folio} de tu empresa. Revisa el folio")
        return solicitud.folio

    def solicitud(self) -> Solicitud | None:
        """The request that was named, in capitals or not, if it is one of this company's."""
        folio = str(self["folio"].value() or "").replace("\x00", "").strip()
        solicitudes = Solicitud.objects.select_related("solicitante__usuario", "distribuidora")
        return solicitudes.filter(folio__in=[folio, folio.upper()]).first()

    def confirmada(self) -> bool:
        """Whether the customer of this very folio was on the page that was sent."""
        return self.cleaned_data["confirmado"] == self.cleaned_data["folio"]

    def datos(self) -> dict[str, Any]:
        """The keywords of the action."""
        return {"mensaje": self.cleaned_data["comentario"], "archivo": self.cleaned_data["archivo"]}


class AutomaticaForm(forms.Form):
    """The standing answer of a form and its two switches (S-15)."""

    al_enviar = forms.BooleanField(
        label="Responder al enviar",
        required=False,
        help_text="El portal responde cada solicitud en el momento en que llega. Cuenta como respondida en plazo.",
    )
    al_vencer = forms.BooleanField(
        label="Responder al vencer el plazo",
        required=False,
        help_text="Solo las que venzan sin respuesta desde ahora. Nunca cuenta como respondida en plazo.",
    )
    archivo = _respuesta(label="Respuesta", required=False)
    texto = ParrafoField(label="Texto", max_length=2000, required=False, help_text="Va en el correo y en el historial.")


class EnlaceForm(forms.Form):
    """A link or a blank form (S-16); `presente` is the one that is being changed."""

    grupo = forms.ChoiceField(label="Dónde se muestra", choices=Enlace.Grupo, initial=Enlace.Grupo.ENLACE)
    titulo = TextoField(label="Título", max_length=120)
    texto = ParrafoField(label="Texto", max_length=4000, required=False)
    direccion = forms.URLField(
        label="Dirección",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="La página a la que lleva. Ejemplo: https://www.sec.cl/",
        error_messages={"invalid": "Escribe una dirección completa. Ejemplo: https://www.sec.cl/"},
    )
    archivo = ArchivoField(label="Archivo", formatos=("pdf", "doc", "docx"), maximo=5 * MIB, required=False)
    orden = forms.IntegerField(
        label="Orden", min_value=1, max_value=999, help_text="Los números más bajos van primero."
    )

    def __init__(self, *args: Any, presente: Enlace | None = None, **opciones: Any) -> None:
        self.presente = presente
        super().__init__(*args, **opciones)

    def clean_titulo(self) -> str:
        titulo = self.cleaned_data["titulo"]
        otro = Enlace.objects.filter(titulo=titulo).first()
        if otro is not None and otro != self.presente:
            raise ValidationError("Ya hay un enlace con ese título. Escribe otro.")
        return str(titulo)

    def clean_direccion(self) -> str:
        direccion = self.cleaned_data["direccion"]
        if direccion and not direccion.startswith(("https://", "http://")):
            raise ValidationError("La dirección empieza con https:// o http://.")
        return str(direccion)

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        con_archivo = datos.get("archivo") or (self.presente and self.presente.archivo)
        if datos.get("grupo") == Enlace.Grupo.FORMULARIO and not con_archivo and "archivo" not in self.errors:
            self.add_error("archivo", "Adjunta el formulario en blanco: es lo que se descarga.")
        elif not (con_archivo or datos.get("texto") or datos.get("direccion") or self.errors):
            self.add_error("texto", "Escribe un texto o una dirección, o adjunta un archivo: tiene que llevar a algo.")
        return datos
