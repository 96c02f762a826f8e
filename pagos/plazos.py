"""The terms of payments (X-01)."""

MATERIAS = {"pagos.validacion": "Validar un comprobante de pago"}
