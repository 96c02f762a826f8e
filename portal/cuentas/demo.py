"""The people of the demonstration: one for every profile and function, and those who file."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from stdnum.cl import rut as rut_chileno

from portal.cuentas.funciones import Funcion, TipoPerfil
from portal.cuentas.models import Asignacion, Distribuidora, Perfil, Unidad, Usuario

CLAVE = "Mostrador-abierto-2026"


@dataclass(frozen=True)
class Cuenta:
    """An account of the demonstration; `cuerpo` is its RUT without the check digit."""

    cuerpo: int
    nombres: str
    apellidos: str
    tipo: TipoPerfil
    funciones: tuple[Funcion, ...] = ()
    empresa: str = ""
    unidad: str = ""
    instalador: bool = False

    @property
    def rut(self) -> str:
        return f"{self.cuerpo}-{rut_chileno.calc_check_digit(str(self.cuerpo))}"

    @property
    def correo(self) -> str:
        nombre, apellido = self.nombres.split()[0], self.apellidos.split()[0]
        simple = f"{nombre}.{apellido}".lower().translate(str.maketrans("áéíóúñü", "aeiounu"))
        return f"{simple}@correo.example"


_S, _D, _A, _R = TipoPerfil.SOLICITANTE, TipoPerfil.DISTRIBUIDORA, TipoPerfil.AGENTE, TipoPerfil.SEC
_F = Funcion
CUENTAS = (
    Cuenta(6234871, "Rosa Elvira", "Maldonado Ibáñez", _S),
    Cuenta(15678432, "Pedro", "Soto Llanquín", _S, instalador=True),
    Cuenta(12904337, "Carmen Gloria", "Vergara Ruz", _S),
    Cuenta(9876120, "Hernán", "Pizarro Cortés", _S),
    Cuenta(17345098, "Javiera", "Muñoz Aravena", _S),
    Cuenta(11223908, "Luis Alberto", "Carrasco Neira", _S),
    Cuenta(16780245, "Antonia", "Riffo Sanhueza", _S),
    Cuenta(14098561, "Marcos", "Ulloa Peña", _D, (_F.TRAMITADOR,), "ENEL"),
    Cuenta(13567209, "Valentina", "Rojas Cid", _D, (_F.VALIDADOR,), "ENEL"),
    Cuenta(10456783, "Andrés", "Gallardo Vial", _D, (_F.ADMINISTRADOR_EMPRESA,), "ENEL"),
    Cuenta(15432876, "Camila", "Prado Henríquez", _D, (_F.TRAMITADOR, _F.VALIDADOR), "CHILQUINTA"),
    Cuenta(8765439, "Luis", "Oyarzún Mansilla", _D, (_F.TRAMITADOR, _F.VALIDADOR), "CRELL"),
    Cuenta(12678904, "Patricia", "Sepúlveda Moya", _D, (_F.TRAMITADOR, _F.VALIDADOR), "CGE"),
    Cuenta(13098765, "Rodrigo", "Barría Oyarzo", _D, (_F.TRAMITADOR, _F.VALIDADOR), "SOCOEPA"),
    Cuenta(16543218, "Daniela", "Riquelme Bustos", _R, (_F.AUDITOR,)),
    Cuenta(11876543, "Jorge", "Saavedra Lillo", _R, (_F.ADMINISTRADOR_SEC,)),
    Cuenta(10987652, "Elena", "Fuentealba Ríos", _R, (_F.SEGUNDA_INSTANCIA,)),
    Cuenta(18234567, "Nadia", "Benítez Ortiz", _A, (_F.AGENTE,), "ANDE", "Atención al Cliente"),
    Cuenta(19876540, "Lourdes", "Ayala Franco", _A, (_F.AGENTE,), "ANDE", "Atención al Cliente"),
    Cuenta(16345987, "Derlis", "Ortega Núñez", _A, (_F.AGENTE,), "ANDE", "Atención al Cliente"),
    Cuenta(14765432, "Ramón", "Giménez Duarte", _A, (_F.JEFE_UNIDAD,), "ANDE", "Atención al Cliente"),
    Cuenta(17098234, "Lucía", "Cáceres Ayala", _A, (_F.SEGUIMIENTO,), "ANDE", "Control y Seguimiento"),
    Cuenta(15987634, "Estela", "Godoy Franco", _A, (_F.SEGUIMIENTO,), "ANDE", "Control y Seguimiento"),
    Cuenta(13456098, "Óscar", "Villalba Recalde", _A, (_F.COMITE,), "ANDE", "Comité Multisectorial"),
    Cuenta(19123456, "Milagros", "Quispe Huamán", _A, (_F.RESPONSABLE_PUNTO,), "TELPE", "CAC San Miguel"),
    Cuenta(18765430, "Ángela", "Rojas Tello", _A, (_F.RESPONSABLE_PUNTO,), "TELPE", "CAC Miraflores"),
    Cuenta(17654301, "Bruno", "Vargas León", _A, (_F.RESPONSABLE_PUNTO,), "TELPE", "ACD Surco"),
    Cuenta(16453209, "Yesenia", "Campos Ruiz", _A, (_F.RESPONSABLE_PUNTO,), "TELPE", "Call Center 123"),
    Cuenta(16098321, "Renzo", "Paredes Salas", _A, (_F.FALLAS,), "TELPE", "Fallas de Sistemas y Plataforma"),
    Cuenta(15098765, "Karina", "Torres Lazo", _A, (_F.SOPORTE,), "TELPE", "Soporte Postventa"),
    Cuenta(14321098, "Diego", "Chávez Ríos", _A, (_F.CONTROL,), "TELPE", "Control e Información"),
    Cuenta(12345098, "Rocío", "Mendoza Vega", _A, (_F.MEJORA,), "TELPE", "Mejora de Procesos"),
    Cuenta(11098321, "Gustavo", "Flores Arce", _A, (_F.GERENCIA,), "TELPE", "Gerencia"),
    Cuenta(10765098, "Silvia", "Ramos Castro", _A, (_F.DIRECCION,), "TELPE", "Dirección"),
)
_EXTRANJERAS = (
    ("ANDE", "Administración Nacional de Electricidad", "ANDE", "PY", "America/Asuncion", "AN"),
    ("TELPE", "Operadora de Telecomunicaciones de Demostración", "Operadora Demo", "PE", "America/Lima", "OP"),
)


def sembrar_cuentas() -> dict[str, Perfil]:
    """Make the companies of other countries and every account; profiles by the first name of their holder."""
    for codigo, nombre, fantasia, pais, zona, prefijo in _EXTRANJERAS:
        Distribuidora.objects.get_or_create(
            codigo=codigo,
            defaults={
                "nombre": nombre,
                "nombre_fantasia": fantasia,
                "pais": pais,
                "zona_horaria": zona,
                "prefijo": prefijo,
                "notas": "Empresa de la demostración.",
            },
        )
    perfiles = {cuenta.nombres: _abrir(cuenta) for cuenta in CUENTAS}
    # Marcos is also a customer: a person with two profiles.
    Perfil.objects.get_or_create(usuario=perfiles["Marcos"].usuario, tipo=TipoPerfil.SOLICITANTE)
    return perfiles


def _abrir(cuenta: Cuenta) -> Perfil:
    empresa = Distribuidora.objects.get(codigo=cuenta.empresa) if cuenta.empresa else None
    unidad = None
    if cuenta.unidad:
        unidad, _ = Unidad.objects.get_or_create(distribuidora=empresa, nombre=cuenta.unidad)
    usuario = Usuario.objects.create_user(
        cuenta.rut,
        CLAVE,
        nombres=cuenta.nombres,
        apellidos=cuenta.apellidos,
        email=cuenta.correo,
        instalador_sec=cuenta.instalador,
    )
    perfil = Perfil.objects.create(usuario=usuario, tipo=cuenta.tipo, distribuidora=empresa, unidad=unidad)
    for funcion in cuenta.funciones:
        Asignacion.objects.create(perfil=perfil, grupo=Group.objects.get(name=funcion))
    return perfil
