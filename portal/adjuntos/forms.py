"""The form field of a file: checked and kept at once, so that an error elsewhere never costs a file."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from portal.adjuntos.actions import guardar
from portal.adjuntos.models import Guardado
from portal.adjuntos.reservados import es_reservado
from portal.adjuntos.revision import revisar
from portal.cuentas.ambito import perfil_activo


class ArchivoInput(forms.FileInput):
    """A file chooser that also carries, hidden, the key of the file that passed before."""

    template_name = "adjuntos/archivo_input.html"
    guardado: Guardado | None = None

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> Any:
        return super().value_from_datadict(data, files, name) or self._anterior(data.get(f"{name}-guardado"))

    @staticmethod
    def _anterior(clave: str | None) -> Guardado | None:
        """The file with that key, if this same profile left it and it is still there."""
        try:
            return Guardado.objects.filter(pk=uuid.UUID(clave or "")).first()
        except ValueError:
            return None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}-guardado" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        contexto = super().get_context(name, None, attrs)
        contexto["widget"]["guardado"] = self.guardado
        return contexto


class ArchivoField(forms.Field):
    """Cleans to a `Guardado`; `formatos` by content, `maximo` in bytes, inclusive; `tipo` as `guardar` has it."""

    widget = ArchivoInput

    def __init__(self, *, formatos: tuple[str, ...], maximo: int, tipo: str = "", **opciones: Any) -> None:
        self.formatos, self.maximo, self.tipo = formatos, maximo, tipo
        nombres = ", ".join(f.upper() for f in formatos[:-1]) + f" o {formatos[-1].upper()}"
        opciones.setdefault("help_text", f"{nombres}. Máximo {maximo // (1024 * 1024)} MB.")
        super().__init__(**opciones)
        self.widget.attrs["accept"] = ",".join(f".{f}" for f in formatos).replace(".jpg", ".jpg,.jpeg")

    def clean(self, value: Any) -> Guardado | None:
        super().validate(value)
        if value is None:
            return None
        if isinstance(value, Guardado):  # it passed in some field, not necessarily in this one
            if value.formato not in self.formatos or value.bytes > self.maximo:
                raise ValidationError(f"{value.nombre} no sirve aquí. {self.help_text}")
            if es_reservado(self.tipo) and not value.llave:
                raise ValidationError(f"{value.nombre} ya no está guardado. Elígelo de nuevo.")
        else:
            revisado = revisar(value, formatos=self.formatos, maximo=self.maximo)
            value = guardar(revisado, por=perfil_activo(), tipo=self.tipo)
        self.widget.guardado = value
        return value
