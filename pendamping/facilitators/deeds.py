"""Which acts done elsewhere fall into a facilitator's logbook, as what, and in which words.

Verbs are named, their apps are not: those stand above this one. tests/consistency/test_deeds.py proves that each verb
is one of an act.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendamping.facilitators.enums.logbook import Activity


@dataclass(frozen=True)
class Deed:
    """How an act of the journal is told in the logbook (id: perbuatan tercatat)."""

    activity: Activity
    sentence: Promise

    @property
    def kept(self) -> str:
        """The sentence in the language of the site, for the record itself."""
        with translation.override(settings.LANGUAGE_CODE):
            return str(self.sentence)


DEEDS: dict[str, Deed] = {
    "needs.voice_recorded": Deed(Activity.VISIT, _("Recorded the voice of a resident")),
    "needs.visit_recorded": Deed(Activity.VISIT, _("Went from door to door in an RT")),
    "needs.voices_gathered": Deed(Activity.ASSISTANCE, _("Gathered voices into a need")),
    "needs.voice_merged": Deed(Activity.ASSISTANCE, _("Joined voices about the same trouble")),
    "needs.voices_added": Deed(Activity.ASSISTANCE, _("Added voices to a need")),
    "needs.voice_answered": Deed(Activity.COMPLAINT, _("Answered a voice")),
    "needs.need_verified": Deed(Activity.CHECK, _("Verified a need on the spot")),
    "needs.need_scored": Deed(Activity.CHECK, _("Weighed a need")),
    "needs.view_taken": Deed(Activity.CHECK, _("Photographed the place of a need")),
    "needs.need_answered": Deed(Activity.COMPLAINT, _("Answered a need")),
    "needs.proposal_written": Deed(Activity.ASSISTANCE, _("Wrote a proposal with residents")),
    "needs.proposal_revised": Deed(Activity.ASSISTANCE, _("Mended a proposal")),
    "needs.proposal_submitted": Deed(Activity.ASSISTANCE, _("Handed in a proposal")),
    "needs.proposal_checked": Deed(Activity.CHECK, _("Checked a proposal")),
    "deliberation.meeting_called": Deed(Activity.MEETING, _("Called a meeting")),
    "deliberation.meeting_moved": Deed(Activity.MEETING, _("Moved a meeting to another day")),
    "deliberation.attendance_counted": Deed(Activity.MEETING, _("Kept the attendance of a meeting")),
    "delivery.progress_reported": Deed(Activity.CHECK, _("Looked at a work and reported its progress")),
    "delivery.progress_verified": Deed(Activity.CHECK, _("Verified the progress of a work")),
    "delivery.progress_returned": Deed(Activity.CHECK, _("Looked at a progress report and sent it back")),
    "benefits.reach_counted": Deed(Activity.CHECK, _("Counted who gains from a work")),
    "assets.inspected": Deed(Activity.CHECK, _("Inspected an asset")),
    "facilitators.duties_taken_over": Deed(Activity.COORDINATION, _("Took over open work")),
}


def words_of(what: str, verb: str) -> str:
    """What a line says: its own words, or the sentence of its act in the reader's language."""
    return str(DEEDS[verb].sentence) if verb in DEEDS else what
