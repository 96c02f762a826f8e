"""What an edition changes, told field by field: before and after."""

from typing import Any

Cambios = dict[str, list[str]]


def aplicar(objeto: Any, nuevos: dict[str, Any]) -> Cambios:
    """Set what differs on `objeto`, not saved yet; what it was and what it is, as words, by field."""
    cambios: Cambios = {}
    for campo, nuevo in nuevos.items():
        if (antes := getattr(objeto, campo)) != nuevo:
            cambios[campo] = [_palabra(antes), _palabra(nuevo)]
            setattr(objeto, campo, nuevo)
    return cambios


def _palabra(valor: Any) -> str:
    return ("Sí" if valor else "No") if isinstance(valor, bool) else str(valor or "")


def en_palabras(modelo: Any, cambios: Cambios) -> str:
    """«E-mail: a@x.cl → b@x.cl», a line for each field."""
    rotulos = {campo: str(modelo._meta.get_field(campo).verbose_name).capitalize() for campo in cambios}
    return "\n".join(f"{rotulos[c]}: {antes or '—'} → {despues or '—'}" for c, (antes, despues) in cambios.items())
