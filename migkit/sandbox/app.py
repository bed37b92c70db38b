"""The server: one call from the wire to the handler and back, the web pages, and the sandbox's own paths."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .config import SandboxConfig
from .control import control_routes
from .editing import editing_routes
from .gate import Gate
from .page import page
from .spreadsheets import import_routes
from .world import World


def create_app(config: SandboxConfig, clock: Callable[[], float] = time.time) -> Starlette:
    """Return the application. `app.state.world` is what it holds; closing that is up to who made it, or to the lifespan."""
    world = World(config, clock)
    gate = Gate(world)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        sender = asyncio.create_task(world.hooks.run())
        yield
        sender.cancel()
        world.close()

    async def front(request: Request) -> Response:
        asked = request.query_params
        return Response(page(world, asked.get("account"), asked.get("find", "")), media_type="text/html")

    async def api(request: Request) -> Response:
        return await gate.serve(request)

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"]
    app = Starlette(
        routes=[
            Route("/", front),
            *control_routes(world),
            *editing_routes(world),
            *import_routes(world),
            Route("/{path:path}", api, methods=methods),
        ],
        lifespan=lifespan,
    )
    app.state.world = world
    return app
