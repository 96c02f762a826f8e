"""Contingency (I-08): the blank form, whom to write to, and the way back into the portal."""

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inoperatividad import formato as papel
from inoperatividad.models import Aplicativo, Buzon, Consulta, Escenario, Motivo, TipoTramite
from inoperatividad.permissions import REGISTRAR, VER
from inoperatividad.views.comun import pagina

ASUNTO = "Registro de Inoperatividad por contingencia"
CUERPO = "Punto de atención:\nTipo de trámite:\nAplicativos:\nInicio (día y hora):\nMotivo:\nQué ocurrió:\n"


def _contexto(request: HttpRequest) -> dict[str, Any]:
    """What the blank form offers to tick."""
    return {
        "empresa": request.perfil.distribuidora,
        "tramites": TipoTramite,
        "aplicativos": Aplicativo.objects.filter(activo=True),
        "consultas": Consulta.objects.filter(activo=True),
        "motivos": [
            (escenario.label, Motivo.objects.filter(activo=True, al_abrir=True, escenario=escenario))
            for escenario in (Escenario.MASIVA, Escenario.NO_PREVISTO)
        ],
    }


@pagina(VER)
def contingencia(request: HttpRequest) -> HttpResponse:
    """What to do when the portal itself cannot be used."""
    buzones = list(Buzon.objects.filter(activo=True))
    para = ",".join(b.correo for b in buzones if b.uso == Buzon.Uso.FALLAS)
    copias = ",".join(b.correo for b in buzones if b.uso == Buzon.Uso.COPIA)
    campos = {"cc": copias, "subject": ASUNTO, "body": CUERPO}
    correo = f"mailto:{quote(para, safe='@,')}?{urlencode(campos, quote_via=quote, safe='@,')}" if para else ""
    contexto = {"buzones": buzones, "correo": correo, "registra": request.perfil.tiene(REGISTRAR)}
    return render(request, "inoperatividad/contingencia.html", contexto)


@pagina(VER)
def formato(request: HttpRequest) -> HttpResponse:
    """**Formato Manual de Registro de Inoperatividad**, to be printed from the browser."""
    return render(request, "inoperatividad/formato.html", _contexto(request))


@pagina(VER)
def formato_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a PDF; where the server cannot make one, the page that prints."""
    try:
        hecho = papel.pdf(_contexto(request))
    except papel.SinPDF as error:
        messages.warning(request, f"{error} Imprime esta página: es el mismo formato.")
        return redirect("inoperatividad:formato")
    nombre = "formato-manual-de-registro-de-inoperatividad.pdf"
    return HttpResponse(
        hecho, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{nombre}"'}
    )
