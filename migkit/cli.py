"""The door: thin commands over the steps. Progress and messages go to stderr, `--json` prints one document on stdout.

Exit codes: 0 agrees or done, 1 differences or a gate not passed, 2 could not (usage, data, remote), 130 interrupted.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import click

from migkit import __version__
from migkit.import_files import Route
from migkit.model.collecting import collect_seldom
from migkit.model.errors import MigkitError, on_this_machine
from migkit.sign_of_life import sign_of_life
from migkit.workspace import GATES, PLANS, Workspace

INTERRUPTED = 130
DEMO = frozenset({"starlette", "uvicorn", "python_multipart", "fpdf", "PIL"})
"""What the extra `migkit[demo]` brings: the sandbox and the made-up practices need it, a real move does not."""


class Day(click.DateTime):
    """A day that is over, or today somewhere."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the date."""
        day = super().convert(value, param, ctx).date()
        if day > date.today() + timedelta(days=1):
            self.fail(f"{day} is still to come: give the day of the export.", param, ctx)
        return day


class Number(click.FloatRange):
    """A number within its bounds, which nan and infinity are not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value} is no number to work with.", param, ctx)
        return number


class Words(click.ParamType[str]):
    """A line of text that says something."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the line without blanks around it."""
        text = str(value).strip()
        if not text or not text.isprintable():
            self.fail("a word is needed, on one line.", param, ctx)
        return text


SEED = click.IntRange(min=0)
ROUTES = [route.value for route in Route]
TAKEN = Day(["%Y-%m-%d"])
workspace_argument = click.argument("workspace", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")


def say(text: str) -> None:
    """Print a message for people: on stderr, so that stdout stays one document."""
    click.echo(text, err=True)


def answer(document: Any) -> None:
    """Print the one JSON document of a command."""
    click.echo(json.dumps(document, indent=1, ensure_ascii=False, default=str))


class Door(click.Group):
    """Turns every user-facing error into one sentence and an exit code; anything else is a bug and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        collect_seldom()
        try:
            with sign_of_life(say):
                return super().invoke(ctx)
        except MigkitError as error:
            say(f"migkit: {error}")
            ctx.exit(error.exit_code)
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] not in DEMO:
                raise
            say(f"migkit: this command needs {error.name}, which is not installed: pip install 'migkit[demo]'. Nothing was done.")
            ctx.exit(2)
        except KeyboardInterrupt:
            say("migkit: interrupted; what was done is in the ledger, run the same command again to go on.")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            ctx.exit(0)
        except Exception as error:
            if (refused := on_this_machine(error)) is None:
                raise
            say(f"migkit: {refused}")
            ctx.exit(refused.exit_code)


def _plan_options(command: Callable[..., Any]) -> Callable[..., Any]:
    @click.option("--plan", type=click.Choice(PLANS), default="growth", show_default=True, help="Pipedrive plan.")
    @click.option("--seats", type=click.IntRange(min=1), default=1, show_default=True, help="Paid seats.")
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="migkit")
def main() -> None:
    """Move a dental practice from Core Practice to Pipedrive: proven row by row, and undoable."""


@main.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=Path("demo"), show_default=True)
@click.option("--patients", type=click.IntRange(min=20), default=200, show_default=True)
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--style", type=click.Choice(["tidy", "reports"]), default="tidy", show_default=True)
@click.option("--plan", type=click.Choice(PLANS), default="ultimate", show_default=True, help="Plan of the sandbox.")
@click.option("--seats", type=click.IntRange(min=1), default=3, show_default=True, help="Paid seats of the sandbox.")
@click.option("--clock-speed", type=Number(min=0, min_open=True), default=1.0, help="How much faster the sandbox's days pass.")
@click.option("--limits", is_flag=True, help="Enforce the burst limit and the daily budget too.")
@click.option("--daily-tokens", type=click.IntRange(min=1), help="Tokens a day instead of the plan's: few make the load take days.")
@click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE", help="Another answer where the documents are silent.")
@click.option("--rollback", is_flag=True, help="Undo everything at the end instead of previewing it.")
def demo(folder: Path, **options: Any) -> None:
    """Run the whole journey on a made-up practice against a local Pipedrive."""
    from migkit.steps.demo import run_demo

    say(run_demo(folder, say=say, **options))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--patients", type=click.IntRange(min=20), help="200 by default, or as many as the profile has.")
@click.option("--seed", type=SEED, default=1, show_default=True)
@click.option("--style", type=click.Choice(["tidy", "reports"]), default="tidy", show_default=True)
@click.option("--from-profile", "profile", type=click.Path(path_type=Path), help="Look like the practice that wrote this profile.")
def generate(folder: Path, patients: int | None, seed: int, style: str, profile: Path | None) -> None:
    """Write a made-up practice: two exports, the truth behind them, and a lived-in account.

    From a profile: one export of made-up people that looks like the practice's own.
    """
    from migkit.generate import generate as write_practice
    from migkit.generate import generate_lookalike

    if profile is not None:
        say(
            f"{generate_lookalike(folder, profile, patients, seed)}: an export of made-up people that looks like the practice of {profile}."
        )
        return
    patients = patients or 200
    write_practice(folder, patients=patients, seed=seed, style=style)
    say(f"{folder}: export/, export_delta/, truth.json, damage.json, account.json ({patients} patients, style {style}, seed {seed}).")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option("--token", type=Words(), default="practice-token", show_default=True)
@click.option("--plan", type=click.Choice(PLANS), default="growth", show_default=True)
@click.option("--seats", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="Keep the account here, so that it survives a restart.")
@click.option("--seed", "seed_file", type=click.Path(path_type=Path), help="account.json to start from.")
@click.option("--no-limits", is_flag=True, help="Neither burst limit nor daily budget.")
@click.option("--latency-ms", type=Number(min=0), default=0.0)
@click.option(
    "--clock-speed", type=Number(min=0, min_open=True), default=1.0, help="How much faster days pass (never the 2-second window)."
)
@click.option("--switch", "switches", multiple=True, metavar="NAME=VALUE")
def sandbox(**options: Any) -> None:
    """Serve a Pipedrive to practise on, on loopback, until interrupted."""
    from migkit.steps.sandbox import serve_sandbox

    serve_sandbox(say=say, **options)


@main.command()
@workspace_argument
@click.option("--export", "export", type=click.Path(path_type=Path), required=True, help="Folder or zip of the practice's files.")
@click.option("--target", required=True, help="https://COMPANY.pipedrive.com, or the address of `migkit sandbox`.")
@_plan_options
@click.option("--timezone", default=None, help="IANA name. Australia/Sydney where neither zone nor country is given, and so said.")
@click.option("--country", default=None, metavar="CODE", help="ISO code (AU, NZ, GB, …); the time zone's country by default.")
@click.option("--currency", default=None, help="ISO code; the country's own by default.")
@click.option("--practice", type=Words(), default=None, help="Name in the reports; the workspace's name by default.")
@click.option("--taken", type=TAKEN, default=None, help="Day of the export; the newest file's by default.")
@click.option(
    "--reserve", type=click.IntRange(0, 90), default=20, show_default=True, help="Share of each day's tokens left alone, percent."
)
def init(  # noqa: PLR0913 - its options
    workspace: Path,
    export: Path,
    target: str,
    plan: str,
    seats: int,
    timezone: str | None,
    country: str | None,
    currency: str | None,
    practice: str | None,
    taken: date | None,
    reserve: int,
) -> None:
    """Make a workspace and take the export into it, read-only and hashed."""
    from migkit.steps.start import begin

    begun = begin(
        workspace,
        export,
        target=target,
        plan=plan,
        seats=seats,
        timezone=timezone,
        country=country,
        currency=currency,
        practice=practice,
        taken=taken,
        reserve=reserve,
    )
    say(begun.place)
    say(f"{workspace}: snapshot {begun.snapshot} with {begun.files} files. Next: migkit run {workspace} audit")


@main.command()
@click.argument("export", type=click.Path(path_type=Path))
@json_option
@click.option("--country", default=None, metavar="CODE", help="ISO code of the practice's country; what looks right in any by default.")
def propose(export: Path, as_json: bool, country: str | None) -> None:
    """Rank canonical fields for every column of every file of an export."""
    from migkit.steps.mapping_review import proposals_table, propose_for

    proposals = propose_for(export, country)
    answer(proposals.to_json()) if as_json else click.echo(proposals_table(proposals).to_string(index=False))


@main.command()
@workspace_argument
@click.option("--out", type=click.Path(path_type=Path), help="Where to; runs/profile.json by default.")
def profile(workspace: Path, out: Path | None) -> None:
    """Write shapes and frequencies of the export, nothing of anybody: for `generate --from-profile`."""
    from migkit.migration import Migration
    from migkit.steps.profile import write_profile

    say(f"{write_profile(Migration.open(workspace), out)}: read it before it leaves the practice.")


@main.command()
@workspace_argument
@json_option
@click.option("--probe", is_flag=True, help="Also try the harmless unknowns, in a run of their own that is rolled back.")
def preflight(workspace: Path, as_json: bool, probe: bool) -> None:
    """Check the target account, read-only: would this plan fit?"""
    from migkit.steps.preflight import probe as ask_probe
    from migkit.steps.preflight import run_preflight

    result = run_preflight(workspace)
    answers = ask_probe(workspace) if probe and not result.blocks else ()
    if as_json:
        answer(result.to_json() | {"probe": [{"code": a.code, "answer": a.answer, "detail": a.detail} for a in answers]})
    else:
        click.echo("\n".join([result.to_text(), *(f"probe: {a.question} {a.answer}" for a in answers)]))
    sys.exit(1 if result.blocks else 0)


@main.command()
@workspace_argument
@json_option
def plan(workspace: Path, as_json: bool) -> None:
    """Show what would be written: counts, tokens, days, and a readable list under work/."""
    from migkit.steps.overview import show_plan

    shown = show_plan(workspace)
    answer(shown.to_json()) if as_json else click.echo(shown.to_text())


@main.command()
@workspace_argument
@click.argument("step", nargs=-1, required=True)
@click.option("--export", "export", type=click.Path(path_type=Path), help="With delta: the later export.")
@click.option("--kind", type=click.Choice(["full", "window"]), default=None, help="With --export: what absence means; full by default.")
@click.option("--taken", type=TAKEN, default=None, help="With --export: its day.")
@click.option("--wait", is_flag=True, help="Wait for the next day's tokens instead of stopping.")
@click.option("--only-failed", is_flag=True, help="With load: try only what was refused or waited before.")
@click.option("--route", type=click.Choice(ROUTES), default=None, help="With load: by the API, or by Pipedrive's own import (files).")
def run(
    workspace: Path,
    step: tuple[str, ...],
    export: Path | None,
    kind: str | None,
    taken: date | None,
    wait: bool,
    only_failed: bool,
    route: str | None,
) -> None:
    """Run notebooks (audit, mapping_review, …, or all); stop at the first gate that is not approved."""
    from migkit.running import run_steps

    if kind and export is None:
        raise click.BadOptionUsage("--kind", "--kind goes with --export: it says what absence from the later export means.")
    ran = run_steps(workspace, step, export=export, kind=kind or "full", taken=taken, wait=wait, only_failed=only_failed, route=route or "")
    for name, page in ran:
        say(f"{name}: {page}")


@main.command()
@click.argument("declaration", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into", type=click.Path(path_type=Path), required=True, help="Folder for exports: each reading makes a new one in it.")
@click.option("--whole", is_flag=True, help="Read everything again, not only what changed since the last time.")
def pull(declaration: Path, into: Path, whole: bool) -> None:
    """Read an export from a source's HTTP API, as a declaration says: address, sign-in, pages, what changed.

    \b
    Example: migkit pull core.yaml --into /mnt/drop
    """
    from migkit.steps.pull import pull as read_source

    say(read_source(declaration, into, whole=whole).to_text())


@main.command()
@workspace_argument
@click.option("--folder", type=click.Path(path_type=Path), required=True, help="Where later exports are put, each a folder or a zip.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d %H:%M"]), default=None, help="The practice's own time; until Ctrl-C by default.")
@click.option("--kind", type=click.Choice(["full", "window"]), default="full", show_default=True, help="What absence from an export means.")
@click.option("--settle", type=Number(min=0), default=120.0, show_default=True, help="Seconds without a change after which it is complete.")
@click.option("--done", default="", metavar="ENDING", help="Complete when EXPORT plus this ending stands beside it, for instance .done.")
@click.option("--every", type=Number(min=1), default=60.0, show_default=True, help="Seconds between two looks.")
def watch(workspace: Path, folder: Path, until: datetime | None, kind: str, settle: float, done: str, every: float) -> None:
    """Take later exports in as they land; write what decisions/watch.yaml approves in advance, and say what waits.

    \b
    Example: migkit watch acme --folder /mnt/drop --until "2026-12-02 18:00"
    """
    from migkit.steps.watch import watch as watch_folder

    watch_folder(workspace, folder, say=say, until=until, every_s=every, settle_s=settle, done=done, kind=kind)


@main.command()
@workspace_argument
@click.option("--skip-file", type=click.Path(path_type=Path), help="Pipedrive's list of skipped rows, in any language.")
@json_option
def adopt(workspace: Path, skip_file: Path | None, as_json: bool) -> None:
    """Take over what Pipedrive's own import brought: read it back once, say what is missing, differs or came twice."""
    from migkit.steps.adopt import adopt as take_over

    taken_over = take_over(workspace, skip_file)
    answer(taken_over.to_json()) if as_json else click.echo(taken_over.to_text())


@main.command()
@workspace_argument
@click.option("--at-least", type=Number(0, 1), required=True, help="How sure a proposal must be, 0 to 1.")
@click.option("--table", default=None, help="Only this source table.")
@click.option("--by", type=Words(), required=True, help="Who confirms.")
def confirm(workspace: Path, at_least: float, table: str | None, by: str) -> None:
    """Confirm proposed columns in bulk; lists what it confirmed and what it left."""
    from migkit.steps.bulk_confirm import confirm_proposals

    click.echo(confirm_proposals(workspace, at_least=at_least, table=table, by=by).to_text())


@main.command()
@workspace_argument
@click.argument("gate", type=click.Choice(GATES))
@click.option("--by", type=Words(), required=True, help="Who approves.")
@click.option("--note", default="", help="Why, in a sentence.")
def approve(workspace: Path, gate: str, by: str, note: str) -> None:
    """Record that somebody looked and agrees; bound to exactly what was looked at."""
    from migkit.steps.approvals import approve_gate

    say(approve_gate(workspace, gate, by=by, note=note))


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--by", type=Words(), default="analyst", show_default=True, help="Your name, as approvals will carry it.")
@click.option("--only-files", is_flag=True, help="Lay the notebooks out; do not open JupyterLab.")
@click.argument("words", metavar="[WORKSPACE] [JUPYTER_OPTIONS]...", nargs=-1, type=click.UNPROCESSED)
def lab(by: str, only_files: bool, words: tuple[str, ...]) -> None:
    """Open JupyterLab on the workspace's own notebooks, with the workspace filled in; further options are JupyterLab's.

    Without WORKSPACE: on 00_start, in this folder, which makes one.
    """
    from migkit.steps.lab import lay_out, lay_out_start, open_lab

    if not words or words[0].startswith("-"):
        start = lay_out_start(Path.cwd(), by)
        say(f"Begin with {start.name} in {start.parent}.")
        folder, jupyter_options = start.parent, (start.name, *words)
    else:
        folder, jupyter_options = lay_out(Workspace.open(words[0]), by), words[1:]
        say(f"The notebooks of this workspace: {folder}. Start with 10_audit.")
    if not only_files:
        open_lab(folder, jupyter_options)


@main.command()
@workspace_argument
@json_option
def status(workspace: Path, as_json: bool) -> None:
    """Show where the migration stands, what is held, tokens and days left."""
    from migkit.steps.overview import show_status

    shown = show_status(workspace)
    answer(shown.to_json()) if as_json else click.echo(shown.to_text())


@main.command()
@workspace_argument
@click.argument("key", type=Words())
@json_option
def explain(workspace: Path, key: str, as_json: bool) -> None:
    """Tell one row's life: file and line, typed, decided, desired, sent, read back, outcome."""
    from migkit.steps.overview import explain_key

    explained = explain_key(workspace, key)
    lines = [f"{step:<28} {what}{': ' if detail else ''}{detail}" for step, what, detail in explained.to_frame().itertuples(index=False)]
    click.echo(explained.to_json() if as_json else "\n".join(lines))


@main.command()
@workspace_argument
@json_option
def reconcile(workspace: Path, as_json: bool) -> None:
    """Read everything back and compare every field."""
    from migkit.steps.reconcile import reconcile_target

    result = reconcile_target(workspace)
    answer(result.to_json()) if as_json else click.echo(result.to_text())
    sys.exit(0 if result.agrees else 1)


@main.command()
@workspace_argument
@json_option
@click.option("--verify", is_flag=True, help="Check a pack instead: each file by its hash, each figure against ledger and account.")
def handover(workspace: Path, as_json: bool, verify: bool) -> None:
    """Make what the practice keeps, the folder handover/, from what was done; or check it."""
    from migkit.steps.handover import hand_over_workspace, verify_workspace

    if verify:
        found = verify_workspace(workspace)
        answer(found.to_json()) if as_json else click.echo(found.to_text())
        sys.exit(1 if found.problems else 0)
    pack = hand_over_workspace(workspace)
    answer(pack.to_json()) if as_json else click.echo(pack.verdict)


@main.command()
@workspace_argument
@click.option("--preview", is_flag=True, help="Show what would happen; write nothing.")
@click.option("--run", "run_id", default=None, help="Only what this run wrote.")
def rollback(workspace: Path, preview: bool, run_id: str | None) -> None:
    """Undo what was loaded: delete what is untouched, put back what was changed, keep what others edited."""
    from migkit.steps.rollback import in_words, undo

    result = undo(workspace, preview=preview, run_id=run_id)
    click.echo(in_words(result, Workspace.open(workspace).settings))
    sys.exit(1 if result.stopped or result.counts["errored"] else 0)


@main.command()
@workspace_argument
def recover(workspace: Path) -> None:
    """Rebuild a lost ledger from the target."""
    from migkit.steps.rollback import rebuild_ledger

    say(rebuild_ledger(workspace))


class WithDefault(click.Group):
    """A group whose first command need not be named: `fleet FLEET.toml` is `fleet run FLEET.toml`."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command that the arguments name."""
        return super().resolve_command(ctx, args if args[0] in self.commands else [next(iter(self.commands)), *args])


fleet_argument = click.argument("fleet_file", metavar="FLEET.toml", type=click.Path(path_type=Path))


@main.group(cls=WithDefault)
def fleet() -> None:
    """Work on many practices side by side, each with its own account, token and budget.

    \b
    migkit fleet FLEET.toml           as far as each one goes
    migkit fleet status FLEET.toml    where each one is, and who is waited for
    migkit fleet lab FLEET.toml       the same as a notebook
    """


@fleet.command("run")
@fleet_argument
@click.option("--wait", is_flag=True, help="Stay, and go on with what waits for the next day's tokens when its time has come.")
def fleet_run(fleet_file: Path, wait: bool) -> None:
    """Work on every practice until it is done, waits for somebody or for a moment, or fails; exit 1 while any is not done."""
    from migkit.fleet import run_fleet

    overview = run_fleet(fleet_file, say=say, wait=wait)
    click.echo(overview.to_text())
    sys.exit(0 if overview.is_done else 1)


@fleet.command("status")
@fleet_argument
@json_option
def fleet_status(fleet_file: Path, as_json: bool) -> None:
    """Show where each practice is, its tokens and days, what failed, and who is waited for; asks no account."""
    from migkit.fleet import look_at

    overview = look_at(fleet_file)
    answer(overview.to_json()) if as_json else click.echo(overview.to_text())


@fleet.command("offer")
@fleet_argument
@workspace_argument
def fleet_offer(fleet_file: Path, workspace: Path) -> None:
    """Offer a practice's confirmed map and policies to the others of its group; each still approves by itself."""
    from migkit.fleet import offer

    for one in offer(fleet_file, workspace):
        click.echo(f"{one.practice.name}: {one.said}")


@fleet.command("lab", context_settings={"ignore_unknown_options": True})
@fleet_argument
@click.argument("jupyter_options", nargs=-1, type=click.UNPROCESSED)
def fleet_lab(fleet_file: Path, jupyter_options: tuple[str, ...]) -> None:
    """Open JupyterLab on the overview, 95_fleet, which is laid beside FLEET.toml; further options are JupyterLab's."""
    from migkit.fleet import lay_out_fleet
    from migkit.steps.lab import open_lab

    notebook = lay_out_fleet(fleet_file)
    open_lab(notebook.parent, (notebook.name, *jupyter_options))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.option("--country", default=None, metavar="CODE", help="ISO code of the practice's country; what looks right in any by default.")
def identity(file: Path, as_json: bool, country: str | None) -> None:
    """Find the same person twice in any table of people."""
    from migkit.steps.any_people import pairs_in

    pairs = pairs_in(file, country)
    answer(json.loads(pairs.to_json(orient="records"))) if as_json else click.echo(pairs.to_string(index=False))
