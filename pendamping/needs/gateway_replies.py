"""Answers to messages of the phone, sent by the worker; the queue holds a number and our own words, none of theirs."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from pendamping.core import again
from pendamping.core.mail import trouble
from pendamping.needs import gateways
from pendamping.needs.enums.gateway import Answer
from pendamping.needs.keys import giver_address
from pendamping.needs.letters import Letter
from pendamping.needs.models import GatewayMessage
from pendamping.needs.services.contacts import address_of


@task()
def reply(message: int, answer: str, tried: int = 0) -> None:
    """Send one answer: a member of Answer, or the sentence of a refusal; tried a few times. Nothing to whoever was
    forgotten meanwhile. The key in it is drawn when it goes out, so that it never waits in the queue."""
    found = GatewayMessage.objects.select_related("contact", "voice").filter(pk=message).first()
    address = address_of(found.contact) if found else ""
    if found is None or not address:
        return
    try:
        with override("id"):
            gateways.send(address, words(found, answer))
    except Exception as problem:
        again.later(reply, message, answer, tried=tried)
        raise trouble(problem) from None  # of the gateway's words, which may name the address, nothing is kept


def words(message: GatewayMessage, answer: str) -> str:
    """What is said in answer to a message."""
    if answer not in Answer.values:
        return answer
    voice, form = message.voice, settings.SITE_URL.rstrip("/") + reverse("needs:give")
    facts = {"code": voice.code, "page": giver_address(voice)} if voice else {"code": "", "page": form}
    return str(Answer(answer).label).format(**facts)


def carry(address: str, letter: Letter) -> None:
    """News to those who follow, as a message."""
    gateways.send(address, letter.body)
