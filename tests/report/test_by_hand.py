"""What a notebook answers to what an analyst does by hand: an interrupt, a cell run out of order."""

from __future__ import annotations

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from migkit import report
from migkit.report.sentences import by_hand


def test_an_interrupt_and_a_name_that_is_not_there_yet_are_answered_in_a_sentence(monkeypatch, capsys):
    """Neither shows a traceback; the interrupt says what is safe, the missing name which cells to run."""
    monkeypatch.delenv("MIGKIT_IN_REPORT", raising=False)
    shell = InteractiveShell.instance()
    try:
        report.one_sentence_errors()
        shell.run_cell("raise KeyboardInterrupt")
        stopped = capsys.readouterr().out
        shell.run_cell("migration_of_nobody.workspace")
        missing = capsys.readouterr().out
    finally:
        shell.set_custom_exc((), None)
        InteractiveShell.clear_instance()

    assert "Interrupted. What was written until now stands in the ledger" in stopped
    assert "`migration_of_nobody` is not there yet: run the cells above this one first" in missing
    assert "Traceback" not in stopped + missing


def test_other_errors_keep_their_traceback():
    """What is nobody's doing is not explained away."""
    assert by_hand(ZeroDivisionError("division by zero")) == ""


def test_what_stops_a_page_is_brought_into_view_by_hand_alone(monkeypatch):
    """*Run all* leaves the eye at the foot of the page; a report, which nobody runs, holds no script."""
    shown = {}
    for by in ("", "1"):
        monkeypatch.setenv("MIGKIT_IN_REPORT", by) if by else monkeypatch.delenv("MIGKIT_IN_REPORT", raising=False)
        shell = InteractiveShell.instance()
        try:
            report.one_sentence_errors()
            with capture_output() as captured:
                shell.run_cell("from migkit.model.errors import UsageError\nraise UsageError('Nothing was read.')")
            shown[by] = "".join(output.data.get("text/html", "") for output in captured.outputs)
        finally:
            shell.set_custom_exc((), None)
            InteractiveShell.clear_instance()
    assert "Nothing was read." in shown[""] and "scrollIntoView" in shown[""]
    assert "Nothing was read." in shown["1"] and "<script" not in shown["1"]
