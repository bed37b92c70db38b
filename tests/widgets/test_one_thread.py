"""What is clicked is handled in one thread, one after another, whatever JupyterLab asks for."""

from __future__ import annotations

import ast
from typing import Any

from jupyter_client.manager import start_new_kernel

CELL = """
import threading
import ipywidgets as w
import migkit.widgets
comment, columns, drawn = w.Text(), w.ToggleButtons(options=["Mobile", "Surname"]), []
def draw(change):
    drawn.append((change["new"], threading.current_thread() is threading.main_thread()))
    columns.options = [columns.options[0] + "!", "Surname"]
comment.observe(draw, "value")
columns.observe(lambda change: drawn.append((change["new"], threading.current_thread() is threading.main_thread())), "value")
"""


def test_a_widget_that_was_drawn_is_heard_where_the_others_are() -> None:
    """Two messages over a subshell, as JupyterLab sends them: a field that was only made, then a list that the first one drew anew."""
    manager, client = start_new_kernel()
    try:
        assert client.execute_interactive(CELL, timeout=60, output_hook=lambda _: None)["content"]["status"] == "ok"
        subshell = ask(client, client.control_channel, "create_subshell_request", {})["subshell_id"]
        ids = evaluate(client, "[comment.model_id, columns.model_id]")
        for widget, state in zip(ids, ({"value": "rings twice"}, {"index": 1}), strict=True):
            content = {"comm_id": widget, "data": {"method": "update", "state": state, "buffer_paths": []}}
            message = client.session.msg("comm_msg", content)
            message["header"]["subshell_id"] = subshell
            client.shell_channel.send(message)
            wait_until_idle(client, message["header"]["msg_id"])
        assert evaluate(client, "drawn") == [("rings twice", True), ("Mobile!", True), ("Surname", True)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ask(client: Any, channel: Any, kind: str, content: dict[str, Any]) -> Any:
    message = client.session.msg(kind, content)
    channel.send(message)
    while True:
        reply = channel.get_msg(timeout=30)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply["content"]


def evaluate(client: Any, expression: str) -> Any:
    content = {"code": "", "silent": True, "user_expressions": {"it": expression}, "store_history": False, "allow_stdin": False}
    return ast.literal_eval(ask(client, client.shell_channel, "execute_request", content)["user_expressions"]["it"]["data"]["text/plain"])


def wait_until_idle(client: Any, message_id: str) -> None:
    while True:
        told = client.get_iopub_msg(timeout=30)
        if told["parent_header"].get("msg_id") == message_id and told["content"].get("execution_state") == "idle":
            return
