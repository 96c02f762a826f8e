"""Rows for tests, coherent with what the database demands; the ordinary way to make them is the actions."""

from datetime import timedelta
from itertools import count
from typing import Any

import factory
from django.contrib.auth.models import Group

from pagos.models import Cobro
from portal import reloj
from portal.adjuntos.models import Adjunto
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.identificador import validar
from portal.cuentas.models import Asignacion, Distribuidora, Perfil, Unidad, Usuario
from portal.documentos.models import Caso
from portal.territorio.models import Comuna, Region
from solicitudes.formularios import Formulario
from solicitudes.models import Borrador, Causa, Estado, Solicitud

CLAVE = "cuatro pinos junto al lago"


def rut(cuerpo: int) -> str:
    """The normalised RUT with this body and its check digit."""
    suma = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(str(cuerpo))))
    return validar(f"{cuerpo}-{'0123456789K0'[11 - suma % 11] if suma % 11 != 1 else 'K'}")


class Fabrica(factory.django.DjangoModelFactory):
    """Rows are made through the base manager, which has no scope."""

    class Meta:
        abstract = True

    @classmethod
    def _get_manager(cls, model_class: type) -> Any:
        return model_class._base_manager


class RegionFactory(Fabrica):
    class Meta:
        model = Region
        django_get_or_create = ("codigo",)

    codigo = "13"
    nombre = "Metropolitana de Santiago"
    romano = "RM"
    orden = 7


class ComunaFactory(Fabrica):
    class Meta:
        model = Comuna
        django_get_or_create = ("codigo",)

    codigo = "13101"
    nombre = "Santiago"
    provincia = "Santiago"
    region = factory.SubFactory(RegionFactory)


class DistribuidoraFactory(Fabrica):
    class Meta:
        model = Distribuidora
        django_get_or_create = ("codigo",)

    codigo = factory.Sequence(lambda n: f"prueba-{n}")
    nombre = factory.Sequence(lambda n: f"Compañía Eléctrica de Prueba {n} S.A.")
    nombre_fantasia = factory.Sequence(lambda n: f"Luz de Prueba {n}")
    rut = factory.Sequence(lambda n: rut(76_100_000 + n))
    prefijo = "LP"


class UnidadFactory(Fabrica):
    class Meta:
        model = Unidad

    distribuidora = factory.SubFactory(DistribuidoraFactory)
    nombre = factory.Sequence(lambda n: f"Unidad {n}")


class UsuarioFactory(Fabrica):
    """An active person whose password is `CLAVE` unless `clave` says otherwise."""

    class Meta:
        model = Usuario
        skip_postgeneration_save = True

    class Params:
        clave = CLAVE

    identificador = factory.Sequence(lambda n: rut(7_000_000 + n))
    nombres = "Ana María"
    apellidos = "Soto Rojas"
    email = factory.Sequence(lambda n: f"persona{n}@correo.example")

    @classmethod
    def _create(cls, model_class: type, *args: Any, **kwargs: Any) -> Usuario:
        return Usuario.objects.create_user(**kwargs)

    password = factory.SelfAttribute("clave")


class PerfilFactory(Fabrica):
    """A profile; `funciones` (list of Funcion) are assigned without end."""

    class Meta:
        model = Perfil
        skip_postgeneration_save = True

    usuario = factory.SubFactory(UsuarioFactory)
    tipo = TipoPerfil.SOLICITANTE

    @factory.post_generation
    def funciones(self: Perfil, create: bool, extracted: list[Funcion] | None, **kwargs: Any) -> None:  # type: ignore[misc]
        for funcion in extracted or []:
            Asignacion.objects.create(perfil=self, grupo=Group.objects.get_or_create(name=funcion.value)[0])


class CasoFactory(Fabrica):
    class Meta:
        model = Caso

    tipo = "solicitudes.solicitud"
    titular = factory.SubFactory(PerfilFactory)
    distribuidora = factory.SubFactory(DistribuidoraFactory)


class AdjuntoFactory(Fabrica):
    """The row of a file whose bytes are not there."""

    class Meta:
        model = Adjunto

    caso = factory.SubFactory(CasoFactory)
    tipo = "formulario"
    nombre = "formulario.pdf"
    formato = "pdf"
    bytes = 1024
    sha256 = sha256_recibido = "0" * 64
    archivo = factory.Sequence(lambda n: f"no/existe/{n}")


_folios = count(190)
_COBRO_SEGUN = {
    Estado.PENDIENTE_PAGO: Cobro.Estado.ABIERTO,
    Estado.PENDIENTE_VALIDACION: Cobro.Estado.EN_VALIDACION,
    Estado.PAGO_RECHAZADO: Cobro.Estado.RECHAZADO,
    Estado.PAGO_VALIDADO: Cobro.Estado.VALIDADO,
}


class SolicitudFactory(Fabrica):
    """A filed form in `estado`, with the dates and the charge which that state requires; filed two days ago."""

    class Meta:
        model = Solicitud
        skip_postgeneration_save = True

    formulario = factory.LazyAttribute(lambda o: Formulario.MC if o.estado == Estado.ENVIADO else Formulario.SC)
    estado = Estado.PENDIENTE_RESPUESTA
    solicitante = factory.SubFactory(PerfilFactory)
    distribuidora = factory.SubFactory(DistribuidoraFactory)
    folio_numero = factory.LazyFunction(lambda: next(_folios))
    folio = factory.LazyAttribute(lambda o: f"{o.distribuidora.prefijo}{o.folio_numero}")
    numero_cliente = "5000000-7"
    comuna = factory.SubFactory(ComunaFactory)
    enviado = factory.LazyFunction(lambda: reloj.ahora() - timedelta(days=2))
    respondido = factory.LazyAttribute(
        lambda o: (
            o.enviado + timedelta(days=1) if o.estado in (Estado.RESPONDIDO, Estado.RESPONDIDO_AUTOMATICO) else None
        )
    )
    liberado = factory.SelfAttribute("respondido")
    causa_automatica = factory.LazyAttribute(lambda o: Causa.REGLA if o.estado == Estado.RESPONDIDO_AUTOMATICO else "")
    caso = factory.LazyAttribute(
        lambda o: Caso._base_manager.create(
            tipo="solicitudes.solicitud",
            numero=o.folio,
            titular=o.solicitante,
            distribuidora=o.distribuidora,
            creado=o.enviado,
        )
    )

    @factory.post_generation
    def cobro_de_su_estado(self: Solicitud, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        if (estado := _COBRO_SEGUN.get(Estado(self.estado))) is not None:
            CobroFactory(caso=self.caso, estado=estado, **kwargs)


class CobroFactory(Fabrica):
    class Meta:
        model = Cobro

    caso = factory.SubFactory(CasoFactory)
    estado = Cobro.Estado.ABIERTO
    monto = 38_500
    moneda = "CLP"
    concepto = "Estudio de conexión"
    vence = factory.LazyFunction(lambda: reloj.hoy() + timedelta(days=20))
    pedido_por = factory.LazyAttribute(
        lambda o: PerfilFactory(
            tipo=TipoPerfil.DISTRIBUIDORA, distribuidora=o.caso.distribuidora, funciones=[Funcion.TRAMITADOR]
        )
    )
    validar_hasta = factory.LazyAttribute(
        lambda o: reloj.ahora() + timedelta(days=2) if o.estado == Cobro.Estado.EN_VALIDACION else None
    )


class BorradorFactory(Fabrica):
    class Meta:
        model = Borrador

    formulario = Formulario.SC
    solicitante = factory.SubFactory(PerfilFactory)
    caso = factory.LazyAttribute(
        lambda o: Caso._base_manager.create(tipo="solicitudes.solicitud", titular=o.solicitante)
    )
