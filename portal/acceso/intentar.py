"""What an action refuses is said on the form, beside its field where it has one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


def intentar(form: forms.BaseForm, hacer: Callable[[], Any]) -> bool:
    """Do it; False, with the sentence on the form, when it was refused."""
    try:
        hacer()
    except ValidationError as error:
        por_campo = error.error_dict if hasattr(error, "error_dict") else {None: [error]}
        for campo, errores in por_campo.items():
            form.add_error(campo if campo in form.fields else None, errores)
        return False
    return True
