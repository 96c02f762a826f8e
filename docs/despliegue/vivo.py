"""The health check of a web container: ends well when the process answers, by the name that it is reached by."""

import os
import urllib.request

anfitrion = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
pedido = urllib.request.Request(
    f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/salud/vivo", headers={"Host": anfitrion}
)
urllib.request.urlopen(pedido, timeout=3)  # noqa: S310
