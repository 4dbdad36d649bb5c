"""The two failures that are expected, said in the coordinator's words.

`Refused`: something can be corrected; nothing was saved. `Unavailable`: disk, network, printer;
nothing was lost. Every other exception is a bug and goes to the excepthook. The texts never carry
personal data, because they reach logs and screens alike.
"""

from __future__ import annotations


class Problem(Exception):
    """What happened, whether the data is safe, and one next step.

    `what`, `safe` and `do` are whole Chinese sentences; `code` is short and searchable
    ("V-01"); `field` names the input to mend where there is one.
    """

    safe_default = ""

    def __init__(
        self, what: str, *, do: str, code: str, safe: str | None = None, field: str | None = None
    ) -> None:
        super().__init__(what)
        self.what = what
        self.do = do
        self.code = code
        self.safe = self.safe_default if safe is None else safe
        self.field = field

    def __str__(self) -> str:
        """One paragraph, as shown to a person."""
        return f"{self.what}{self.safe}{self.do}（编号 {self.code}）"


class Refused(Problem):
    """The request cannot stand as it is. Nothing was changed."""

    safe_default = "什么都没有改动。"


class Unavailable(Problem):
    """The machine cannot do it now. Nothing was lost."""

    safe_default = "已经存好的都在。"
