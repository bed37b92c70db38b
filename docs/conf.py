"""The documentation as a site: `make site`. Pages are Markdown; nothing is loaded from elsewhere, so it opens from a folder."""

from importlib.metadata import version as version_of

project = "migkit"
release = version_of("migkit")
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "migkit"
html_show_sourcelink = False
exclude_patterns = ["make_reference.py"]
nitpicky = False
suppress_warnings = [
    "myst.xref_missing",  # pages point at files of the repository that are no part of the site
    "misc.highlighting_failure",  # a diagram is shown as its text
    "toc.not_included",
]
