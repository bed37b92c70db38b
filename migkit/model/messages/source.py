"""What reading an export finds: files, lines, rows and what they refer to."""

from __future__ import annotations

from .entry import Entry, Severity, Who

_INFO, _WARNING, _CRITICAL = Severity.INFO, Severity.WARNING, Severity.CRITICAL
_PRACTICE, _ANALYST, _NOBODY = Who.PRACTICE, Who.ANALYST, Who.NOBODY
_ON = "; the rest of the export was read without it."


def _name_says(what: str, choice: str) -> Entry:
    return Entry(f"{{count}} {{count:name says|names say}} {what}: the name is loaded as it is written; {choice}.", _WARNING)


def _refused(what: str, does: str, who: Who = _PRACTICE, severity: Severity = _CRITICAL) -> Entry:
    """Return the entry of a file that could not be read."""
    return Entry(f"Its file {what}.", severity, who, does, counted=f"{{file}} {what}{_ON}")


FILES = {
    "empty-file": _refused("is empty", "exports it again if something should be in it", severity=_WARNING),
    "file-protected": _refused("is protected by a password", "saves it without one and exports again"),
    "file-damaged": _refused("is a damaged or truncated workbook", "exports it again"),
    "zip-damaged": _refused("is a damaged or password-protected zip", "unpacks it by hand", _ANALYST),
    "archive-not-opened": _refused("is an archive that is not opened here", "unpacks it, or packs it as .zip", _ANALYST),
    "file-is-database": _refused("is a database or its backup", "exports its tables as CSV or XLSX"),
    "file-not-text": _refused("is not text although its name says so", "exports it again as CSV or XLSX"),
    "file-without-table": _refused("holds no table: no row in it reads like a header", "exports it again with a header row"),
    "sheet-without-table": _refused("holds no sheet with a header row", "exports it again with a header row"),
    "page-without-table": _refused("is a web page without a table under a table's name", "exports it again as CSV or XLSX"),
    "endless-line": _refused("holds a line of many megabytes, which no table does", "looks at it in an editor", _ANALYST),
    "file-too-large": _refused(
        "needs more memory (2 GiB) or time than reading a file may take", "exports it again, or saves its tables as CSV"
    ),
    "workbook-unpacks-too-large": _refused("unpacks to more than the 1 GiB that a workbook may have", "saves its tables as CSV"),
    "cell-far-out": _refused(
        "has a cell far outside of its table, 60 million cells in all", "deletes what stands beyond the table, saves it and exports again"
    ),
    "zip-too-large": _refused(
        "unpacks to more than 8 GiB, 200,000 files or 200 times its size", "looks at it, and unpacks it by hand", _ANALYST
    ),
    "zip-reaches-outside": _refused("holds a file that would be written outside of its folder", "packs the export again"),
    "zip-holds-link": _refused("holds a link to elsewhere", "packs the export again, with the file itself"),
    "zips-too-deep": _refused("is a zip within zips, three deep", "unpacks it by hand", _ANALYST),
    "file-is-link": _refused("is a link to elsewhere, which is not followed", "puts the file itself there", _ANALYST),
    "file-is-device": _refused("is no file but a device or pipe", "takes it out of the export", _ANALYST),
    "error-cells": Entry(
        "{file}: {count} {count:cell|cells} of {columns} {count:shows an error|show errors} (#REF!, #N/A, #DIV/0!) instead of "
        "{count:a value|values}: mend the formulas in the file and export again, what stood there is not known.",
        None,
    ),
    "formulas-without-results": Entry(
        "{file}: {count} {count:cell|cells} of {columns} {count:holds a formula whose result|hold formulas whose results} the file "
        "lacks: open it in Excel, save it, and export again.",
        None,
    ),
    "hidden-sheet": Entry(
        "{file} is a hidden sheet and was read like the others ({count} {count:row|rows}): ask whether it counts.", _WARNING
    ),
    "hidden-rows": Entry(
        "{file}: {count} {count:row is|rows are} hidden in the workbook, by a filter or by hand, and {count:was|were} read like the "
        "others: ask whether {count:it counts|they count}.",
        _WARNING,
    ),
    "hidden-columns": Entry("{file}: {columns} {count:is a hidden column|are hidden columns}, read like the others.", _INFO),
    "encoded-twice": Entry(
        "{file}: {count} {count:cell|cells} of {columns} had been encoded twice (`Ã©` for `é`) and {count:was|were} put right: look at "
        "some of the names.",
        _INFO,
    ),
    "lost-letters": Entry(
        "{file}: in {count} {count:cell|cells} of {columns} a letter was lost before the file was written (`�` stands for it): export the "
        "file again as UTF-8, or mend the names by hand.",
        _WARNING,
    ),
    "guessed-encoding": Entry(
        "{file} is neither UTF-8 nor written by Windows in Western Europe: it was read as {encoding}, under which its letters make words. "
        "Look at the names with accents.",
        _INFO,
    ),
    "table-shrank": Entry(
        "{count} {count:record|records} of {before} of {table} are absent from this export: it may be cut off or filtered; export again, "
        "or accept that they are gone.",
        _CRITICAL,
    ),
    "table-replaced": Entry(
        "None of the {count} earlier {count:record|records} of {table} is in this export, and {fresh} others are: where these are the same "
        "under other numbers, each would stand twice.",
        _CRITICAL,
        _ANALYST,
        "looks whether the numbers are written otherwise: has the export made with the same settings, or decides that the earlier ones "
        "are deleted",
    ),
    "corrected-or-new": Entry(
        "{count} {count:record|records} of {table} without a number {count:is|are} gone from this export, and a new one of the same "
        "patient and day, or sum, stands there: a corrected one would count twice.",
        _CRITICAL,
        _PRACTICE,
        "says which are corrections; the earlier ones of these are then decided to be deleted",
    ),
    "id-used-again": Entry(
        "{count} {count:id|ids} of {table} {count:was|were} somebody else's in the earlier export, with another name and birth date: the "
        "person in Pipedrive would be renamed, and keep what belongs to the other.",
        _CRITICAL,
        _PRACTICE,
        "says whether the practice system gave the id again; the analyst then gives the new rows an id of their own",
    ),
    "column-emptied": Entry(
        "{count} of {before} values of {table}.{field} are empty in this export: the column may be left out or renamed; export again, or "
        "accept that they are emptied.",
        _CRITICAL,
    ),
    "unread-document": Entry(
        "{count} {count:file in JSON or XML was|files in JSON or XML were} not read: where there are records in there, "
        "export them as CSV or XLSX.",
        _WARNING,
    ),
    "unread-contacts": Entry(
        "{count} {count:file of contacts (vCard, .vcf) was|files of contacts (vCard, .vcf) were} not read: people may stand in there whom "
        "no other file has.",
        _WARNING,
        _PRACTICE,
        "exports them as CSV: address books and phones that write .vcf offer that too",
    ),
    "unread-calendar": Entry(
        "{count} {count:calendar (iCalendar, .ics) was|calendars (iCalendar, .ics) were} not read: bookings may stand in there that no "
        "other file has.",
        _WARNING,
        _PRACTICE,
        "exports the appointment book as CSV or XLSX, with the patient of each booking",
    ),
    "attachment-in-zip": Entry(
        "{count} {count:attached file lies|attached files lie} inside {archives} {archives:zip file|zip files}, where nothing can be "
        "loaded from: unpack.",
        _WARNING,
    ),
    "may-be-two-tables": Entry(
        "{file}: an empty column divides the sheet, and its sides may be two tables beside each other; it was read as one. Say in "
        "decisions/files.yaml which it is (beside: apart, or beside: together).",
        _WARNING,
    ),
    "text-without-table": Entry(
        "No table was found in {count} text {count:file|files} beside the tables, so {count:it was|they were} not read: "
        "where there is one, say so in decisions/files.yaml (holds: table), else holds: nothing.",
        _WARNING,
    ),
    "table-under-other-ending": Entry(
        "{file} reads like a table under another ending, and was not read: say in decisions/files.yaml what it holds (holds: table, or "
        "holds: nothing).",
        _WARNING,
    ),
    "report-total-mismatch": Entry(
        "The total row {place} is not the sum of its rows in the column {column}: rows are missing or were changed; "
        "export the report again or accept it.",
        _WARNING,
    ),
    "link-not-fetched": Entry(
        "{count} {count:link|links} of the attachment index could not be fetched (only public https is, and only under the policy "
        "`fetch_links: public`): fetch by hand, or allow it and run again.",
        _WARNING,
    ),
    "attachment-file-missing": Entry(
        "{count} {count:row of the attachment index names a file|rows of the attachment index name files} that the export lacks, and "
        "{count:is|are} held: ask the practice for what is missing, or accept that it stays out.",
        _WARNING,
    ),
    "folder-of-another": Entry(
        "{count} attached {count:file lies|files lie} in a folder that is called by another patient's id than the index gives: the index "
        "counts.",
        _WARNING,
        _PRACTICE,
        "says whose the files are",
    ),
    "attachment-without-owner": Entry(
        "{count} {count:attached file stands|attached files stand} in no index, and no patient or invoice can be told from the name: "
        "add to an index, or leave out.",
        _WARNING,
    ),
}
"""What is wrong with whole files."""

ROWS = {
    "ragged-row": Entry("The line has more or fewer cells than its header.", who=_ANALYST, does="mends the line in the reject file"),
    "unclosed-quote": Entry("A quotation mark in the line is never closed.", who=_ANALYST, does="mends the line in the reject file"),
    "stray-quote": Entry(
        "A quotation mark stands within one of its cells, so nobody can tell where the cells end.",
        who=_ANALYST,
        does="mends the line in the reject file",
    ),
    "unreadable-field": Entry("Its {field} cannot be read.", who=_ANALYST, does="mends the value in the reject file"),
    "missing-field": Entry("It has no {field}.", who=_PRACTICE, does="completes it, or it stays out"),
    "rejected-lines": Entry("{count} {count:line|lines} of {name} could not be read: mend the reject file and read it again.", _WARNING),
    "rejected-rows": Entry(
        "{count} {count:row|rows} of {table} {count:lacks|lack} a readable key or required field: mend the reject file and read it again.",
        _WARNING,
    ),
    "undecided-table": Entry(
        "Nobody has decided yet what its table is.", who=_ANALYST, does="maps the table, or leaves it out, in the mapping review"
    ),
    "unmapped-table": Entry(
        "The table {name} with {count} {count:row|rows} is not in the map: map it or leave it out with a reason.", _WARNING
    ),
    "left-out-by-map": Entry("The map leaves its table out: {why}."),
    "same-row": Entry("The row at {place} says the same in every column that is read; that one counts."),
    "older-version": Entry("A later version of it stands at {place}, which counts."),
    "older-snapshot": Entry("A later export has it at {place}, which counts."),
    "repeated-rows": Entry(
        "{count} {count:row|rows} of {table} {count:says|say} the same as another one in every column that is read (overlapping periods); "
        "the first counts.",
        _INFO,
    ),
    "changed-row": Entry(
        "{count} {count:row|rows} of {table} {count:stands|stand} in the export in several versions that differ in {fields}; the latest "
        "counts, known by: {evidence}.",
        _WARNING,
    ),
    "changed-amount": Entry(
        "{count} {count:row|rows} of {table} {count:stands|stand} in the export in several versions that differ in {fields}, amounts "
        "among them; the latest counts, known by: {evidence}.",
        _WARNING,
    ),
    "joined": Entry("Another table's row of the same record stands at {place}, and says the rest."),
    "line-of-note": Entry("It is a further line of one note."),
    "row-of-booking": Entry("It is a further service or slot of the booking that begins at {place}."),
    "rows-of-booking": Entry(
        "{count} {count:booking stands|bookings stand} in several rows, a row a service or a slot: each is one booking, with all its "
        "services in its note, as long as all its slots.",
        _INFO,
    ),
    "restated-record": Entry(
        "{count} {count:record|records} of {table} {count:is|are} shown again with other lines by a later report, whose lines count: "
        "{before} before, {now} now.",
        _WARNING,
    ),
    "id-used-twice": Entry(
        "Its id is used for different ones, at {places}.",
        _CRITICAL,
        _ANALYST,
        "gives each folder or file with numbers of its own a prefix in decisions/mapping.yaml: below `key_prefixes:` a line like "
        "`Northside: N-`",
        counted="{count} {count:id|ids} of {table} {count:is|are} used for different ones, who agree neither in {fields}: they are held. "
        "Where each folder or file has numbers of its own, give it a prefix in decisions/mapping.yaml: below `key_prefixes:` a line like "
        "`Northside: N-`.",
    ),
    "numbers-begin-anew": Entry(
        "{count} {count:id|ids} of {table} {count:stands|stand} in {one} and in {other} and {count:is|are} used for different ones there, "
        "which differ in {fields}: the numbers seem to begin anew in each file. They are held until decisions/mapping.yaml gives one "
        "of the two files a prefix (below `key_prefixes:` a line like `Northside.csv: N-`).",
        _CRITICAL,
        _ANALYST,
        "gives one of the two files a prefix in decisions/mapping.yaml (below `key_prefixes:` a line like `Northside.csv: N-`); where they "
        "are versions of the same after all, says in decisions/versions.yaml which file counts",
    ),
    "undecided-version": Entry(
        "It stands in several versions, at {places}, and nothing says which is the latest.",
        _CRITICAL,
        _ANALYST,
        "says in decisions/versions.yaml which counts",
        counted="{count} {count:record|records} of {table} {count:stands|stand} in {where} and {count:differs|differ} in {fields}, and "
        "neither a modified column nor a run date, period or file time says which is later: held. Where they are versions of the same, "
        "decisions/versions.yaml says which file counts; where each file has numbers of its own, nothing of either may be lost, and "
        "decisions/mapping.yaml gives one a prefix (below `key_prefixes:` a line like `Northside.csv: N-`).",
    ),
    "undecided-line": Entry(
        "{count} {count:record|records} of {table} {count:stands|stand} in {where} and {count:differs|differ} in {fields}: held until "
        "decisions/versions.yaml says whether the first or the last line counts.",
        _CRITICAL,
        _ANALYST,
        "says in decisions/versions.yaml which counts",
    ),
    "conflicting-tables": Entry(
        "{count} {count:record|records} of {table} {count:has|have} another {field} in {one} than in {other}: the later file's counts "
        "where that is known, else the fuller row's; decisions/versions.yaml can say which.",
        _WARNING,
    ),
    "renumbered": Entry(
        "{count} {count:id of {table} is|ids of {table} are} the earlier export's, written otherwise (leading noughts, what stands before "
        "the number): taken for the same records.",
        _WARNING,
    ),
    "header-differs": Entry(
        "{count} {count:record|records} of {table} {count:has|have} lines that differ in {column}; the first line's value was taken.",
        _WARNING,
    ),
    "header-of-several": Entry(
        "Lines of its number stand for different patients.",
        _CRITICAL,
        _ANALYST,
        "finds what tells the numbers apart: a prefix for each folder or file (key_prefixes in decisions/mapping.yaml), or a view that "
        "joins the number with its location",
        counted="{count} {count:number|numbers} of {table} {count:stands|stand} for lines of different patients: they are held. Where each "
        "location has numbers of its own, a view joins the two; each folder or file may have a prefix in decisions/mapping.yaml.",
    ),
    "row-of-family-invoice": Entry("It is another patient's part of the family's invoice at {place}."),
    "family-invoice": Entry(
        "{count} {count:invoice is|invoices are} of several patients of one family name: the lines of each are an invoice of that patient, "
        "known by the number and by whose it is, and what was paid for the whole is parted among them where it adds up.",
        _WARNING,
        _ANALYST,
        "looks whether they are of one family, and not of two locations with numbers of their own",
    ),
    "family-invoice-of-payer": Entry(
        "{count} {count:invoice has|invoices have} a row for each of several patients, billed to one payer: it is the payer's as a whole, "
        "with what each part is for.",
        _WARNING,
        _ANALYST,
        "looks whether the one who is billed owes it as a whole",
    ),
    "gone-records": Entry(
        "{count} {count:record of the previous export is|records of the previous export are} absent from this one: decide what is to be "
        "deleted, in 60_delta or in decisions/delta.yaml (below `gone:` a line like `patient:12: delete`); until then all stay.",
        _WARNING,
    ),
}
"""What becomes of lines and rows."""

REFERENCES = {
    "missing-parent": Entry("It belongs to {key}, which the export lacks.", who=_PRACTICE, does="exports that too"),
    "missing-but-named": Entry(
        "It belongs to {key}, which the export lacks; the name that it gives is that of {keys}.",
        who=_PRACTICE,
        does="says which one is meant, or exports {key} too",
    ),
    "parent-held": Entry("It belongs to {key}, which waits itself.", who=_NOBODY, does="it comes with that one"),
    "no-patient": Entry(
        "It names no patient.",
        _WARNING,
        _PRACTICE,
        "names one; blocked time and breaks stay out",
        counted="{count} {count:row names|rows name} no patient and {count:is held: it has|are held: they have} nobody to belong to.",
    ),
    "no-reference": Entry("It names no record of {target}.", who=_PRACTICE, does="names one, or it stays out"),
    "several-candidates": Entry("The name that it gives fits several: {keys}.", who=_PRACTICE, does="says which one is meant"),
    "born-in-future": Entry(
        "{count} {count:patient has|patients have} a birth date after the day of the export: it is left empty.",
        _WARNING,
        _PRACTICE,
        "says when they were born",
    ),
    "born-otherwise": Entry(
        "The name that it gives is that of {keys}, who was born on another day than it says.",
        who=_PRACTICE,
        does="says who is meant",
    ),
    "patient-contradicted": Entry(
        "{count} {count:row of {table} gives|rows of {table} give} another birth date than the patient has whose id {count:it|they} "
        "{count:names|name}: the id counts.",
        _WARNING,
        _PRACTICE,
        "says whose they are",
    ),
    "patient-differs": Entry(
        "{count} {count:patient has|patients have} another {field} in the patients' own rows than in rows of other tables: the own "
        "row's counts.",
        _INFO,
        _PRACTICE,
        "says which is right",
    ),
    "rows-differ-of-patient": Entry(
        "{count} {count:patient has|patients have} no {field} of {count:its|their} own, and rows of other tables that name "
        "{count:it|them} say several: left empty.",
        _INFO,
        _PRACTICE,
        "says which is right",
    ),
    "patients-made": Entry(
        "{count} {count:patient was|patients were} made of what rows of {name} say of theirs: the export has no list of patients.",
        _WARNING,
        _PRACTICE,
        "exports a list of patients, with who has not come yet",
    ),
    "practitioners-made": Entry(
        "{count} {count:practitioner was|practitioners were} made of the names and numbers that rows of {name} give: "
        "the export has no list of staff.",
        _INFO,
        _PRACTICE,
        "exports a list of staff with their e-mail addresses, by which each is found among Pipedrive's users",
    ),
    "id-or-number": Entry(
        "{count} {count:row of {table} gives|rows of {table} give} in {field} what is the id of one of {target} and the second number of "
        "another, and other rows of the file are only known by one of them: the id counts.",
        _CRITICAL,
        _ANALYST,
        "looks by which of the two the file refers, and leaves the other out of the map",
    ),
    "id-of-another-column": Entry(
        "{column} of {source} is taken for the id of {target} in {count} {count:row|rows}, but {name} has a column {other} beside its "
        "{key}, with all these values: {count:the row goes|the rows go} to whoever has the number as {key}.",
        _CRITICAL,
        _ANALYST,
        "maps the column that is meant as the second number (that of patients as patient number), or leaves one of the two out of the map",
    ),
    "number-of-several": Entry(
        "{count} {count:row of {table} gives|rows of {table} give} in {field} a number that several of {target} have, as a "
        "family's account is: they are held.",
        _WARNING,
        _PRACTICE,
        "says whose they are, or exports the id beside the number",
    ),
    "named-as-another": Entry(
        "{count} {count:row of {table} gives|rows of {table} give} the id of one patient and the name of another: the id counts.",
        _WARNING,
        _PRACTICE,
        "says whose they are",
    ),
    "named-as-others": Entry(
        "{count} {count:row|rows} of {table}, all of a file, give in {field} the id of one patient and the name of another: these "
        "are the ids of something else.",
        _CRITICAL,
        _ANALYST,
        "leaves the column out of the map, so that the names count, or maps the right one",
    ),
    "no-candidate": Entry(
        "No record of {target} has the name that it gives.", who=_PRACTICE, does="says who is meant, or that it stays out"
    ),
    "ambiguous-reference": Entry(
        "{count} {count:row of {table} names|rows of {table} name} in {column} a record of {target} that several have; {then}.", _WARNING
    ),
    "unknown-name": Entry(
        "{count} {count:row of {table} names|rows of {table} name} in {column} nobody that {target} has; {then}.", _WARNING
    ),
    "unknown-reference": Entry(
        "{count} {count:row of {table} refers|rows of {table} refer} in {field} to {target} that the export lacks; the reference was left "
        "empty.",
        _WARNING,
    ),
    "names-no-parent": Entry(
        "{count} {count:row of {table} names|rows of {table} name} no record of {target} and {count:is|are} held: the column that says to "
        "which {count:it belongs|they belong} has no home in the map, or the export has none.",
        _WARNING,
    ),
    "done-without-plan": Entry(
        "{count} {count:procedure names|procedures name} no treatment plan and {count:is|are} done: {count:it is a line|they are lines} of "
        "a note on the patient's day, and no plan.",
        _INFO,
    ),
    "planned-without-plan": Entry(
        "{count} {count:procedure names|procedures name} no treatment plan and {count:is|are} not done yet: what is planned for a patient "
        "stands in one plan.",
        _INFO,
    ),
    "links-of-others": Entry(
        "{count} {count:row of {table} that names|rows of {table} that name} {target} in {field} {count:is|are} about another "
        "patient than what {count:it names|they name}: the column is taken for a numbering of its own, and refers to nothing.",
        _WARNING,
        _ANALYST,
        "looks whether the column is the table's own number",
    ),
    "several-invoices-unclear": Entry(
        "{count} {count:payment names|payments name} several invoices, and nothing says how much is for each: {count:it settles|they "
        "settle} what the payer owes, the oldest first, and the cell is kept as the reference.",
        _WARNING,
        _PRACTICE,
        "says how much of each payment is for which invoice",
    ),
    "parts-differ": Entry(
        "What another table shows under its number does not come to it.",
        _CRITICAL,
        _ANALYST,
        "looks which of the two tables has the right amounts, or whether the numbers are of different receipts",
        counted="{count} {count:payment|payments}: another table shows parts under a receipt's number that do not come to it, and all of "
        "it is held.",
    ),
    "part-refunded": Entry(
        "{count} {count:payment says|payments say} in {count:its|their} own row that a part was refunded: that part is taken off, and is "
        "no money received.",
        _WARNING,
        _PRACTICE,
        "says whether the refunds stand in the export a second time, as rows of their own",
    ),
    "total-before-discount": Entry(
        "In every row of {name}, {column} less a discount is {billed}: the {field} was read from {billed}, which is what is asked for.",
        _WARNING,
    ),
    "total-before-percentage": Entry(
        "In every row of {name}, {column} less the percentage in {rate} is {billed}: the {field} was read from {billed}, which is what is "
        "asked for.",
        _WARNING,
    ),
    "reversal-without-home": Entry(
        "{count} {count:row|rows} of {name} {count:has|have} something in {column}, which has no home: it may say that they were credited, "
        "refunded, cancelled or written off. They count in full.",
        _WARNING,
        _ANALYST,
        "looks what the column says, and gives it a home or says that it means nothing",
    ),
    "confidential-without-home": Entry(
        "{count} {count:row|rows} of {name} {count:is|are} called confidential or restricted in {column}, which has no home: in Pipedrive "
        "all who see the record would read {count:it|them}.",
        _CRITICAL,
        _PRACTICE,
        "says whether they are to be loaded; they are left out by a cleaning rule, or by the privacy decisions",
    ),
    "zone-without-home": Entry(
        "{count} {count:row|rows} of {name} {count:names|name} in {column} another time zone than the practice's, and the column has no "
        "home: their times are read as the practice's own clock.",
        _CRITICAL,
        _ANALYST,
        "names the location of each row and the time zone of each location, or has the times exported by one clock",
    ),
    "several-prices": Entry(
        "{name} has several columns of prices: {column} was taken for the price of a product, and {others} have no home.",
        _WARNING,
        _ANALYST,
        "looks which of the prices is the practice's own",
    ),
    "decimals-or-thousands": Entry(
        "Every point in {column} stands before three digits: {count} {count:amount was|amounts were} read with three decimals, and may be "
        "thousands.",
        _CRITICAL,
        _ANALYST,
        "chooses for the column that its points part thousands, or has it exported with two decimals",
    ),
    "amount-of-parts": Entry(
        "In every row of {name} the columns {parts} add up to {whole}; {column} was read as the {field}, and the others have no home: "
        "discounts, a bank's fees, cash that was taken out or a second invoice make one of the others the right one.",
        _WARNING,
        _ANALYST,
        "looks which of the columns is what was billed or paid",
    ),
    "status-behind-days": Entry(
        "{count} treatment {count:plan is|plans are} proposed by {count:its|their} status, and accepted, declined or completed by "
        "{count:its|their} days: the status counts.",
        _WARNING,
        _PRACTICE,
        "says which is right",
    ),
    "total-without-tax": Entry(
        "{count} {count:invoice has its|invoices have their} total without GST, as what is owed and paid proves: the GST was added.",
        _WARNING,
        _ANALYST,
        "maps the column of totals to the net amount",
    ),
    "payment-ahead": Entry(
        "{count} {count:payment is|payments are} of a day after the export: {count:it is|they are} due then, and no money received.",
        _WARNING,
        _PRACTICE,
        "says which of them have arrived",
    ),
    "invoice-ahead": Entry(
        "{count} {count:invoice is|invoices are} dated after the day of the export: dates may be read in the wrong order, or it is a plan "
        "of instalments.",
        _WARNING,
        _ANALYST,
        "looks at the column of dates",
    ),
    "due-before-date": Entry(
        "{count} {count:invoice is|invoices are} due before {count:its|their} own date: dates may be read in the wrong order.",
        _WARNING,
        _ANALYST,
        "looks at the columns of dates",
    ),
    "visit-ahead": Entry(
        "{count} {count:appointment is|appointments are} said to be over (completed, not attended) on a day after the export: "
        "{count:it is|they are} loaded as booked. The code may mean something else, like confirmed.",
        _WARNING,
        _ANALYST,
        "looks in the mapping review what the code of the status means",
    ),
    "header-twice": Entry(
        "{name} has two columns of one header: {column} was read as {field}, and {other} has no home and says something else in {count} "
        "{count:row|rows}. Nothing says which is meant: choose in the mapping review.",
        _CRITICAL,
        _ANALYST,
        "chooses which of the two columns is meant",
    ),
    "receipts-by-side": Entry(
        "{count} {count:payment is|payments are} marked CR or DR: CR was read as money that came in (it credits the patient's account), DR "
        "as money that went out.",
        _WARNING,
        _ANALYST,
        "looks whether the file is the practice's and not the bank's, where it is the other way round",
    ),
    "same-bookings": Entry(
        "{count} {count:booking stands|bookings stand} in two reports without numbers, of the same patient at the same time: taken for "
        "one.",
        _WARNING,
    ),
    "same-takings": Entry(
        "{count} {count:payment has|payments have} no number and {count:is|are} equal in patient, day, sum, kind and method to "
        "{count:one|ones} in another table: the same money in two reports, which counts once.",
        _WARNING,
        _PRACTICE,
        "says whether the two reports show the same receipts",
    ),
    "takings-in-part": Entry(
        "{count} {count:payment has|payments have} no number and {count:is|are} equal in patient, day, sum, kind and method to "
        "{count:one with a number|ones with numbers} in another table, other rows of the same report are not: they may count twice.",
        _CRITICAL,
        _PRACTICE,
        "says whether the two reports show the same receipts; the analyst leaves one out of the map",
    ),
    "numbered-otherwise": Entry(
        "{count} {count:record|records} of {table} {count:has|have} another number in the report of {count:its|their} lines (letters or "
        "noughts before it), and the same patient and day: taken for the same.",
        _WARNING,
        _ANALYST,
        "looks at one of them",
    ),
    "said-by-name": Entry(
        "{count} {count:row|rows} of {table} without a {field} of {count:its|their} own {count:is|are} {value}, since the file or sheet is "
        "called {name}.",
        _WARNING,
        _ANALYST,
        "looks whether the name says that of all its rows",
    ),
    "balance-in-credit": Entry(
        "{count} {count:balance|balances} of {table} {count:stands|stand} under {column}: {count:it is|they are} the patient's money, and "
        "{count:was|were} read as a credit.",
        _INFO,
    ),
    "amounts-in-cents": Entry(
        "{count} {count:amount|amounts} of {table}.{field} {count:stands|stand} under a header that says cents, and {count:was|were} read "
        "as such: 10000 is 100.00.",
        _INFO,
    ),
    "clock-without-day": Entry(
        "{count} {count:value|values} of {table}.{field} {count:is a time|are times} of day on the day that a database begins with "
        "(30/12/1899 09:00): {count:it says|they say} nothing of the day, which another column must give.",
        _INFO,
    ),
    "day-contradicted": Entry(
        "{count} {count:appointment begins|appointments begin} on another day by {count:its|their} start than by {count:its|their} date: "
        "the start counts.",
        _WARNING,
        _ANALYST,
        "looks which of the two columns is the day of the appointment",
    ),
    "bookings-at-night": Entry(
        "{count} {count:appointment begins|appointments begin} between midnight and five in the morning: a clock of twelve hours without "
        "am and pm, or a time in another zone? They go to Pipedrive as they are read.",
        _WARNING,
        _ANALYST,
        "looks at the column of the time, and cleans it where it means the afternoon",
    ),
    "bookings-of-hours": Entry(
        "{count} {count:appointment lasts|appointments last} over twelve hours: a length in seconds, or the end of another day? "
        "They go to Pipedrive as they are read.",
        _WARNING,
        _ANALYST,
        "looks at the column of the length or of the end, and gives it the transform that it needs",
    ),
    "equal-payments": Entry(
        "{count} {count:payment has|payments have} no number and {count:is|are} equal to another one of the same file in every cell: each "
        "counts once, as if the file had the row twice.",
        _WARNING,
        _PRACTICE,
        "says whether both were paid; then a number in the file tells them apart",
    ),
    "receipt-in-each-row": Entry(
        "{column} of {name} is the whole receipt in each row of it, and {applied} what the row pays: the parts were read, so that "
        "each receipt counts once.",
        _WARNING,
        _ANALYST,
        "maps the column of the parts as the amount",
    ),
    "receipt-left-in-part": Entry(
        "{column} of {name} is the whole receipt in each row of it, and would count several times; {applied}, what the row pays, leaves "
        "a part of {count} {count:receipt|receipts} out.",
        _CRITICAL,
        _ANALYST,
        "writes a view with a row for each part of a receipt and one for what is left of it",
    ),
    "heads-left-empty": Entry(
        "{count} {count:row|rows} of {file} {count:has|have} nothing in {columns}, and a number or day of {count:its|their} own: nothing "
        "proves that {count:it belongs|they belong} to whom the row above names, so the cells stay empty.",
        _WARNING,
        _ANALYST,
        "looks at the rows, and declares in decisions/files.yaml which columns are carried down where the report is grouped by patient",
    ),
    "running-balance": Entry(
        "{columns} of {file} runs over its {count} {count:row|rows}: each is the one before and the row's amount. It is the balance of the "
        "account and of no invoice, and is not read; what is owed follows from invoices and payments.",
        _INFO,
    ),
    "paid-before-billed": Entry(
        "{count} {count:payment is|payments are} dated a month or more before the invoice that {count:it names|they name}, and with day "
        "and month the other way round every one of the file is of that day or later: a spreadsheet may have turned them.",
        _CRITICAL,
        _PRACTICE,
        "exports the payments again as text (CSV), or says that the days are right",
    ),
    "booked-in-two-files": Entry(
        "{count} {count:booking|bookings} without a number {count:starts|start} at the minute of another one of the same patient in a file "
        "that is called after something else (a dentist, a site): each stays.",
        _WARNING,
        _PRACTICE,
        "says whether the patient has both",
    ),
    "due-before-payment": Entry(
        "{count} {count:invoice has|invoices have} no total, and what is due is what was paid in half of those that are paid, and never "
        "less: what was due before the payment was read as the total.",
        _WARNING,
        _PRACTICE,
        "says whether the column is what was billed or what is still to be paid",
    ),
    "equal-in-two-files": Entry(
        "{count} {count:row|rows} of {table} without a number {count:stands|stand} alike in another file as well, and the files are called "
        "after different things (sites, tills, days): each counts as money of its own.",
        _WARNING,
        _PRACTICE,
        "says whether it was paid or billed at both; where the files show one thing twice, one of them is left out of the export",
    ),
    "receipts-as-credits": Entry(
        "{count} {count:receipt is|receipts are} written as {count:a credit|credits} (-120.00, 120.00 CR), like most of "
        "{count:its|their} file: read as money that came in. Where {count:it is a refund|they are refunds}, map the kind of payment.",
        _WARNING,
        _ANALYST,
        "looks whether the amounts are receipts",
    ),
    "invoices-as-credits": Entry(
        "{count} {count:invoice is|invoices are} written below nought (-120.00), like all of {count:its|their} file, and nothing says "
        "credit: read as what was billed. Where {count:it is a credit note|they are credit notes}, map the kind of invoice.",
        _WARNING,
        _ANALYST,
        "looks whether the amounts were billed",
    ),
    "unused-key-prefix": Entry(
        "{count} key {count:prefix is|prefixes are} for a folder or file that the export has not, so no id begins with {count:it|them}: "
        "write the name in decisions/mapping.yaml as it stands there, without *.",
        _WARNING,
        _ANALYST,
        "mends the name",
    ),
    "missing-patients": Entry(
        "{count} {count:patient is|patients are} referred to by other tables but absent from the patient table: the export may leave out "
        "archived, inactive or deleted patients; export again with every patient, or accept that what belongs to the missing is held.",
        _CRITICAL,
    ),
    "booking-without-patient": Entry(
        "{count} {count:appointment names|appointments name} no patient and {count:is|are} held: breaks, meetings and blocked time, "
        "unless a column that says whose {count:it is|they are} has no home in the map.",
        _INFO,
    ),
}
"""What rows refer to."""

CHECKS = {
    "mend-outdated": Entry(
        "{count} {count:cell|cells} that somebody mended by hand {count:holds|hold} another value in this export than the one that was "
        "mended: left as {count:it|they} came, look at {count:it|them} again in 30_validate.",
        _WARNING,
    ),
    "mend-without-row": Entry(
        "{count} mended {count:cell|cells}: this export has no such row any more, so the mend was not used. Where the practice has mended "
        "it itself, take the mend back in 30_validate.",
        _INFO,
    ),
    "split-nickname": Entry("{count} {count:name holds|names hold} another one in brackets: it was taken for the preferred name.", _INFO),
    "split-former": Entry("{count} {count:name holds|names hold} another one in brackets: it was taken for the former last name.", _INFO),
    "name-says-do-not-contact": _name_says(
        "that the patient is not to be contacted", "the policy do_not_contact_names can opt them out of messages"
    ),
    "name-says-test": _name_says("Test", "the policy test_patients can leave them out"),
    "name-says-archived": _name_says("that the file is archived or closed", "the policy archived_names can take that for their status"),
    "name-says-deceased": _name_says("that the patient has died", "set the status in the practice system, or by a cleaning"),
    "name-says-duplicate": _name_says("that the file is a duplicate", "decide in 25_people whose"),
    "name-of-several": Entry(
        "{count} {count:name of a patient is|names of patients are} of two people or a family: each becomes one person of that name, and "
        "nobody can say whose the appointments are.",
        _WARNING,
        _PRACTICE,
        "says who they are, and makes a patient of each",
    ),
    "name-cut": Entry(
        "{count} {count:name is|names are} longer than the {limit} characters that Pipedrive keeps: the rest is cut off, shorten it in "
        "the practice system.",
        _WARNING,
    ),
    "booking-of-deceased": Entry(
        "{count} {count:appointment ahead is|appointments ahead are} of patients who have died: cancel them in the practice system, or "
        "they are loaded as booked.",
        _WARNING,
    ),
    "recall-of-deceased": Entry(
        "{count} {count:recall is|recalls are} of patients who have died: switch {count:it|them} off in the practice system, or "
        "{count:it is|they are} loaded as due.",
        _WARNING,
    ),
    "bookings-of-inactive": Entry(
        "{count} of {of} appointments ahead are of patients who are inactive or archived: the yes and no of the column that says it may be "
        "the wrong way round.",
        _WARNING,
        _ANALYST,
        "looks at that column in the mapping review, where its codes can be given their meaning",
    ),
    "mostly-reversed": Entry(
        "{count} of {of} payments are taken back by the yes of one column, and count for nothing: it probably says something else of them.",
        _CRITICAL,
        _ANALYST,
        "looks at that column in the mapping review, and leaves it out where it does not mean reversed",
    ),
    "end-before-start": Entry(
        "{count} {count:appointment ends before it starts|appointments end before they start}: the stated length counts.", _WARNING
    ),
    "duration-mismatch": Entry(
        "{count} {count:appointment lasts|appointments last} longer or shorter than from start to end; the end counts.", _INFO
    ),
    "repeated-booking": Entry(
        "{count} {count:appointment has|appointments have} the same patient, start, chair and provider as another one.", _WARNING
    ),
    "double-booked-chair": Entry(
        "{count} {count:appointment overlaps|appointments overlap} with another one of the same chair: look in the practice system.",
        _WARNING,
    ),
    "double-booked-provider": Entry(
        "{count} {count:appointment overlaps|appointments overlap} with another one of the same provider: look in the practice system.",
        _WARNING,
    ),
    "nonexistent-local-time": Entry(
        "{count} {count:appointment starts|appointments start} at an hour that never was on that day, because the clocks were changed: "
        "correct the time, or let the policy nonexistent_hour decide.",
        _WARNING,
    ),
    "ambiguous-local-time": Entry(
        "{count} {count:appointment starts|appointments start} at an hour that was twice on that day, because the clocks were changed: "
        "correct the time, or let the policy ambiguous_hour decide.",
        _WARNING,
    ),
    "invoice-total-mismatch": Entry(
        "{count} {count:invoice has|invoices have} a total that is not the sum of the lines: the total counts, look at the lines.", _WARNING
    ),
    "plan-total-mismatch": Entry(
        "{count} {count:treatment plan has|treatment plans have} a total that is not the sum of the items: the total counts, look at the "
        "items.",
        _WARNING,
    ),
}
"""What is wrong across rows."""

ENTRIES = FILES | ROWS | REFERENCES | CHECKS
