"""What a print system keeps is read from its settings as the system itself reads them."""

from __future__ import annotations

import pytest

from app.services.spool_keeping import (
    DAY,
    FOR_EVER,
    NOTHING,
    UNKNOWN,
    kept_by_cups,
    kept_by_windows,
    longest,
)

FIXTURES = {
    "fresh from Debian, nothing said": ("LogLevel warn\nListen localhost:631\n", DAY),
    "empty": ("", DAY),
    "no": ("PreserveJobFiles No\n", NOTHING),
    "off, in small letters, indented": ("  preservejobfiles off\n", NOTHING),
    "yes": ("PreserveJobFiles Yes\n", FOR_EVER),
    "seconds": ("PreserveJobFiles 3600\n", 3600),
    "days": ("PreserveJobFiles 30d\n", 30 * DAY),
    "zero seconds": ("PreserveJobFiles 0\n", NOTHING),
    "only in a comment": ("# PreserveJobFiles No\nMaxJobs 10\n", DAY),
    "said twice: the last counts": ("PreserveJobFiles No\nPreserveJobFiles Yes\n", FOR_EVER),
    "no history, so no files": ("PreserveJobHistory No\n", NOTHING),
    "what CUPS cannot read": ("PreserveJobFiles nie\n", DAY),
    "history for ever says nothing of files": (
        "PreserveJobHistory Yes\nPreserveJobFiles No\n",
        NOTHING,
    ),
    "windows line ends": ("PreserveJobFiles No\r\n", NOTHING),
    "inside a policy it is no word on it": (
        "<Policy default>\n<Limit All>\nPreserveJobFiles No\n</Limit>\n</Policy>\n",
        DAY,
    ),
}


@pytest.mark.parametrize("name", FIXTURES)
def test_a_cupsd_conf_is_classified(name):
    conf, kept = FIXTURES[name]

    assert kept_by_cups(conf) == kept


@pytest.mark.parametrize(("attributes", "kept"), [(0x940, FOR_EVER), (0x840, NOTHING)])
def test_a_windows_printer_keeps_printed_documents_or_does_not(attributes, kept):
    assert kept_by_windows(attributes) == kept


def test_a_printer_without_settings_is_not_said_to_keep_nothing():
    assert kept_by_windows(None) == UNKNOWN
    assert longest([NOTHING, UNKNOWN]) == UNKNOWN
    assert longest([60, UNKNOWN]) == 60
    assert longest([FOR_EVER, UNKNOWN]) is FOR_EVER


def test_of_several_printers_the_one_that_keeps_longest_counts():
    assert longest([0, 60, 5]) == 60
    assert longest([0, FOR_EVER]) is FOR_EVER
    assert longest([]) == NOTHING
