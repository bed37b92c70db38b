"""The pages of an import: choose a file, map its columns, look at what was imported, download what was skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..account import Account
from ..world import World
from .fields import CATEGORIES, Field, Skipped, offered
from .rows import Importer
from .workbook import read_table, skip_file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 3
"""Rows of the file that the mapping screen shows."""


@dataclass
class Import:
    """One upload."""

    number: int
    account: Account
    name: str
    header: list[str]
    rows: list[list[Any]]
    is_done: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    skipped: list[tuple[list[Any], str]] = field(default_factory=list)


@cache
def _template() -> jinja2.Template:
    source = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def import_routes(world: World) -> list[Route]:
    """Return the routes under `/import`."""
    pages = _Pages(world)
    return [
        Route("/import", pages.choose),
        Route("/import", pages.upload, methods=["POST"]),
        Route("/import/{number:int}", pages.look),
        Route("/import/{number:int}", pages.start, methods=["POST"]),
        Route("/import/{number:int}/skipped.xlsx", pages.skipped),
    ]


class _Pages:
    def __init__(self, world: World) -> None:
        self.world = world
        self.imports: dict[int, Import] = {}

    def _shown(self, account: Account | None = None, status: int = 200, **values: Any) -> Response:
        state = self.world.state(account or next(iter(self.world.accounts.values())))
        rest = {"state": state, "chosen": None, "problem": "", "groups": {}, "past": list(self.imports.values())}
        return Response(_template().render(rest | values), status, media_type="text/html")

    def _account(self, request: Request) -> Account:
        known = request.query_params.get("account", "")
        return self.world.accounts.get(int(known) if known.isdecimal() else 1) or next(iter(self.world.accounts.values()))

    async def choose(self, request: Request) -> Response:
        return self._shown(self._account(request))

    async def upload(self, request: Request) -> Response:
        account = self._account(request)
        file = (await request.form()).get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return self._shown(account, 400, problem="Choose a file first.")
        try:
            header, rows = read_table(file.filename, await file.read())
        except ValueError as problem:
            return self._shown(account, 400, problem=str(problem))
        number = len(self.imports) + 1
        self.imports[number] = Import(number, account, file.filename, header, rows)
        return RedirectResponse(f"/import/{number}", 303)

    async def look(self, request: Request) -> Response:
        chosen = self.imports.get(request.path_params["number"])
        if chosen is None:
            return self._shown(status=404, problem="There is no such import.")
        names = offered(chosen.account)
        groups = {category: [name for name, each in names.items() if each.category == category] for category in CATEGORIES}
        guessed = {place: name if name in names else "" for place, name in enumerate(chosen.header)}
        return self._shown(chosen.account, chosen=chosen, groups=groups, guessed=guessed, examples=chosen.rows[:SHOWN])

    async def start(self, request: Request) -> Response:
        chosen = self.imports.get(request.path_params["number"])
        if chosen is None or chosen.is_done:
            return self._shown(status=404, problem="There is no such import to start.")
        form = await request.form(max_fields=1000)
        names = offered(chosen.account)
        mapped = {place: names[str(form[f"column-{place}"])] for place in range(len(chosen.header)) if form.get(f"column-{place}") in names}
        if not mapped or len(set(mapped.values())) < len(mapped):
            return self._shown(chosen.account, 400, problem="Map at least one column, and none twice.")
        self._carry_out(chosen, mapped, merges=form.get("duplicates") != "separate")
        return RedirectResponse(f"/import/{chosen.number}", 303)

    def _carry_out(self, chosen: Import, mapped: dict[int, Field], *, merges: bool) -> None:
        importer = Importer(chosen.account, chosen.account.administrator(), merges=merges)
        for row in chosen.rows:
            cells = {field: row[place] for place, field in mapped.items() if row[place] not in (None, "")}
            self.world.store.begin()
            try:
                importer.take(cells)
            except Skipped as why:
                self.world.store.rollback()
                self.world.hooks.forget()
                chosen.skipped.append((row, str(why)))
            else:
                self.world.store.commit()
                self.world.hooks.release()
        chosen.is_done, chosen.counts = True, dict(importer.counts)

    async def skipped(self, request: Request) -> Response:
        chosen = self.imports.get(request.path_params["number"])
        if chosen is None or not chosen.skipped:
            return self._shown(status=404, problem="Nothing was skipped.")
        headers = {"content-disposition": f'attachment; filename="{Path(chosen.name).stem}-skipped.xlsx"'}
        return Response(skip_file(chosen.header, chosen.skipped), headers=headers, media_type=_XLSX)
