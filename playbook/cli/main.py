"""The command line: review files, check knowledge, run the examples; the commands that remember are in cli_store.

Exit codes: 0 done, 1 knowledge has problems, 2 nothing could be done. Results go to standard output or --out,
everything else to standard error. No traceback reaches a person.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from playbook.imports import apart
from playbook.imports.hints import hints, how_to_answer
from playbook.language import _, speaking
from playbook.model.session import Session, UnusableFile
from playbook.past import Past

from . import app, bulk, files, plans, practice, speech, store, tidy, users, watch
from . import past as cli_past
from . import sheets as cli_sheets
from .words import harmless_output, say

FORMATS = ("text", "chat", "json", "html", "md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is returned, not raised. Without arguments, those of this process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not be UTF-8 by itself
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        language, words = speech.chosen(words)
    except speech.UnknownLanguage as error:
        say(error)
        return 2
    with speaking(language):
        return _spoken(words, language)


def _spoken(words: list[str], language: str) -> int:
    """One command, in the language that is in force."""
    if words[:1] == ["app"] and not {"-h", "--help"} & set(words):
        return app.main(words[1:], language)  # Streamlit reads its options itself
    options = parser().parse_args(words)
    with harmless_output():
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    try:
        return int(options.run(options))
    except UnusableFile as error:
        reading = getattr(error, "reading", None)
        open_questions = () if reading is None else reading.questions
        for line in (error, *dict.fromkeys(how_to_answer(each) for each in open_questions if each.about == "rows")):
            say(line)
        return 2
    except BrokenPipeError:  # `| head` closed the pipe: not our mistake, and nothing more to say
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    """All commands and options; also what the documentation is checked against."""
    top = argparse.ArgumentParser(prog="playbook", description="A post-LIVE coach for TikTok Shop sellers.")
    speech.add(top)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    app = commands.add_parser(
        "app",
        help="open the app in a browser",
        usage="%(prog)s [--paths DIR [DIR ...]] [--try-languages CODE [CODE ...]] [STREAMLIT OPTIONS]",
    )
    app.add_argument(
        "--paths", nargs="+", metavar="DIR", help="folders of this computer whose files its pages may read"
    )
    app.add_argument(
        "--try-languages", nargs="+", metavar="CODE", help="offer these languages though they are unfinished, or all"
    )

    review = commands.add_parser("review", help="review a LIVE from its exports")
    _which_live(review)
    review.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    review.add_argument("--out", metavar="FILE", type=Path, help="write there instead of standard output")
    review.add_argument("--pdf", metavar="FILE", type=Path, help="write the report there as PDF as well, A4")
    review.set_defaults(run=_review)

    report = commands.add_parser("report", help="the review as one file that prints: HTML, PDF, or a client's slides")
    _which_live(report)
    report.add_argument("--format", choices=("html", "pdf", "pptx"), default="html", help="default: html")
    report.add_argument("--month", action="store_true", help="with pptx: the whole month of that LIVE")
    report.add_argument("--agency", metavar="NAME", default="", help="with pptx: who shows the slides")
    report.add_argument("--colour", metavar="RRGGBB", help="with pptx: their colour, like 1F4E79")
    report.add_argument("--logo", metavar="FILE", type=Path, help="with pptx: their logo, a PNG or JPEG")
    report.add_argument("--out", metavar="FILE", type=Path, help="default: named by shop and LIVE, in this folder")
    report.set_defaults(run=_report, pdf=None)

    check = commands.add_parser("check", help="check knowledge files")
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="your own strategies (default: the built-in)"
    )
    check.add_argument(
        "--older-than", type=_days, metavar="DAYS", help="list also the facts that are older than so many days"
    )
    check.set_defaults(run=_check)

    test = commands.add_parser("test", help="run the examples inside the strategy files")
    test.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="your own strategies (default: the built-in)")
    test.set_defaults(run=_test)
    store.add(commands)
    tidy.add(commands)
    watch.add(commands)
    users.add(commands)
    plans.add(commands)
    practice.add(commands)
    bulk.add(commands)
    return top


def _which_live(review: argparse.ArgumentParser) -> None:
    """Files, store and playbook of a review."""
    review.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="exports, templates, logs, or a folder of them; told apart by content",
    )
    review.add_argument("--session", default="latest", metavar="latest|ID|START", help="which LIVE (default: latest)")
    review.add_argument("--events", metavar="FILE", help="an event log of that LIVE")
    review.add_argument("--db", metavar="URL", help="a store whose history of --shop is used; nothing is stored")
    review.add_argument("--shop", metavar="NAME", help="the shop in that store")
    review.add_argument("--playbook", metavar="DIR", type=Path, help="your own strategies, laid over the built-in ones")
    review.add_argument("--profiles", metavar="DIR", type=Path, help="saved column mappings for layouts of your own")
    review.add_argument("--timezone", metavar="ZONE", help="the shop's time zone for API files, like Asia/Jakarta")
    review.add_argument(
        "--trend-totals", choices=("yes", "no"), help="whether a trend's columns are running totals, when asked"
    )
    review.add_argument(
        "--leave-out", metavar="METRIC", action="append", default=[],
        help="a metric that is never among the worst, like like_rate; may be given several times",
    )  # fmt: skip
    review.add_argument("--account", metavar="NAME", help="whose LIVEs count, where a list has several accounts")
    review.add_argument("--day-first", choices=("yes", "no"), help="whether 03/04 is in April, when asked")
    cli_sheets.options(review)


def _report(options: argparse.Namespace) -> int:
    return _review(options)


def _review(options: argparse.Namespace) -> int:
    if options.paths:
        apart.warm()  # it gets ready while this process loads what it needs itself
    with cli_past.past(options) as past:
        return _review_with(options, past)


def _review_with(options: argparse.Namespace, past: Past | None) -> int:
    from playbook.knowledge.load import load
    from playbook.pipeline import review
    from playbook.report.words import naming

    knowledge = load(options.playbook or (past.playbook_folder if past else None))
    for problem in knowledge.problems:
        say(_("{problem} (this file is switched off)", problem=problem))
    out = frozenset(options.leave_out)
    unknown = sorted(out - knowledge.metrics.keys())
    if unknown:
        raise UnusableFile(
            _(
                "--leave-out: no metric '{name}'. They are: {known}.",
                name=unknown[0],
                known=", ".join(knowledge.metrics),
            )
        )
    if options.paths or past is None:
        session, earlier = _from_files(options, past)
    else:
        session, earlier = past.pick(options.session), []
    figures, accepted = [], None
    if past is not None:
        session, earlier = past.joined(session, earlier)
        figures, accepted = past.benchmarks(), past.accepted()
    found = review(session, earlier, knowledge, figures, accepted=accepted, left_out=out)
    shop = past.shop.name if past is not None else session.creator or ""
    if options.out is None and options.run is _report:
        monthly = options.format == "pptx" and options.month and session.start is not None
        kind, about = (f"month_{session.start:%Y-%m}", None) if monthly else ("review", session)
        options.out = Path(naming.file_name(kind, options.format, shop, about))
        say(_("Written: {file}", file=options.out))
    wrong = 0 if options.pdf is None else _write(files.report_pdf(found, shop), options.pdf)
    if options.format == "pdf":
        return _write(files.report_pdf(found, shop), options.out)
    if options.format == "pptx":
        return _write(files.slides(options, found, shop, [session, *earlier], past), options.out)
    if options.format == "json" and past is None:
        shop = ""  # what Python's `to_dict` says of the same files
    return _write(_formatted(found, options.format, shop), options.out) or wrong


def _from_files(options: argparse.Namespace, past: Past | None) -> tuple[Session, list[Session]]:
    """The LIVE to review and the others in the files."""
    from playbook.imports import pick

    profiles, sheets = cli_sheets.layouts(options, past.store if past else None)
    reading = apart.read_paths(
        [*options.paths, *([options.events] if options.events else [])],
        profiles,
        session=options.session,
        timezone=options.timezone or (past.shop.timezone if past else None),
        trend_totals=_yes(options.trend_totals),
        day_first=_yes(options.day_first),
        account=options.account,
        known_accounts=past.shop.creators if past else (),
        currency=past.shop.currency if past else None,
        sheets=sheets,
        limits=apart.PATIENT,
    )
    remarks = (*(each.message for each in reading.failures), *cli_sheets.understood(reading.files), *reading.warnings)
    for line in (*remarks, *hints(reading.questions)):
        say(line)
    session = pick(reading.sessions, options.session)
    return session, _earlier(session, reading.sessions)


def _yes(answer: str | None) -> bool | None:
    return None if answer is None else answer == "yes"


def _earlier(session: Session, sessions: Sequence[Session]) -> list[Session]:
    return [each for each in sessions if each is not session]


def _formatted(result: object, form: str, shop: str) -> str:
    from playbook.pipeline import Review

    assert isinstance(result, Review)
    if form == "json":
        from playbook.review_json import as_text as json_text
        from playbook.review_json import named

        return json_text(named(result.to_dict(), shop))
    if form == "chat":
        from playbook.report.forms.as_chat import as_chat

        return as_chat(result, shop=shop) + "\n"
    if form == "html":
        from playbook.report.forms.as_html import as_html

        return as_html(result, shop=shop)
    if form == "md":
        from playbook.report.forms.as_markdown import as_markdown

        return as_markdown(result, shop=shop)
    from playbook.report.forms.as_text import as_text

    return as_text(result, shop)


def _write(made: str | bytes, out: Path | None) -> int:
    if out is None:
        sys.stdout.write(str(made))
        return 0
    try:
        out.write_bytes(made) if isinstance(made, bytes) else out.write_text(made, encoding="utf-8")
    except OSError as error:
        say(_("{file}: cannot be written ({why}); choose another place with --out", file=out, why=error.strerror))
        return 2
    return 0


def _days(typed: str) -> int:
    """A number of days of at least 1."""
    if not typed.isdecimal() or not 0 < int(typed) < 100_000:
        raise argparse.ArgumentTypeError(_("write a number of days, like 180 (found {typed})", typed=typed))
    return int(typed)


def _check(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from playbook.authoring.check import check
    from playbook.authoring.older import older_than

    problems = check(options.folder)
    if options.older_than is not None:
        problems += older_than(options.older_than, datetime.now(UTC).date(), options.folder)
    for problem in problems:
        print(problem)
    if not problems:
        say(_("No problems found."))
    return 1 if problems else 0


def _test(options: argparse.Namespace) -> int:
    from playbook.authoring.check import run_examples
    from playbook.knowledge.load import load
    from playbook.training.answers import run_all as run_lessons

    problems, results = run_examples(options.folder)
    results += run_lessons(load(options.folder), options.folder is not None)
    failed = [each for each in results if not each.passed]
    for line in (*problems, *failed):
        print(line)
    passed = len(results) - len(failed)
    say(_("{passed} of {all} examples passed.", passed=passed, all=len(results)))
    return 1 if failed or problems else 0
