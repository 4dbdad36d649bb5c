"""The means test: `assess` tries one case against every rung of assistance."""

from app.rules.assessment import Assessment
from app.rules.ladder import assess

__all__ = ["Assessment", "assess"]
