"""The SELECT of a view, parsed: that it is one, what it reads, and the same SELECT with the rows that each of its rows is made of.

DuckDB's own parser gives the statement as a tree; nothing here reads SQL by patterns. The traced SELECT has one column more,
`_rows`: the numbers of the physical rows behind a row, those of the driving table (the first after FROM) before the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from migkit.model.errors import DataError

ROWS = "_rows"
"""The column of a traced SELECT that says which rows each of its rows is made of."""

_TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})
"""Functions that may stand where a table does: they make rows of values, and read nothing."""
_ONE_SIDED = frozenset({"SEMI", "ANTI"})
"""Joins of which only the left side goes on."""

Node = dict[str, Any]


@dataclass(frozen=True)
class Select:
    """A SELECT that may be a view."""

    tables: tuple[str, ...]
    """Names of the source tables that it reads, as the export spells them; those whose rows can be traced before the others."""
    traced: str
    """The SELECT with the column `_rows`; table `n` of `tables` counts its rows from `n * OFFSET`."""


def parse_select(sql: str, tables: Mapping[str, Any], name: str) -> Select:
    """Return the SELECT of the view `name` over the source `tables` (by name).

    Raises DataError, naming the view and what to write instead, where it is no single SELECT, reads anything but the export, gives
    another answer each time, or cannot be traced to rows.
    """
    found = json.loads(_ask("SELECT json_serialize_sql(?)", sql))
    if found.get("error"):
        raise refused(name, f"it is not one SELECT in DuckDB's SQL ({found.get('error_message', '').strip().splitlines()[0]})")
    if len(found["statements"]) != 1:
        raise refused(name, "it holds several statements; write one SELECT")
    tracer = _Tracer({table.casefold(): table for table in tables}, name)
    statement = found["statements"][0]
    tracer.trace(statement["node"], {})
    tracer.number_all(statement["node"])
    if not tracer.tables:
        raise refused(name, "it reads no table of the export")
    traced = _ask("SELECT json_deserialize_sql(?)", json.dumps({"error": False, "statements": [statement]}))
    return Select(tuple(tracer.tables), traced)


def refused(name: str, why: str) -> DataError:
    """Return the error for a view that cannot be made."""
    return DataError(f"The view {name} can't be made: {why}. No table was made from it; mend its SELECT in decisions/views.yaml.")


class _Tracer:
    """Adds the column of rows to every SELECT of a statement, from the inside out, and refuses what can't be traced."""

    def __init__(self, known: Mapping[str, str], name: str) -> None:
        self.known, self.name = known, name
        self.tables: dict[str, int] = {}
        self._unnamed = 0

    def trace(self, node: Node, scope: Mapping[str, bool]) -> None:
        """Add the column to a query; `scope` holds the names of the WITH clauses around it."""
        if any(one.get("type") == "RECURSIVE_CTE_NODE" for one in _nodes(node)):
            raise refused(self.name, "its rows can't be traced through a recursive query; write joins")
        self._check(node, {*scope, *(entry["key"].casefold() for entry in node["cte_map"]["map"])})
        inner = dict(scope)
        for entry in node["cte_map"]["map"]:
            self.trace(entry["value"]["query_node"], inner)
            if entry["value"]["aliases"]:
                entry["value"]["aliases"].append(ROWS)
            inner[entry["key"].casefold()] = True
        if node["type"] == "SET_OPERATION_NODE":
            if node["setop_type"] not in ("UNION", "UNION_BY_NAME") or not node["setop_all"]:
                raise refused(self.name, "its rows can't be traced through this set operation; write UNION ALL")
            for child in _branches(node):
                self.trace(child, inner)
        elif node["type"] == "SELECT_NODE":
            self._trace_select(node, inner)
        else:
            raise refused(self.name, f"its rows can't be traced through {_spoken(node)}; write joins and groups")

    def number_all(self, node: Node) -> None:
        """Count the tables, too, that are only looked at: in a condition, or on the side of a join that does not go on."""
        for one in _nodes(node):
            if one.get("type") == "BASE_TABLE" and one["table_name"].casefold() in self.known:
                self._number(one)

    def _trace_select(self, node: Node, scope: Mapping[str, bool]) -> None:
        if node.get("sample"):
            raise refused(self.name, "a sample gives other rows each time; leave it out")
        leaves = list(self._leaves(node["from_table"], scope))
        distinct = [one for one in node["modifiers"] if one["type"] == "DISTINCT_MODIFIER"]
        if any(one["distinct_on_targets"] for one in distinct):
            raise refused(self.name, "its rows can't be traced through DISTINCT ON; write GROUP BY with first(… ORDER BY …)")
        gathered = bool(node["group_expressions"]) or node["aggregate_handling"] == "FORCE_AGGREGATES" or _aggregates(node["select_list"])
        if distinct and gathered:
            raise refused(self.name, "its rows can't be traced through DISTINCT over groups; leave DISTINCT out")
        if distinct:  # the same rows as groups, so that each knows what it was made of
            node["modifiers"] = [one for one in node["modifiers"] if one["type"] != "DISTINCT_MODIFIER"]
            node["aggregate_handling"], gathered = "FORCE_AGGREGATES", True
        traced = {alias for alias, rows in leaves if rows == f"{alias}.{ROWS}"}
        for star in (one for one in node["select_list"] if one["class"] == "STAR" and not one["columns"]):
            if _quoted(star["relation_name"]) in traced or (traced and not star["relation_name"]):
                star["exclude_list"] = [*star["exclude_list"], ROWS]
        lists = [f"coalesce(list_sort(flatten(list({rows}))), [])" if gathered else f"coalesce({rows}, [])" for _, rows in leaves]
        joined = " || ".join(lists) if lists else "[]"
        node["select_list"].append(_expression(f"CAST({joined} AS BIGINT[]) AS {ROWS}"))

    def _leaves(self, table: Node, scope: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
        """Yield (alias, SQL for the list of rows) for each table of a FROM clause, from left to right."""
        kind = table["type"]
        if table.get("sample"):
            raise refused(self.name, "a sample gives other rows each time; leave it out")
        if kind == "JOIN":
            if table["ref_type"] == "NATURAL":
                raise refused(self.name, "a NATURAL JOIN joins by whatever columns share a name; write JOIN … USING (…)")
            yield from self._leaves(table["left"], scope)
            right = list(self._leaves(table["right"], scope))
            yield from right if table["join_type"] not in _ONE_SIDED else ()
        elif kind == "BASE_TABLE" and table["table_name"].casefold() in scope:
            alias = _quoted(table["alias"] or table["table_name"])
            yield alias, f"{alias}.{ROWS}"
        elif kind == "BASE_TABLE":
            alias = _quoted(table["alias"] or table["table_name"])
            yield alias, f"CASE WHEN {alias}.rowid IS NOT NULL THEN [{alias}.rowid + {OFFSET * self._number(table)}] END"
        elif kind == "SUBQUERY":
            self._unnamed += not table["alias"]
            table["alias"] = table["alias"] or f"unnamed_{self._unnamed}"
            if table["column_name_alias"]:
                table["column_name_alias"].append(ROWS)
            self.trace(table["subquery"]["node"], scope)
            alias = _quoted(table["alias"])
            yield alias, f"{alias}.{ROWS}"
        elif kind not in ("TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY"):
            raise refused(self.name, f"its rows can't be traced through {_spoken(table)}; write joins and groups")

    def _number(self, table: Node) -> int:
        source = self.known[table["table_name"].casefold()]
        return self.tables.setdefault(source, len(self.tables))

    def _check(self, node: Node, scope: set[str]) -> None:
        """Refuse tables and functions that are not the export's, anywhere in the tree."""
        for one in _nodes(node):
            kind = one.get("type")
            if kind == "BASE_TABLE":
                table = one["table_name"]
                if one["schema_name"] or one["catalog_name"] or (table.casefold() not in self.known and table.casefold() not in scope):
                    raise refused(self.name, f"it reads {table!r}, which is no table of the export ({', '.join(self.known.values())})")
            elif kind == "TABLE_FUNCTION" and one["function"]["function_name"] not in _TABLE_FUNCTIONS:
                raise refused(self.name, f"it calls {one['function']['function_name']}, which may not stand in a view")
            elif one.get("function_name") in _changing() or (kind == "COLUMN_REF" and one["column_names"][-1].casefold() in _moments()):
                spoken = one.get("function_name") or one["column_names"][-1]
                raise refused(self.name, f"{spoken} gives another answer each time; write the value itself")
            for entry in one.get("cte_map", {}).get("map", ()):
                scope.add(entry["key"].casefold())


OFFSET = 1 << 40
"""Rows of table `n` are numbered from `n * OFFSET`."""


def _spoken(node: Node) -> str:
    return str(node["type"]).lower().replace("_", " ")


def _branches(node: Node) -> list[Node]:
    return node.get("children") or [node["left"], node["right"]]


def _nodes(tree: Any) -> Iterator[Node]:
    """Yield every node of a tree, the outer ones first."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)


def _aggregates(expressions: list[Node]) -> bool:
    """Return whether a select list gathers rows (a window does not, nor what a query within it gathers)."""
    for one in expressions:
        if one.get("class") in ("SUBQUERY", "WINDOW"):
            continue
        if one.get("class") == "FUNCTION" and one["function_name"] in _gathering():
            return True
        if _aggregates([inner for value in one.values() for inner in _children(value)]):
            return True
    return False


def _children(value: Any) -> list[Node]:
    if isinstance(value, dict):
        return [value]
    return [inner for one in value for inner in _children(one)] if isinstance(value, list) else []


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _expression(sql: str) -> Node:
    tree: Node = json.loads(_ask("SELECT json_serialize_sql(?)", f"SELECT {sql}"))["statements"][0]["node"]["select_list"][0]
    return tree


def _ask(query: str, text: str) -> str:
    with duckdb.connect() as connection:
        return str(connection.execute(query, [text]).fetchall()[0][0])


@cache
def _gathering() -> frozenset[str]:
    return _functions("function_type = 'aggregate'")


@cache
def _changing() -> frozenset[str]:
    """Functions whose answer depends on more than what they are given."""
    return _functions("stability <> 'CONSISTENT'")


@cache
def _moments() -> frozenset[str]:
    """Names that stand for the present without brackets."""
    return frozenset({"current_date", "current_timestamp", "current_time", "localtime", "localtimestamp"})


def _functions(condition: str) -> frozenset[str]:
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT DISTINCT function_name FROM duckdb_functions() WHERE {condition}").fetchall()
    return frozenset(str(name) for (name,) in rows)
