"""How disciplined and timely a facilitator's own reports are: the indicators this app offers to its registry."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.enums.logbook import FlagKind
from pendamping.facilitators.enums.months import DecisionKind, MonthState
from pendamping.facilitators.indicators import Reading, Service, indicator, of_share
from pendamping.facilitators.models import LogEntry, LogFlag, MonthDecision, MonthReport
from pendamping.facilitators.rules.indicators import share

PROFESSIONAL, SHARE = IndicatorGroup.PROFESSIONAL, IndicatorUnit.SHARE


@indicator(
    "facilitators.log_days", group=PROFESSIONAL, unit=SHARE, label=_("Working days with a line in the logbook"),
    formula=_(
        "Working days on duty that have at least one line, of all working days on duty. Leave, illness and "
        "duty travel are taken out."
    ),
)  # fmt: skip
def log_days(service: Service) -> Reading:
    """One query."""
    working = service.working_days
    written = LogEntry.objects.filter(account=service.account, day__range=(service.since, service.until))
    codes: dict[date, str] = {}
    for on, code in written.order_by("day", "id").values_list("day", "code"):
        codes.setdefault(on, code)
    found = working & codes.keys()
    return Reading(share(len(found), len(working)), len(working), tuple(codes[on] for on in sorted(found)), len(found))


@indicator(
    "facilitators.log_on_time", group=PROFESSIONAL, unit=SHARE, label=_("Lines of the logbook written in time"),
    formula=_(
        "Lines that do not carry the flag “written late”, of all lines of the half-year. Lines that fell into"
        " the logbook by themselves, and those that arrived long after they were noted, are left out."
    ),
)  # fmt: skip
def log_on_time(service: Service) -> Reading:
    """One query."""
    flags = LogFlag.objects.filter(entry=OuterRef("pk"))
    late, held_back = flags.filter(kind=FlagKind.LATE), flags.filter(kind=FlagKind.HELD_BACK)
    lines = LogEntry.objects.filter(
        service.on("day"), account=service.account, source__isnull=True, written_at__lt=service.end
    )
    rows = lines.filter(~Exists(held_back)).annotate(late=Exists(late)).order_by("id").values_list("code", "late")
    return of_share((code, not is_late) for code, is_late in rows)


@indicator(
    "facilitators.months_on_time", group=PROFESSIONAL, unit=SHARE, label=_("Monthly reports sent in time"),
    formula=_(
        "Months on duty whose report was first sent before the correction days were over, of all months on "
        "duty. A month without a report counts as late."
    ),
)  # fmt: skip
def months_on_time(service: Service) -> Reading:
    """One query."""
    served = sorted({(on.year, on.month) for on in service.working_days})
    sent = MonthReport.objects.filter(account=service.account, year__in={year for year, _month in served})
    found = {(year, month): (code, late) for year, month, code, late in
             sent.order_by("id").values_list("year", "month", "code", "is_late")}  # fmt: skip
    in_time = [one for one in served if one in found and not found[one][1]]
    codes = tuple(found[one][0] for one in served if one in found)
    return Reading(share(len(in_time), len(served)), len(served), codes, len(in_time))


@indicator(
    "facilitators.months_first_pass", group=PROFESSIONAL, unit=SHARE, label=_("Monthly reports approved at first"),
    formula=_(
        "Reports of the half-year's months that nobody sent back, of all that were approved or sent back. One that"
        " was sent back only after its approval counts as approved."
    ),
)  # fmt: skip
def months_first_pass(service: Service) -> Reading:
    """One query."""
    served = {on.month for on in service.days}
    approved = MonthDecision.objects.filter(
        report=OuterRef("report"), sending=OuterRef("sending"), kind=DecisionKind.APPROVED
    )
    back = MonthDecision.objects.filter(~Exists(approved), report=OuterRef("pk"), kind=DecisionKind.RETURNED)
    reports = MonthReport.objects.filter(account=service.account, year=service.since.year, month__in=served)
    rows = reports.annotate(back=Exists(back)).order_by("id").values_list("code", "state", "back")
    return of_share((code, not back) for code, state, back in rows if back or state == MonthState.APPROVED)
