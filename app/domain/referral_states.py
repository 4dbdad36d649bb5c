"""The life of a referral and of a lead (domain.md §5.3).

Nobody is handed on without having agreed: a referral is sent only after `consented`, but for a
child who has to be protected, which is reported. One that was
declined, or did not help, is told to the household all the same before it is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.machine import Machine
from app.domain.words import Word


class ReferralStatus(Word):
    """Where a referral stands."""

    DRAFT = "draft", "还没问本人"
    CONSENTED = "consented", "本人同意了"
    SENT = "sent", "送出去了"
    RECEIVED = "received", "那边收到了"
    ACCEPTED = "accepted", "那边接了"
    DECLINED = "declined", "那边不接"
    IN_SERVICE = "in_service", "正在帮"
    RESOLVED = "resolved", "帮上了"
    UNRESOLVED = "unresolved", "没帮上"
    FEEDBACK_RECORDED = "feedback_recorded", "告诉这户了"
    CLOSED = "closed", "办结"


class ReferralEvent(Word):
    """What can happen to a referral. The label stands after 不能."""

    CONSENT = "consent", "记本人同意"
    REPORT = "report", "记马上报告了"
    SEND = "send", "送出去"
    RECEIVE = "receive", "记那边收到"
    ACCEPT = "accept", "记那边接了"
    DECLINE = "decline", "记那边不接"
    BEGIN = "begin", "记开始帮"
    RESOLVE = "resolve", "记帮上了"
    FAIL = "fail", "记没帮上"
    FEED_BACK = "feed_back", "记告诉这户了"
    CLOSE = "close", "办结"
    WITHDRAW = "withdraw", "不转了"


class LeadStatus(Word):
    """Where a lead stands."""

    OPEN = "open", "等着核实"
    VERIFIED = "verified", "核实过了"
    HANDED_ON = "handed_on", "接着办了"
    DISMISSED = "dismissed", "不用办"


class LeadEvent(Word):
    """What can happen to a lead. The label stands after 不能."""

    VERIFY = "verify", "核实"
    HAND_ON = "hand_on", "转交"
    DISMISS = "dismiss", "记不用办"


S, E = ReferralStatus, ReferralEvent
_MOVES: Final[Mapping[tuple[ReferralStatus, ReferralEvent], ReferralStatus]] = {
    (S.DRAFT, E.CONSENT): S.CONSENTED,
    # a child without protection is reported whoever agrees (S2:L28 强制报告)
    (S.DRAFT, E.REPORT): S.SENT,
    (S.DRAFT, E.WITHDRAW): S.CLOSED,
    (S.CONSENTED, E.SEND): S.SENT,
    (S.CONSENTED, E.WITHDRAW): S.CLOSED,
    (S.SENT, E.RECEIVE): S.RECEIVED,
    (S.RECEIVED, E.ACCEPT): S.ACCEPTED,
    (S.RECEIVED, E.DECLINE): S.DECLINED,
    (S.ACCEPTED, E.BEGIN): S.IN_SERVICE,
    (S.IN_SERVICE, E.RESOLVE): S.RESOLVED,
    (S.IN_SERVICE, E.FAIL): S.UNRESOLVED,
    (S.DECLINED, E.FEED_BACK): S.FEEDBACK_RECORDED,
    (S.RESOLVED, E.FEED_BACK): S.FEEDBACK_RECORDED,
    (S.UNRESOLVED, E.FEED_BACK): S.FEEDBACK_RECORDED,
    (S.FEEDBACK_RECORDED, E.CLOSE): S.CLOSED,
}
REFERRAL: Final[Machine[ReferralStatus, ReferralEvent]] = Machine("这份转介", "F-71", _MOVES)
REASONED: Final = frozenset({E.DECLINE, E.FAIL, E.WITHDRAW})
"""Events that say why."""
AWAY: Final = frozenset({S.SENT, S.RECEIVED, S.ACCEPTED, S.IN_SERVICE})
"""States in which somebody else has to answer."""

_LEAD_MOVES: Final[Mapping[tuple[LeadStatus, LeadEvent], LeadStatus]] = {
    (LeadStatus.OPEN, LeadEvent.VERIFY): LeadStatus.VERIFIED,
    (LeadStatus.OPEN, LeadEvent.DISMISS): LeadStatus.DISMISSED,
    (LeadStatus.VERIFIED, LeadEvent.HAND_ON): LeadStatus.HANDED_ON,
    (LeadStatus.VERIFIED, LeadEvent.DISMISS): LeadStatus.DISMISSED,
    # what was said to be done and was not begun is begun another way, or left after all
    (LeadStatus.HANDED_ON, LeadEvent.HAND_ON): LeadStatus.HANDED_ON,
    (LeadStatus.HANDED_ON, LeadEvent.DISMISS): LeadStatus.DISMISSED,
}
LEAD: Final[Machine[LeadStatus, LeadEvent]] = Machine("这条线索", "F-72", _LEAD_MOVES)
