"""What the printed documents of the section say."""

from typing import Any

from portal.cuentas.models import Perfil
from portal.sgc.puerto import buscar_suministro
from reclamos.seccion.models import Asunto


def contexto_de(asunto: Asunto, por: Perfil) -> dict[str, Any]:
    """All that a template of `seccion/papel/` may ask for; `v`: the case's values by field, as a reader is told."""
    deber, columnas = asunto.deber, asunto.deber.columnas
    return {
        "asunto": asunto,
        "v": {nombre: asunto.valor(campo) for nombre, campo in deber.todos_los_campos.items()},
        "suministro": buscar_suministro(asunto.distribuidora, asunto.nis) if asunto.nis else None,
        "renglones": [
            dict(zip((c.nombre for c in columnas), r.valores(columnas), strict=True))
            for r in asunto.renglones.select_related("asunto__distribuidora")
        ],
        "agenda": [
            {"asunto": a, "lineas": contexto_de(a, por)["renglones"], "importe": a.importe, "v": a.datos}
            for a in (asunto.agenda.select_related("distribuidora") if asunto.clase == "sesion" else ())
        ],
        "firma": por.nombre,
        "datos": _talon(asunto),
    }


def _talon(asunto: Asunto) -> list[tuple[str, ...]]:
    """The data of the head: whose it is, about which supply."""
    rotulos = (
        ("Referencia", str(asunto)),
        ("NIS", asunto.nis),
        ("Interesado", asunto.interesado),
        ("N° de documento", asunto.documento),
        ("Destino", asunto.datos.get("destino", "")),
        ("Institución", asunto.datos.get("institucion", "")),
        ("Fecha de la sesión", f"{asunto.vence:%d-%m-%Y}" if asunto.clase == "sesion" and asunto.vence else ""),
    )
    return [(rotulo, valor) for rotulo, valor in rotulos if valor]
