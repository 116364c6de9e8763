"""Decisions made by ballots so far name their result."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def name_results(apps: Any, schema_editor: Any) -> None:
    """The result that stands of the last counted ballot on the proposal.

    Where that is a recount and the meeting is still open nothing says by which of the two it was decided: the one
    before is named, so that the recount is applied before the close.
    """
    decisions = apps.get_model("deliberation", "Decision").objects.filter(method="ballot")
    results = apps.get_model("deliberation", "Result").objects.defer("contest", "decision", "ballot_file")
    for decision in decisions.select_related("item__meeting").iterator():
        meeting, proposal = decision.item.meeting, decision.item.proposal_id
        standing = results.filter(meeting=meeting, recount=None, poll__choices__proposal=proposal)
        found = standing.order_by("-poll__number").first()
        if found is not None:
            is_open = meeting.state == "called"
            decision.result_id = found.recount_of_id if is_open and found.recount_of_id else found.pk
            decision.save(update_fields=["result"])


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0010_decision_result"),
    ]

    operations = [
        migrations.RunPython(name_results, migrations.RunPython.noop),
    ]
