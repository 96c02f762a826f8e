"""How gunicorn serves the portal: few processes with threads, so that database connections are kept and shared."""

import os

from django.core.exceptions import ImproperlyConfigured

from portal import entorno

try:
    _env = entorno.leer(os.environ)
except ImproperlyConfigured as error:
    raise SystemExit(str(error)) from None

bind = f"0.0.0.0:{_env['PORT']}"
worker_class = "gthread"
workers = _env["PROCESOS_WEB"]
threads = _env["HILOS_WEB"]
timeout = 60
graceful_timeout = 25
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - the heartbeat must not wait for a disk
limit_request_line = 8190
accesslog = None  # nginx writes it; the application logs what matters by request
control_socket_disable = True
