"""Writes what the tools did, as run.py found it, into docs/comparison.md.

Usage: table.py FOLDER
"""

import json
import re
import sys
from pathlib import Path

from run import TOOLS, Mistake, read_case

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/comparison.md"
MARK = "<!-- What follows is written by tests/comparison/table.py. -->\n"

# Lines that say nothing of the mistake: where in the tool's own code it was found, excerpts, times and advice.
ASIDE = re.compile(
    r"""
    ^\s*(\[11ty\])?\s*(
        $ | at\s | -*\^ | >?\s*\d+\s*\|
      | Benchmark | Copied | Wrote | Problem\ writing | Eleventy\ Fatal\ Error
      | Hint:$ | See\ https | Error\ reference: | https:// | Location:$ | ✓\ Completed | \[vite\] | ▶ | ├─
      | }$ | \[INFO\] | Node\ version | You\ can\ suppress | ignoreLogs | error:\ \d+\ error
    )
    | ^\s*\|$ | build\ (finished|succeeded) | error\ building\ site:\ logged
    """,
    re.VERBOSE,
)
# What comes after is said a second time.
AGAIN = ("Original error stack trace", "Stack trace:", "Details:", "reason: ")
# Lines of a published page that repeat others: a digest of all pages, and mdBook's ids of headings.
BESIDE = re.compile(r"searchindex|runtime~main|class=\"header\"|id=\"title-")
MOST_SAID = 10
MOST_SHOWN = 3
MOST_CHARACTERS = 200


def gist(said: list[str]) -> list[str]:
    """The lines that say what is wrong and where, each once."""
    kept = []
    for line in said:
        if any(mark in line for mark in AGAIN):
            break
        if not ASIDE.search(line):
            kept.append(line)
    return list(dict.fromkeys(kept))


def named(mistake: Mistake, said: list[str]) -> str:
    """What of the mistake's place the lines name: line and column as they give them, the file alone, or nothing."""
    text = "\n".join(said)
    stem = Path(mistake.path).stem
    if f"guidance/{stem}" not in text:
        return "other words" if said else ""
    after = re.search(rf"{stem}\.md[\"']?:(\d+(?::\d+)?)", text) or re.search(r"\((\d+:\d+)\)", text)
    if after:
        return after[1] if ":" in after[1] else f"line {after[1]}"
    return "file"


def cell(mistake: Mistake, did: dict) -> str:
    parts = [str(did["status"]), named(mistake, gist(did["said"])), "published" if did["published"] else ""]
    return ", ".join(part for part in parts if part)


def together(mistakes: list[Mistake], did: dict) -> str:
    text = "\n".join(gist(did["said"]))
    count = sum(f"guidance/{Path(mistake.path).stem}" in text for mistake in mistakes)
    return f"{did['status']}, {count} named, {len(did['published'])} published"


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def table(mistakes: list[Mistake], columns: dict[str, dict]) -> str:
    made = row(["", "mistake", "place", *columns]) + row(["---"] * (3 + len(columns)))
    for index, mistake in enumerate(mistakes):
        cells = [cell(mistake, did["alone"][index]) for did in columns.values()]
        made += row([str(index + 1), mistake.what.removesuffix("."), mistake.place, *cells])
    return made + row(["", "all nineteen at once", "", *(together(mistakes, did["together"]) for did in columns.values())])


def listed(runs: list[dict], lines_of) -> str:
    """A line for each line that `lines_of` gives of a run, with the number of the mistake before the first."""
    made = ""
    for number, did in enumerate(runs, 1):
        for index, line in enumerate(lines_of(did)):
            short = line if len(line) <= MOST_CHARACTERS else line[:MOST_CHARACTERS] + " …"
            made += f"{number if index == 0 else '':>2}  {short}\n"
    return made


def section(name: str, result: dict) -> str:
    runs = result["strict"]["alone"]
    version = re.search(r"\d+\.\d+\.\d+", result["version"])[0]
    made = f"\n### {name} {version}\n\n`{shown(result['strict']['command'])}`\n"
    said = listed(runs, lambda did: gist(did["said"])[:MOST_SAID])
    if said:
        made += f"\nSaid:\n\n```text\n{said}```\n"
    page = listed(runs, lambda did: [] if did["status"] else changed(did))
    if page:
        made += f"\nPublished with status 0, where the page differs from the one without the mistake:\n\n```html\n{page}```\n"
    return made


def shown(command: str) -> str:
    """A command without the place of its program."""
    program, _, rest = command.partition(" ")
    return f"{Path(program).name} {rest}".strip()


def changed(did: dict) -> list[str]:
    lines = [line.strip() for page in did["published"].values() for line in page]
    return [line for line in lines if line and not BESIDE.search(line)][:MOST_SHOWN]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    _, mistakes = read_case()
    files = {name: folder / f"{name}.json" for name in TOOLS}
    results = {name: json.loads(file.read_text()) for name, file in files.items() if file.is_file()}
    made = "\n## Each mistake alone\n\n"
    made += table(mistakes, {name: result["strict"] for name, result in results.items()})
    made += "\n## Without the strict switch\n\n"
    lax = {f"`{result['lax']['command']}`": result["lax"] for result in results.values() if "lax" in result}
    made += table(mistakes, lax)
    made += "\n## What was said\n" + "".join(section(name, result) for name, result in results.items())
    head, mark, _ = DOCUMENT.read_text().partition(MARK)
    DOCUMENT.write_text(head + (mark or MARK) + made)


if __name__ == "__main__":
    main()
