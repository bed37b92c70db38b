"""Runs a view's SELECT over text tables in a DuckDB of its own: in memory, without files or network, with limits."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import duckdb
import pandas as pd
import pyarrow as pa

from migkit.model.tables import SourceTable

from .sql import OFFSET, ROWS, Select, refused

MEMORY = "2GB"
SECONDS = 60
"""Wall clock that one view may take."""
GROWTH = 20
"""How many rows a view may have for each row of its tables; beyond, its join multiplies."""
FEW = 10_000
"""Rows that a view may have in any case."""


def run(select: Select, tables: Mapping[str, SourceTable], name: str, *, seconds: float = SECONDS, memory: str = MEMORY) -> pd.DataFrame:
    """Return the rows of a view: its columns as text, and `_rows`, (table number, row number) pairs, the driving table's first.

    Rows come in the order of their first row, whatever the SELECT orders by. Raises DataError where the SELECT fails or takes too much.
    """
    most = max(FEW, GROWTH * sum(len(tables[table].frame) for table in select.tables))
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": memory,
        "threads": "1",
        "temp_directory": "",
    }
    with duckdb.connect(config=settings) as connection:
        for table in select.tables:
            _load(connection, tables[table], name)
        connection.execute("SET lock_configuration = true")
        clock = threading.Timer(seconds, connection.interrupt)
        clock.start()
        try:
            text = f"SELECT CAST(COLUMNS(* EXCLUDE {ROWS}) AS VARCHAR), {ROWS} FROM ({select.traced}) LIMIT {most + 1}"
            found = connection.sql(text).to_arrow_table()
        except duckdb.InterruptException:
            raise refused(name, f"it takes more than {seconds:g} seconds") from None
        except duckdb.OutOfMemoryException:
            raise refused(name, f"it takes more than {memory} of memory") from None
        except duckdb.Error as error:
            raise refused(name, _spoken(error)) from None
        finally:
            clock.cancel()
    if len(found) > most:
        raise refused(name, f"it has more than {most:,} rows, so its join multiplies them; join by what is unique on one side")
    return _frame(found, name)


def _load(connection: duckdb.DuckDBPyConnection, table: SourceTable, name: str) -> None:
    if any(column.casefold() == "rowid" for column in table.columns):
        raise refused(name, f"{table.name} has a column called rowid, which DuckDB keeps for itself")
    rows = pa.Table.from_pandas(table.frame[table.columns].astype("string"), preserve_index=False)
    connection.register("incoming", rows)
    quoted = table.name.replace('"', '""')
    connection.execute(f'CREATE TABLE "{quoted}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def _spoken(error: duckdb.Error) -> str:
    """Return DuckDB's words about the statement; what it says of values may hold a patient's."""
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException):
        return str(error).partition("\n")[0].strip().rstrip(".!")
    if isinstance(error, duckdb.ConversionException):
        return "a value is not what CAST asks for; write TRY_CAST, which leaves it empty"
    return f"DuckDB stops with {type(error).__name__}"


def _frame(found: pa.Table, name: str) -> pd.DataFrame:
    columns = [column for column in found.column_names if not column.startswith("_")]
    if not columns:
        raise refused(name, "none of its columns has a name of its own; write AS")
    frame = pd.DataFrame({column: found.column(column).to_pandas() for column in columns}, dtype="string").replace("", pd.NA)
    rows = [[divmod(int(number), OFFSET) for number in numbers or ()] for numbers in found.column(ROWS).to_pylist()]
    if not all(rows):
        raise refused(name, "some of its rows come from no row of the export")
    frame[ROWS] = pd.Series(rows, index=frame.index, dtype=object)
    cells = frame[columns].fillna("").itertuples(index=False, name=None)
    order = [at for *_, at in sorted((places, text, at) for at, (places, text) in enumerate(zip(rows, cells, strict=True)))]
    return frame.iloc[order].reset_index(drop=True)
