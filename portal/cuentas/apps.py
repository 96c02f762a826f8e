from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CuentasConfig(AppConfig):
    name = "portal.cuentas"
    label = "cuentas"
    verbose_name = "Cuentas"

    def ready(self) -> None:
        from portal.cuentas import pared
        from portal.cuentas.funciones import sincronizar

        post_migrate.connect(pared.poner, sender=self)

        # Django makes the permissions app by app in this same signal, which apps without models do not get: ours must
        # run after the last one's.
        post_migrate.connect(sincronizar, sender=[app for app in apps.get_app_configs() if app.models_module][-1])
