"""The table of wrong inputs: what a hurried person types or writes into a file, command by command, file by file.

Each is a name, the words after `migkit`, what lies on the disk beforehand, and words that the one sentence must hold.
`{w}` is a good workspace, `{e}` a good export, `{t}` an empty folder to work in.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

WORKSPACE_COMMANDS: dict[str, tuple[str, ...]] = {
    "preflight": (), "plan": (), "run": ("audit",), "confirm": ("--at-least", "0.9", "--by", "Kim"), "approve": ("mapping", "--by", "Kim"),
    "lab": ("--only-files",), "status": (), "explain": ("patient:1",), "reconcile": (), "rollback": (), "recover": (), "handover": (),
    "watch": ("--folder", "{t}"),
}  # fmt: skip
"""Every command whose first word is a workspace, with what else it needs."""
TARGET = ("--target", "http://127.0.0.1:9")


@dataclass(frozen=True)
class Place:
    """Where a case happens: a folder of its own, with a good workspace and a good export in it."""

    folder: Path

    @property
    def workspace(self) -> Path:
        return self.folder / "acme"

    @property
    def export(self) -> Path:
        return self.folder / "export"

    def decide(self, name: str, text: str | bytes) -> None:
        path = self.workspace / "decisions" / f"{name}.yaml"
        path.unlink(missing_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def settle(self, old: str, new: str) -> None:
        path = self.workspace / "migration.toml"
        text = path.read_text()
        assert old in text, old
        path.write_text(text.replace(old, new))


def as_it_is(place: Place) -> None:
    """Nothing is prepared: the workspace is sound, the words are not."""


@dataclass(frozen=True)
class Wrong:
    """One wrong input."""

    name: str
    words: tuple[str, ...]
    """What is typed after `migkit`."""
    told: tuple[str, ...] = ()
    """What the sentence must name."""
    prepare: Callable[[Place], object] = as_it_is
    environ: tuple[tuple[str, str | None], ...] = ()


def init(name: str, *options: str, told: tuple[str, ...] = (), prepare: Callable[[Place], object] = as_it_is) -> Wrong:
    """A wrong `init` of a new workspace."""
    words = ["init", "{t}/new", "--export", "{e}", *TARGET]
    for option, value in zip(options[::2], options[1::2], strict=True):
        if option in words:
            words[words.index(option) + 1] = value
        elif option == "workspace":
            words[1] = value
        else:
            words += [option, value]
    return Wrong(f"init: {name}", tuple(words), told, prepare)


def made_zip(fill: Callable[[zipfile.ZipFile], object]) -> Callable[[Place], None]:
    def make(place: Place) -> None:
        with zipfile.ZipFile(place.folder / "e.zip", "w") as archive:
            fill(archive)

    return make


def raw_zip(content: bytes) -> Callable[[Place], object]:
    return lambda place: (place.folder / "e.zip").write_bytes(content)


def cut_zip(place: Place) -> None:
    made_zip(lambda z: z.writestr("Patients.csv", "Patient ID,Name\n1,Ann\n" * 50))(place)
    path = place.folder / "e.zip"
    path.write_bytes(path.read_bytes()[:200])


def locked_zip(place: Place) -> None:
    """Set the flag of encryption in both headers."""
    made_zip(lambda z: z.writestr("Patients.csv", "Patient ID,Name\n1,Ann\n"))(place)
    path = place.folder / "e.zip"
    body = bytearray(path.read_bytes())
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        body[body.index(sign) + at] |= 1
    path.write_bytes(body)


def linking_zip(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("Patients.csv")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    archive.writestr(entry, "/etc/passwd")


def _inits() -> Iterator[Wrong]:
    zipped = ("--export", "{t}/e.zip")
    yield init("export is missing", "--export", "{t}/nowhere", told=("nowhere",))
    yield init("export is an empty folder", "--export", "{t}/none", told=("none",), prepare=lambda p: (p.folder / "none").mkdir())
    yield init("export is one CSV", "--export", "{e}/Patients.csv", told=("Patients.csv",))
    yield init("zip without entries", *zipped, told=("e.zip",), prepare=made_zip(lambda z: None))
    yield init("zip of no bytes", *zipped, told=("e.zip",), prepare=raw_zip(b""))
    yield init("zip that is text", *zipped, told=("e.zip",), prepare=raw_zip(b"Patient ID,Name\n"))
    yield init("zip cut short", *zipped, told=("e.zip",), prepare=cut_zip)
    yield init("zip with a password", *zipped, told=("e.zip", "password"), prepare=locked_zip)
    yield init("zip that climbs out", *zipped, told=("e.zip",), prepare=made_zip(lambda z: z.writestr("../x.csv", "a\n1\n")))
    yield init("zip with an absolute path", *zipped, told=("e.zip",), prepare=made_zip(lambda z: z.writestr("/x.csv", "a\n1\n")))
    yield init("zip with a link", *zipped, told=("e.zip", "link"), prepare=made_zip(linking_zip))
    yield init("zip of folders only", *zipped, told=("e.zip",), prepare=made_zip(lambda z: z.writestr("a/", "")))
    yield init("export holds a link", told=("link",), prepare=lambda p: (p.export / "more.csv").symlink_to("/etc/hostname"))
    yield init("export holds a pipe", told=("pipe",), prepare=lambda p: os.mkfifo(p.export / "p.csv"))
    yield init("export holds a file whose name is no text", told=("name",), prepare=_odd_name)
    yield init("workspace is a file", "workspace", "{e}/Patients.csv", told=("Patients.csv",))
    yield init("workspace lies in a file", "workspace", "{e}/Patients.csv/w", told=("Patients.csv",))
    yield init("workspace is the export", "workspace", "{e}", told=("export",))
    yield init("workspace lies in the export", "workspace", "{e}/w", told=("export",))
    yield init("export lies in the workspace", "workspace", "{t}", told=("export",))
    yield init("workspace is somebody's folder", "workspace", "{t}/mine", told=("mine",), prepare=_lived_in)
    yield init("workspace is /dev/null", "workspace", "/dev/null", told=("/dev/null",))
    yield init("workspace under /proc", "workspace", "/proc/acme", told=("/proc/acme",))
    yield init("name of 300 letters", "workspace", "{t}/" + "w" * 300, told=("long",))
    yield init("workspace with other settings", "workspace", "{w}", "--seats", "9", told=("other settings",))
    for target in (
        "acme", "", "https://", "ftp://acme.pipedrive.com", "acme.pipedrive.com", "http://acme.pipedrive.com",
        "https://me:secret-token@acme.pipedrive.com", "https://acme.pipedrive.com?api_token=secret-token", "http://127.0.0.1:99999",
        "https://acme pipedrive com", "file:///etc/passwd", "https://acme.pipedrive.com/v1/deals",
    ):  # fmt: skip
        yield init(f"target {target!r}", "--target", target, told=("target",))
    for option, value, told in (
        ("--currency", "DOLLARS", "DOLLARS"), ("--currency", "ZZZ", "ZZZ"), ("--currency", "$", "$"), ("--country", "XX", "XX"),
        ("--country", "Australia", "Australia"), ("--timezone", "Sydney", "Sydney"), ("--timezone", "../../etc/passwd", "time zone"),
        ("--timezone", "/etc/localtime", "time zone"), ("--plan", "gold", "gold"), ("--seats", "0", "seats"), ("--seats", "three", "three"),
        ("--reserve", "95", "reserve"), ("--reserve", "some", "some"), ("--taken", "2026-02-30", "2026-02-30"),
        ("--taken", "1 May", "1 May"), ("--taken", "2999-01-01", "2999"), ("--practice", "two\nlines", "practice"),
    ):  # fmt: skip
        yield init(f"{option} {value!r}", option, value, told=(told,))
    yield Wrong("init: without an export", ("init", "{t}/new", *TARGET), ("--export",))
    yield Wrong("init: without a target", ("init", "{t}/new", "--export", "{e}"), ("--target",))
    yield Wrong("init: with an option that is none", ("init", "{t}/new", "--export", "{e}", *TARGET, "--fast"), ("--fast",))


def _odd_name(place: Place) -> None:
    Path(os.fsdecode(os.fsencode(place.export) + b"/Pati\xe9nts2.csv")).write_bytes(b"Patient ID,Name\n1,Ann\n")


def _lived_in(place: Place) -> None:
    (place.folder / "mine").mkdir()
    (place.folder / "mine" / "thesis.docx").write_bytes(b"x")


def _workspaces() -> Iterator[Wrong]:
    for command, rest in WORKSPACE_COMMANDS.items():
        yield Wrong(f"{command}: workspace is missing", (command, "{t}/nowhere", *rest), ("nowhere",))
        yield Wrong(f"{command}: workspace is a file", (command, "{e}/Patients.csv", *rest), ("Patients.csv",))
        yield Wrong(f"{command}: workspace is the export", (command, "{e}", *rest), ("migration.toml",))
        if command != "lab":  # whose further options are JupyterLab's
            yield Wrong(f"{command}: a word too many", (command, "{w}", *rest, "--no-such-option"), ("--no-such-option",))


def _options() -> Iterator[Wrong]:
    yield Wrong("a command that is none", ("migrate", "{w}"), ("migrate",))
    for command in ("generate", "demo"):
        place = ("--dir",) if command == "demo" else ()
        new = (command, *place, "{t}/new")
        yield Wrong(f"{command}: into a file", (command, *place, "{e}/Patients.csv"), ("Patients.csv",))
        yield Wrong(f"{command}: into somebody's folder", (command, *place, "{t}/mine"), ("mine",), _lived_in)
        for option, value in (("--patients", "5"), ("--patients", "many"), ("--style", "fancy"), ("--seed", "x"), ("--seed", "-1")):
            yield Wrong(f"{command}: {option} {value}", (*new, option, value), (option,))
    for option, value in (
        ("--switch", "x"), ("--switch", "no-such=1"), ("--clock-speed", "0"), ("--clock-speed", "-3"), ("--clock-speed", "nan"),
        ("--daily-tokens", "0"), ("--plan", "gold"), ("--seats", "0"),
    ):  # fmt: skip
        yield Wrong(
            f"demo: {option} {value}",
            ("demo", "--dir", "{t}/new", option, value),
            (value.partition("=")[0] if option == "--switch" else option,),
        )
    for option, value in (
        ("--port", "99999"), ("--port", "-1"), ("--port", "http"), ("--switch", "x"), ("--switch", "no-such=1"), ("--clock-speed", "0"),
        ("--clock-speed", "-1"), ("--clock-speed", "inf"), ("--latency-ms", "-5"), ("--latency-ms", "nan"),
        ("--seats", "0"), ("--plan", "gold"),
        ("--token", ""), ("--token", "two words\n"),
    ):  # fmt: skip
        named = {"--switch": value.partition("=")[0], "--token": "token"}.get(option, option)
        yield Wrong(f"sandbox: {option} {value!r}", ("sandbox", option, value), (named,))
    yield Wrong("sandbox: a port that is taken", ("sandbox", "--port", "{taken}"), ("{taken}",))
    yield Wrong("sandbox: --data is a file that is no account", ("sandbox", "--port", "0", "--data", "{e}/Patients.csv"), ("Patients.csv",))
    yield Wrong("sandbox: --data cannot be made", ("sandbox", "--port", "0", "--data", "/proc/acme/x"), ("/proc/acme",))
    yield Wrong("sandbox: --seed is missing", ("sandbox", "--port", "0", "--seed", "{t}/account.json"), ("account.json",))
    for name, text in (("no JSON", "{"), ("a list", "[1]"), ("deals that are a text", json.dumps({"deals": "x"})), ("a folder", "")):
        yield Wrong(f"sandbox: --seed is {name}", ("sandbox", "--port", "0", "--seed", "{t}/account.json"), ("account.json",), _seed(text))
    profile = ("generate", "{t}/look", "--from-profile")
    yield Wrong("generate: the profile is missing", (*profile, "{t}/nowhere.json"), ("nowhere.json",))
    yield Wrong("generate: the profile is none", (*profile, "{e}/Patients.csv"), ("Patients.csv",))
    yield Wrong("profile: --out cannot be made", ("profile", "{w}", "--out", "/proc/acme/x.json"), ("/proc/acme",))
    yield Wrong("propose: export is missing", ("propose", "{t}/nowhere"), ("nowhere",))
    yield Wrong("propose: export is an empty folder", ("propose", "{t}/none"), ("none",), lambda p: (p.folder / "none").mkdir())
    yield Wrong("propose: country", ("propose", "{e}", "--country", "XX"), ("XX",))
    yield Wrong("propose: a file of noise", ("propose", "{t}/noise"), ("Patients.csv",), _noise)
    for steps, told in (((), "STEP"), (("lod",), "lod"), (("all", "lod"), "all"), (("",), "step"), (("90_handovr",), "90_handovr")):
        yield Wrong(f"run: steps {steps}", ("run", "{w}", *steps), (told,))
    yield Wrong("run: --export without delta", ("run", "{w}", "audit", "--export", "{e}"), ("delta",))
    yield Wrong("run: --export is missing", ("run", "{w}", "delta", "--export", "{t}/nowhere"), ("nowhere",))
    yield Wrong("run: --kind", ("run", "{w}", "delta", "--export", "{e}", "--kind", "some"), ("some",))
    yield Wrong("run: --taken", ("run", "{w}", "delta", "--export", "{e}", "--taken", "yesterday"), ("yesterday",))
    yield Wrong("run: --taken without an export", ("run", "{w}", "audit", "--taken", "2026-05-01"), ("--taken",))
    yield Wrong("run: --kind without an export", ("run", "{w}", "audit", "--kind", "window"), ("--kind",))
    yield Wrong("run: --only-failed without load", ("run", "{w}", "audit", "--only-failed"), ("--only-failed",))
    yield Wrong("pull: no declaration", ("pull", "{t}/core.yaml", "--into", "{t}/drop"), ("core.yaml",))
    yield Wrong("pull: a table for a declaration", ("pull", "{e}/Patients.csv", "--into", "{t}/drop"), ("Patients.csv",))
    yield Wrong("pull: without a folder", ("pull", "{e}/Patients.csv"), ("--into",))
    yield Wrong("watch: a folder that is none", ("watch", "{w}", "--folder", "{e}/Patients.csv"), ("Patients.csv",))
    yield Wrong("watch: no folder", ("watch", "{w}"), ("--folder",))
    for option, value in (("--until", "tomorrow"), ("--settle", "-1"), ("--every", "0"), ("--kind", "some")):
        yield Wrong(f"watch: {option} {value}", ("watch", "{w}", "--folder", "{t}", option, value), (option,))
    yield Wrong("run: the later export is the workspace", ("run", "{w}", "delta", "--export", "{w}"), ("acme",))
    for value in ("2", "-1", "sure", "nan"):
        yield Wrong(f"confirm: --at-least {value}", ("confirm", "{w}", "--at-least", value, "--by", "Kim"), ("--at-least",))
    yield Wrong("confirm: a table that is none", ("confirm", "{w}", "--at-least", "0", "--table", "Nope", "--by", "Kim"), ("Nope",))
    yield Wrong("confirm: by nobody", ("confirm", "{w}", "--at-least", "0", "--by", " "), ("--by",))
    yield Wrong("approve: a gate that is none", ("approve", "{w}", "mappings", "--by", "Kim"), ("mappings",))
    yield Wrong("approve: by nobody", ("approve", "{w}", "owners", "--by", ""), ("--by",))
    yield Wrong("approve: without a name", ("approve", "{w}", "owners"), ("--by",))
    yield Wrong("lab: by nobody", ("lab", "{w}", "--only-files", "--by", ""), ("--by",))
    yield Wrong("explain: a key that is none", ("explain", "{w}", "patient:999"), ("patient:999",))
    yield Wrong("explain: an empty key", ("explain", "{w}", ""), ("KEY",))
    yield Wrong("rollback: a run that is none", ("rollback", "{w}", "--run", "20260101T000000Z-000-50_load"), ("20260101T000000Z",))
    for name in ("{t}/nowhere.csv", "{t}/none.csv", "{t}/noise/Patients.csv"):
        yield Wrong(f"identity: {name}", ("identity", name), (name.rpartition("/")[2],), _people)
    yield Wrong("identity: country", ("identity", "{e}/Patients.csv", "--country", "XX"), ("XX",))
    yield Wrong(
        "identity: no people in it", ("identity", "{t}/none.csv"), ("none.csv",), lambda p: (p.folder / "none.csv").write_text("a,b\n1,2\n")
    )


def _seed(text: str) -> Callable[[Place], object]:
    def make(place: Place) -> None:
        path = place.folder / "account.json"
        path.write_text(text) if text else path.mkdir()

    return make


def _noise(place: Place) -> None:
    (place.folder / "noise").mkdir()
    (place.folder / "noise" / "Patients.csv").write_bytes(bytes(range(256)) * 8)


def _people(place: Place) -> None:
    _noise(place)
    (place.folder / "none.csv").write_text("")


def _settings() -> Iterator[Wrong]:
    def changed(name: str, old: str, new: str, told: str) -> Wrong:
        return Wrong(f"migration.toml: {name}", ("status", "{w}"), ("migration.toml", told), lambda p: p.settle(old, new))

    def replaced(name: str, make: Callable[[Path], object]) -> Wrong:
        return Wrong(f"migration.toml: {name}", ("status", "{w}"), ("migration.toml",), lambda p: make(p.workspace / "migration.toml"))

    yield replaced("empty", lambda path: path.write_text(""))
    yield replaced("no TOML", lambda path: path.write_text("[practice\n"))
    yield replaced("not UTF-8", lambda path: path.write_bytes(path.read_text().replace("Acme", "Zahn\xe4rzte").encode("latin-1")))
    yield replaced("a folder", lambda path: (path.unlink(), path.mkdir()))
    yield replaced("a practice that is a text", lambda path: path.write_text('practice = "Acme"\n[target]\nurl = "http://127.0.0.1:9"\n'))
    yield changed("zone", "Australia/Sydney", "Sydney", "Sydney")
    yield changed("currency", '"AUD"', '"DOLLARS"', "DOLLARS")
    yield changed("currency a number", '"AUD"', "36", "currency")
    yield changed("country", '"AU"', '"XX"', "XX")
    yield changed("country a list", '"AU"', '["AU"]', "country")
    yield changed("target", "http://127.0.0.1:9", "acme", "acme")
    yield changed("target a list", '"http://127.0.0.1:9"', "[1]", "url")
    yield changed("plan", '"growth"', '"gold"', "subscription_plan")
    yield changed("seats nought", "seats = 1", "seats = 0", "seat")
    yield changed("seats in words", "seats = 1", 'seats = "one"', "seats")
    yield changed("seats a fraction", "seats = 1", "seats = 1.5", "seats")
    yield changed("reserve 200", "reserve_pct = 20", "reserve_pct = 200", "reserve_pct")
    yield changed("token itself instead of its name", "reserve_pct = 20", f'reserve_pct = 20\ntoken = "{"5ec7e7" * 6}"', "token")
    yield changed("reserve in words", "reserve_pct = 20", 'reserve_pct = "some"', "reserve_pct")
    yield changed("key misspelt", "seats = 1", "seat = 1", "seat")
    yield changed("key that is none", "seats = 1", "seats = 1\nreserve = 30", "reserve")
    yield changed("name a number", '"Acme"', "7", "name")
    yield changed("locations a list", "[practice.timezones]", "[[practice.timezones]]", "timezones")
    yield changed("a location's zone", "[practice.timezones]", '[practice.timezones]\nPerth = "Perth"', "Perth")
    yield changed("a location's zone a number", "[practice.timezones]", "[practice.timezones]\nPerth = 8", "Perth")


SHAPES: dict[str, tuple[str, ...]] = {
    "files": ("files: [1]", "files: {Patients.csv: tall}", "files: {Patients.csv: {header_row: soon}}"),
    "mapping": (
        "tables: []", "tables: {Patients: 3}", "tables: {Patients: {table: patients, columns: [a]}}",
        "tables: {Patients: {table: patients, columns: {Email: 7}}}",
        "tables: {Patients: {table: patients, columns: {Email: {to: email, state: sure}}}}",
    ),
    "views": ("views: [1]", "views: {v: 3}", "views: {v: {sql: [1]}}"),
    "watch": (
        "approved: []", "by: Kim", "by: 3\napproved: []", "by: Kim\napproved: 7",
        "by: Kim\napproved: [{object: note, operation: delete, at_most: 5}]",
        "by: Kim\napproved: [{object: memo, operation: create, at_most: 5}]",
        "by: Kim\napproved: [{object: note, operation: create, at_most: many}]",
    ),
    "versions": ("versions: 3", "versions: [1]", "versions: {Patients: 7}"),
    "owners": (
        "owners: [a]", "owners: {'practitioner:1': Kim}", "fallback: Kim", "owners: {'practitioner:1': {user: 7}}", "owners: 3",
        "fallback: {user: [a]}",
    ),
    "identity": (
        "pairs: {a: b}", "pairs: [a]", "pairs: [{left: 'patient:1'}]", "account: [{left: 'patient:1', decision: same}]",
        "pairs: [{left: 'patient:1', right: 'patient:2', decision: perhaps}]",
        "account: [{left: 'patient:1', person_id: Ann, decision: same}]",
    ),
    "quality": ("accepted: [a]", "accepted: {x: 3}", "accepted: 7"),
    "policies": (
        "waves: 3", "policies: [a]", "max_changed_pct: much", "no_such_policy: true", "adopt: 17", "incremental_columns: perhaps",
    ),
    "pipedrive": ("persons: 7", "deals: [1]", "pipelines: tall", "fields: [1]"),
    "privacy": ("classes: [a]", "contact: perhaps", "[health]: keep", "health: {send: [1]}"),
    "cleaning": ("cleanings: {a: b}", "cleanings: [a]", "cleanings: [{name: none}]", "vetoes: [a]", "vetoes: {a: b}"),
    "sample": ("keys: 'patient:1'", "keys: {a: b}", "keys: [1, [2]]"),
    "delta": ("gone: [a]", "gone: {'patient:1': perhaps}", "merged: 01", "merged: [{a: b}]"),
    "deleted": ("deleted: [a]", "deleted: {'patient:1': gone}", "deleted: {'patient:1': {by: Kim}}"),
    "witnesses": ("figures: {a: b}", "figures: [a]", "figures: [{name: x, value: lots}]"),
    "probe": ("answers: [a]", "answers: {set-null: accepted}"),
    "handover": ("people: [a]", "points: {a: b}", "look: dark"),
    "approvals": ("approvals: {a: b}", "approvals: [mapping]", "approvals: [{gate: mapping}]",
        "approvals: [{gate: 7, subject: [1], by: K}]"),
}  # fmt: skip
"""Decision file → texts of a wrong shape, or with a word that means nothing there."""


def _decisions() -> Iterator[Wrong]:
    def wrong(name: str, what: str, text: str | bytes) -> Wrong:
        return Wrong(f"{name}.yaml: {what}", ("plan", "{w}"), (f"{name}.yaml",), lambda p: p.decide(name, text))

    for name, texts in SHAPES.items():
        yield wrong(name, "a list", "- a\n- b\n")
        yield wrong(name, "a text", "keep everything\n")
        for text in texts:
            yield wrong(name, text, text + "\n")
    for what, columns in (("people", "{}"), ("patients", "{Email: {to: electronic_mail, state: confirmed}}")):
        text = f"tables: {{Patients: {{table: {what}, columns: {columns}}}}}\n"
        yield Wrong(f"mapping.yaml: {text.strip()}", ("plan", "{w}"), ("Patients",), lambda p, text=text: p.decide("mapping", text))
    yield wrong("owners", "Latin-1", "fallback: {user: j\xf6rg@x.example}\n".encode("latin-1"))
    yield wrong("owners", "UTF-16", "fallback: {user: jo@x.example}\n".encode("utf-16"))
    yield wrong("owners", "a tab", "owners:\n\tpractitioner:1: {user: a@x.example}\n")
    yield wrong("owners", "not closed", "owners: [")
    yield wrong("owners", "a key twice", "owners: {}\nowners: {}\n")
    yield wrong("owners", "a tag of Python", "owners: !!python/object/apply:os.system ['touch /tmp/x']\n")
    yield wrong("owners", "NUL", b"owners: \x00\n")
    yield wrong("owners", "two documents", "owners: {}\n---\nowners: {}\n")
    yield wrong("owners", "an unknown anchor", "owners: *nobody\n")
    yield wrong("owners", "a key that is a list", "? [a, b]\n: c\n")
    yield wrong("owners", "a key that is none", "owner: {'practitioner:1': {user: a@x.example}}\n")
    yield wrong("owners", "a million from ten lines", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + _bomb(9))
    yield Wrong("owners.yaml: a folder", ("plan", "{w}"), ("owners.yaml",), lambda p: (p.workspace / "decisions" / "owners.yaml").mkdir())
    yield Wrong(
        "owners.yaml: a link to nowhere", ("plan", "{w}"), ("owners.yaml",),
        lambda p: (p.workspace / "decisions" / "owners.yaml").symlink_to("/nowhere/owners.yaml"),
    )  # fmt: skip
    yield Wrong("a decision file that is none", ("plan", "{w}"), ("owner.yaml",), lambda p: p.decide("owner", "owners: {}\n"))


def _bomb(levels: int) -> str:
    return "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, levels))


def _state() -> Iterator[Wrong]:
    def spoilt(name: str, told: str, make: Callable[[Path], object], *words: str) -> Wrong:
        return Wrong(f"state: {name}", words or ("status", "{w}"), (told,), lambda p: make(p.workspace))

    def manifest(workspace: Path) -> Path:
        return next((workspace / "exports").glob("*.json"))

    yield spoilt("manifest is no JSON", ".json", lambda w: (manifest(w).chmod(0o600), manifest(w).write_text("{")))
    yield spoilt("manifest is a list", ".json", lambda w: manifest(w).write_text("[]"))
    yield spoilt("manifest without a day", ".json", lambda w: manifest(w).write_text('{"kind": "full", "files": {}}'))
    yield spoilt("manifest with a wrong day", ".json", lambda w: manifest(w).write_text('{"kind": "full", "files": {}, "taken": "May"}'))
    yield spoilt("no snapshot", "snapshot", lambda w: manifest(w).unlink())
    yield spoilt("ledger is text", "ledger.sqlite", _text_for_ledger)
    yield spoilt("ledger is a folder", "ledger.sqlite", _folder_for_ledger)
    yield spoilt("runs is a file", "runs", _file_for("runs"))
    yield spoilt("work is a file", "work", _file_for("work"), "plan", "{w}")
    yield spoilt("decisions is a file", "decisions", _file_for("decisions"), "plan", "{w}")
    yield spoilt("exports is a file", "exports", _file_for("exports"))


def _file_for(name: str) -> Callable[[Path], None]:
    def make(workspace: Path) -> None:
        (workspace / name).rename(workspace / f"{name}.old")
        (workspace / name).write_text("x")

    return make


def _text_for_ledger(workspace: Path) -> None:
    for path in workspace.glob("ledger.sqlite*"):  # a log that SQLite had not folded in yet would answer instead of the text
        path.unlink()
    (workspace / "ledger.sqlite").write_text("keep safe\n" * 200)


def _folder_for_ledger(workspace: Path) -> None:
    for path in workspace.glob("ledger.sqlite*"):
        path.unlink()
    (workspace / "ledger.sqlite").mkdir()


def _environment() -> Iterator[Wrong]:
    for command in ("preflight", "recover"):
        yield Wrong(f"{command}: no token", (command, "{w}"), ("PIPEDRIVE_API_TOKEN",), environ=(("PIPEDRIVE_API_TOKEN", None),))
    yield Wrong("token of two lines", ("preflight", "{w}"), ("token",), environ=(("PIPEDRIVE_API_TOKEN", "secret-token\nX: y"),))
    yield Wrong("token with an accent", ("preflight", "{w}"), ("token",), environ=(("PIPEDRIVE_API_TOKEN", "secret-token\u00e9"),))
    yield Wrong("token that is empty", ("preflight", "{w}"), ("PIPEDRIVE_API_TOKEN",), environ=(("PIPEDRIVE_API_TOKEN", ""),))
    yield Wrong("a day of no seconds", ("preflight", "{w}"), ("MIGKIT_DAY",), environ=(("MIGKIT_DAY", "0"),))
    yield Wrong("a day in words", ("preflight", "{w}"), ("MIGKIT_DAY",), environ=(("MIGKIT_DAY", "short"),))


def wrong_inputs() -> list[Wrong]:
    """Return the whole table."""
    parts = (_inits, _workspaces, _options, _settings, _decisions, _state, _environment)
    return [wrong for part in parts for wrong in part()]
