"""Files for tests: the hostile ones, and those that are made clean; the good ones are those of `portal.muestras`."""

from portal.muestras import pdf
from tests.archivos.base import MIB, Hostil
from tests.archivos.docxs import DOCX_HOSTILES, con_partes, con_relacion
from tests.archivos.imagen import IMAGENES_HOSTILES, SUCIAS
from tests.archivos.ole import DOC_HOSTILES, doc
from tests.archivos.pdfs import PDF_HOSTILES

__all__ = ["HOSTILES", "MIB", "SUCIAS", "con_partes", "con_relacion", "doc"]

OTROS_HOSTILES: list[Hostil] = [
    ("exe", lambda: b"MZ\x90\0" + b"\0" * 200),
    ("elf", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 200),
    ("html", lambda: b"<!doctype html><script>alert(1)</script>"),
    ("html-con-bom", lambda: b"\xef\xbb\xbf<html>"),
    ("xml", lambda: b'<?xml version="1.0"?><a/>'),
    ("rtf", lambda: b"{\\rtf1 hola}"),
    ("rtf-con-objeto", lambda: b"{\\rtf1{\\object\\objdata 0105}}"),
    ("texto", lambda: b"hola"),
    ("csv", lambda: b"=cmd|' /C calc'!A0,1\n"),
    ("guion", lambda: b"#!/bin/sh\nrm -rf /\n"),
    ("7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 60),
    ("rar", lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 60),
    ("gz", lambda: b"\x1f\x8b\x08" + b"\0" * 60),
    ("ps", lambda: b"%!PS-Adobe-3.0\nquit\n"),
    ("mp4", lambda: b"\0\0\0\x18ftypmp42" + b"\0" * 60),
    ("mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n"),
    ("lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60),
    ("swf", lambda: b"CWS\x0a" + b"\0" * 60),
    ("class", lambda: b"\xca\xfe\xba\xbe\0\0\0\x34"),
    ("ceros", lambda: b"\0" * 10_000),
    ("vacio", lambda: b""),
    ("un-byte", lambda: b"%"),
    ("bmp-con-pdf-lejos", lambda: b"BM" + b"\0" * 900 + pdf()),
]  # fmt: skip

HOSTILES: list[Hostil] = [
    (f"{clase}-{nombre}", hacer)
    for clase, lista in (
        ("pdf", PDF_HOSTILES),
        ("imagen", IMAGENES_HOSTILES),
        ("docx", DOCX_HOSTILES),
        ("doc", DOC_HOSTILES),
        ("otro", OTROS_HOSTILES),
    )
    for nombre, hacer in lista
]
