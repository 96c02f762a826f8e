"""The list of notices (X-02, X-07)."""

from django.db.models import QuerySet

from portal.avisos.models import Aviso
from portal.listas.filtro import ComienzoField, DiaField, Filtro, OpcionField
from portal.listas.lista import Columna

COLUMNAS = (
    Columna("escrito", "Escrito", ("creado", "pk")),
    Columna("para", "Para", ("para", "pk")),
    Columna("asunto", "Asunto", ("asunto", "pk")),
    Columna("folio", "N° Folio", ("caso__numero", "pk")),
    Columna("estado", "Estado", ("estado", "creado", "pk")),
)


class FiltroAvisos(Filtro):
    FRASES = {
        "estado": "Estado: {}",
        "para": "correo que contiene «{}»",
        "folio": "N° Folio que empieza con {}",
        "desde": "desde el {}",
        "hasta": "hasta el {}",
    }
    estado = OpcionField(
        label="Estado",
        choices=[("", "Todos"), *((e.value, Aviso.ROTULOS.get(e, e.label)) for e in Aviso.Estado)],
        cual="Ese estado",
    )
    para = ComienzoField(label="Correo", max_length=254)
    folio = ComienzoField(label="N° Folio", max_length=30)
    desde = DiaField(label="Desde")
    hasta = DiaField(label="Hasta")

    def clean_folio(self) -> str:
        return self.cleaned_data["folio"].upper()

    def aplicar(self) -> "QuerySet[Aviso]":
        """The notices that are asked for."""
        campos = {"estado": "estado", "para": "para__icontains", "folio": "caso__numero__startswith"}
        return Aviso.objects.filter(**self.pedido(campos), **self.dias("creado"))
