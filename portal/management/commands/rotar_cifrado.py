from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.adjuntos import cifrado, rotacion


class Command(BaseCommand):
    help = "Cifra con la primera de CIFRADO_LLAVES los documentos de identidad que están con otra, o sin cifrar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--comprobar", action="store_true", help="sólo mira: abre cada uno, y falla si alguno no está al día"
        )

    def handle(self, *args: Any, comprobar: bool, **opciones: Any) -> None:
        estado = rotacion.comprobar() if comprobar else rotacion.rotar()
        for llave, cuantos in sorted(estado.llaves.items()):
            con = f"con la llave «{llave}»" if llave else "sin cifrar"
            self.stdout.write(f"{cuantos} {con}" if comprobar else f"{cuantos} ahora {con}")
        for clave in estado.danados:
            self.stderr.write(f"No se abre: {clave}")
        if estado.danados:
            raise CommandError(f"{len(estado.danados)} archivos no se abren; quedaron como estaban.")
        if not comprobar:
            self.stdout.write("Listo. Antes de quitar una llave: manage.py rotar_cifrado --comprobar")
        elif not estado.al_dia:
            espera = f" {estado.en_espera} esperan su formulario: en un día no quedarán." if estado.en_espera else ""
            raise CommandError(f"No todo está con la llave «{cifrado.primera()}».{espera}")
        else:
            self.stdout.write(f"Todo está con la llave «{cifrado.primera()}».")
