"""Compound files (OLE), as legacy Office writes them: a small writer, and the hostile ones."""

import struct
from typing import Any

from portal.muestras import docx
from tests.archivos.base import Hostil


def compuesto(flujos: dict[str, bytes]) -> bytes:
    """A compound file of `flujos` (`Storage/Stream` → content), each padded to leave the mini stream out."""
    entradas: list[list[Any]] = [["Root Entry", 5, [], b""]]
    indice = {"": 0}
    for ruta, contenido in flujos.items():
        partes = ruta.split("/")
        for hondura in range(1, len(partes) + 1):
            nombre = "/".join(partes[:hondura])
            if nombre not in indice:
                es_flujo = hondura == len(partes)
                indice[nombre] = len(entradas)
                entradas.append([partes[hondura - 1], 2 if es_flujo else 1, [], contenido if es_flujo else b""])
                entradas[indice["/".join(partes[: hondura - 1])]][2].append(indice[nombre])
    cuerpos = [e[3].ljust(4096, b"\0") if e[1] == 2 else b"" for e in entradas]
    directorio = -(-len(entradas) * 128 // 512)
    sectores = directorio + sum(-(-len(c) // 512) for c in cuerpos)
    fats = -(-(sectores + 4) // 127)
    fat = [0xFFFFFFFD] * fats
    fat += [*range(fats + 1, fats + directorio), 0xFFFFFFFE]
    inicios, datos = [], b""
    for cuerpo in cuerpos:
        inicios.append(len(fat) if cuerpo else 0)
        if cuerpo:
            n = -(-len(cuerpo) // 512)
            fat += [*range(len(fat) + 1, len(fat) + n), 0xFFFFFFFE]
            datos += cuerpo.ljust(n * 512, b"\0")
    fat += [0xFFFFFFFF] * (fats * 128 - len(fat))
    hermano = {a: b for e in entradas for a, b in zip(e[2], e[2][1:], strict=False)}
    tabla = b""
    for i, (nombre, tipo, hijos, _) in enumerate(entradas):
        texto = nombre.encode("utf-16-le") + b"\0\0"
        tabla += texto.ljust(64, b"\0") + struct.pack("<HBB", len(texto), tipo, 1)
        tabla += struct.pack("<III", 0xFFFFFFFF, hermano.get(i, 0xFFFFFFFF), hijos[0] if hijos else 0xFFFFFFFF)
        tabla += b"\0" * 36 + struct.pack(
            "<IQ", inicios[i] if tipo == 2 else (0xFFFFFFFE if tipo == 5 else 0), len(cuerpos[i])
        )
    cabecera = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    )
    cabecera += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    cabecera += struct.pack(f"<{fats}I", *range(fats)) + b"\xff" * (4 * (109 - fats))
    return cabecera + struct.pack(f"<{len(fat)}I", *fat) + tabla.ljust(directorio * 512, b"\0") + datos


def doc(texto: bytes = b"Poder simple\r", *, banderas: int = 0x0200, marca: int = 0xA5EC, **otros: bytes) -> bytes:
    """A Word 97 document as far as its header, tables and text stream go; `otros` are further streams."""
    fib = struct.pack("<HHHHHH", marca, 0x00C1, 0, 0x340A, 0, banderas).ljust(1024, b"\0")
    return compuesto(
        {"1Table": b"\0" * 512, "WordDocument": fib + texto, "\x05SummaryInformation": b"\0" * 64, **otros}
    )


def _fat_en_circulo() -> bytes:
    datos = bytearray(doc())
    fat = 512 + 4 * 10
    struct.pack_into("<I", datos, fat, 9)
    struct.pack_into("<I", datos, 512 + 4 * 9, 10)
    return bytes(datos)


DOC_HOSTILES: list[Hostil] = [
    ("macros", lambda: doc(**{"Macros/VBA/dir": b"x"})),
    ("macros-en-otra-carpeta", lambda: doc(**{"Otros/_VBA_PROJECT": b"x"})),
    ("vba", lambda: doc(**{"VBA/ThisDocument": b"x"})),
    ("ole10native", lambda: doc(**{"ObjectPool/_1/\x01Ole10Native": b"MZ"})),
    ("ole10native-en-raiz", lambda: doc(**{"\x01Ole10Native": b"MZ"})),
    ("paquete", lambda: doc(**{"Cosa/Package": b"PK"})),
    ("objeto", lambda: doc(**{"ObjectPool/_1234/\x01CompObj": b"x"})),
    ("con-clave", lambda: doc(banderas=0x0300)),
    ("ofuscado", lambda: doc(banderas=0x8200)),
    ("docx-con-clave", lambda: compuesto({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})),
    ("xls", lambda: compuesto({"Workbook": b"x"})),
    ("xls-viejo", lambda: compuesto({"Book": b"x"})),
    ("ppt", lambda: compuesto({"PowerPoint Document": b"x", "Current User": b"x"})),
    ("msi", lambda: compuesto({"\u4840\u3b3f\u43f2\u4438\u45b1": b"x", "\x05SummaryInformation": b"x"})),
    ("msg", lambda: compuesto({"__properties_version1.0": b"x"})),
    ("doc-y-xls", lambda: doc(Workbook=b"x")),
    ("sin-tabla", lambda: doc(banderas=0)),
    ("marca-mala", lambda: doc(marca=0x1234)),
    ("sin-texto", lambda: compuesto({"Otra cosa": b"x"})),
    ("solo-inicio", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("cabecera-de-ceros", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
    ("cabecera-de-unos", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096),
    ("cortado", lambda: doc()[:1500]),
    ("fat-en-circulo", _fat_en_circulo),
    ("zip-detras", lambda: doc() + docx()),
    ("dde", lambda: doc(b"hola \x13 DDEAUTO c:\\cmd.exe \x14 \x15")),
    ("dde-utf16", lambda: doc(b"\x13\0" + " DDEAUTO cmd".encode("utf-16-le"))),
    ("plantilla-remota", lambda: doc(**{"1Table": "https://malo.example/x.dotm".encode("utf-16-le")})),
]  # fmt: skip
