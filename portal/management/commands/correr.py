import errno
import os
import shutil
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal.cuentas.models import Usuario
from portal.procesos import Supervisor, decir


class Command(BaseCommand):
    help = "Prepara la base y levanta web, tareas y agenda, con datos de demostración la primera vez."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sin-datos", action="store_true", help="la base queda vacía la primera vez")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if settings.EN_PRODUCCION:
            raise CommandError(
                "«correr» carga datos de demostración: en producción se usan gunicorn y Celery (docs/operacion.md)."
            )
        with _tomar_puerto(settings.PUERTO) as puerta:
            try:
                self._preparar(sin_datos=opciones["sin_datos"])
            except KeyboardInterrupt:
                raise CommandError("Interrumpido: la próxima vez se empieza de nuevo.") from None
            supervisor = Supervisor()
            for nombre, orden in _ordenes(puerta.fileno()).items():
                supervisor.empezar(nombre, orden, heredar=(puerta.fileno(),) if nombre == "web" else ())
        try:
            if supervisor.esperar_a(_web_responde, 60):
                _presentar()
            supervisor.vigilar()
        finally:
            caido = supervisor.caido()
            decir("Cerrando…")
            supervisor.terminar()
        if caido:
            raise CommandError(f"«{caido[0]}» terminó por su cuenta (código {caido[1]}); se cerró todo.")
        decir("Cerrado. Los datos quedan en " + str(settings.VAR_DIR))

    def _preparar(self, *, sin_datos: bool) -> None:
        a_medias = settings.VAR_DIR / "preparando"
        if a_medias.exists():
            _vaciar()
            a_medias.unlink()
        decir("Preparando la base de datos…")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        # Reference data are edited afterwards, so a second run leaves them alone.
        if sin_datos or Usuario.objects.exists():
            return
        # The past of the demonstration is made by actions that commit one by one: half of it must not pass for all.
        a_medias.touch()
        decir("Cargando datos de referencia…")
        call_command("cargar_datos", demostracion=True)  # the cases of the demonstration live by those terms
        decir("Cargando datos de demostración…")
        call_command("datos_demo")
        a_medias.unlink()


def _vaciar() -> None:
    """Throw away what an interrupted first run left; nobody has worked with it yet."""
    if connection.vendor != "sqlite":
        raise CommandError("La primera carga de datos quedó a medias. Vacía la base de datos y vuelve a empezar.")
    decir("La primera carga de datos quedó a medias: se empieza de nuevo.")
    for final in ("", "-wal", "-shm"):
        Path(f"{settings.DATABASES['default']['NAME']}{final}").unlink(missing_ok=True)
    for carpeta in ("adjuntos", "informes", "correo", "cola"):
        shutil.rmtree(settings.VAR_DIR / carpeta, ignore_errors=True)
    (settings.VAR_DIR / "cola").mkdir()


def _tomar_puerto(puerto: int) -> socket.socket:
    """The listening socket, taken before anything slow and handed to gunicorn: nobody else gets the port meanwhile."""
    puerta = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    puerta.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        puerta.bind(("127.0.0.1", puerto))
        puerta.listen(128)
    except OSError as error:
        puerta.close()
        motivos = {
            errno.EADDRINUSE: "está ocupado por otro programa",
            errno.EACCES: "está reservado al administrador del sistema",
        }
        motivo = motivos.get(error.errno or 0, f"no se puede usar ({error.strerror})")
        raise CommandError(f"El puerto {puerto} {motivo}. Prueba con otro: make run PORT=8001") from None
    return puerta


def _ordenes(descriptor: int) -> dict[str, list[str]]:
    """What runs, by the name that its lines carry."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "portal", "--quiet"]
    return {
        "web": [*python, "gunicorn", "-c", "portal/gunicorn.py", "--bind", f"fd://{descriptor}", "portal.wsgi"],
        "tareas": [*celery, "worker", "--concurrency", "2", "--loglevel", "info", "--without-mingle"],
        "agenda": [*celery, "beat", "--loglevel", "warning", "--pidfile", ""],
    }


def _web_responde() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.PUERTO}/salud/vivo", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _presentar() -> None:
    decir(f"\n  {settings.NOMBRE_PRODUCTO} está en http://localhost:{settings.PUERTO}  (Ctrl-C la cierra)\n")
    if "cuentas_demo" in get_commands():
        call_command("cuentas_demo")
    correo = getattr(settings, "EMAIL_FILE_PATH", None)
    if correo:
        decir(f"  Los correos que envía el portal quedan en {os.path.relpath(correo)}\n")
