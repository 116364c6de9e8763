"""What the journal tells of evaluations: that a step was taken, never how somebody was judged."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.evaluation_rules_set": _("The rules of evaluation of facilitators were set"),
    "facilitators.evaluation_computed": _("A half-year of a facilitator was computed"),
    "facilitators.evaluation_shown": _("An evaluation was shown to the person"),
    "facilitators.evaluation_replied": _("Somebody replied to their evaluation"),
    "facilitators.evaluation_settled": _("An evaluation was settled"),
    "facilitators.renewal_decided": _("It was decided whether a contract is renewed"),
    "facilitators.coaching_agreed": _("Steps of a coaching were agreed on"),
    "facilitators.coaching_finished": _("A coaching was finished"),
}
