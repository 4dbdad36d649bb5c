"""Every paper the program prints, by its code. A form's module is imported when it is first used.

Nothing here touches a font or a PDF, so that a list of forms can be shown at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from app.domain.problem import Refused

if TYPE_CHECKING:
    from app.documents.paper import Paper
    from app.documents.stamp import Stamp


class FormModule(Protocol):
    """What a module in `app.documents.forms` has."""

    FORM: str
    VERSION: str
    TITLE: str
    HOLDERS: tuple[str, ...]

    def render(self, content: Any, stamp: Stamp) -> bytes:  # noqa: ANN401  # its own content
        """The PDF of one content."""
        ...

    def paper(self, content: Any, document_no: str) -> Paper:  # noqa: ANN401
        """The form, ready to lay out."""
        ...


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its code, its name, and how to print a content made for it."""

    code: str
    title: str
    module_name: str

    @property
    def module(self) -> FormModule:
        """The form itself, imported when asked for."""
        return cast("FormModule", import_module(f"app.documents.forms.{self.module_name}"))

    @property
    def version(self) -> str:
        """The version of the layout, printed in the footer and bound into the code."""
        return self.module.VERSION

    @property
    def holders(self) -> tuple[str, ...]:
        """Who keeps a copy by default, in order (domain.md §3.23)."""
        return self.module.HOLDERS

    @property
    def spare(self) -> tuple[str, ...]:
        """Who may have a copy besides, where more are asked for."""
        return getattr(self.module, "SPARE", ())

    @property
    def is_filed(self) -> bool:
        """Whether its last pages may be for the file alone: the first holder's copy ends before."""
        return getattr(self.module, "FILED", False)

    def kept_by(self, copies: int | None) -> tuple[str, ...]:
        """Who keeps so many copies, or as many as by default; there are no more than there is
        somebody to keep them."""
        return self.holders if copies is None else (*self.holders, *self.spare)[:copies]

    def render(self, content: Any, stamp: Stamp) -> bytes:  # noqa: ANN401  # each form has its own
        """The PDF. Raises Unavailable when the fonts are not set up."""
        from app.documents.fonts import printed_in

        with printed_in(stamp.face):
            return self.module.render(content, stamp)

    def paper(self, content: Any, stamp: Stamp) -> Paper:  # noqa: ANN401  # each form has its own
        """The form, ready to lay out in the face of `stamp`."""
        from app.documents.fonts import printed_in

        with printed_in(stamp.face):
            return self.module.paper(content, stamp.document_no)

    def code_of(self, content: Any, document_no: str) -> str:  # noqa: ANN401
        """The verification code that this paper carries."""
        from app.documents.content import code_of  # with the form, not with the list of forms

        return code_of(self.code, self.version, document_no, content)

    def sha256_of(self, content: Any, document_no: str) -> str:  # noqa: ANN401
        """The hash of the paper's content, as a print record keeps it."""
        from app.documents.content import content_sha256

        return content_sha256(self.code, self.version, document_no, content)


FORMS: Final = {
    form.code: form
    for form in (
        Form("F01", "最低生活保障（特困、边缘、刚性支出）申请（审批）表", "f01"),
        Form("F01B", "最低生活保障（特困、边缘、刚性支出）申请（审批）表（空白）", "f01_blank"),
        Form("F02", "家庭经济状况核对授权书", "f02"),
        Form("F02B", "家庭经济状况核对授权书（空白）", "f02_blank"),
        Form("F03", "社会救助诚信承诺书（家庭经济状况声明书）", "f03"),
        Form("F03B", "社会救助诚信承诺书（家庭经济状况声明书）（空白）", "f03_blank"),
        Form("F04", "入户调查表", "f04"),
        Form("F05", "家庭收入财产核算表", "f05"),
        Form("F06", "民主评议记录", "f06"),
        Form("F07", "社会救助初审公示", "f07"),
        Form("F07A3", "社会救助初审公示（A3 放大）", "f07_enlarged"),
        Form("F07L", "社会救助初审公示（多户合一）", "f07_joint"),
        Form("F07LA3", "社会救助初审公示（多户合一，A3 放大）", "f07_joint_enlarged"),
        Form("F08", "社会救助审核确认公示", "f08"),
        Form("F08A3", "社会救助审核确认公示（A3 放大）", "f08_enlarged"),
        Form("F08L", "社会救助对象公示名单", "f08_list"),
        Form("F08LA3", "社会救助对象公示名单（A3 放大）", "f08_list_enlarged"),
        Form("F09", "受理（补正、不予受理）告知书", "f09"),
        Form("F10", "不予确认同意告知书", "f10"),
        Form("F11", "特困人员申请审核确认表", "f11"),
        Form("F12", "生活自理能力评估表", "f12"),
        Form("F13", "委托照料服务协议", "f13"),
        Form("F14", "照料服务卡", "f14"),
        Form("F15", "走访（巡访）记录表", "f15"),
        Form("F15B", "走访（巡访）记录表（空白）", "f15_blank"),
        Form("F16", "临时救助申请审批表", "f16"),
        Form("F17a", "先行救助（急难救助）审批表", "f17a"),
        Form("F17aB", "先行救助（急难救助）审批表（空白）", "f17a_blank"),
        Form("F17b", "先行救助事后补充说明（补齐手续）表", "f17b"),
        Form("F18", "备用金领用台账", "f18"),
        Form("F19", "社会救助转介单", "f19"),
        Form("F20", "停发（减发、渐退）告知书", "f20"),
        Form("F21", "增减员调整表（动态管理记录）", "f21"),
        Form("F22", "经办人员、村（居）干部近亲属享受社会救助备案表", "f22"),
        Form("F22L", "近亲属享受社会救助备案汇总表", "f22_list"),
        Form("F23", "备案管理台账", "f23"),
        Form("F24", "社会救助协理工作季（月）报", "f24"),
        Form("F25", "单人户申请最低生活保障申请页", "f25"),
        Form("F26", "社会救助申请代理委托书", "f26"),
        Form("F27", "送达回证", "f27"),
        Form("F28", "社会救助档案", "f28"),
        Form("SJ", "收条", "receipt"),
        Form("visits", "今日走访单", "visit_sheet"),
        Form("F15L", "走访台账", "visit_log_sheet"),
    )
}


def form_of(code: str) -> Form:
    """The form of that code, in any case. Raises Refused for one that does not exist."""
    found = next((form for form in FORMS.values() if form.code.lower() == code.lower()), None)
    if found is None:
        raise no_such_form(FORMS)
    return found


def no_such_form(known: Iterable[str]) -> Refused:
    """P-03; `known` are the codes there are."""
    return Refused("没有这种表。", do=f"可以打印的有：{'、'.join(known)}。", code="P-03")


def bind(prints: Iterable[tuple[Form, Any, Stamp]], *, duplex: bool = False) -> bytes:
    """One PDF of several papers in order: a household's package, or a whole group's; for printing
    on both sides with `duplex`."""
    from app.documents.paper import Order, press

    return press(
        *(
            Order(
                form.paper(content, stamp),
                stamp,
                form.code_of(content, stamp.document_no),
            )
            for form, content, stamp in prints
        ),
        duplex=duplex,
    )


def missing_characters(content: object) -> tuple[str, ...]:
    """The characters of a content that would print as empty boxes, each once."""
    from app.documents.content import texts_of
    from app.documents.fonts import missing

    return missing("".join(texts_of(content)))
