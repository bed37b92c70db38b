"""A ledger that lies on a shared or object store: fetched, claimed, and put back whole (ADR 20).

Each claim on it has the next number, and whoever makes that object first has it. A copy that is put back carries the number of the claim
under which it was written, and nothing is ever written over: of all copies the one with the highest number counts. So a holder that was cut
off can do what it wants when it comes back: what it puts has a lower number than what its successor puts. `store_names` says how they are
called.

Under `copies`, on a disk of this machine, lies the same by number: the copy that a process works on, and what readers fetched.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from migkit.model.errors import InUse, LeaseLost, StoreUnreachable, UsageError
from migkit.workspace import file_digest, locked, network_file_system

from .store_names import Listing, Snapshot

EXCLUSIVE = frozenset({"file", "memory", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"})
"""Stores whose objects can be made by one alone: O_EXCL, and what the three clouds refuse where an object stands (If-None-Match)."""
PUT_EVERY_S = 120.0
"""Seconds of work after which a ledger is put back; ten times what the last time took, where that is longer."""
LOOK_EVERY_S = 5.0
"""Seconds for which a reader takes what it saw for the newest."""


class LedgerStore:
    """A folder of a store in which one ledger lies."""

    def __init__(self, url: str, copies: Path, before: Path, *, now: Callable[[], float] = time.time) -> None:
        """`before` is the ledger that was there before a store was named: the first claim begins with it. Asks the store nothing yet.

        Raises UsageError where nothing here can open such a store, or where two could claim the same number there.
        """
        self.url, self._copies, self._before, self._now = url, copies, before, now
        self._seen: tuple[float, Path] | None = None
        if url.partition("://")[0] not in EXCLUSIVE:
            raise UsageError(
                f"The ledger's store {url} cannot say who was first where two claim it at once: name s3://, gs://, az:// or a shared "
                "folder (file://) as `store` under [ledger]. Nothing was written."
            )
        try:
            import fsspec

            self._files, self._root = fsspec.url_to_fs(url, use_listings_cache=False)
        except ImportError as error:
            missing = "pip install 'migkit[store]'" if error.name == "fsspec" else str(error)
            raise UsageError(f"The ledger's store {url} cannot be opened here: {missing}. Nothing was written.") from None

    # -- reading ------------------------------------------------------------------------------------------------

    def newest(self) -> Path:
        """Return the newest copy of the ledger on this machine, fetched where another machine's is newer; a new one where there is none.

        Raises StoreUnreachable where the store does not answer.
        """
        if self._seen is None or self._now() - self._seen[0] > LOOK_EVERY_S or not self._seen[1].exists():
            found, _ = self._base(self._list())
            self._seen = self._now(), found if found is not None else self._own(0)
        return self._seen[1]

    def _base(self, there: Listing) -> tuple[Path | None, bool]:
        """Return the copy on this machine that knows most, None where there is no ledger yet, and whether it surely knows everything.

        A copy that a process here worked on knows more than what that process put back.
        """
        own = max((int(path.stem) for path in self._copies.glob("*.sqlite") if path.stem.isdecimal()), default=0)
        newer = [snapshot for snapshot in there.snapshots if snapshot.claim > own]
        for snapshot in newer:
            if (fetched := self._fetched(snapshot)) is not None:
                return fetched, snapshot == newer[0] and not any(claim >= snapshot.claim for claim in there.unfinished)
        if newer and not own:
            raise UsageError(
                f"No copy of the ledger in {self.url} is whole: put an older version of one of its files back, or empty that folder and "
                "run `migkit recover`. Nothing was written."
            )
        if own:
            return self._own(own), not newer and own in there.whole and not any(claim > own for claim in there.unfinished)
        return self._before if self._before.exists() else None, not there.unfinished

    def _fetched(self, snapshot: Snapshot) -> Path | None:
        """Return a snapshot as it lies here, None where it is not whole: its writer was cut off."""
        path = self._copies / f"{snapshot.claim:08}.{snapshot.put:06}.sqlite"
        if path.exists():
            return path
        scratch = self._scratch()
        try:
            with self._reached(), contextlib.suppress(FileNotFoundError):  # a newer one took its place just now
                self._files.get_file(self._path(snapshot.name), str(scratch))
            if not scratch.exists() or file_digest(scratch) != snapshot.sha256:
                return None
            scratch.replace(path)
            return path
        finally:
            scratch.unlink(missing_ok=True)

    # -- claiming -----------------------------------------------------------------------------------------------

    @contextmanager
    def claimed(self, seconds: float) -> Iterator[Claim]:
        """Hold the ledger for one process: it alone may put it back, as is done every few minutes, and at the end of the block.

        Raises InUse while another one holds it, LeaseLost where another one went on with it meanwhile, StoreUnreachable where the store
        does not answer, UsageError where it lets two have one number.
        """
        if kind := network_file_system(self._copies):
            raise UsageError(
                f"{self._copies} lies on a network file system ({kind}), where a ledger is not safe: name a folder on a disk of this "
                "machine as `copies` under [ledger]. Nothing was written."
            )
        there = self._list()
        if there.claim not in there.ended and there.until > self._now() and not self._ended_here(there.claim):
            holder = self._text(f"{there.claim:08}.claim")
            raise InUse(
                f"Another load or rollback is running on the ledger in {self.url} ({holder}): wait until it ends. Nothing was written."
            )
        claim = Claim(self, there.claim + 1, seconds)
        with contextlib.closing(self._take(claim)):
            base, is_whole = self._base(replace(there, claims=there.claims - {claim.number}))
            self._copy(base, claim.file)
            if is_whole:
                claim.note_whole()
            try:
                with claim.at_work():
                    yield claim
            finally:
                self._seen = None

    def _take(self, claim: Claim) -> sqlite3.Connection:
        """Make a claim's number ours, and return the lock by which other processes of this machine see that we live."""
        taken = InUse(f"Another process just took the ledger in {self.url}: wait until it ends. Nothing was written.")
        lock = locked(self._scratch().with_name(f"{claim.number:08}.lock"))
        if lock is None:
            raise taken
        try:
            claim.renew(is_new=True)
            name = f"{claim.number:08}.claim"
            if not self._make(name, _me()) or self._list().claim != claim.number:
                raise taken
            if self._make(name, _me()):
                raise UsageError(
                    f"The ledger's store {self.url} lets two have one number: a ledger is not safe there. Nothing was written."
                )
        except BaseException:
            lock.close()
            raise
        return lock

    def _ended_here(self, claim: int) -> bool:
        """Return whether a claim was that of a process of this machine that was killed."""
        lock = locked(path) if (path := self._copies / f"{claim:08}.lock").exists() else None
        if lock is None:
            return False
        lock.close()
        return True

    def _own(self, claim: int) -> Path:
        return self._copies / f"{claim:08}.sqlite"

    def _copy(self, base: Path | None, path: Path) -> None:
        """Copy a ledger that others may have open, with what its log holds."""
        scratch = self._scratch()
        _back_up(base, scratch)
        scratch.replace(path)
        for old in sorted(self._copies.glob("*.sqlite"))[:-2]:
            for part in (*old.parent.glob(f"{old.name}*"), old.with_suffix(".lock")):
                part.unlink(missing_ok=True)

    def _scratch(self) -> Path:
        return self._copies / f".{os.getpid()}-{threading.get_ident()}"

    # -- the store ----------------------------------------------------------------------------------------------

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Turn whatever a store's library raises into one sentence."""
        try:
            yield
        except Exception as error:
            raise StoreUnreachable(
                f"The ledger's store {self.url} cannot be reached, or does not let us in ({type(error).__name__}): nothing is written to "
                "Pipedrive without it. The same command goes on from there when it can."
            ) from error

    def _list(self) -> Listing:
        self._copies.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._reached():
            try:
                return Listing.of([path.rpartition("/")[2] for path in self._files.ls(self._root, detail=False)])
            except FileNotFoundError:
                if "file" in self._files.protocol and not self._files.exists(self._files._parent(self._root)):
                    raise  # a share that is not there: it would be taken for a new ledger
                return Listing(())

    def _make(self, name: str, text: str) -> bool:
        """Make an object; return False where it stands already."""
        with self._reached():
            try:
                with self._files.open(self._path(name), "xb") as file:
                    file.write(text.encode())
            except FileExistsError:
                return False
        return True

    def _text(self, name: str) -> str:
        with contextlib.suppress(Exception):
            return self._files.cat_file(self._path(name)).decode()
        return "another process"


class Claim:
    """The right to put a ledger back, as one process holds it."""

    def __init__(self, store: LedgerStore, number: int, seconds: float) -> None:
        self.store, self.number, self._seconds = store, number, seconds
        self.is_whole = False
        """Whether the copy knows all that was done under earlier claims: what a holder that was cut off wrote after it put its copy back
        for the last time, the target alone knows until it is recovered."""
        self._puts, self._took_s = 0, 0.0
        self._until, self._mark = 0.0, ""
        self._ended, self._putting = threading.Event(), threading.Lock()

    @property
    def file(self) -> Path:
        """The copy to work on."""
        return self.store._own(self.number)

    def require(self) -> None:
        """Raise LeaseLost unless this process holds it, and for half its time at least: asked just before a request leaves."""
        if self._until - self.store._now() < self._seconds / 2:
            self.renew()

    def renew(self, *, is_new: bool = False) -> None:
        """Hold it for its full time again. Raises LeaseLost where another process has a higher number."""
        store = self.store
        if not is_new:
            self._require_highest(store._list())
        until = store._now() + self._seconds
        earlier, self._mark = self._mark, f"{self.number:08}.until-{until * 1000:.0f}"
        with store._reached():
            if is_new:
                store._files.makedirs(store._root, exist_ok=True)
            store._make(self._mark, _me())
            if earlier and earlier != self._mark:
                store._files.rm_file(store._path(earlier))
        self._until = until

    def note_whole(self) -> None:
        """Note that the copy knows all that was done under earlier claims."""
        self.store._make(f"{self.number:08}.whole", _me())
        self.is_whole = True

    def put_back(self) -> None:
        """Put the ledger back as it is now. Raises LeaseLost where another process has a higher number."""
        store = self.store
        with self._putting:
            self._require_highest(store._list())
            begun, scratch = time.monotonic(), store._scratch()
            try:
                _back_up(self.file, scratch)
                self._puts += 1
                snapshot = Snapshot(self.number, self._puts, file_digest(scratch))
                with store._reached():
                    store._files.put_file(str(scratch), store._path(snapshot.name))
            finally:
                scratch.unlink(missing_ok=True)
            self._took_s = time.monotonic() - begun
            self._tidy()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Renew it and put the ledger back again and again, beside the work, and in the end."""
        beside = [
            threading.Thread(target=self._repeat, args=(self.renew, lambda: self._seconds / 3), daemon=True, name="claim"),
            threading.Thread(
                target=self._repeat, args=(self.put_back, lambda: max(PUT_EVERY_S, 10 * self._took_s)), daemon=True, name="put"
            ),
        ]
        for thread in beside:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in beside:
                thread.join()
            self._give_back()

    def _repeat(self, act: Callable[[], object], every: Callable[[], float]) -> None:
        while not self._ended.wait(every()):
            try:
                act()
            except LeaseLost:
                return
            except (StoreUnreachable, OSError, sqlite3.Error):  # the work itself meets it and says so, when it lasts
                continue

    def _give_back(self) -> None:
        try:
            self.put_back()
            self.store._make(f"{self.number:08}.ended", _me())
        except StoreUnreachable as error:
            raise StoreUnreachable(
                f"{error} What was done stands in {self.file} on this machine: run the same command again here when the store answers."
            ) from error

    def _require_highest(self, there: Listing) -> None:
        if there.claim != self.number:
            self._until = 0.0
            raise LeaseLost(
                f"This process did not answer for longer than its lease of {self._seconds:g} seconds, and "
                f"{self.store._text(f'{there.claim:08}.claim')} went on with its work. Nothing was written since."
            )

    def _tidy(self) -> None:
        """Take away what newer ones have replaced; what cannot be taken away now is taken away the next time."""
        store = self.store
        with contextlib.suppress(Exception):
            there = store._list()
            old = {snapshot.name for snapshot in there.snapshots[2:]}
            old |= {name for name in there.names if int(name[:8]) < self.number and not name.endswith(".sqlite")}
            for name in sorted(old):
                store._files.rm_file(store._path(name))


def _back_up(base: Path | None, path: Path) -> None:
    """Write the ledger at `base` to `path`, whole, also while others write to it; an empty one for None."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    if base is None:
        return
    with contextlib.closing(sqlite3.connect(base)) as source, contextlib.closing(sqlite3.connect(path)) as target:
        source.backup(target)


def _me() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"
