"""Settings of Sphinx with MyST."""

project = "Reviewed clinic"
extensions = ["myst_parser"]
exclude_patterns = ["*.yml"]
myst_heading_anchors = 6
myst_title_to_header = True
