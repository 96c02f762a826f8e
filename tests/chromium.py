"""The browser of the demonstration and of the tests: Debian's Chromium, else the one that Playwright installed."""

import shutil

from playwright.sync_api import Browser, Playwright

ARGUMENTOS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def lanzar(p: Playwright) -> Browser:
    """A headless Chromium; playwright.sync_api.Error where there is none."""
    return p.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTOS)
