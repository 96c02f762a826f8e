"""What people write in a complaint."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from portal import reloj
from portal.acceso.captcha import CaptchaField, gastar
from portal.cuentas import documento
from portal.cuentas.models import Distribuidora, Perfil
from portal.sgc import numeros
from reclamos import terminos
from reclamos.actions.presentacion import Contenido, Persona
from reclamos.models import Canal, Materia, Origen
from reclamos.permissions import puede_ingresar

LARGO = {"max_length": "Escribe a lo más %(limit_value)d caracteres. Ahora son %(show_value)d"}
SIN_RESPUESTA, CON_ATENCION = "sin_respuesta", "atencion"


def texto(etiqueta: str, falta: str = "", ayuda: str = "", largo: int = 40, **opciones: Any) -> forms.CharField:
    """One line of text; optional where nothing is said of its lack."""
    return forms.CharField(
        label=etiqueta,
        help_text=ayuda,
        max_length=largo,
        required=bool(falta),
        error_messages={"required": falta, **LARGO},
        **opciones,
    )


class Parrafo(forms.CharField):
    """Several lines. A browser counts a line break once and sends it as two characters."""

    widget = forms.Textarea

    def __init__(self, etiqueta: str, falta: str = "", ayuda: str = "", *, filas: int = 5, largo: int = 3000) -> None:
        super().__init__(
            label=etiqueta,
            help_text=ayuda,
            max_length=largo,
            required=bool(falta),
            error_messages={"required": falta, **LARGO},
        )
        self.widget.attrs["rows"] = filas

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class ReclamoForm(forms.Form):
    """A complaint to one company (Q-01); who has no account says who they are, an agent who the customer is (Q-05)."""

    canal = forms.ChoiceField(
        label="Por dónde llegó",
        choices=[(c.value, c.label) for c in (Canal.MOSTRADOR, Canal.TELEFONO)],
        widget=forms.RadioSelect,
        error_messages={"required": "Elige por dónde llegó", "invalid_choice": "Elige por dónde llegó"},
    )
    origen = forms.ChoiceField(
        label="Quién reclama",
        choices=Origen.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Elige quién reclama", "invalid_choice": "Elige quién reclama"},
    )
    nombre = texto("Nombres y apellidos", "Escribe los nombres y apellidos", largo=160)
    documento_tipo = forms.ChoiceField(
        label="Tipo de documento",
        help_text="El que usas con la empresa.",
        error_messages={"required": "Elige el tipo de documento", "invalid_choice": "Elige el tipo de la lista"},
    )
    documento = texto("N° de documento", "Escribe el N° de documento", "Con o sin puntos y guion.")
    correo = forms.EmailField(
        label="Correo electrónico",
        max_length=254,
        help_text="Ahí llegan el código, la respuesta y cada aviso.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Escribe el correo electrónico",
            "invalid": "Revisa el correo electrónico: le falta algo. Ejemplo: nombre@correo.cl",
            **LARGO,
        },
    )
    telefono = texto("Teléfono", ayuda="Por si hay que llamarte.", largo=20)
    suministro = texto("NIS o N° de cliente", "Escribe el NIS o N° de cliente", "Está en tu última factura o boleta.")
    materia = forms.ModelChoiceField(
        Materia.objects.none(),
        label="Sobre qué reclamas",
        empty_label="Elige la materia",
        error_messages={"required": "Elige sobre qué reclamas", "invalid_choice": "Elige una materia de la lista"},
    )
    monto = texto("Monto que reclamas", ayuda="Si reclamas por un cobro.", largo=20)
    hecho_el = forms.DateField(
        label="Cuándo ocurrió",
        help_text="Si fueron varios días, el último.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Escribe cuándo ocurrió", "invalid": "Escribe una fecha que exista"},
    )
    que_paso = Parrafo("Qué pasó", "Cuenta qué pasó", "Con tus palabras: qué ocurrió, dónde y desde cuándo.")
    que_pide = Parrafo(
        "Qué pides", "Escribe qué pides", "Por ejemplo: que corrijan la boleta, que reparen, que devuelvan.", filas=3
    )
    anterior = forms.ChoiceField(
        label="¿Ya lo hablaste con la empresa?",
        choices=[
            (CON_ATENCION, "Sí, y no estoy conforme con la atención"),
            (SIN_RESPUESTA, "Sí, y no me respondieron dentro del plazo"),
        ],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "¿Ya lo hablaste con la empresa? Elige una de las dos"
        ),
    )
    atencion = texto(
        "Qué atención fue", ayuda="El número que te dieron, o el día y el lugar en que te atendieron.", largo=60
    )
    captcha = CaptchaField(label="Verificación")

    def __init__(self, *args: Any, distribuidora: Distribuidora, autor: Perfil | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.distribuidora, self.autor = distribuidora, autor
        self.de_mostrador = puede_ingresar(autor)
        if autor is not None:
            del self.fields["captcha"]
        if not self.de_mostrador:
            del self.fields["canal"], self.fields["origen"]
        if autor is not None and not self.de_mostrador:
            for campo in ("nombre", "documento_tipo", "documento", "correo"):
                del self.fields[campo]
        else:
            self.fields["documento_tipo"].choices = documento.tipos(distribuidora.pais)  # type: ignore[attr-defined]
        self.fields["materia"].queryset = Materia.objects.de(distribuidora)  # type: ignore[attr-defined]
        self.fields["monto"].help_text = f"En {distribuidora.datos_pais.moneda}, si reclamas por un cobro."

    def clean_suministro(self) -> str:
        return numeros.validar(self.cleaned_data["suministro"], "NIS o N° de cliente")

    def clean_documento(self) -> str:
        tipo = self.cleaned_data.get("documento_tipo")
        if not tipo:
            return self.cleaned_data["documento"]
        return documento.validar(self.cleaned_data["documento"], pais=self.distribuidora.pais, tipo=tipo)

    def clean_materia(self) -> Materia:
        materia: Materia = self.cleaned_data["materia"]
        if not materia.reclamable:
            raise ValidationError(materia.explicacion, code="no_reclamable")
        return materia

    def clean_monto(self) -> Decimal | None:
        pais, escrito = self.distribuidora.datos_pais, self.cleaned_data["monto"]
        if not escrito:
            return None
        try:
            monto = pais.leer(escrito)
        except ValueError:
            ejemplo = pais.importe(Decimal(38_500)).removeprefix(f"{pais.simbolo} ")
            raise ValidationError(f"Escribe el monto solo con números. Ejemplo: {ejemplo}") from None
        if not 0 < monto < 10**12:
            raise ValidationError("Revisa el monto: debe ser mayor que cero, y no tan grande")
        return monto

    def clean_hecho_el(self) -> Any:
        dia, hoy = self.cleaned_data["hecho_el"], reloj.hoy(self.distribuidora.zona_horaria)
        if dia > hoy:
            raise ValidationError("Ese día todavía no llega. Escribe cuándo ocurrió")
        if dia.year < 2000:
            raise ValidationError("Revisa el año: es demasiado antiguo")
        return dia

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or self.cleaned_data
        materia, dia = datos.get("materia"), datos.get("hecho_el")
        if materia and materia.con_monto and not datos.get("monto") and not self.has_error("monto"):
            self.add_error("monto", "Escribe el monto que reclamas: de él depende el plazo")
        ultimo = terminos.ultimo_dia(self.distribuidora, materia, dia) if materia and dia else None
        if ultimo and reloj.hoy(self.distribuidora.zona_horaria) > ultimo:
            que = f"Lo que ocurrió ese día se podía reclamar hasta el {ultimo:%d-%m-%Y}: ya pasó el plazo."
            self.add_error("hecho_el", que)
        if datos.get("anterior") == CON_ATENCION and not datos.get("atencion"):
            self.add_error("atencion", "Di qué atención fue: el número, o el día y el lugar")
        return datos

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "captcha" in self.fields and not self.errors:
            try:
                gastar(self.cleaned_data.pop("captcha"))
            except ValidationError as error:
                self.add_error("captcha", error)

    def persona(self) -> Persona:
        """Who complains: what was written, or the account's holder."""
        datos = self.cleaned_data
        if self.autor is None or self.de_mostrador:
            campos = ("documento_tipo", "documento", "nombre", "correo", "telefono")
            return Persona(**{campo: datos[campo] for campo in campos})
        return Persona(*de_la_cuenta(self.autor), datos["telefono"])

    def contenido(self) -> Contenido:
        """What is complained about."""
        datos = self.cleaned_data
        con_atencion = datos["anterior"] == CON_ATENCION
        return Contenido(
            **{c: datos[c] for c in ("suministro", "materia", "hecho_el", "que_paso", "que_pide", "monto")},
            atencion=datos["atencion"] if con_atencion else "",
            sin_respuesta=not con_atencion,
        )

    def de_donde(self) -> dict[str, Any]:
        """Channel and origin, for the action."""
        if not self.de_mostrador:
            return {}
        return {"canal": Canal(self.cleaned_data["canal"]), "origen": Origen(self.cleaned_data["origen"])}


def de_la_cuenta(perfil: Perfil) -> tuple[str, str, str, str]:
    """Type and number of the document, name and mail of an account's holder."""
    usuario = perfil.usuario
    return settings.IDENTIFICADOR.rpartition(".")[2], usuario.identificador, perfil.nombre, usuario.email
