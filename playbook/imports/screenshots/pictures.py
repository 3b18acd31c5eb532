"""What a picture is before it is opened: its kind and its size, from its first bytes."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from playbook.language import N_, _
from playbook.model.session import UnusableFile

#: Bytes of a picture; a photograph of a phone has 3 to 8 million.
MOST_BYTES = 20_000_000
#: Pixels; more are a decompression bomb. A long screenshot of a phone has 10 million.
MOST_PIXELS = 40_000_000
#: Pictures of one LIVE.
MOST_PICTURES = 12

KINDS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff"}
_HEIF = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"})

#: What says how to get the reader. The page and the command line say it alike.
MISSING = N_(
    "Reading pictures needs one more package: start with python3 run.py app --with screenshots, or pip install "
    "'live-traffic-playbook[screenshots]'."
)


#: Why a picture is not read. The process apart says the word, the app says the sentence.
REASONS = {
    "no_picture": N_("This is not a picture. Take a screenshot, or a PNG, JPEG or WebP file."),
    "heic": N_(
        "Pictures in the HEIC format cannot be read. Take a screenshot instead, or set the camera to the most "
        "compatible format, which is JPEG."
    ),
    "large": N_("The picture is too large: at most 20 MB and 40 million pixels. Take a screenshot instead."),
    "small": N_("The picture is too small to read. Take a screenshot of the whole page."),
    "broken": N_("The picture is broken or cut off. Take it anew."),
    "many": N_("At most 12 pictures of one LIVE are read at once."),
    "beyond": N_("The picture could not be read within the time and memory set for it. Take a screenshot instead."),
    "not_now": N_("Other pictures are being read, or the computer has no room for it now. Try again in a minute."),
    "mistake": N_("The picture could not be read, by a mistake of this program. Type the numbers instead."),
}


class UnusablePicture(UnusableFile):
    """A picture that cannot be read, with the word for why; as a text it says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(_(REASONS[reason]))
        self.reason = reason


class MissingReader(UnusableFile):
    """The extra `screenshots` is not installed."""


@cache
def installed() -> bool:
    """Whether the reader of pictures is there; nothing is loaded to find out."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def kind(content: bytes) -> str | None:
    """PNG, JPEG, WEBP or HEIC by the first bytes; None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        return "HEIC"
    return next((name for name, signature in KINDS.items() if content.startswith(signature)), None)


def is_picture(content: bytes) -> bool:
    """Whether it is a picture of any kind, also of one that cannot be read."""
    return kind(content) is not None


def checked(content: bytes) -> None:
    """Raise UnusablePicture for what is not opened at all."""
    found = kind(content)
    if found is None:
        raise UnusablePicture("no_picture")
    if found == "HEIC":
        raise UnusablePicture("heic")
    if len(content) > MOST_BYTES:
        raise UnusablePicture("large")
