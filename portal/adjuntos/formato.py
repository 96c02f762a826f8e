"""How a size is written."""


def peso(cantidad: int) -> str:
    """Bytes as «84 kB» or «1,2 MB» (decimal units), rounded up, so that what exceeds a limit also reads so."""
    if cantidad <= 999_000:
        return f"{-(-cantidad // 1000)} kB"
    enteros, decimas = divmod(-(-cantidad // 100_000), 10)
    return f"{enteros},{decimas} MB" if decimas else f"{enteros} MB"


def limite(maximo: int) -> str:
    """A limit of whole MiB, as people say it: «5 MB»."""
    mib = 1024 * 1024
    return f"{maximo // mib} MB" if maximo >= mib and maximo % mib == 0 else peso(maximo)
