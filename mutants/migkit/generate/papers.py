"""Attachments: which files exist, who they belong to, and their bytes (small, and the same for the same seed)."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from zlib import crc32

from fpdf import FPDF
from PIL import Image, ImageDraw

from .practice import PRACTICE, Practice, Record, day_of, iso, moment
from .words import stream

PER_PATIENT = 0.3
FOLDER = "Attachments"
MOST = 3000
"""However large the practice, no more files than this."""
STAMP = datetime(2026, 10, 31, 12, tzinfo=UTC)


def add_attachments(practice: Practice, seed: int) -> None:
    """Fill attachments: invoice PDFs, X-rays linked to a note, photographs."""
    dice = stream(seed, "papers")
    invoices = [i for i in practice["invoices"] if i["status"] != "void"]
    notes = practice["clinical_notes"]
    count = min(MOST, max(6, round(PER_PATIENT * len(practice["patients"]))))
    chosen = dice.sample(invoices, min(count // 2, len(invoices)))
    for invoice in sorted(chosen, key=lambda i: i["invoice_id"]):
        path = f"{FOLDER}/invoices/{invoice['invoice_id']}.pdf"
        add_file(practice, invoice["patient_id"], path, "Invoice", invoice["date"], invoice_id=invoice["invoice_id"])
    xrayed = dice.sample(notes, min(count // 3, len(notes)))
    for place, note in enumerate(sorted(xrayed, key=lambda n: n["note_id"])):
        path = f"{FOLDER}/xrays/{note['note_id']}_OPG.{('png', 'jpg')[place % 2]}"
        add_file(practice, note["patient_id"], path, "X-ray", note["at"], note_id=note["note_id"])
    active = [p for p in practice["patients"] if p["status"] == "active"]
    for place in range(count - len(practice["attachments"])):
        patient = dice.choice(active)
        day = iso(practice.as_of - timedelta(days=dice.randint(1, 300)))
        add_file(practice, patient["patient_id"], f"{FOLDER}/photos/{patient['patient_number']} smile {place + 1}.jpg", "Photo", day)


def add_file(practice: Practice, patient: str, path: str, category: str, at: str, **links: str) -> None:
    """Add one file to attachments."""
    practice["attachments"].append({
        "attachment_id": str(40001 + len(practice["attachments"])), "patient_id": patient, "invoice_id": None, "note_id": None,
        "file_name": path.rsplit("/", 1)[1], "path": path, "category": category, "description": None,
        "created_at": iso(moment(day_of(at), 720)),
    } | links)  # fmt: skip


def file_bytes(attachment: Record, invoices: dict[str, Record], lines: dict[str, list[Record]]) -> bytes:
    """Return the content of one attachment."""
    if attachment["category"] == "Invoice":
        number = attachment["invoice_id"]
        return invoice_pdf(invoices[number], lines[number])
    return picture(attachment["path"])


def invoice_pdf(invoice: Record, lines: list[Record]) -> bytes:
    """Return an invoice as a one-page PDF."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(STAMP)
    pdf.add_page()
    pdf.set_font("helvetica", size=14)
    pdf.cell(text=f"{PRACTICE}: tax invoice {invoice['invoice_id']}", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=9)
    pdf.cell(text=f"Date {invoice['date']}   Patient {invoice['patient_id']}", new_x="LMARGIN", new_y="NEXT")
    for line in lines:
        text = f"{line['item_code']}  {line['description']}  {line['tooth'] or ''}  {line['total'] / 100:.2f}"
        pdf.cell(text=text.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT")
    pdf.cell(text=f"GST {invoice['gst'] / 100:.2f}   Total {invoice['total'] / 100:.2f}")
    return bytes(pdf.output())


def picture(path: str) -> bytes:
    """Return a small grey picture that differs from file to file."""
    size, mark = (96, 48), crc32(path.encode())
    image = Image.new("L", size, color=20 + mark % 40)
    pen = ImageDraw.Draw(image)
    for tooth in range(8):
        left, height = 6 + tooth * 11, 14 + (mark >> tooth) % 12
        pen.rounded_rectangle((left, 24 - height // 2, left + 8, 24 + height), radius=3, fill=150 + (mark >> (2 * tooth)) % 100)
    buffer = io.BytesIO()
    image.save(buffer, format="PNG" if path.endswith(".png") else "JPEG")
    return buffer.getvalue()
