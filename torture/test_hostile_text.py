"""A hundred thousand hostile texts through every text of every form (R42)."""

from __future__ import annotations

from tests import hostile, pdfs
from tests.documents.test_paper_safety import FORBIDDEN, keys_of


def test_a_hundred_thousand_hostile_texts() -> None:
    """Each is read back as it was typed, and none becomes anything but text."""
    for seed in range(20):
        for trial in hostile.trials(5_000, seed=seed):
            assert trial.lost() == [], trial.code
            with pdfs.opened(trial.pdf) as pdf:
                assert keys_of(pdf) & FORBIDDEN == set()
                assert pdf.check_pdf_syntax() == []
