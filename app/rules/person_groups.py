"""Who belongs to a group of people a rule names: by illness, or by disability kind and level."""

from __future__ import annotations

from app.domain.people import DisabilityKind, Labour
from app.rules.facts import Disability, Member
from app.rules.grounds import MET, Check, plainly_failed, unsettled
from app.rules.values import PersonGroup


def _outside(basis: str) -> Check:
    """The commonest answer there is."""
    return plainly_failed("没有重残或重病的人。", basis)


def in_group(group: PersonGroup, member: Member, path: str, basis: str) -> Check:
    """Whether `member` belongs to one group; an unasked fact keeps the question open."""
    if group.serious_illness:
        return _ill(member, path, basis)
    if group.labour_loss:
        return _lost_labour(member, path, basis)
    return _disabled(group, member, path, basis)


def _ill(member: Member, path: str, basis: str) -> Check:
    if member.serious_illness is None:
        return unsettled("还没问有没有重病。", basis, f"{path}.serious_illness")
    return MET if member.serious_illness else _outside(basis)


def _lost_labour(member: Member, path: str, basis: str) -> Check:
    """Found by the poverty office to have lost labour; nobody asks it of those able to work."""
    if member.labour_loss is None and member.labour is not Labour.ABLE:
        text = "还没问扶贫部门有没有认定丧失劳动能力、靠产业就业脱不了贫。"
        return unsettled(text, basis, f"{path}.labour_loss")
    return MET if member.labour_loss else _outside(basis)


def _disabled(group: PersonGroup, member: Member, path: str, basis: str) -> Check:
    if member.disabled is False:
        return _outside(basis)
    if member.disability is None:
        return unsettled("还没问有没有残疾证。", basis, f"{path}.disability")
    kind, level = member.disability.kind, member.disability.level
    if kind is DisabilityKind.MULTIPLE and group.kinds and kind not in group.kinds:
        return _of_several(group, member.disability, path, basis)
    if (group.kinds and kind and kind not in group.kinds) or (level and level not in group.levels):
        return _outside(basis)
    if level is None:
        return unsettled("还不知道残疾证是几级。", basis, f"{path}.disability.level")
    if group.kinds and kind is None:
        return unsettled("还不知道是哪一种残疾。", basis, f"{path}.disability.kind")
    return MET


def _of_several(group: PersonGroup, certificate: Disability, path: str, basis: str) -> Check:
    """多重残疾, asked of single kinds: one of those on the certificate has to be grave enough.

    The level of the whole is that of the gravest, so that none is graver.
    """
    if certificate.level is not None and certificate.level > max(group.levels):
        return _outside(basis)
    parts = dict(certificate.parts)
    own = [parts.get(kind) for kind in group.kinds]
    if not group.levels.isdisjoint(own):
        return MET
    if None in own:
        text = "证上是多重残疾，还不知道有哪几种、各几级。"
        return unsettled(text, basis, f"{path}.disability.parts")
    return _outside(basis)
