"""The judge as a process: reads a file, answers, reads the next, with little memory and a second for each.

Question: `{"largo": bytes, "formatos": [...]}`, newline, the bytes.
Answer: `{"formato", "largo", "retiro"}` or `{"rechazo": [que, remedio], "retiro"}`, newline, the bytes when the file
was made again; `retiro` says that it was the last answer. A file that exceeds its second or breaks a parser ends the
process; whoever asked takes that for a refusal and starts another.
"""

import json
import os
import resource
import signal
import sys
from typing import BinaryIO

from . import tipos
from .veredicto import CORTADO, EXCESIVO, Rechazo

SEGUNDOS = 0.8  # of processor, per file
MEMORIA = 224 * 1024 * 1024  # of data; with its code the process stays below 256 MiB
MEMORIA_DE_RETIRO = 56 * 1024 * 1024  # what C libraries do not give back is given back by ending


def responder(datos: bytes, formatos: tuple[str, ...]) -> tuple[dict[str, object], bytes]:
    """The answer's header and body. Whatever a parser throws is a refusal."""
    try:
        veredicto = tipos.juzgar(datos, formatos)
    except Rechazo as rechazo:
        return {"rechazo": [rechazo.que, rechazo.remedio]}, b""
    except MemoryError:
        return {"rechazo": [EXCESIVO.que, EXCESIVO.remedio]}, b""
    except Exception:
        return {"rechazo": [CORTADO.que, CORTADO.remedio]}, b""
    cuerpo = veredicto.rehecho
    return {"formato": veredicto.formato, "largo": -1 if cuerpo is None else len(cuerpo)}, cuerpo or b""


def _residente() -> int:
    """Bytes of memory held now."""
    with open("/proc/self/statm") as lectura:
        return int(lectura.read().split()[1]) * resource.getpagesize()


def servir(entrada: BinaryIO, salida: BinaryIO) -> None:
    """Answer until the questions end."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORIA, MEMORIA))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while linea := entrada.readline():
        pregunta = json.loads(linea)
        datos = entrada.read(pregunta["largo"])
        signal.setitimer(signal.ITIMER_PROF, SEGUNDOS)  # its signal ends the process, inside C code too
        cabecera, cuerpo = responder(datos, tuple(pregunta["formatos"]))
        signal.setitimer(signal.ITIMER_PROF, 0)
        del datos
        retiro = _residente() > MEMORIA_DE_RETIRO
        cabecera["retiro"] = retiro
        salida.write(json.dumps(cabecera).encode() + b"\n" + cuerpo)
        salida.flush()
        del cuerpo
        if retiro:
            return


if __name__ == "__main__":
    respuestas = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not pass for an answer
    servir(sys.stdin.buffer, respuestas)
