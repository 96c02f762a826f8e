"""What the access layer must remember between requests and between processes."""

from django.db import models


class Limite(models.Model):
    """Recent attempts of one subject (an account, an address, a browser); its row's lock orders whoever counts.

    `marcas` are `[number, seconds since 1970, still under way]`, oldest first.
    """

    clave = models.CharField(max_length=64, primary_key=True)
    marcas = models.JSONField(default=list)
    hasta = models.DateTimeField("puede borrarse desde", db_index=True)

    class Meta:
        verbose_name = "límite"

    def __str__(self) -> str:
        return f"{self.clave}: {len(self.marcas)}"


class RetoUsado(models.Model):
    """A captcha that was already answered; its key makes a second use impossible."""

    clave = models.CharField(max_length=64, primary_key=True)
    caduca = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "captcha usado"
        verbose_name_plural = "captchas usados"

    def __str__(self) -> str:
        return self.clave
