"""Two minutes a day: a question once answered wrong, asked again when it is about to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.facilitators.rules import exams as choices
from pendamping.facilitators.rules.draw import Line, draw
from pendamping.facilitators.rules.questions import share
from pendamping.training.models import PracticeCard
from pendamping.training.queries.quizzes import card_of
from pendamping.training.rules import practice as rules


@act("training.practised")
def practise(*, by: Account, at: datetime, card: PracticeCard, review: int, given: Sequence[str]) -> PracticeCard:
    """Answer one card (id: latihan harian). `review`: which answer to it this is; one sent again is refused.

    Not in the journal: the card is its record, and nobody but its owner is concerned.
    """
    card = PracticeCard.objects.select_for_update(of=("self",)).select_related("question").get(pk=card.pk)
    rules.may_practise(review=review, reviews=card.reviews, given=given).or_raise()
    question, order = card.question, order_of(card)
    choices.is_possible_choice(kind=question.kind, options=len(order), given=given).or_raise()
    choice = choices.as_kept(kind=question.kind, order=order, given=given)
    is_right = share(kind=question.kind, options=question.options, choice=choice) == 1
    card.memory, card.due_at = rules.reviewed(card.memory, right=is_right, at=at.astimezone(UTC))
    card.reviews, card.last_at, card.last_right = card.reviews + 1, at, is_right
    card.save(update_fields=["memory", "due_at", "reviews", "last_at", "last_right"])
    return card


def order_of(card: PracticeCard, review: int | None = None) -> list[int]:
    """The options in an order of their own each time the question comes back, the same until it is answered.

    `review`: of an earlier answer to it; None: of the next one.
    """
    drawn, code = card_of(card.question), str(card.reviews if review is None else review)
    return list(draw(seed=card.uid.hex, code=code, lines=[Line(drawn.topic, 1)], pool=[drawn])[0].order)
