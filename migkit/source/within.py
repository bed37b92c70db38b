"""Name files by where they lie in the workspace, so that two snapshots' rows never share a place."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from migkit.model.tables import RawExport


def placed(raw: RawExport, folder: str) -> RawExport:
    """Return the export with every table's file named `<folder>/<file>`: in rows, lines, anatomy and findings.

    Attachments keep their paths: their index names them so, and their bytes are what identifies them.
    """

    def inside(names: pd.Series) -> pd.Series:
        return (f"{folder}/" + names.astype("string")).astype(names.dtype if len(names) else "string")

    tables = {
        name: replace(
            table,
            frame=table.frame.assign(_file=inside(table.frame["_file"])),
            files=tuple(f"{folder}/{file}" for file in table.files),
            orders={f"{folder}/{file}": order for file, order in table.orders.items()},
        )
        for name, table in raw.tables.items()
    }
    return replace(
        raw,
        tables=tables,
        lines=raw.lines.assign(file=inside(raw.lines["file"])),
        anatomy=raw.anatomy.assign(file=inside(raw.anatomy["file"])) if len(raw.anatomy) else raw.anatomy,
        findings=tuple(replace(finding, keys=tuple(f"{folder}/{key}" for key in finding.keys)) for finding in raw.findings),
        documents={f"{folder}/{name}": why for name, why in raw.documents.items()},
        shapes=raw.shapes.assign(file=inside(raw.shapes["file"])) if len(raw.shapes) else raw.shapes,
        files={f"{folder}/{name}": file for name, file in raw.files.items()},
    )
