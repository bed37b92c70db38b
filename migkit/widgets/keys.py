"""Keys for a widget: a key that is pressed anywhere in it, but in a field where one types, is handed to Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import anywidget
import traitlets

_SCRIPT = """
function listen({ model, el }, signal) {
  const root = el.closest("." + model.get("scope"));
  if (!root) { requestAnimationFrame(() => signal.aborted || listen({ model, el }, signal)); return; }
  root.tabIndex = -1;
  root.setAttribute("data-lm-suppress-shortcuts", "true");  // else JupyterLab would cut the cell at x and delete it at d
  const at = { capture: true, signal };  // before a text field keeps the key to itself
  let inside = false;  // a button that is drawn anew or dead leaves the focus nowhere: the keys stay with whom was clicked last
  document.addEventListener("pointerdown", (event) => { inside = root.contains(event.target); }, at);
  root.addEventListener("focusin", () => { inside = true; }, at);
  document.addEventListener("keydown", (event) => {
    const focus = document.activeElement;
    if (!root.contains(focus) && !(inside && (!focus || focus === document.body))) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select")) {
      const leaves = event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"));
      if (leaves) setTimeout(() => { event.target.blur(); root.focus({ preventScroll: true }); });  // Enter is the field's first
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !model.get("listened").includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const field = model.get("fields")[event.key];
    if (field) { const found = root.querySelector(field); found?.focus(); found?.select?.(); return; }
    model.set("pressed", [event.key, event.timeStamp]);
    model.save_changes();
  }, at);
}
export default {
  render(context) {
    const ended = new AbortController();
    requestAnimationFrame(() => listen(context, ended.signal));
    return () => ended.abort();
  },
};
"""


class Keys(anywidget.AnyWidget):
    """Listens in the widget around it that has the class `scope`, and calls `does[key]` for a key; `fields[key]` is put in focus, and what
    stands in it selected."""

    _esm = _SCRIPT
    scope = traitlets.Unicode().tag(sync=True)
    listened = traitlets.List(traitlets.Unicode()).tag(sync=True)
    fields = traitlets.Dict().tag(sync=True)
    pressed: list[object] = traitlets.List().tag(sync=True)  # type: ignore[assignment]

    def __init__(self, scope: str, does: Mapping[str, Callable[[], None]], fields: Mapping[str, str] | None = None) -> None:
        super().__init__(scope=scope, listened=[*does, *(fields or {})], fields=dict(fields or {}))
        self._does = dict(does)
        self.observe(self._on_press, "pressed")

    def _on_press(self, change: Mapping[str, object]) -> None:
        new = change["new"]
        if isinstance(new, list) and new and new[0] in self._does:
            self._does[str(new[0])]()
