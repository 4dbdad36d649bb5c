"""What is signed, handed in and agreed to, as small forms: questions and use case. No Qt."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from app.domain.households import Category
from app.domain.masking import Mask, mask_number
from app.domain.problem import Refused
from app.domain.procedure import EvidenceMode, FiledBy, Material, MaterialState, Proxy
from app.services.application_file import ApplicationFile, Signature
from app.services.application_materials import SettleMaterial
from app.services.application_signatures import DeclareRelatives, Sign
from app.ui.applications.asking import Ask, Deed, Field, Values, day_field, required_day, text_of
from app.ui.applications.desk import ApplicationDesk

YES_NO: Final = (("no", "没有"), ("yes", "有"))


def signing(file: ApplicationFile, today: date, wanted: Signature | None = None) -> Deed:
    """Papers were signed: one, or all that are missing."""
    who = "全体成年人" if wanted is None else wanted.signer.name
    what = "授权书和承诺书" if wanted is None else wanted.kind.label
    return Deed(
        key="sign" if wanted is None else f"sign:{wanted.signer.key}:{wanted.kind}",
        title=f"{who}签了{what}",
        fields=(
            day_field("signed_on", "哪一天签的", today),
            Field("valid_to", "授权到哪天", Ask.DAY, hint="一直有效就空着", future=True),
            Field("paper_ref", "放在哪里", Ask.LINE, hint="档案盒、编号；不填就是申请编号"),
        ),
        act=partial(_sign, file, wanted),
        hint="签字按手印的纸收好，这里记日期。",
    )


def _sign(
    file: ApplicationFile, wanted: Signature | None, desk: ApplicationDesk, values: Values
) -> str:
    count = desk.signatures.sign(
        Sign(
            application=file.application.id,
            signed_on=required_day(values, "signed_on"),
            signer="" if wanted is None else wanted.signer.key,
            kind=None if wanted is None else wanted.kind,
            valid_to=values.get("valid_to"),
            paper_ref=text_of(values, "paper_ref"),
        )
    )
    return f"记好了 {count} 份签字。" if count else "都签过了，授权也没有更长，没有要补的。"


def revoking(signature: Signature, today: date) -> Deed:
    """A paper is taken back."""
    return Deed(
        key=f"revoke:{signature.signer.key}:{signature.kind}",
        title=f"{signature.signer.name}收回{signature.kind.label}",
        fields=(day_field("on", "哪一天", today), Field("note", "原因", Ask.LINES)),
        act=partial(_revoke, signature),
        hint="还在有效期里。收回后要重新签才能提交。",
    )


def _revoke(signature: Signature, desk: ApplicationDesk, values: Values) -> str:
    paper = signature.paper
    if paper is None:
        raise Refused("找不到这份签字。", do="请刷新页面。", code="A-31")
    desk.signatures.revoke(paper.id, required_day(values, "on"), text_of(values, "note"))
    return "收回记好了。"


def settling(file: ApplicationFile, material: Material, today: date) -> Deed:
    """How it stands with one piece of the checklist."""
    return Deed(
        key=f"material:{material.id or material.code}:{material.person or ''}",
        title=material.name,
        fields=(
            Field(
                "state",
                "怎么样",
                Ask.CHOICE,
                initial=material.state,
                options=tuple((one, one.label) for one in MaterialState),
            ),
            day_field("day", "哪一天", today),
            Field(
                "mode",
                "收的是",
                Ask.CHOICE,
                initial=material.mode,
                options=tuple((one, one.label) for one in EvidenceMode),
            ),
            Field(
                "replaces",
                "代替哪样证明",
                Ask.LINE,
                initial=material.replaces,
                hint="以承诺代替时填",
            ),
            Field("note", "说明", Ask.LINES, initial=material.note, hint="可以不填"),
        ),
        act=partial(_settle, file, material),
    )


def _settle(
    file: ApplicationFile, material: Material, desk: ApplicationDesk, values: Values
) -> str:
    state = values.get("state")
    desk.materials.settle(
        SettleMaterial(
            application=file.application.id,
            code=material.code,
            person=material.person,
            name=material.name,
            state=state if isinstance(state, MaterialState) else MaterialState.NEEDED,
            day=required_day(values, "day"),
            mode=values.get("mode"),
            replaces=text_of(values, "replaces"),
            note=text_of(values, "note"),
        )
    )
    return "材料记好了。"


def declaring(file: ApplicationFile, today: date) -> Deed:
    """近亲属备案."""
    return Deed(
        key="relatives",
        title="近亲属备案",
        fields=(
            Field("has", "家里有没有近亲属在经办救助", Ask.CHOICE, options=YES_NO),
            Field("staff_name", "工作人员姓名", Ask.LINE, hint="没有就空着"),
            Field("staff_unit", "单位", Ask.LINE),
            Field("staff_post", "职务", Ask.LINE),
            Field("relation", "和申请人的关系", Ask.LINE),
            day_field("declared_on", "哪一天说的", today),
            Field("signed", "签字了没有", Ask.CHOICE, options=(("yes", "签了"), ("no", "没签"))),
        ),
        act=partial(_declare, file),
        hint="镇里、村里经办救助的人和村干部，是不是申请人的近亲属。",
    )


def _declare(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    has = values.get("has")
    if has is None:
        raise Refused("有没有近亲属还没选。", do="请问清楚再选。", code="A-34", field="has")
    desk.signatures.declare(
        DeclareRelatives(
            application=file.application.id,
            declared_on=required_day(values, "declared_on"),
            has_relative=has == "yes",
            staff_name=text_of(values, "staff_name"),
            staff_unit=text_of(values, "staff_unit"),
            staff_post=text_of(values, "staff_post"),
            relation=text_of(values, "relation"),
            is_signed=values.get("signed") == "yes",
        )
    )
    return "近亲属备案记好了。"


def replacing(file: ApplicationFile) -> Deed:
    """Somebody else of the household applies."""
    members = file.household.members
    known = next((one for one in members if one.person.id == file.application.applicant), None)
    return Deed(
        key="applicant",
        title="换申请人",
        fields=(
            Field(
                "applicant",
                "谁申请",
                Ask.CHOICE,
                initial=None if known is None else known.person.id,
                options=tuple((one.person.id, one.person.name) for one in members),
            ),
        ),
        act=partial(_replace, file),
        hint="编号、材料和签字都不变；申请书要换新的申请人签字。",
    )


def _replace(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    desk.signatures.set_applicant(file.application.id, values.get("applicant"))
    return "申请人换好了，请重打申请书签字。"


def proxying(file: ApplicationFile) -> Deed:
    """Who files it."""
    proxy = file.application.proxy
    return Deed(
        key="proxy",
        title="谁来申请",
        fields=(
            Field(
                "filed_by",
                "谁来办",
                Ask.CHOICE,
                initial=proxy.filed_by,
                options=tuple((one, one.label) for one in FiledBy),
            ),
            Field("name", "代办人", Ask.LINE, initial=proxy.name),
            Field("id_number", "代办人身份证号", Ask.PLAIN, hint=_known_number(proxy)),
            Field("relation", "和申请人的关系", Ask.LINE, initial=proxy.relation),
            Field("phone", "代办人电话", Ask.PLAIN, initial=proxy.phone),
            Field("signed_on", "委托书哪天签的", Ask.DAY, initial=proxy.signed_on),
        ),
        act=partial(_set_proxy, file),
        hint="本人来办，下面都空着。",
    )


def _known_number(proxy: Proxy) -> str:
    """A number that stands is not shown again (security R10); empty leaves it as it is."""
    if not proxy.id_number:
        return ""
    return f"记过了：{mask_number(proxy.id_number, Mask.ONLY_LAST_4)}；要改才填"


def _set_proxy(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    filed_by = values.get("filed_by")
    desk.signatures.set_proxy(
        file.application.id,
        Proxy(
            filed_by=filed_by if isinstance(filed_by, FiledBy) else FiledBy.SELF,
            name=text_of(values, "name"),
            id_number=text_of(values, "id_number") or file.application.proxy.id_number,
            relation=text_of(values, "relation"),
            phone=text_of(values, "phone"),
            signed_on=values.get("signed_on"),
        ),
    )
    return "谁来申请记好了。"


def converting(file: ApplicationFile, today: date) -> Deed:
    """Over to a higher rung by consent."""
    rungs = (Category.DIBAO, Category.TEKUN, Category.SINGLE_PERSON)
    return Deed(
        key="convert",
        title="经同意转申请",
        fields=(
            Field("wanted", "转成", Ask.CHOICE, options=tuple((one, one.label) for one in rungs)),
            day_field("consent_on", "本人哪天同意的", today),
        ),
        act=partial(_convert, file),
        hint="不用重新填表：材料、签字都带过去，同意书要签字。",
    )


def _convert(file: ApplicationFile, desk: ApplicationDesk, values: Values) -> str:
    wanted = values.get("wanted")
    made = desk.applications.convert(
        file.application.id,
        wanted if isinstance(wanted, Category) else Category.NONE,
        required_day(values, "consent_on"),
    )
    return f"转好了，新的申请编号 {made.document_no}。"
