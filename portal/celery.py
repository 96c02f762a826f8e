"""The Celery application; its settings are Django's, prefix CELERY_."""

import logging.config
import os
from typing import Any

import redis
from celery import Celery
from celery.signals import celeryd_init, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.transport.redis import Channel, Transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


class Canal(Channel):
    """A channel whose connection was closed says that it was lost: a worker then connects again.

    kombu 5.7 stumbles over the missing client instead (AttributeError), and a worker that was to acknowledge a task, or
    to give messages back, while Redis is away ends.
    """

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection.client is None:
            raise redis.ConnectionError("La conexión con la cola se perdió.")
        return super()._connparams(asynchronous)


Transport.Channel = Canal
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def registro_como_el_portal(**kwargs: Any) -> None:
    """Workers log as web processes do."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@celeryd_init.connect
def esperar_a_la_cola(conf: Any, **kwargs: Any) -> None:
    """A worker, unlike a request, may wait for its broker: it must not take a slow answer for a broken connection."""
    if "socket_timeout" in conf.broker_transport_options:
        conf.broker_transport_options |= {"socket_timeout": 30, "socket_connect_timeout": 10, "max_retries": None}
