"""Template filters of the account's pages."""

from django import template

register = template.Library()
_NAVEGADORES = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SISTEMAS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def navegador(agente: str) -> str:
    """«Firefox en Windows», from what the browser says of itself."""
    cual = next((nombre for signo, nombre in _NAVEGADORES if signo in agente), "Un navegador")
    sistema = next((nombre for signo, nombre in _SISTEMAS if signo in agente), "")
    return f"{cual} en {sistema}" if sistema else cual
