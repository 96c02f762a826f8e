"""Forms made from what a duty declares; `cleaned_data` are the values of the actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal import reloj
from portal.adjuntos.forms import ArchivoField
from portal.cuentas.models import Distribuidora, Unidad
from portal.sgc.numeros import validar
from portal.sgc.puerto import buscar_suministro
from reclamos.seccion.declaracion import Archivo, Campo, Clase
from reclamos.seccion.models import SIN_EVENTO, Asunto
from reclamos.seccion.red.models import EventoRed
from reclamos.seccion.reglas import del_dia_del_dano

FORMATOS = ("jpg", "png", "doc", "docx", "pdf")
CINCO_MIB = 5 * 1024 * 1024
NINGUNO = "ninguno"
GRUPOS_DE_EVENTOS = ((True, "Ese día y en ese lugar"), (False, "Ese día, en otro lugar"))


class _Importe(forms.CharField):
    """An amount, as the company's country writes it."""

    def __init__(self, *, empresa: Distribuidora, **opciones: Any) -> None:
        self.pais = empresa.datos_pais
        super().__init__(max_length=30, **opciones)
        self.help_text = f"En {self.pais.moneda}. {self.help_text}".strip()
        self.widget.attrs["inputmode"] = "decimal" if self.pais.decimales else "numeric"

    def clean(self, value: Any) -> Decimal | None:
        texto = super().clean(value)
        if not texto:
            return None
        try:
            monto = self.pais.leer(texto)
        except ValueError:
            raise ValidationError(
                f"Escribe el monto con números. Ejemplo: {self.pais.importe(Decimal(38500))}"
            ) from None
        if not 0 <= monto < 10**12:
            raise ValidationError("Revisa el monto: es negativo o demasiado grande")
        return monto


class _Nis(forms.CharField):
    """A supply; where the duty asks for it, the commercial system must have it in Baja Tensión."""

    def __init__(self, *, empresa: Distribuidora, solo_bt: bool, **opciones: Any) -> None:
        self.empresa, self.solo_bt = empresa, solo_bt
        super().__init__(**opciones)

    def clean(self, value: Any) -> str:
        texto = super().clean(value)
        if not texto:
            return ""
        nis = validar(texto, "NIS")
        if self.solo_bt:
            suministro = buscar_suministro(self.empresa, nis)
            if suministro is None:
                raise ValidationError(f"El SGC no tiene el NIS {nis}. Revísalo o pide que se actualice la copia")
            if suministro.en_media_tension:
                raise ValidationError(f"El NIS {nis} es de Media Tensión: aquí solo van los de Baja Tensión")
        return nis


class _Evento(forms.ChoiceField):
    """A network event of the day of the damage, those of the same place first; or that none of the register is it."""

    def __init__(self, *, asunto: Asunto, **opciones: Any) -> None:
        super().__init__(**opciones)
        self.eventos = {str(evento.pk): evento for evento in del_dia_del_dano(asunto)}
        lugar, grupos = asunto.lugar(), {True: [], False: []}  # type: ignore[var-annotated]
        for clave, evento in self.eventos.items():
            grupos[evento.es_en(**lugar)].append((clave, f"{evento}: {evento.donde_y_cuando}"))
        self.choices = [
            ("", "Elige…"),
            *((titulo, grupos[aqui]) for aqui, titulo in GRUPOS_DE_EVENTOS if grupos[aqui]),
            (NINGUNO, SIN_EVENTO),
        ]

    def clean(self, value: Any) -> EventoRed | None:
        return self.eventos.get(super().clean(value))


class _Fecha(forms.DateField):
    def __init__(self, *, pasada: bool, zona: str, **opciones: Any) -> None:
        self.pasada, self.zona = pasada, zona
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **opciones)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise ValidationError("Escribe una fecha entre los años 2000 y 2100")
        if value and self.pasada and value > reloj.hoy(self.zona):
            raise ValidationError("La fecha todavía no llega. Escribe cuándo ocurrió")


def campo_de(campo: Campo, empresa: Distribuidora, asunto: Asunto | None = None) -> forms.Field:
    """The form field of a declared one; `asunto`: the case whose step asks for it."""
    opciones: dict[str, Any] = {
        "label": campo.rotulo,
        "required": campo.obligatorio,
        "help_text": campo.ayuda,
        "error_messages": {"required": f"Completa «{campo.rotulo}»", "invalid_choice": "Elige de la lista"},
    }
    largo: dict[str, Any] = {"max_length": campo.largo}
    match campo.clase:
        case Clase.PARRAFO:
            return forms.CharField(widget=forms.Textarea({"rows": 3}), max_length=max(campo.largo, 1000), **opciones)
        case Clase.FECHA:
            opciones["error_messages"]["invalid"] = "Escribe una fecha que exista"
            return _Fecha(pasada=campo.pasada, zona=empresa.zona_horaria, **opciones)
        case Clase.ENTERO:
            opciones["error_messages"]["invalid"] = "Escribe un número entero"
            return forms.IntegerField(min_value=0, max_value=9999, **opciones)
        case Clase.MONTO:
            return _Importe(empresa=empresa, **opciones)
        case Clase.OPCION:
            return forms.ChoiceField(choices=[("", "Elige…"), *campo.opciones], **opciones)
        case Clase.NIS:
            return _Nis(empresa=empresa, solo_bt=campo.solo_bt, **largo, **opciones)
        case Clase.CORREO:
            opciones["error_messages"]["invalid"] = "Revisa el correo: le falta algo. Ejemplo: nombre@correo.com"
            return forms.EmailField(max_length=254, **opciones)
        case Clase.UNIDAD:
            unidades = Unidad.objects.filter(distribuidora=empresa, activa=True)
            return forms.ModelChoiceField(unidades, empty_label="Elige…", **opciones)
        case Clase.SESION:
            return forms.ModelChoiceField(Asunto.objects.sesiones_abiertas(), empty_label="Elige…", **opciones)
        case Clase.EVENTO:
            assert asunto is not None  # noqa: S101 - only steps declare one
            return _Evento(asunto=asunto, **opciones)
        case _:
            return forms.CharField(**largo, **opciones)


class DeclaradoForm(forms.Form):
    """The fields and files that a duty or a step declares."""

    def __init__(
        self, *args: Any, campos: tuple[Campo, ...], archivos: tuple[Archivo, ...] = (), empresa: Distribuidora,
        asunto: Asunto | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._archivos = archivos
        for campo in campos:
            self.fields[campo.nombre] = campo_de(campo, empresa, asunto)
        for archivo in archivos:
            self.fields[f"archivo_{archivo.codigo}"] = ArchivoField(
                formatos=FORMATOS,
                maximo=CINCO_MIB,
                tipo=archivo.codigo,
                label=archivo.nombre,
                required=archivo.obligatorio,
                error_messages={"required": f"Adjunta: {archivo.nombre}"},
            )

    @property
    def valores(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {n: v for n, v in self.cleaned_data.items() if not n.startswith("archivo_")}

    @property
    def archivos(self) -> dict[str, Any]:
        """The files that passed, by their code."""
        return {a.codigo: self.cleaned_data.get(f"archivo_{a.codigo}") for a in self._archivos}

    def sin_quejas(self) -> "DeclaradoForm":
        """The same as it was typed, files kept, and nothing said about it yet."""
        for nombre, campo in self.fields.items():
            if not nombre.startswith("archivo_"):
                campo.required = False
        self.is_valid()
        self._errors = None
        for nombre in self.fields:
            self.initial[nombre] = "" if nombre.startswith("archivo_") else self[nombre].value()
        self.is_bound = False
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]  # they remember what they began with
        return self


class RenglonesBase(forms.BaseFormSet):
    """Lines; those left blank are left out, and some are asked for."""

    minimo = 1
    nombre = "línea"

    def clean(self) -> None:
        if not any(self.errors) and len(self.escritos()) < self.minimo:
            raise ValidationError(f"Escribe al menos un renglón: {self.nombre}")

    def escritos(self) -> list[dict[str, Any]]:
        """The lines that somebody wrote."""
        return [f.cleaned_data for f in self.forms if getattr(f, "cleaned_data", None) and f.has_changed()]


def renglones(
    campos: tuple[Campo, ...], *, empresa: Distribuidora, minimo: int = 1, nombre: str = "", blancos: int = 1,
    datos: Any = None, inicial: list[dict[str, Any]] | None = None, fijos: bool = False,
) -> RenglonesBase:  # fmt: skip
    """A formset of lines; `fijos`: one for each that exists, all to be filled in."""
    clase = forms.formset_factory(DeclaradoForm, formset=RenglonesBase, extra=0 if fijos else blancos, max_num=60)
    clase.minimo, clase.nombre = (0 if fijos else minimo), nombre  # type: ignore[attr-defined]
    conjunto = clase(datos, prefix="r", initial=inicial, form_kwargs={"campos": campos, "empresa": empresa})  # type: ignore[call-arg]
    if fijos:
        for form in conjunto.forms:
            form.empty_permitted = False
    return conjunto  # type: ignore[return-value]


class SeguirForm(forms.Form):
    """The public follow-up: the number that was given, and the document that was shown."""

    numero = forms.CharField(
        label="N° del trámite", max_length=30, help_text="Está en tu comprobante o en el correo. Ejemplo: AA-12/2026.",
        error_messages={"required": "Escribe el N° del trámite"},
    )  # fmt: skip
    documento = forms.CharField(
        label="N° de documento", max_length=30, help_text="El que diste al presentarlo.",
        error_messages={"required": "Escribe tu N° de documento"},
    )  # fmt: skip
