"""Writes docs/reference/ from the code: the command line, the record, the tables, the settings, the codebook.

python docs/generate.py            write the pages
python docs/generate.py --check    change nothing; end with 1 where a page is not what the code says (run in CI)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from typer.main import get_command

from dragoman.cli.app import app
from dragoman.exports.codebook import whole
from dragoman.exports.columns import TABLES, columns, kind, meaning
from dragoman.records import json_schema
from dragoman.settings import Settings

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py from the code; do not edit. -->\n"


def main() -> int:
    """Write or check all pages; the exit code."""
    pages = {"cli.md": cli_page(), "record.md": record_page(), "settings.md": settings_page(), "tables.md": tables_page(), "codebook.md": NOTE + "\n" + whole()}
    stale = [name for name, text in pages.items() if not (REFERENCE / name).exists() or (REFERENCE / name).read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/reference/{name} is not what the code says. Run: python docs/generate.py", file=sys.stderr)
        return 1 if stale else 0
    REFERENCE.mkdir(exist_ok=True)
    for name in stale:
        (REFERENCE / name).write_text(pages[name], encoding="utf-8")
        print(f"wrote docs/reference/{name}")
    return 0


def cli_page() -> str:
    """Every command with its arguments and options, as `--help` has them."""
    root: Any = get_command(app)
    lines = [NOTE, "# Command line", "", _words(root.help), "", *_parameters(root)]
    for name, command in _commands(root):
        summary, _, rest = (command.help or "").partition("\n\n")
        lines += [f"## dragoman {name}", "", _words(summary), "", *_usage(name, command), "", *_parameters(command)]
        lines += ["```text", *(line.rstrip() for line in rest.strip("\n").splitlines()), "```", ""] if rest.strip() else []
    return "\n".join(lines).rstrip() + "\n"


def _commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """All commands by their whole names, a group before its own."""
    for name, command in group.commands.items():
        yield prefix + name, command
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix}{name} ")


def _usage(name: str, command: Any) -> Iterator[str]:
    arguments = " ".join(p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument")
    yield f"    dragoman {name} [OPTIONS] {arguments}".rstrip()


def _parameters(command: Any) -> Iterator[str]:
    rows = [_parameter(p) for p in command.params if p.name not in ("install_completion", "show_completion")]
    if rows:
        yield from ("| | | default |", "| --- | --- | --- |", *rows, "")


def _parameter(p: Any) -> str:
    names = f"`{p.metavar or p.name.upper()}`" if p.param_type_name == "argument" else ", ".join(f"`{n}`" for n in (*p.opts, *p.secondary_opts))
    kind = p.type_descriptor.annotation
    choices = f" One of {', '.join(f'`{c.value}`' for c in kind)}." if isinstance(kind, type) and issubclass(kind, Enum) else ""
    default = "" if p.default is None or p.default is False or p.required or callable(p.default) else f"`{getattr(p.default, 'value', p.default)}`"
    return f"| {names} | {_cell((p.help or '') + choices)} | {default} |"


def record_page() -> str:
    """Every object of the record's JSON Schema with its fields."""
    schema = json_schema()
    lines = [NOTE, "# The record", ""]
    lines += ["One report gives one record. `dragoman schema` prints the JSON Schema. A span is `[start, end]`: code points of the part as it came in, end exclusive.", ""]
    objects = {"Record": {k: v for k, v in schema.items() if k != "$defs"}, **schema["$defs"]}
    for name, described in objects.items():
        if "properties" not in described:
            continue
        lines += [f"## {name}", "", _words(described.get("description", "")), "", "| field | is | |", "| --- | --- | --- |"]
        lines += [f"| `{field}` | {_cell(_type(told))} | {_cell(told.get('description', ''))} |" for field, told in described["properties"].items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _type(told: dict[str, Any]) -> str:
    if "$ref" in told:
        name = told["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in told:
        return f"`{told['const']}`"
    if "enum" in told:
        return ", ".join(f"`{x}`" for x in told["enum"])
    if "anyOf" in told:
        return " or ".join(_type(t) for t in told["anyOf"])
    if told.get("type") == "array":
        if "prefixItems" in told:
            return "span"
        return f"list of {_type(told['items'])}" if "items" in told else "list"
    return str(told.get("format") or told.get("type", "any"))


def settings_page() -> str:
    """Every setting with its environment variable and default."""
    prefix = Settings.model_config["env_prefix"]
    lines = [NOTE, "# Settings", "", "Read once when a reader is built: `Settings(...)` in Python, an environment variable on the command line.", ""]
    lines += ["| setting | variable | default | |", "| --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `{name}` | `{prefix}{name.upper()}` | `{field.default!r}` | {_cell(field.description or '')} |")
    lines += ["", "Lists are written as JSON: `DRAGOMAN_ACTOR_FILES='[\"actors/\"]'`. On the command line `--model` and `--actors` go before the variables.", ""]
    return "\n".join(lines)


def tables_page() -> str:
    """Every table with its columns."""
    lines = [NOTE, "# Tables", "", "`dragoman.table(records, NAME)` gives Arrow, `dragoman.frame(records, NAME)` pandas: one row a finding.", ""]
    for name in TABLES:
        lines += [f"## {name}", "", "| column | holds | |", "| --- | --- | --- |"]
        lines += [f"| `{c}` | {kind(c)} | {_cell(meaning(name, c))} |" for c in columns(name)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _cell(text: str) -> str:
    return _words(text).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
