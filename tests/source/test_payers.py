"""Who is billed, or pays, and is no patient: an insurer, an employer, a word for the patient."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_what_rows_say import PATIENTS, codes, plain, typed

INVOICES = {"No": "invoice_id", "Patient": "patient_id", "Bill To": "bill_to_id", "Total": "total"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Department of Veterans Affairs", (None, "Department of Veterans Affairs")),
        ("Medibank", (None, "Medibank")),
        ("Patient", (None, None)),
        ("Self", (None, None)),
        ("Y", (None, None)),
        ("PAT", (None, None)),
        ("8", ("8", None)),
        ("Weber, Anna", ("8", None)),
        ("", (None, None)),
    ],
)
def test_who_is_billed_is_an_id_a_name_or_the_patient(tmp_path: Path, text: str, expected: tuple[str | None, str | None]) -> None:
    """Words are no missing patient; the name of somebody whom the practice does not have is kept."""
    people = {
        "patients": ("patients", {"Id": "patient_id", "Last": "last_name", "First": "first_name"}, "Id,Last,First\n7,Ng,\n8,Weber,Anna\n")
    }
    tables = typed(tmp_path, {**people, "invoices": ("invoices", INVOICES, f'No,Patient,Bill To,Total\n1,7,"{text}",50\n')})
    ((payer, name),) = plain(tables, "invoices", "bill_to_id", "bill_to_name")
    assert (payer, None if payer else name) == expected
    assert not codes(tables) & {"missing-patients", "unknown-reference", "unknown-name"}


def test_words_are_ids_where_ids_are_words(tmp_path: Path) -> None:
    """A practice that numbers its patients WEBAN may bill one whom the export lacks."""
    people = {"patients": ("patients", {"Id": "patient_id", "Last": "last_name"}, "Id,Last\nNGBEN,Ng\n")}
    text = "No,Patient,Bill To,Total\n1,NGBEN,WEBAN,50\n"
    assert "missing-patients" in codes(typed(tmp_path, {**people, "invoices": ("invoices", INVOICES, text)}))


@pytest.mark.parametrize(
    ("said", "status", "patient"),
    [("Y", "converted", None), ("No", None, None), ("8", None, "8"), ("", None, None), ("true", "converted", None)],
)
def test_yes_is_no_patient_whom_an_enquiry_became(tmp_path: Path, said: str, status: str | None, patient: str | None) -> None:
    """`Converted: Y` says that, and not to whom."""
    columns = {"Id": "lead_id", "Name": "full_name", "Converted": "converted_patient_id"}
    tables = typed(tmp_path, {"leads": ("leads", columns, f"Id,Name,Converted\n1,Carla Diaz,{said}\n")})
    assert plain(tables, "leads", "status", "converted_patient_id") == [(status, patient)]
    assert "missing-patients" not in codes(tables)


@pytest.mark.parametrize(
    ("payer", "patient", "name"),
    [
        ("Medibank Private", "7", "Medibank Private"),
        ("Patient", "7", None),
        ("Nib Health", "7", "Nib Health"),
        ("Self", "7", None),
        ("Weber", "8", "Weber"),
    ],
)
def test_a_payment_of_nobody_s_is_that_of_its_invoice_s_patient(tmp_path: Path, payer: str, patient: str, name: str | None) -> None:
    """An insurer's payment goes to the patient whose invoice it names; a patient who pays for another one is who paid."""
    columns = {"Payer": "patient_name", "Invoice": "invoice_id", "Sum": "amount"}
    tables = typed(
        tmp_path,
        {
            **PATIENTS,
            "invoices": ("invoices", {"No": "invoice_id", "Patient": "patient_id", "Total": "total"}, "No,Patient,Total\n1,7,50\n"),
            "payments": ("payments", columns, f"Payer,Invoice,Sum\n{payer},1,50\n"),
        },
    )
    assert plain(tables, "payments", "patient_id", "patient_name", "invoice_id") == [(patient, name, "1")]
