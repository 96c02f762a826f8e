"""Path converters of documents."""


class FolioConverter:
    """A folio: any two characters (`V+196`, also a slash) and a number; `reverse` quotes what must be quoted."""

    regex = r"[^\s\x00-\x1f\x7f]{2}[0-9]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
