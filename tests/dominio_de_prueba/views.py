from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.adjuntos.actions import guardar
from portal.adjuntos.revision import revisar
from portal.cuentas.models import Distribuidora
from portal.historial.relato import relato
from portal.permisos import con_permiso, con_sesion
from tests.dominio_de_prueba import actions
from tests.dominio_de_prueba.models import Poda


class PodaForm(forms.Form):
    distribuidora = forms.ModelChoiceField(Distribuidora.objects)
    lugar = forms.CharField(max_length=100)
    foto = forms.FileField()


@con_permiso("podas.pedir_poda")
def pedir(request: HttpRequest) -> HttpResponse:
    form = PodaForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        revisado = revisar(form.cleaned_data.pop("foto"), formatos=("jpg", "png"), maximo=1024**2)
        foto = guardar(revisado, por=request.perfil)
        poda = actions.pedir(foto=foto, por=request.perfil, **form.cleaned_data)
        return redirect("podas:ver", poda.caso.numero)
    return render(request, "podas/pedir.html", {"form": form})


@con_sesion
def ver(request: HttpRequest, numero: str) -> HttpResponse:
    poda = get_object_or_404(Poda, caso__numero=numero)
    return render(request, "podas/ver.html", {"poda": poda, "historia": relato(poda, request.perfil)})
