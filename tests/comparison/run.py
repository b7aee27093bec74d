"""Puts the nineteen mistakes of tests/cases/nineteen.md before backsite and other tools, and says what each did.

Usage: run.py FOLDER [TOOL ...]

FOLDER is where the tools are installed, as README.md says, and where the sites are made. The results of each tool are
kept in FOLDER/TOOL.json; `table.py` makes docs/comparison.md of them.
"""

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "cases"

Files = dict[str, bytes]


# The pages: the files before and after the report of the case.


@dataclass
class Mistake:
    """One of the nineteen: what it is, the page that has it, and where backsite sees it."""

    what: str
    path: str
    bad: bytes
    place: str = ""


def blocks(text: str):
    """The fenced blocks of a file of cases: the line before, what stands behind the fence, and the content."""
    before = ""
    lines = iter(text.splitlines(keepends=True))
    for line in lines:
        if line.startswith("```"):
            content = []
            for inner in lines:
                if inner == "```\n":
                    break
                content.append(inner)
            yield before, line[3:].strip(), "".join(content)
        elif line.strip():
            before = line.strip()


def read_case() -> tuple[Files, list[Mistake]]:
    """The site without a mistake, and the mistakes, each with the page that is to stand in place of the good one."""
    files: Files = {}
    mistakes: list[Mistake] = []
    text = (CASES / "sites/reviewed.md").read_text() + (CASES / "nineteen.md").read_text()
    for before, info, content in blocks(text):
        kind, _, path = info.partition(" ")
        number = re.match(r"\d+\. (.*)", before)
        if kind == "findings":
            for path, line, column in re.findall(r"--> (\S+):(\d+):(\d+)", content):
                next(it for it in mistakes if it.path == path).place = f"{line}:{column}"
        elif path.startswith("body of "):
            files[path.removeprefix("body of ")] += content.encode()
        else:
            content = re.sub(r"\\x(..)", lambda it: chr(int(it[1], 16)), content) if kind == "bytes" else content
            if number:
                mistakes.append(Mistake(number[1], path, content.encode()))
            else:
                files[path] = content.encode()
    return files, mistakes


# The tools: how each is run, and how its authors write what differs between tools.


def as_it_is(files: Files) -> Files:
    return files


def for_eleventy(files: Files) -> Files:
    """Pictures by their address: every page has a folder of its own."""
    return {path: content.replace(b"](../images/", b"](/images/") for path, content in files.items()}


def for_hugo(files: Files) -> Files:
    """`relref` for links between pages, the home page under its name, and pictures where Hugo copies them from."""

    def relref(link: re.Match[str]) -> str:
        words, path = link[1], link[2]
        page = "/_index.md" if path == "../index.md" else f"/guidance/{path}"
        return f'[{words}]({{{{< relref "{page}" >}}}})'

    made = {}
    for path, content in files.items():
        if path.endswith(".md"):
            text = re.sub(r"(?<!!)\[([^\]]*)\]\(([^)]*\.md[^)]*)\)", relref, content.decode())
            content = text.replace("](../images/", "](/images/").encode()
        path = path.replace("content/images/", "static/images/").replace("content/index.md", "content/_index.md")
        made[path] = content
    return made


def for_astro(files: Files) -> Files:
    """Links between pages as addresses: Astro has no others."""

    def address(link: re.Match[str]) -> str:
        page, anchor = link[1], link[2] or ""
        return "](/)" if page == "../index" else f"](/guidance/{page}/{anchor})"

    return {
        path: re.sub(r"\]\(([^)]*)\.md(#[^)]*)?\)", address, content.decode()).encode()
        if path.endswith(".md")
        else content
        for path, content in files.items()
    }


def for_mdbook(files: Files) -> Files:
    """A summary that names every page."""
    pages = sorted(path.removeprefix("content/") for path in files if path.endswith(".md"))
    lines = [f"- [{Path(page).stem}]({page})\n" for page in pages]
    return files | {"content/SUMMARY.md": "".join(["# Summary\n\n", *lines]).encode()}


def for_sphinx(files: Files) -> Files:
    """A table of contents that names every page."""
    return files | {"content/index.md": files["content/index.md"] + b"\n```{toctree}\n:glob:\n\n*/*\n```\n"}


@dataclass
class Tool:
    """How a tool is run: strictly, and as it is run without being told so, if that differs."""

    command: str
    version: str
    lax: str = ""
    page: str = "public/{}/index.html"
    translate: Callable[[Files], Files] = as_it_is


BACKSITE = os.environ.get("BACKSITE", HERE.parents[1] / "target/debug/backsite")
TOOLS = {
    "backsite": Tool(
        command=f"{BACKSITE} build --all --today 2026-03-31",
        version=f"{BACKSITE} --version",
        page="public/{}.html",
    ),
    "Astro": Tool(command="astro build", version="astro --version", translate=for_astro),
    "Docusaurus": Tool(
        command="docusaurus build --no-minify --out-dir public",
        version="docusaurus --version",
    ),
    "Eleventy": Tool(command="eleventy --quiet", version="eleventy --version", translate=for_eleventy),
    "Hugo": Tool(
        command="hugo build --panicOnWarning",
        lax="hugo build",
        version="hugo version",
        translate=for_hugo,
    ),
    "mdBook": Tool(
        command="mdbook build",
        version="mdbook --version",
        page="public/{}.html",
        translate=for_mdbook,
    ),
    "MkDocs": Tool(command="mkdocs build --strict", lax="mkdocs build", version="mkdocs --version"),
    "Sphinx": Tool(
        command="sphinx-build -q -n -W --keep-going -c . content public",
        lax="sphinx-build -q -c . content public",
        version="sphinx-build --version",
        page="public/{}.html",
        translate=for_sphinx,
    ),
}


# The runs.


@dataclass
class Run:
    """What a tool did with a site."""

    status: int
    said: list[str]
    # The pages that were published, and their lines.
    published: dict[str, list[str]]


def environment(folder: Path) -> dict[str, str]:
    programs = [folder / "node_modules/.bin", folder / "python/bin", folder / "rust/bin"]
    path = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
    plain = {"NO_COLOR": "1", "TERM": "dumb", "ASTRO_TELEMETRY_DISABLED": "1", "DOCUSAURUS_NO_TELEMETRY": "1"}
    return os.environ | plain | {"PATH": path, "COLUMNS": "400", "CI": "1"}


def execute(command: str, folder: Path, programs: Path) -> tuple[int, list[str]]:
    """The status that a command ends with, and its lines, without colours, times of day and names of folders."""
    done = subprocess.run(
        command.split(),
        cwd=folder,
        env=environment(programs),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        check=False,
    )
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", done.stdout)
    said = re.sub(r"\r|\d\d:\d\d:\d\d ", "\n", said).replace(f"{folder}/", "").replace(f"{programs}/", "")
    return done.returncode, [line.rstrip() for line in said.splitlines() if line.strip()]


def run(tool: Tool, name: str, command: str, files: Files, folder: Path, pages: list[str]) -> Run:
    """Makes a site in a folder of its own and runs the tool on it."""
    site = folder / "sites" / name.lower()
    shutil.rmtree(site, ignore_errors=True)
    skeleton = HERE / "tools" / name.lower()
    if skeleton.is_dir():
        shutil.copytree(skeleton, site)
    for path, content in tool.translate(files).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    status, said = execute(command, site, folder)
    at = {page: site / tool.page.format(page.removeprefix("content/").removesuffix(".md")) for page in pages}
    return Run(status, said, {page: lines(file) for page, file in at.items() if file.is_file()})


def lines(page: Path) -> list[str]:
    """The lines of a published page, one for each element."""
    return re.sub(r"(?<!^)(<[a-zA-Z])", r"\n\1", page.read_text(errors="replace")).splitlines()


def masked(line: str) -> str:
    """A line without its numbers: two runs differ in times."""
    return re.sub(r"[\d.]+", "#", line)


def try_out(name: str, folder: Path) -> dict:
    tool = TOOLS[name]
    files, mistakes = read_case()
    pages = [mistake.path for mistake in mistakes]
    result = {"version": " ".join(execute(tool.version, folder, folder)[1])}
    for way, command in {"strict": tool.command, "lax": tool.lax}.items():
        if not command:
            continue
        clean = run(tool, name, command, files, folder, pages)
        if clean.status != 0 or list(clean.published) != pages:
            sys.exit(f"{name} does not publish the pages without a mistake:\n" + "\n".join(clean.said))
        usual = {masked(line) for line in clean.said}

        def summed(done: Run) -> dict:
            said = [line for line in done.said if masked(line) not in usual]
            new = {
                page: [line[2:] for line in difflib.ndiff(clean.published[page], shown) if line.startswith("+ ")]
                for page, shown in done.published.items()
            }
            return {"status": done.status, "said": said, "published": new}

        result[way] = {"command": command, "alone": []}
        for number, mistake in enumerate(mistakes, 1):
            done = run(tool, name, command, files | {mistake.path: mistake.bad}, folder, [mistake.path])
            result[way]["alone"].append(summed(done))
            print(f"{name}, {way}, {number}: status {done.status}", flush=True)
        bad = {mistake.path: mistake.bad for mistake in mistakes}
        result[way]["together"] = summed(run(tool, name, command, files | bad, folder, pages))
    return result


def main() -> None:
    folder, *names = sys.argv[1:] or sys.exit(__doc__)
    folder = Path(folder).resolve()
    for name in names or TOOLS:
        result = try_out(name, folder)
        (folder / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
