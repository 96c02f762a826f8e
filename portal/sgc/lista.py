"""The list of imports into the mirror (X-05, X-07)."""

from django.db.models import Q, QuerySet

from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField
from portal.listas.lista import Columna
from portal.sgc.models import Importacion

RESULTADOS = {  # clave → what it is called, which imports have it
    "aplicadas": ("Aplicada", Q(estado=Importacion.Estado.HECHO, ensayo=False, cuantos_errores=0)),
    "ensayadas": ("Ensayo sin errores", Q(estado=Importacion.Estado.HECHO, ensayo=True, cuantos_errores=0)),
    "con_errores": ("Con errores", Q(cuantos_errores__gt=0)),
    "en_curso": ("En curso", Q(estado__in=[Importacion.Estado.PENDIENTE, Importacion.Estado.EN_CURSO])),
    "fallidas": ("No terminó", Q(estado__in=[Importacion.Estado.FALLIDO, Importacion.Estado.CANCELADO])),
}
COLUMNAS = (
    Columna("archivo", "Archivo", ("nombre", "pk")),
    Columna("cuando", "Cuándo", ("creado", "pk")),
    Columna("quien", "Quién", ("perfil__usuario__nombres", "perfil__usuario__apellidos", "creado", "pk")),
    Columna("filas", "Filas", ("filas", "pk")),
    Columna("estado", "Estado", ("estado", "creado", "pk")),
)


class FiltroImportaciones(Filtro):
    FRASES = {
        "archivo": "archivo que contiene «{}»",
        "contenido": "{}",
        "resultado": "{}",
        "desde": "desde el {}",
        "hasta": "hasta el {}",
    }
    archivo = ComienzoField(label="Archivo", max_length=120)
    contenido = OpcionField(
        label="Qué trae", choices=[("", "Todo"), *Importacion.Contenido.choices], cual="Ese contenido"
    )
    resultado = OpcionField(
        label="Resultado",
        choices=[("", "Todos"), *((clave, texto) for clave, (texto, _) in RESULTADOS.items())],
        cual="Ese resultado",
    )
    desde = DiaField(label="Desde")
    hasta = DiaField(label="Hasta")

    def aplicar(self) -> "QuerySet[Importacion]":
        """The imports that are asked for."""
        pedido = self.pedido({"archivo": "nombre__icontains", "contenido": "contenido"})
        resultado = self.valor("resultado")
        return Importacion.objects.filter(
            RESULTADOS[resultado][1] if resultado else Q(), **pedido, **self.dias("creado")
        )
