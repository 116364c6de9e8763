"""The API: the routers of the apps under one description."""

from __future__ import annotations

from pendamping import __version__
from pendamping.assets.api import router as assets
from pendamping.benefits.api import router as benefits
from pendamping.core.nul import WordsParser
from pendamping.core.problems import Api, install
from pendamping.deliberation.api import routers as deliberation
from pendamping.delivery.api import router as delivery
from pendamping.facilitators.api import routers as facilitators
from pendamping.needs.api import routers as needs
from pendamping.planning.api import router as planning
from pendamping.portal.api import router as portal
from pendamping.registry.api import router as registry
from pendamping.training.api import routers as training

api = Api(title="Pendamping", version=__version__, docs_url=None, openapi_url="openapi.json", parser=WordsParser())
install(api)
for router in (*facilitators, *training, *needs, *deliberation, planning, delivery, benefits, assets, registry, portal):
    api.add_router("", router)
