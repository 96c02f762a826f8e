"""The people of an outage in company 1, its catalogues, and things in whatever state a test needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from inoperatividad.actions import catalogo, evaluacion, masiva, registro, reporte
from inoperatividad.models import Aplicativo, Buzon, Consulta, Critica, Masiva, Motivo, Punto, Registro, Reporte
from portal import reloj
from portal.adjuntos.models import Guardado
from portal.cuentas.ambito import como, sin_ambito
from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Distribuidora, Perfil, Unidad
from portal.plazos.models import Regla
from tests.factories import PerfilFactory, UnidadFactory, UsuarioFactory, rut

PERSONAS = {
    "responsable": (20_100_001, "Milagros", "Quispe", Funcion.RESPONSABLE_PUNTO),
    "otro_responsable": (20_100_002, "Ángel", "Rojas", Funcion.RESPONSABLE_PUNTO),
    "fallas": (20_100_003, "Renzo", "Paredes", Funcion.FALLAS),
    "soporte": (20_100_004, "Karina", "Torres", Funcion.SOPORTE),
    "control": (20_100_005, "Diego", "Chávez", Funcion.CONTROL),
    "mejora": (20_100_006, "Rocío", "Mendoza", Funcion.MEJORA),
    "gerente": (20_100_007, "Gustavo", "Flores", Funcion.GERENCIA),
    "directora": (20_100_008, "Silvia", "Ramos", Funcion.DIRECCION),
}


def _persona(nombre: str, empresa: Distribuidora, unidad: Unidad | None = None, mas: int = 0) -> Perfil:
    cuerpo, nombres, apellidos, funcion = PERSONAS[nombre]
    usuario = UsuarioFactory(
        identificador=rut(cuerpo + mas), nombres=nombres, apellidos=apellidos,
        email=f"{nombre}{mas or ''}@operadora.example",
    )  # fmt: skip
    return PerfilFactory(
        usuario=usuario, tipo=TipoPerfil.AGENTE, distribuidora=empresa, unidad=unidad, funciones=[funcion]
    )


@dataclass
class Mesa:
    """Company 1 with its catalogues; each method makes something by the real actions, as its people."""

    empresa: Distribuidora
    gente: dict[str, Perfil]

    @property
    def punto(self) -> Unidad:
        unidad = self.gente["responsable"].unidad
        assert unidad is not None
        return unidad

    def como(self, nombre: str, hacer: Callable[[Perfil], Any]) -> Any:
        with como(self.gente[nombre]):
            return hacer(self.gente[nombre])

    def aplicativo(self, nombre: str = "SIAC ÚNICO") -> Aplicativo:
        return Aplicativo._base_manager.get(distribuidora=self.empresa, nombre=nombre)

    def motivo(self, nombre: str = "Falla Masiva de Aplicativo", escenario: str = "masiva") -> Motivo:
        return Motivo._base_manager.get(distribuidora=self.empresa, nombre=nombre, escenario=escenario)

    @property
    def consulta(self) -> Consulta:
        return Consulta._base_manager.filter(distribuidora=self.empresa).order_by("pk")[0]

    def guardado(self, nombre: str) -> Guardado:
        """A file of that person's that passed and waits for its form."""
        fila = Guardado(
            perfil=self.gente[nombre], nombre="sustento.pdf", formato="pdf", bytes=18, sha256="0" * 64,
            sha256_recibido="0" * 64,
        )  # fmt: skip
        fila.archivo.save("sustento.pdf", ContentFile(b"%PDF-1.7 de prueba"), save=False)
        with sin_ambito():
            fila.save()
        return fila

    # --- records ------------------------------------------------------------------------------------------------------
    def datos(self, **otros: Any) -> dict[str, Any]:
        """The keywords of a record as of an hour ago."""
        base = {
            "unidad": self.punto, "tipo_tramite": "reclamos", "motivo": self.motivo(),
            "aplicativos": [self.aplicativo()],
            "inicio": reloj.ahora() - timedelta(hours=2), "descripcion": "Se queda en blanco.",
        }  # fmt: skip
        return base | otros

    def registro(self, **otros: Any) -> Registro:
        return self.como("responsable", lambda por: registro.registrar(por=por, **self.datos(**otros)))

    def un_registro(self) -> Registro:
        """An open record: the one that is there, or a new one."""
        return Registro._base_manager.filter(estado=Registro.Estado.ABIERTO).first() or self.registro()

    def no_previsto(self, **otros: Any) -> Registro:
        motivo = self.motivo("Sin Fluido Eléctrico en Punto de Atención", "no_previsto")
        return self.registro(**{"motivo": motivo, "tipo_tramite": "altas"} | otros)

    def cerrado(self, **otros: Any) -> Registro:
        uno = self.registro(**otros)
        fin = uno.inicio + timedelta(minutes=90)
        cerrar = registro.cerrar
        return self.como("soporte", lambda por: cerrar(uno, por=por, fin=fin, motivo=uno.motivo, origen="Disco lleno."))

    def en_evaluacion(self, **otros: Any) -> Registro:
        uno = self.cerrado(**otros)
        self.como("control", lambda por: evaluacion.evaluar(uno, por=por))
        return self.de_nuevo(uno)

    def consultado(self, **otros: Any) -> Registro:
        uno = self.en_evaluacion(**otros)
        self.como("control", lambda por: evaluacion.consultar(uno, por=por))
        return self.de_nuevo(uno)

    def evaluado(self, *, reportar: bool = True, **otros: Any) -> Registro:
        uno = self.en_evaluacion(**otros)
        self.como("control", lambda por: evaluacion.concluir(uno, por=por, reportar=reportar, razon="Más de una hora."))
        return self.de_nuevo(uno)

    def descartado(self, **otros: Any) -> Registro:
        uno = self.registro(**otros)
        fin = reloj.ahora()
        return self.como("soporte", lambda por: registro.cerrar_por_error(uno, por=por, fin=fin, origen="Fue prueba."))

    def aprobado(self, **otros: Any) -> Registro:
        uno = self.evaluado(**otros)
        self.hasta_aprobado([uno])
        return self.de_nuevo(uno)

    def reportado(self, **otros: Any) -> Registro:
        uno = self.evaluado(**otros)
        self.enviado([uno])
        return self.de_nuevo(uno)

    def de_nuevo(self, uno: Any) -> Any:
        return type(uno)._base_manager.get(pk=uno.pk)

    def critica(self, uno: Registro | None = None) -> Critica:
        uno = uno or self.un_registro()
        return self.como(
            "responsable",
            lambda por: registro.anotar_critica(
                uno, por=por, tipo="bloqueo", cliente="Línea 987", detalle="Por robo.",
                atendida=uno.inicio + timedelta(minutes=5),
            ),
        )  # fmt: skip

    # --- masivas ------------------------------------------------------------------------------------------------------
    def una_masiva(self, hacer: Callable[[], Masiva]) -> Masiva:
        """The masiva that is there, or the one that `hacer` makes."""
        return Masiva._base_manager.first() or hacer()

    def alerta(self, nombre: str = "SGA") -> Masiva:
        datos = {"aplicativos": [self.aplicativo(nombre)], "inicio": reloj.ahora() - timedelta(hours=3)}
        return self.como("responsable", lambda por: masiva.alertar(por=por, detalle="No responde.", **datos))

    def vigente(self, nombre: str = "SIAC ÚNICO", inicio: datetime | None = None) -> Masiva:
        datos = {"aplicativos": [self.aplicativo(nombre)], "inicio": inicio or reloj.ahora() - timedelta(hours=3)}
        return self.como("fallas", lambda por: masiva.declarar(por=por, causa="En revisión.", **datos))

    def terminada(self) -> Masiva:
        una = self.vigente()
        self.registro()
        fin = reloj.ahora() - timedelta(minutes=10)
        return self.como("fallas", lambda por: masiva.terminar(una, por=por, fin=fin, causa="Disco lleno."))

    # --- reports ------------------------------------------------------------------------------------------------------
    def borrador(self, registros: list[Registro] | None = None) -> Reporte:
        elegidos = registros or [self.evaluado()]
        return self.como("control", lambda por: reporte.consolidar(por=por, registros=elegidos))

    def propuesto(self, registros: list[Registro] | None = None) -> Reporte:
        uno = self.borrador(registros)
        return self.como("control", lambda por: reporte.proponer(uno, por=por))

    def hasta_aprobado(self, registros: list[Registro] | None = None) -> Reporte:
        uno = self.propuesto(registros)
        self.como("gerente", lambda por: reporte.aprobar(uno, por=por))
        return self.como("directora", lambda por: reporte.aprobar(uno, por=por))

    def enviado(self, registros: list[Registro] | None = None) -> Reporte:
        uno = self.hasta_aprobado(registros)
        return self.como("control", lambda por: reporte.enviar(uno, por=por))


@pytest.fixture
def mesa(distribuidora) -> Mesa:
    """Company 1: two service points with their responsibles, everybody else, catalogues and terms."""
    puntos = [UnidadFactory(distribuidora=distribuidora, nombre=n) for n in ("CAC Central", "Call Center 123")]
    gente = {
        nombre: _persona(nombre, distribuidora, {"responsable": puntos[0], "otro_responsable": puntos[1]}.get(nombre))
        for nombre in PERSONAS
    }
    with sin_ambito():
        catalogo.llenar(distribuidora, por=None)
        for unidad, tipo in zip(puntos, (Punto.Tipo.CAC, Punto.Tipo.L123), strict=True):
            Punto.objects.create(distribuidora=distribuidora, unidad=unidad, tipo=tipo)
        for nombre, uso in (("fallas", "fallas"), ("copia1", "copia"), ("copia2", "copia")):
            Buzon.objects.create(
                distribuidora=distribuidora, nombre=nombre, uso=uso, correo=f"buzon-{nombre}@operadora.example"
            )
    for materia, cantidad, de_que in (("reporte", 3, "habiles"), ("opinion", 24, "horas")):
        Regla.objects.create(
            materia=f"inoperatividad.{materia}", cantidad=cantidad, unidad=de_que, vigente_desde="2015-01-01"
        )
    return Mesa(distribuidora, gente)


def _de_la_mesa(nombre: str) -> Any:
    @pytest.fixture(name=f"ino_{nombre}")
    def quien(mesa: Mesa) -> Perfil:
        return mesa.gente[nombre]

    return quien


ino_responsable = _de_la_mesa("responsable")
ino_otro_responsable = _de_la_mesa("otro_responsable")
ino_fallas = _de_la_mesa("fallas")
ino_soporte = _de_la_mesa("soporte")
ino_control = _de_la_mesa("control")
ino_mejora = _de_la_mesa("mejora")
ino_gerente = _de_la_mesa("gerente")
ino_directora = _de_la_mesa("directora")


@pytest.fixture
def ino_control_ajeno(otra_distribuidora) -> Perfil:
    """Control e Información of company 2."""
    return _persona("control", otra_distribuidora, mas=50)
