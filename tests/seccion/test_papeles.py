"""Certificates, parcels, checks, the archive: what each refuses, and what its paper says (Q-08, Q-12 to Q-16)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal import reloj
from portal.sgc.models import Suministro
from reclamos.seccion.deberes import de_ruta
from reclamos.seccion.models import Asunto
from tests.seccion.puerta import andar, dar, formulario, lineas, registrar, releer
from tests.seccion.test_artefactos import texto

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("suministro", "todo")]


def intentar(navegador, ruta: str, **cambios):
    """The answer to a form that registers."""
    return navegador.post(reverse("seccion:registrar", args=[ruta]), formulario(de_ruta(ruta), **cambios))


@pytest.mark.parametrize("ruta", ["certificado", "archivo"])
def test_solo_suministros_de_baja_tension_que_existen(entrar, seguidora, distribuidora, suministro, ruta):
    """Q-08, Q-15: the supply is verified in the mirror, and is of Baja Tensión."""
    navegador = entrar(seguidora)
    respuesta = intentar(navegador, ruta, nis="999")
    assert respuesta.context["form"].errors["nis"] == [
        "El SGC no tiene el NIS 999. Revísalo o pide que se actualice la copia"
    ]
    Suministro._base_manager.create(distribuidora=distribuidora, nis="888", tension="MT", titular=suministro.titular)
    respuesta = intentar(navegador, ruta, nis="888")
    assert "es de Media Tensión" in respuesta.context["form"].errors["nis"][0]


def test_el_certificado_dice_lo_verificado(entrar, seguidora):
    """Q-08: number, code, notary, verified data of the supply, state of the account; then the delivery is recorded."""
    asunto = registrar(entrar(seguidora), "certificado", escribania="Escribanía Ayala", interesado="Eusebia Benítez")
    asunto = andar(entrar, asunto, ("emitir", seguidora))
    impreso = asunto.caso.impresos.get()
    dicho = texto(impreso)
    for parte in ("Certificado de estado de cuenta", "Escribanía Ayala", "2210733", "Ytororó 845", "No registra deuda"):
        assert parte in dicho
    assert impreso.codigo in dicho
    entregado = andar(entrar, asunto, ("entregar", seguidora), recibe="Mario Vera")
    assert (entregado.estado, entregado.datos["recibe"]) == ("entregado", "Mario Vera")


@pytest.mark.parametrize(("deuda", "monto"), [("si", ""), ("no", "100")])
def test_la_deuda_con_su_monto(entrar, seguidora, deuda, monto):
    """Q-08: an amount if there is a debt, and only then; no number is spent on a refusal."""
    asunto = registrar(entrar(seguidora), "certificado")
    respuesta = dar(entrar(seguidora), asunto, "emitir", deuda=deuda, monto=monto)
    assert respuesta.context["form"].errors["monto"] == ["Escribe el monto si registra deuda, y solo entonces."]
    assert andar(entrar, asunto, ("emitir", seguidora)).caso.impresos.get().numero.startswith("1/")


def test_lo_que_ocurrio_no_esta_por_venir(entrar, seguidora):
    """Q-12: a theft of tomorrow, a date that does not exist, a year of long ago."""
    manana = (reloj.hoy() + timedelta(days=2)).isoformat()
    for fecha, queja in (
        (manana, "La fecha todavía no llega. Escribe cuándo ocurrió"),
        ("2026-02-30", "Escribe una fecha que exista"),
        ("0026-02-03", "Escribe una fecha entre los años 2000 y 2100"),
    ):
        respuesta = intentar(entrar(seguidora), "robo", ocurrio=fecha)
        assert respuesta.context["form"].errors["ocurrio"] == [queja]


def test_el_informe_de_robo_lleva_sus_facturas(entrar, seguidora):
    """Q-12: data to be corrected and bills to be justified, on the paper that goes to Administración Comercial."""
    fila = {"factura": "001-77", "periodo": "mayo", "importe": "12.500", "justificacion": "Sin medidor"}
    asunto = registrar(entrar(seguidora), "robo", medidor="M-4410", **lineas([fila]))
    dicho = texto(andar(entrar, asunto, ("emitir", seguidora)).caso.impresos.get())
    for parte in ("Departamento de Administración y Desarrollo Comercial", "M-4410", "001-77", "Sin medidor"):
        assert parte in dicho


class TestRemision:
    """Q-13: parcels."""

    @pytest.fixture
    def en_camino(self, entrar, seguidora) -> Asunto:
        filas = [{"tipo": "croquis", "documento": f"Croquis {n}", "referencia": "", "fojas": "2"} for n in (1, 2)]
        return andar(entrar, registrar(entrar(seguidora), "remision", **lineas(filas)), ("despachar", seguidora))

    def test_la_guia_dice_que_va(self, en_camino):
        """Q-13: the waybill lists the contents."""
        dicho = texto(en_camino.caso.impresos.get())
        assert "Croquis 1" in dicho
        assert "Croquis 2" in dicho

    def test_lo_que_no_llego_queda_abierto(self, entrar, seguidora, en_camino):
        """Q-13: what did not arrive is listed until it does; nothing is called complete that is not."""
        falta = lineas([{"llego": "si"}, {"llego": "no"}], 2)
        assert "Algo no llegó" in dar(entrar(seguidora), en_camino, "recibir", **falta).content.decode()
        assert "Todo llegó" in dar(entrar(seguidora), en_camino, "observar").content.decode()
        con_falta = andar(entrar, en_camino, ("observar", seguidora), **falta)
        assert con_falta.estado == "con_faltantes"
        assert [r.datos["llego"] for r in con_falta.renglones.all()] == ["si", "no"]
        abiertos = entrar(seguidora).get(reverse("seccion:lista"), {"abiertos": "on"}).content.decode()
        assert str(con_falta) in abiertos
        assert "Algo no llegó" in dar(entrar(seguidora), con_falta, "completar", **falta).content.decode()
        assert andar(entrar, con_falta, ("completar", seguidora)).estado == "recibido"


def test_el_control_pide_todo_completo(entrar, seguidora):
    """Q-14: observed with what is missing; in order only with each document complete or not applicable."""
    filas = [{"documento": "Contrato", "estado": "falta", "nota": ""}]
    asunto = andar(entrar, registrar(entrar(seguidora), "control", **lineas(filas)), ("observar", seguidora))
    mal = lineas([{"estado": "falta"}], 1)
    assert dar(entrar(seguidora), asunto, "conformar", **mal).context["lineas"].forms[0].errors["estado"]
    assert andar(entrar, asunto, ("conformar", seguidora)).estado == "conforme"


class TestArchivo:
    """Q-15: the archive of supplies in Baja Tensión."""

    @pytest.fixture
    def legajo(self, entrar, seguidora) -> Asunto:
        return registrar(entrar(seguidora), "archivo", ubicacion="E12-C04-031")

    def test_uno_por_suministro(self, entrar, seguidora, legajo):
        """Q-15: a second file of the same supply is refused, saying where the first is; the database agrees."""
        respuesta = intentar(entrar(seguidora), "archivo")
        assert f"ya tiene su legajo: {legajo}, en E12-C04-031" in respuesta.context["form"].errors["nis"][0]
        otro = Asunto(
            caso_id=registrar(entrar(seguidora), "sesion").pk, clase="archivo", estado="en_archivo", nis="2210733",
            distribuidora=legajo.distribuidora, anio=2026, correlativo=99, creado_por=seguidora,
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            otro.save()

    def test_se_presta_y_vuelve(self, entrar, seguidora, legajo):
        """Q-15: who has it and until when, in the case and its history; back on the shelf it is closed again."""
        hasta = reloj.hoy() + timedelta(days=5)
        prestado = andar(entrar, legajo, ("prestar", seguidora), interesado="Mario Vera", vence=hasta.isoformat())
        assert (prestado.interesado, prestado.vence, prestado.abierto) == ("Mario Vera", hasta, True)
        assert "No se puede prestar" in dar(entrar(seguidora), prestado, "prestar").content.decode()
        vuelto = andar(entrar, prestado, ("retornar", seguidora), ubicacion="E01-C01-001")
        assert (vuelto.datos["ubicacion"], vuelto.abierto) == ("E01-C01-001", False)
        pagina = entrar(seguidora).get(vuelto.get_absolute_url()).content.decode()
        assert "A quién se presta: Mario Vera" in pagina

    def test_se_busca_por_ubicacion_y_nis(self, entrar, seguidora, legajo):
        """Q-15: by the beginning of the shelf mark or of the NIS."""
        for filtro in ({"ubicacion": "e12"}, {"nis": "2210"}, {"clase": "archivo"}):
            assert str(legajo) in entrar(seguidora).get(reverse("seccion:lista"), filtro).content.decode()
        assert str(legajo) not in entrar(seguidora).get(reverse("seccion:lista"), {"ubicacion": "E13"}).content.decode()

    def test_la_copia_digital_se_agrega(self, entrar, seguidora, legajo):
        """Q-15: a scanned document goes to the file, which stays on its shelf."""
        crecido = andar(entrar, legajo, ("archivar", seguidora))
        assert crecido.caso.adjuntos.filter(tipo="copia").count() == 1

    def test_el_contenido_dice_lo_que_hay(self, entrar, seguidora, legajo):
        """Q-15: what is received is added to what the file says it holds, and from whom it came."""
        pagina = entrar(seguidora).get(reverse("seccion:paso", args=[legajo.pk, "archivar"]))
        assert pagina.context["form"]["contenido"].value() == legajo.datos["contenido"]
        crecido = andar(
            entrar, legajo, ("archivar", seguidora), contenido="Solicitud, contrato, croquis.", recibido_de="Contratos"
        )
        assert (crecido.datos["contenido"], crecido.datos["recibido_de"]) == (
            "Solicitud, contrato, croquis.", "Contratos",
        )  # fmt: skip


def test_facturar_sin_autorizacion(entrar, seguidora):
    """Q-16: without the holder's request or authorisation there is no order."""
    respuesta = intentar(entrar(seguidora), "facturar", archivo_autorizacion="")
    assert respuesta.context["form"].errors["archivo_autorizacion"] == [
        "Adjunta: Solicitud o autorización firmada por el titular"
    ]


def test_el_titular_es_el_del_sgc(entrar, seguidora):
    """Q-16: who says to be the holder has the holder's document; somebody else brings an authorisation and says so."""
    respuesta = intentar(entrar(seguidora), "facturar", documento="9.999.999")
    assert respuesta.context["form"].errors["pide"] == [
        "El SGC tiene otro titular con otro documento: revisa el N°, o pide la autorización del titular."
    ]
    assert registrar(entrar(seguidora), "facturar", documento="9.999.999", pide="autorizado").estado == "registrado"


@pytest.mark.parametrize(
    ("ruta", "cambios", "campo"),
    [
        ("contrato", {"movimiento": "baja", "nis": ""}, "nis"),
        ("expediente", {"procedencia": "dependencia", "dependencia": ""}, "dependencia"),
        ("ot", {"procedencia": "Contratos", "referencia": ""}, "referencia"),
        ("ot", {"procedencia": "", "referencia": "R-77"}, "referencia"),
    ],
)
def test_lo_que_un_campo_pide_de_otro(entrar, seguidora, ruta, cambios, campo):
    """Q-06, Q-09: an end needs its supply, a document of another office its office, an order its complaint there."""
    assert list(intentar(entrar(seguidora), ruta, **cambios).context["form"].errors) == [campo]
    assert Asunto.objects.count() == 0


def test_un_alta_puede_no_tener_nis(entrar, seguidora):
    """Q-09: a new contract may have no supply yet."""
    assert registrar(entrar(seguidora), "contrato", movimiento="alta", nis="").nis == ""


def test_un_robo_sin_facturas_que_justificar(entrar, seguidora):
    """Q-12: bills are justified where it is required; the report goes without them too."""
    asunto = registrar(entrar(seguidora), "robo", **lineas([]), requerimiento="Memo 12")
    dicho = texto(andar(entrar, asunto, ("emitir", seguidora)).caso.impresos.get())
    assert "Facturas que se justifican" not in dicho
    assert "según requerimiento Memo 12" in dicho


def test_el_informe_dice_de_que_expediente_trata(entrar, seguidora):
    """Q-09: a report to another institution is about a file of Mesa de Entrada, taken over from it."""
    navegador = entrar(seguidora)
    expediente = registrar(navegador, "expediente", mesa="4417/2026")
    ruta = reverse("seccion:registrar", args=["informe"]) + f"?origen={expediente.pk}"
    assert navegador.get(ruta).context["form"]["mesa"].value() == "4417/2026"
    asunto = andar(entrar, registrar(navegador, "informe", mesa="4417/2026"), ("emitir", seguidora))
    assert "sobre el expediente de Mesa de Entrada N° 4417/2026" in texto(asunto.caso.impresos.get())


def test_la_orden_de_pago_se_remite(entrar, seguidora, otra_seguidora):
    """Q-09: a refund that was approved stays open until it went up the line, to whom and with which note."""
    asunto = registrar(entrar(seguidora), "devolucion")
    ordenado = andar(entrar, asunto, ("proponer", seguidora), ("aprobar", otra_seguidora))
    assert ordenado.abierto
    remitido = andar(entrar, ordenado, ("remitir", seguidora), remitido_a="Jefatura del Departamento")
    assert (remitido.estado, remitido.abierto) == ("remitido", False)
    pagina = entrar(seguidora).get(remitido.get_absolute_url()).text
    assert "A quién se remite: Jefatura del Departamento" in pagina


class TestVerificacion:
    """2.2: the data of a supply in Baja Tensión, compared with the contract because its customer complained."""

    @pytest.fixture
    def asunto(self, entrar, seguidora) -> Asunto:
        filas = [{"dato": "kpl", "dicho": "60"}, {"dato": "titular", "dicho": "Eusebia Benítez"}]
        return registrar(entrar(seguidora), "verificacion", **lineas(filas))

    def comparado(self, *pares: tuple[str, str]) -> dict[str, str]:
        return lineas([{"sgc": s, "contrato": c} for s, c in pares], len(pares))

    def test_el_resultado_es_lo_comparado(self, entrar, seguidora, asunto):
        """Q-06: neither «all is well» where something differs, nor the other way round."""
        distinto = self.comparado(("30", "60"), ("Eusebia Benítez", "Eusebia Benítez"))
        respuesta = dar(entrar(seguidora), asunto, "resolver", resultado="conforme", **distinto)
        assert "no coincide con el contrato" in respuesta.context["form"].errors["resultado"][0]
        igual = self.comparado(("60", "60"), ("Eusebia Benítez", "Eusebia Benítez"))
        respuesta = dar(entrar(seguidora), asunto, "resolver", resultado="corregir", **igual)
        assert "coincide en todo" in respuesta.context["form"].errors["resultado"][0]

    def test_lo_que_hay_que_corregir_se_corrige(self, entrar, seguidora, asunto):
        """Q-07: told to who complained; it does not end before the change of contract that it leads to."""
        distinto = self.comparado(("30", "60"), ("Eusebia Benítez", "Eusebia Benítez"))
        resuelto = andar(entrar, asunto, ("resolver", seguidora), resultado="corregir", **distinto)
        (aviso,) = asunto.caso.avisos.all()
        assert (aviso.para, str(asunto) in aviso.asunto) == ("eusebia@correo.example", True)
        navegador = entrar(seguidora)
        assert "registra antes la modificación" in dar(navegador, resuelto, "archivar").text
        ruta = reverse("seccion:registrar", args=["modificacion"]) + f"?origen={asunto.pk}"
        assert navegador.post(ruta, formulario(de_ruta("modificacion"))).status_code == 302
        assert andar(entrar, resuelto, ("archivar", seguidora)).estado == "archivado"


@pytest.mark.parametrize(
    ("cambios", "campo"), [({"cuotas": "0"}, "cuotas"), ({"cuotas": "121"}, "cuotas"), ({"entrega": "900"}, "entrega")]
)
def test_el_acuerdo_tiene_sentido(entrar, seguidora, cambios, campo):
    """Q-09: instalments from 1 to 120, and a first payment below the debt."""
    assert campo in intentar(entrar(seguidora), "acuerdo", **cambios).context["form"].errors


def test_el_memorandum(entrar, seguidora, otra_seguidora):
    """Q-10: checked by one, approved by another, processed, told to Gestión del Personal, archived with its place."""
    navegador = entrar(seguidora)
    asunto = registrar(navegador, "bonificacion", interesado="Blas Ortiz", legajo="4471")
    andar(entrar, asunto, ("proponer", seguidora), ("aprobar", otra_seguidora))
    assert list(Asunto.objects.por_exportar()) == [asunto]
    lote = navegador.post(reverse("seccion:exportar")).url
    assert releer(asunto).estado == "procesado"
    assert "El lote 1 todavía no consta como cargado en el SGC." in dar(navegador, releer(asunto), "emitir").text
    assert asunto.caso.impresos.count() == 0
    navegador.post(f"{lote}cargar/")
    emitido = andar(entrar, asunto, ("emitir", seguidora))
    dicho = texto(emitido.caso.impresos.get())
    for parte in ("Memorándum", "Departamento de Gestión del Personal", "Blas Ortiz", "4471"):
        assert parte in dicho
    archivado = andar(entrar, emitido, ("archivar", seguidora), ubicacion="E02-C01-007")
    assert (archivado.abierto, archivado.datos["ubicacion"]) == (False, "E02-C01-007")
    assert str(archivado) in navegador.get(reverse("seccion:lista"), {"ubicacion": "E02"}).text


def test_el_resultado_del_expediente_se_avisa(entrar, seguidora):
    """Q-09: who asked and left an address is told; the paper says the result."""
    asunto = registrar(entrar(seguidora), "expediente", mesa="4417/2026")
    asunto = andar(entrar, asunto, ("analizar", seguidora), ("resolver", seguidora), resultado="Se corrige la lectura.")
    (aviso,) = asunto.caso.avisos.all()
    assert aviso.para == "eusebia@correo.example"
    assert f"/seccion/seguimiento/?numero={asunto}" in aviso.texto
    assert "Se corrige la lectura." in texto(asunto.caso.impresos.get())


def test_anular_pide_motivo_y_es_para_siempre(entrar, seguidora):
    """Q-09: a reason, kept in the history; afterwards nothing more can happen."""
    asunto = registrar(entrar(seguidora), "informe")
    assert dar(entrar(seguidora), asunto, "anular", comentario="").context["form"].errors["comentario"]
    anulado = andar(entrar, asunto, ("anular", seguidora), comentario="Se pidió por error.")
    assert anulado.pasos() == []
    assert "Se pidió por error." in entrar(seguidora).get(anulado.get_absolute_url()).content.decode()
    assert releer(anulado).estado == "anulado"
