"""What a funder may see: small counts hidden, others hidden for them, and proof that it suffices.

A report's tables go in together, since what one hides another may give away; out come the same
tables with words in place of hidden counts, and an audit of what could be worked out from them.
"""

from interview_coach.measures.suppression.audit import Audit, audit
from interview_coach.measures.suppression.protect import hide, protect
from interview_coach.measures.suppression.protected import Protected
from interview_coach.measures.suppression.rates import ProtectedRates, protect_rates
from interview_coach.measures.suppression.rule import Rule, Status
from interview_coach.measures.suppression.structure import Nested, Within, months_in_quarters
from interview_coach.measures.suppression.table import TOTAL, Table

__all__ = [
    "TOTAL",
    "Audit",
    "Nested",
    "Protected",
    "ProtectedRates",
    "Rule",
    "Status",
    "Table",
    "Within",
    "audit",
    "hide",
    "months_in_quarters",
    "protect",
    "protect_rates",
]
