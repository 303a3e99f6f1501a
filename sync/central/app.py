"""The ASGI application: every route of the API, and problems for everything that goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from sync.central.composition import Central
from sync.central.routes import (
    alerts,
    base_map,
    credential,
    desk,
    identity,
    openapi,
    photos,
    rating,
    records,
    snapshots,
    uploads,
)
from sync.central.routes.problems import HANDLERS
from sync.central.shedding import Shedding
from sync.central.upkeep import Upkeep
from sync.contract.wire import API

Endpoint = Callable[[Request], Awaitable[Response]]


def _by_method(path: str, **endpoints: Endpoint) -> Route:
    """One route for a path, so that a wrong method is answered with all the right ones."""

    async def endpoint(request: Request) -> Response:
        return await endpoints[request.method](request)

    return _OwnPath(API + path, endpoint, methods=list(endpoints))


class _OwnPath(Route):
    """A path that is its own with every method: a wrong one is refused here, not tried on a later route."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As usual, but what matches in part is ours, too."""
        match, found = super().matches(scope)
        return (Match.FULL if match is Match.PARTIAL else match), found


ROUTES = [
    _by_method("/health", GET=identity.health, HEAD=identity.health),
    _by_method("/ready", GET=identity.ready, HEAD=identity.ready),
    _by_method("/openapi.json", GET=openapi.openapi, HEAD=openapi.openapi),
    _by_method("/enrol", POST=identity.enrol),
    _by_method("/sign-in", POST=identity.sign_in),
    _by_method("/token", POST=identity.token),
    _by_method("/desk/sign-in", POST=desk.sign_in),
    _by_method("/desk/units", GET=desk.units, HEAD=desk.units),
    _by_method("/desk/clashes", GET=desk.clashes, HEAD=desk.clashes),
    _by_method("/desk/cases", GET=desk.cases, HEAD=desk.cases),
    _by_method("/desk/cases/{case_id}", GET=desk.case, HEAD=desk.case),
    _by_method("/desk/cases/{case_id}/acts", POST=desk.act),
    _by_method("/desk/alerts", GET=alerts.page, HEAD=alerts.page, POST=alerts.add),
    _by_method("/desk/alerts/{alert_id}/acts", POST=alerts.act),
    _by_method("/desk/calls", GET=alerts.calls, HEAD=alerts.calls),
    _by_method("/desk/squads", GET=alerts.squads, HEAD=alerts.squads),
    _by_method("/visits/{visit_id}/rating", GET=rating.page, HEAD=rating.page, POST=rating.rate),
    _by_method("/credential", GET=credential.page, HEAD=credential.page, POST=credential.check),
    _by_method("/push", POST=records.push),
    _by_method("/changes", GET=records.changes, HEAD=records.changes),
    _by_method("/photos/offer", POST=photos.offer),
    _by_method("/photos/{sha256}", GET=photos.photo, HEAD=photos.photo),
    _by_method("/urgent", GET=snapshots.urgent, HEAD=snapshots.urgent),
    _by_method("/snapshot", GET=snapshots.manifest, HEAD=snapshots.manifest),
    _by_method("/snapshot/{name}", GET=snapshots.packed, HEAD=snapshots.packed),
    _by_method("/base-map", GET=base_map.offer, HEAD=base_map.offer),
    _by_method("/base-map/{sha256}", GET=base_map.file, HEAD=base_map.file),
    _by_method("/uploads", OPTIONS=uploads.options, POST=uploads.create),
    _by_method(
        "/uploads/{upload_id}",
        OPTIONS=uploads.options,
        HEAD=uploads.head,
        PATCH=uploads.patch,
        DELETE=uploads.delete,
        POST=uploads.overridden,
    ),
]


def create_app(central: Central) -> Starlette:
    """The application over one central; it ends the long polls when it is told to stop."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        central.pulse.start()
        tasks = (
            central.snapshots.look,
            central.maps.look,
            central.uploads.sweep,
            central.missing.look,
            central.missing.collect,
        )
        upkeep = asyncio.create_task(Upkeep(tasks, central.work, central.settings.upkeep_s).run())
        yield
        upkeep.cancel()
        with suppress(asyncio.CancelledError):
            await upkeep

    app = Starlette(
        routes=ROUTES,
        exception_handlers=HANDLERS,
        lifespan=lifespan,
        middleware=[Middleware(Shedding, burden=central)],
    )
    app.state.central = central
    return app
