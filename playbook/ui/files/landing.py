"""Before anything is loaded: upload, type the numbers, or try a sample. And the uploader everywhere else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from playbook.imports import FilesRead, apart
from playbook.imports.formats.archive import unzipped
from playbook.imports.screenshots import is_picture
from playbook.language import N_, _
from playbook.ui.frame import sample_shop, shell, state
from playbook.ui.frame.escape import escape

from . import loading, made_up, own_sheet, pictures, typed

MAX_MEGABYTES = 50
SAMPLES = (
    (
        "fewer_came_in",
        N_("Fewer people came in"),
        N_("Fifteen LIVEs of a clothing shop in Indonesia, with trend, products and events."),
        ":material/door_front:",
    ),
    (
        "looked_did_not_buy",
        N_("They looked and did not buy"),
        N_("Thirteen LIVEs of a kitchen shop in Malaysia; this export has no impressions."),
        ":material/shopping_bag:",
    ),
    (
        "ordinary_evening",
        N_("An ordinary evening"),
        N_("Fourteen LIVEs of a jeans shop in Brazil. Nothing stands out, and the page says so."),
        ":material/nightlight:",
    ),
    (
        "first_live",
        N_("A first LIVE"),
        N_("One LIVE and no history: what can be said, and what cannot."),
        ":material/looks_one:",
    ),
)


def welcome(result: FilesRead | None) -> None:
    """The page of somebody who has nothing loaded, or whose files could not be used."""
    st.title(_("What did your last LIVE tell you?"), anchor=False)
    st.markdown(
        _(
            "Drop the export you downloaded after the LIVE. You get the metrics that were weak against **your own** "
            "past LIVEs, and what the playbook advises for each. Files are read on this computer and sent nowhere."
        )
    )
    uploader()
    pictures.panel()
    if result is not None:
        troubles(result)
    ways()


def ways() -> None:
    """What to do without a file at hand."""
    if sample_shop.is_open():
        return
    samples_tab, typed_tab, where_tab = st.tabs(
        [_("Try a sample"), _("Type the numbers"), _("Where to find the export")], key="start_tabs"
    )
    with samples_tab:
        samples()
    with typed_tab:
        typed.form()
    with where_tab:
        where_to_export()


def uploader() -> None:
    """The upload widget. Its files are taken over at once, so that changing the page loses nothing."""
    if sample_shop.no_place_for_files():
        return
    apart.warm()
    st.file_uploader(
        _("LIVE exports: session list, Trend Stat, Product, event log"),
        type=None,  # whoever drops another file reads in our words what it is and what to take instead
        accept_multiple_files=True,
        max_upload_size=MAX_MEGABYTES,
        key="upload",
        on_change=_take_over,
        help=_(
            "XLSX, CSV, JSON, or a ZIP of them. Several files at once are fine: the session list brings the history, "
            "the others go to the LIVEs that their numbers point to, or are asked about."
        ),
    )
    st.caption(_("No export? Drop screenshots of the dashboard here: their numbers are read, and you confirm them."))
    without = state.not_taken()
    if without:
        st.error(escape(_no_room(without)), icon=":material/error:")


def _no_room(without: Sequence[str]) -> str:
    names, more, size = ", ".join(without[:5]), len(without) - 5, f"{state.MOST_BYTES / 1e6:,.0f}"
    if more > 0:
        return _(
            "{files} and {more} more: not taken. One visit holds {size} MB and {many} files. Put the files away that "
            "are read, then upload these.",
            files=names, more=more, size=size, many=state.MOST_FILES,
        )  # fmt: skip
    return _(
        "{files}: not taken. One visit holds {size} MB and {many} files. Put the files away that are read, then "
        "upload these.",
        files=names, size=size, many=state.MOST_FILES,
    )  # fmt: skip


def _take_over() -> None:
    """New files join what is held for this shop; a file removed in the widget goes; a sample makes way.

    The widget shows its files in every shop, so what counts as new is what it did not show before.
    """
    shown = {each.file_id: each for each in st.session_state["upload"] or ()}
    before: dict[str, list[str]] = st.session_state[state.UPLOADED]
    new = {name: (each.name, each.getvalue()) for name, each in shown.items() if name not in before}
    pictures.take([each for each in new.values() if is_picture(each[1])])
    fresh = {
        name: [state.HeldFile(title, part, "upload") for title, part in unzipped(title, content)]
        if not is_picture(content) else []
        for name, (title, content) in new.items()
    }  # fmt: skip
    now = {name: digests for name, digests in before.items() if name in shown}
    removed = {each for digests in before.values() for each in digests} - {each for d in now.values() for each in d}
    kept = tuple(each for each in state.files() if each.origin != "sample" and each.digest not in removed)
    known = {each.digest for each in kept}
    state.hold(kept)
    state.refuse_anew([each.name for files in fresh.values() for each in files])
    wanted = [each for files in fresh.values() for each in files if each.digest not in known]
    state.hold((*kept, *state.fitting(wanted)))
    st.session_state[state.UPLOADED] = now | {name: [each.digest for each in files] for name, files in fresh.items()}


def samples() -> None:
    """One click opens a shop that fills every page, or one LIVE in a real layout."""
    if sample_shop.offered():
        with st.container(border=True):
            st.markdown(_(":material/storefront: **A whole sample shop**"))
            st.caption(
                _(
                    "Every page filled: LIVEs with their minutes, a change that was tried, one LIVE on air. Your own "
                    "shops stay apart. Closed, it is gone."
                )
            )
            st.button(_("Open the sample shop"), key="open_sample_shop", type="primary", on_click=sample_shop.begin,
                      args=(made_up.fill,))  # fmt: skip
    with st.grid(2, min_column_width=320):
        for name, title, text, icon in SAMPLES:
            with st.container(border=True, height="stretch"):
                st.markdown(f"{icon} **{_(title)}**")
                st.caption(_(text))
                st.button(_("Open this sample"), key=f"sample_{name}", on_click=loading.hold_sample, args=(name,))


#: The three files that a review is made of, and what each adds: heading, built-in layouts, why.
FIRST = (
    (N_("1. The list of your LIVEs"), ("creator_live_b3", "live_analysis_a3"),
     N_("It brings the history. Choose the last 28 days; three earlier LIVEs are enough to say what is usual.")),
    (N_("2. One LIVE over time: Trend Stat"), ("trend_stat",), N_("It shows the minutes in which something fell.")),
    (N_("3. Its products"), ("live_products",), N_("It shows what is opened and not bought.")),
)  # fmt: skip


def where_to_export() -> None:
    """The three files most sellers need, then every other layout; layouts of one place together."""
    every = loading.profiles()
    for heading, names, why in FIRST:
        places = dict.fromkeys(every[name].way_to_export for name in names if name in every)
        st.markdown(f"**{escape(_(heading))}**  \n{escape(_(why))}")
        st.markdown("\n".join(f"- {escape(place)}" for place in places))
    shown = {name for _heading, names, _why in FIRST for name in names}
    titles: dict[str, list[str]] = {}
    for name, profile in every.items():
        if name not in shown and profile.kind != "lookalike" and profile.how_to_export:
            titles.setdefault(profile.way_to_export, []).append(profile.called)
    with st.expander(_("Other files, older exports, other languages"), icon=":material/folder_open:"):
        for place, layouts in titles.items():
            st.markdown(f"**{escape(' · '.join(layouts))}**  \n{escape(place)}")


def troubles(result: FilesRead) -> None:
    """Files that could not be used, each with its reason, and tables to map by hand."""
    mappable = {table.file for table in result.unknown} | own_sheet.rows_questions(result)
    refused = [each.message for each in result.failures if each.name and each.name not in mappable]
    now = [
        each.message for each in result.failures if not each.name
    ]  # true of all files at this moment: said till over
    for message in (*now, *state.still_refused(refused)):
        st.error(escape(message), title=_("This file cannot be used"), icon=":material/error:")
    for index, table in enumerate(result.unknown):
        with st.container(border=True, key=f"unknown_{index}"):
            known = _(":material/help: **{file}** has a layout that is not known here yet.", file=escape(table.file))
            st.markdown(known)
            st.caption(_("Say once what its columns mean; from then on it is recognised."))
            shell.link("data.py", _("Map its columns"), icon=":material/table_chart:", data_tabs="Map a layout")
