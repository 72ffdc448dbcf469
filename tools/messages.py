"""The catalogues: compile (no gettext needed), extract, fill from a JSON file, and check that both languages are complete."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "unionbenefits" / "locale"
LANGUAGES = ("zh_Hans", "en")


def catalogue(language: str, base: Path = LOCALE) -> Path:
    """The .po file of a language."""
    return base / language / "LC_MESSAGES" / "django.po"


def compile_all() -> None:
    """Writes the .mo files where they are older than their .po."""
    for language in LANGUAGES:
        source = catalogue(language)
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def extract() -> None:
    """Runs makemessages, without dates and line numbers so that the files only change when strings do."""
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "makemessages",
        "--no-location",
        "--no-obsolete",
        "--no-wrap",
    ]
    command += [part for language in LANGUAGES for part in ("-l", language)]
    subprocess.run(
        [*command, "--ignore", "var/*", "--ignore", ".venv/*"], cwd=ROOT / "unionbenefits", check=True
    )
    for language in LANGUAGES:
        tidy(language)


def tidy(language: str) -> None:
    """Drops what changes without meaning, and lets English say what the code says."""
    messages = polib.pofile(str(catalogue(language)), wrapwidth=0)
    for noise in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
    ):
        messages.metadata.pop(noise, None)
    messages.header, messages.metadata_is_fuzzy = "unionbenefits", False
    messages.metadata["Language"] = language
    messages.metadata["Plural-Forms"] = (
        "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    )
    for entry in messages:
        entry.previous_msgid = entry.previous_msgid_plural = None
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
        if language == "en":
            entry.msgstr = "" if entry.msgid_plural else entry.msgid
            if entry.msgid_plural:
                entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        elif entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgstr_plural.get(0, "")}
    messages.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    messages.save(str(catalogue(language)))


def fill(*files: str) -> None:
    """Puts the Chinese of {"msgid": "中文"} files where the catalogue has none."""
    known: dict[str, str] = {}
    for name in files:
        given = json.loads(Path(name).read_text(encoding="utf-8"))
        known |= {key: value[0] if isinstance(value, list) else value for key, value in given.items()}
    messages = polib.pofile(str(catalogue("zh_Hans")), wrapwidth=0)
    for entry in messages:
        if entry.msgid not in known or entry.translated():
            continue
        if entry.msgid_plural:
            entry.msgstr_plural = {0: known[entry.msgid]}
        else:
            entry.msgstr = known[entry.msgid]
    messages.save(str(catalogue("zh_Hans")))


def missing() -> list[str]:
    """Strings without Chinese."""
    return [entry.msgid for entry in polib.pofile(str(catalogue("zh_Hans"))) if not entry.translated()]


def check() -> int:
    """Fails where the code has strings that a catalogue lacks, or Chinese is missing."""
    before = {language: catalogue(language).read_text(encoding="utf-8") for language in LANGUAGES}
    extract()
    stale = [
        language
        for language in LANGUAGES
        if catalogue(language).read_text(encoding="utf-8") != before[language]
    ]
    for language, text in before.items():
        catalogue(language).write_text(text, encoding="utf-8")
    untranslated = missing()
    for language in stale:
        print(f"{language}: the catalogue does not match the code; run `make messages`.")
    for text in untranslated:
        print(f"zh_Hans: no translation for {text!r}")
    return 1 if stale or untranslated else 0


def main(arguments: list[str]) -> int:
    """Compile | extract | fill FILE… | missing | check."""
    os.environ.setdefault("UNIONBENEFITS_MODE", "demo")
    match arguments:
        case ["compile"]:
            compile_all()
        case ["extract"]:
            extract()
        case ["fill", *files]:
            fill(*files)
        case ["missing"]:
            print(json.dumps(missing(), ensure_ascii=False, indent=1))
        case ["check"]:
            return check()
        case _:
            print(main.__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
