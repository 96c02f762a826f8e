"""Path converters: numbers that a database can hold, months as people write them in addresses."""

from datetime import date


class NumeroConverter:
    """Up to eighteen digits: more would not fit."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class MesConverter:
    """`2026-11`, the first day of that month."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"
