"""Where many shops come from: a folder, Parquet, or a store. Each becomes a list of jobs, by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playbook.language import N_, _
from playbook.model.session import UnusableFile

from .records import Job

_WHAT = N_("Give a folder with a subfolder or a file for each shop, a Parquet file, or --db URL.")


def jobs_of(source: Path, leave_out: Path) -> Iterator[Job]:
    """The shops of a folder or of Parquet; whatever lies in `leave_out`, the folder of results, is no shop.

    Raises UnusableFile when there is nothing.
    """
    if not source.exists():
        raise UnusableFile(_("{file}: there is no such folder or file. {instead}", file=source, instead=_(_WHAT)))
    try:
        if source.is_file() and source.suffix.lower() != ".parquet":
            raise UnusableFile(
                _(
                    "{file}: this is one file, not many shops. {instead} One file: playbook review FILE.",
                    file=source,
                    instead=_(_WHAT),
                )
            )
        if source.is_file() or _all_parquet(source):
            from .parquet import parquet_jobs

            return parquet_jobs(source)
        found = _folder_jobs(source, leave_out.resolve())
    except OSError as error:
        raise UnusableFile(
            _("{file}: cannot be read ({why}). Check that you may open it.", file=source, why=error.strerror)
        ) from None
    if not found:
        raise UnusableFile(_("{file}: this folder is empty. {instead}", file=source, instead=_(_WHAT)))
    return iter(found)


def _all_parquet(folder: Path) -> bool:
    files = [path for path in _files(folder) if not path.name.startswith("_")]
    return bool(files) and all(path.suffix.lower() == ".parquet" for path in files)


def _folder_jobs(folder: Path, leave_out: Path) -> list[Job]:
    jobs = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.resolve() == leave_out:
            continue
        if path.is_dir():
            files = tuple(_files(path))
            wrong = (
                None
                if files
                else _("{folder}: this folder holds no files. Put the shop's exports into it.", folder=path.name)
            )
            jobs.append(Job(path.name, files, wrong=wrong))
        else:
            jobs.append(Job(path.name, (path,)))
    return jobs


def _files(folder: Path) -> list[Path]:
    """All files of a folder and of the folders in it, without hidden ones."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def store_jobs(url: str) -> Iterator[Job]:
    """The shops of a store. Raises UnusableFile when it cannot be opened or has none."""
    from playbook.store import Store, StoreError

    try:
        with Store.open(url, create=False) as store:
            names = [shop.name for shop in store.shops()]
            where = store.where
    except StoreError as error:
        raise UnusableFile(str(error)) from error
    if not names:
        raise UnusableFile(
            _("{where}: there are no shops yet. Import LIVEs first: playbook import FILE --shop NAME.", where=where)
        )
    return iter([Job(name, db=url) for name in names])
