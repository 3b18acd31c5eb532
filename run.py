#!/usr/bin/env python3
"""Set-up and everyday commands. Needs Python 3.11+ and nothing else; everything lands in .venv beside this file.

    python3 run.py app     open the app, with samples ready to try; with --paths DIR [DIR ...] its pages may read files
                           inside these folders of this computer (a watched file, the user's own strategies);
                           --with screenshots installs what reads pictures of a dashboard (0.3 GB), once;
                           --try-languages CODE [CODE ...] offers unfinished languages (docs/languages.md)
    python3 run.py test    run every check and every test
    python3 run.py quick   run every check but the tests, or one: style, format, types, knowledge, examples
    python3 run.py check-all  as test, and then the tests that take many minutes
    python3 run.py prove   compute anew what the README claims of right and wrong answers (about half an hour)
    python3 run.py mutate  break the code in 600 small ways and see which its tests notice (at most 40 minutes)
    python3 run.py lock    write lock/*.txt anew from pyproject.toml: the newest versions it allows, with hashes
    python3 run.py messages  bring the sentences of the code into the catalogs of languages and compile them, or one of:
                           compile, check, new CODE (docs/languages.md)
    python3 run.py bench   measure anew what the README claims of speed and memory (about fifteen minutes)

Where Debian lacks a package (python3-venv, for the tests a browser and PostgreSQL), it is installed with apt, asking
for sudo; where that cannot be done, the one line to run is printed.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
COMMANDS = ("app", "test", "quick", "check-all", "prove", "bench", "mutate", "lock", "messages")
USAGE = (
    "Usage: python3 run.py app [--paths DIR [DIR ...]] [--with screenshots] [STREAMLIT OPTIONS] | "
    "test [PYTEST OPTIONS] | quick [NAME] | "
    "check-all | prove [--small] | bench | mutate [--count N] | lock | messages [compile | check | new CODE]"
)
#: What deploy/Dockerfile needs besides the app.
SERVER = ["--extra", "postgres", "--extra", "signin"]
#: What `app --with` installs besides the app; each has a lock of its name.
EXTRAS = ("screenshots",)
#: The quick checks: what each is called, and the module that does it.
CHECKS = {
    "style": ("style", ["ruff", "check", "."]),
    "format": ("format", ["ruff", "format", "--check", "--quiet", "."]),
    "types": ("types", ["mypy"]),
    "knowledge": ("knowledge files", ["playbook", "check"]),
    "examples": ("examples in the strategies", ["playbook", "test"]),
}
#: Workers for the tests: one more than cores, for browser tests wait for a page half of their time.
BESIDE = ["-n", str((os.cpu_count() or 2) + 1)]
#: With `check-all` the share of lines that the tests run is counted; pyproject.toml has the floor.
COVERED = ["--cov=playbook", "--cov-report=term:skip-covered"]
#: What `bench` runs, in benchmarks/.
BENCHMARKS = ("speed", "pages", "sessions", "bulk")


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__ if arguments[:1] in (["-h"], ["--help"]) else USAGE)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    use_a_new_enough_python(arguments)
    command, rest = arguments[0], arguments[1:]
    extra, rest = with_extra(rest) if command == "app" else ("", rest)
    if extra is None:
        print(USAGE)
        return 2
    ensure_environment(extra or ("app" if command == "app" else "dev"))
    if command == "prove":
        return subprocess.run([str(PYTHON), "-m", "benchmarks.prove", *rest], cwd=ROOT).returncode
    if command == "bench":
        return run_benchmarks()
    if command == "mutate":
        return subprocess.run([str(PYTHON), "-m", "benchmarks.mutate", *rest], cwd=ROOT).returncode
    if command == "lock":
        return write_locks()
    if command == "messages":
        return subprocess.run([str(PYTHON), "-m", "playbook.messages", *rest], cwd=ROOT).returncode
    if command == "quick":
        return run_checks(rest)
    if command == "check-all":
        return run_tests([*COVERED, *rest]) or run_long_tests(rest)
    return open_app(rest) if command == "app" else run_tests(rest)


def with_extra(options: list[str]) -> tuple[str | None, list[str]]:
    """The extra that `--with` names, and the other options; None for one that there is not."""
    if "--with" not in options:
        return "", options
    at = options.index("--with")
    named, rest = options[at + 1 : at + 2], options[:at] + options[at + 2 :]
    return (named[0] if named and named[0] in EXTRAS else None), rest


def use_a_new_enough_python(arguments: list[str]) -> None:
    """Start again under a newer interpreter when this one is too old and another is on the PATH."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(15, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            os.execv(other, [other, str(ROOT / "run.py"), *arguments])
    found = ".".join(map(str, sys.version_info[:3]))
    sys.exit(f"Python 3.11 or newer is needed and this is {found}. Install it, then run the same line again.")


def ensure_environment(lock: str) -> None:
    """A virtual environment with the packages of lock/LOCK.txt, each by its hash; refreshed when that file changed."""
    if not works(PYTHON):
        make_environment()
    stamp = VENV / f".installed-{lock}"
    wanted = fingerprint(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of lock/{lock}.txt into .venv (a minute or two, once) ...", flush=True)
    if not (install_with_uv(lock) or install_with_pip(f"lock/{lock}.txt")):
        sys.exit("The packages could not be installed; the reason stands above. Is this machine online?")
    stamp.write_text(wanted)


def install_with_pip(file: str, quietly: bool = False) -> bool:
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    command = [*pip, "--require-hashes", "-r", file]
    return subprocess.run(command, cwd=ROOT, capture_output=quietly).returncode == 0


def install_with_uv(lock: str) -> bool:
    """Many times faster than pip. False where it cannot be had or fails: pip then tries, and says what is wrong."""
    text = (ROOT / "lock" / "dev.txt").read_text(encoding="utf-8")
    pinned = re.search(r"^uv==.*(?:\n +--hash=.*)+", text, re.MULTILINE)
    if not pinned:
        return False
    with tempfile.TemporaryDirectory() as place:
        only_uv = Path(place) / "uv.txt"
        only_uv.write_text(pinned[0].rstrip(" \\") + "\n", encoding="utf-8")
        if not install_with_pip(str(only_uv), quietly=True):
            return False
    asked = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True)
    environment = {**uv_settings(asked.stdout), **os.environ}
    command = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
    done = subprocess.run([*command, "-r", f"lock/{lock}.txt"], cwd=ROOT, env=environment, capture_output=True)
    return done.returncode == 0


#: How uv calls a setting of pip's, and what it puts between several values.
UV_NAMES = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
}


def uv_settings(pip_config: str) -> dict[str, str]:
    """What `pip config list` prints, as the environment of uv, which reads no settings of pip's.

    A place may hold an older release than the next one; the hash decides, so uv looks in all of them, as pip does.
    Constraints are left out: the lock says each version already, and beside hashes uv refuses a range.
    """
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    ranked = {":env:": 2, "install": 1}
    lines = [line.partition("=") for line in pip_config.splitlines() if "=" in line]
    for key, _, value in sorted(lines, key=lambda line: ranked.get(line[0].partition(".")[0], 0)):
        name, between = UV_NAMES.get(key.partition(".")[2], ("", ""))
        if name:
            found[name] = between.join(str(ast.literal_eval(value)).split())
    return found


def fingerprint(lock: str) -> str:
    text = (ROOT / "lock" / f"{lock}.txt").read_text(encoding="utf-8") + str(sys.version_info[:2])
    return hashlib.sha256(text.encode()).hexdigest()


def works(python: Path) -> bool:
    """Whether an environment's interpreter starts and has pip; a half-made or moved one does not."""
    if not python.exists():
        return False
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True).returncode == 0


def make_environment() -> None:
    print("Making the environment .venv ...", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(make, capture_output=True).returncode == 0:
        return
    apt_install(f"python3.{sys.version_info[1]}-venv", "python3-venv")
    made = subprocess.run(make, capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"The environment could not be made:\n{made.stdout}{made.stderr}")


def apt_install(*packages: str) -> bool:
    """Install the first of these Debian packages that there is; never waits for a password unseen."""
    line = f"sudo apt-get install -y {packages[-1]}"
    if not shutil.which("apt-get"):
        return False
    if os.name != "nt" and os.geteuid() == 0:
        sudo = []
    elif shutil.which("sudo") and (sys.stdin.isatty() or subprocess.run(["sudo", "-n", "true"]).returncode == 0):
        sudo = ["sudo"]
    else:
        print(f"Please run this line, then the same command again:\n    {line}", flush=True)
        return False
    print(f"Installing {packages[-1]} with apt ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*sudo, "apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    for package in packages:
        install = [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode == 0:
            return True
    print(f"That did not work. Please run it yourself:\n    {line}", flush=True)
    return False


def open_app(options: list[str]) -> int:
    """`playbook app` of this tree, with the options passed on. The folder one stands in stays, for `--paths`."""
    command = [str(PYTHON), "-m", "playbook", "app", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        return subprocess.run(command, env=environment).returncode
    except KeyboardInterrupt:
        return 0


def write_locks() -> int:
    """Every package of the app, and of a contributor, pinned for all systems and Pythons; no registry is named."""
    optional = [(name, ["--extra", name]) for name in EXTRAS]
    for name, extras in (("app", []), ("server", SERVER), *optional, ("dev", ["--extra", "dev"])):
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"]
        options += ["--no-emit-index-url", "--no-emit-find-links", "--upgrade", "--quiet", "--output-file"]
        command = [str(PYTHON), "-m", "uv", "pip", "compile", "pyproject.toml", *extras, *options, f"lock/{name}.txt"]
        if subprocess.run(command, cwd=ROOT).returncode:
            return 1
        print(f"lock/{name}.txt is written anew. Run the tests before you commit it.", flush=True)
    return 0


def run_benchmarks() -> int:
    """One after the other, each with its name above; the first that fails ends the run."""
    if not ensure_browser():
        print(NO_BROWSER.replace("The browser tests", "The benchmark of many visitors"), flush=True)
    for name in BENCHMARKS:
        print(f"\n--- {name}", flush=True)
        code = subprocess.run([str(PYTHON), f"benchmarks/{name}.py"], cwd=ROOT).returncode
        if code:
            return code
    return 0


def run_tests(options: list[str]) -> int:
    """Every check, each printed with its time; the first that fails ends the run."""
    browser = ensure_browser()
    postgresql = ensure_postgresql()
    code = run_checks([]) or step("tests", ["pytest", *BESIDE, *options])
    if code:
        return code
    if not browser:
        print(NO_BROWSER, flush=True)
    if not postgresql:
        print(NO_POSTGRESQL, flush=True)
    return 0


def run_checks(names: list[str]) -> int:
    """The checks of these names, all without any; the first that fails ends the run."""
    unknown = [each for each in names if each not in CHECKS]
    if unknown:
        print(f"There is no check {', '.join(unknown)}. There are: {', '.join(CHECKS)}.")
        return 2
    return next((code for name in names or CHECKS if (code := step(*CHECKS[name]))), 0)


def step(name: str, module: list[str]) -> int:
    """One module run with its name above and its time below."""
    print(f"--- {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run([str(PYTHON), "-m", *module], cwd=ROOT).returncode
    print(f"--- {name}: {'failed' if code else 'passed'} in {time.monotonic() - began:.0f} s", flush=True)
    return code


def run_long_tests(options: list[str]) -> int:
    """The tests that take minutes: every click on every page and size, kills, whole drops of files. Types of tests."""
    if not shutil.which("soffice"):
        apt_install("libreoffice-impress")  # without it the tests of slides as they are drawn are left out
    return step("types of the tests", ["mypy", "-p", "tests", "-p", "benchmarks"]) or step(
        "long tests", ["pytest", "-m", "long", *BESIDE, *options]
    )


NO_BROWSER = """
!!! The browser tests did NOT run: no Chromium or Chrome was found on this machine.
!!! Get one, then run the same command again:
!!!   Debian, Ubuntu   sudo apt-get install -y chromium
!!!   macOS            brew install --cask chromium   (or install Google Chrome)
!!!   Windows          winget install Google.Chrome
"""


NO_POSTGRESQL = """
!!! The PostgreSQL tests did NOT run: no PostgreSQL server programs were found on this machine.
!!! Get them, then run the same command again; the tests start a server of their own on loopback.
!!!   Debian, Ubuntu   sudo apt-get install -y postgresql
!!!   macOS            brew install postgresql@17   (and put its bin folder on the PATH)
!!!   Windows          these tests do not run there
"""


def ensure_postgresql() -> bool:
    """Whether the store's tests can start a server, installing Debian's package where that is possible."""
    probe = [str(PYTHON), "-c", "from tests.store.server import find; raise SystemExit(find() is None)"]
    if subprocess.run(probe, cwd=ROOT, capture_output=True).returncode == 0:
        return True
    apt_install("postgresql")
    return subprocess.run(probe, cwd=ROOT, capture_output=True).returncode == 0


def ensure_browser() -> bool:
    """Whether there is a browser for the browser tests, installing Debian's chromium where that is possible."""
    probe = [str(PYTHON), "-c", "from tests.browser.chromium import find; raise SystemExit(find() is None)"]
    if subprocess.run(probe, cwd=ROOT).returncode == 0:
        return True
    apt_install("chromium")
    return subprocess.run(probe, cwd=ROOT).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
