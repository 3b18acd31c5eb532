"""Uploaded LIVEs become history: saved at once where it is plain whose they are, else after a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from playbook import formats
from playbook.imports import FilesRead
from playbook.imports.lives.accounts import by_account
from playbook.language import _, ngettext
from playbook.model.session import Session
from playbook.report.words.importing import outcome
from playbook.store.access import Role
from playbook.store.errors import StoreError
from playbook.store.intake import unplaced
from playbook.store.records import ImportPlan, Shop
from playbook.store.store import Store
from playbook.ui.frame import browser, keys, notices, rights, shop, state
from playbook.ui.frame.escape import escape

#: In place of a shop's id in the question: the LIVEs belong to a shop that is not there yet.
NEW = ""


def keep(result: FilesRead, token: str) -> None:
    """Save what was read into the shop. `token` names this reading: it is saved, or asked about, once."""
    opened = shop.store()
    if opened is None or state.is_saved(token) or not storable(result) or state.answers().get("only_look") == token:
        return
    known = shop.current()
    if not rights.may(Role.host, known.id if known else None):
        st.info(
            _("You may look at these files here. To save them you need the role of a host."), icon=":material/lock:"
        )
        return
    accounts = accounts_of(result)
    mine = set(known.creators) if known else set()
    try:
        if len(accounts) > 1 and not mine & set(accounts):
            ask_account(opened, known, result, token, accounts)
            return
        owner = known or shop.first(opened, result.sessions[-1].currency)
        plan = opened.plan_import(owner.id, result, skip_creators=set(accounts) - mine if len(accounts) > 1 else ())
        if needs_asking(opened, plan):
            ask(opened, plan, result, token)
            return
        done = save(opened, plan, token, _left_out(plan.shop, accounts, plan))
    except StoreError as error:
        st.error(escape(str(error)), title=_("These LIVEs were not saved"), icon=":material/error:")
        return
    if known is None or done.act is not None:
        st.rerun()  # the sidebar and the notices above the page were drawn before this was saved


def storable(result: FilesRead) -> bool:
    """Samples are not somebody's LIVEs; and something must say which LIVE it is."""
    return bool(result.joined or any(not unplaced(each) for each in result.sessions)) and all(
        each.origin != "sample" for each in state.files()
    )


def accounts_of(result: FilesRead) -> Counter[str]:
    """How many LIVEs each account has in the files; LIVEs without a name are nobody's here."""
    return Counter(each.creator for each in result.sessions if each.creator is not None)


def needs_asking(opened: Store, plan: ImportPlan) -> bool:
    """Whether it is not plain that these LIVEs are of this shop.

    Plain: the shop is empty, each file has a LIVE that is known already, the creator is known, or the person said so
    before.
    """
    if plan.other_creators and plan.shop.creators:
        return True
    strange = strangers(plan)
    if not strange or plan.shop.id in state.settings().trusted_shops:
        return bool(opened.doubts(plan))
    creators = {each.creator for each in strange} - {None}
    if creators and creators <= set(plan.shop.creators):
        return False
    typed = all(each.origin == "typed" for each in state.files())
    return not typed and bool(opened.sessions(plan.shop.id, limit=1))


def strangers(plan: ImportPlan) -> list[Session]:
    """The LIVEs of files in which no LIVE is known in the shop: other files that are held say nothing of them."""
    known = (*plan.updated, *plan.confirmed, *plan.older, *plan.unchanged, *plan.trashed)
    familiar = {_file(each.session) for each in known}
    return [each.session for each in plan.new if _file(each.session) not in familiar]


def _file(session: Session) -> str | None:
    return None if session.source is None else session.source.file


def asked_about(plan: ImportPlan) -> list[Session]:
    """The LIVEs that the question is about: those of strange files, those by other creators, else all."""
    others = {each.name for each in plan.other_creators}
    return strangers(plan) or [each for each in plan.sessions if each.creator in others] or list(plan.sessions)


def ask(opened: Store, plan: ImportPlan, result: FilesRead, token: str) -> None:
    """Before LIVEs of one shop mix with those of another."""
    names = ", ".join(each.name for each in plan.other_creators)
    doubts = opened.doubts(plan)
    why = [_("They are by {names}.", names=names) if names else _("None of them is known there yet."), *doubts]
    doubtful = bool(names or doubts)
    asked = asked_about(plan)
    many = len(asked)
    with st.container(border=True, key="whose_lives"):
        theirs = ngettext(
            "**Does this LIVE belong to {shop}?**", "**Do these {count} LIVEs belong to {shop}?**", many,
            count=many, shop=escape(plan.shop.name),
        )  # fmt: skip
        until = ngettext(
            "Until you say so it is shown by itself and not saved.",
            "Until you say so they are shown by themselves and not saved.",
            many,
        )
        st.markdown(f":material/storefront: {theirs} {escape(' '.join(why))} {until}")

        def key(name: str) -> str:
            return keys.of_shop(f"{name}_{token[:8]}", plan.shop.id)

        others = {each.id: each for each in shop.shops() if each.id != plan.shop.id}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            options = [*others, NEW]
            st.selectbox(
                _("If not, whose?"), options, index=options.index(_likely(others, asked)), key=key("other_shop"),
                format_func=lambda each: others[each].name if each else _("A shop that is not here yet"), width=320,
            )  # fmt: skip
            if st.session_state[key("other_shop")] == NEW:
                st.text_input(_("Name of the new shop"), value=names[:60] or _("New shop"), key=key("new_shop_name"))
        with st.container(horizontal=True):
            st.button(
                escape(_("Yes, {shop}", shop=plan.shop.name)), type="secondary" if doubtful else "primary",
                key=key("same_shop"), on_click=_same, args=(opened, plan.shop, result, token),
            )  # fmt: skip
            st.button(
                _("Save in the other shop"), type="primary" if doubtful else "secondary", key=key("another_shop"),
                on_click=_other, args=(opened, key("other_shop"), key("new_shop_name"), asked, token),
            )  # fmt: skip
            st.button(_("Only look"), key=key("only_look"), on_click=only_look, args=(token,))


def _likely(others: Mapping[str, Shop], asked: Sequence[Session]) -> str:
    """The shop that knows the accounts of these LIVEs already."""
    creators = {each.creator for each in asked} - {None}
    return next((name for name, each in others.items() if creators and creators <= set(each.creators)), NEW)


def ask_account(opened: Store, known: Shop | None, result: FilesRead, token: str, accounts: Counter[str]) -> None:
    """Several accounts in one list, none of them known in the shop: a LIVE is compared with its own account's."""
    listed = by_account(accounts.most_common())
    of = known.id if known else None

    def key(name: str) -> str:
        return keys.of_shop(f"{name}_{token[:8]}", of)

    with st.container(border=True, key="whose_lives"):
        st.markdown(
            ngettext(
                ":material/group: **These files have LIVEs of {count} account: {accounts}.** A LIVE is only compared "
                "with those of its own account. Until you choose, nothing is saved.",
                ":material/group: **These files have LIVEs of {count} accounts: {accounts}.** A LIVE is only compared "
                "with those of its own account. Until you choose, nothing is saved.",
                len(accounts), count=len(accounts), accounts=escape(listed),
            )
        )  # fmt: skip
        asked = _("Which account is {shop}?", shop=escape(known.name)) if known else _("Which account is your shop?")
        st.selectbox(asked, [each for each, _lives in accounts.most_common()], key=key("account"), width=320)
        with st.container(horizontal=True):
            st.button(_("Save this account"), type="primary", key=key("one_account"), on_click=_one_account,
                      args=(opened, known, key("account"), result, token))  # fmt: skip
            st.button(_("A shop for each account"), key=key("each_account"), on_click=_each_account,
                      args=(opened, known, result, token))  # fmt: skip
            st.button(_("All are mine"), key=key("all_accounts"), on_click=_all_accounts,
                      args=(opened, known, result, token))  # fmt: skip
            st.button(_("Only look"), key=key("only_look"), on_click=only_look, args=(token,))


def only_look(token: str) -> None:
    """The held files are shown by themselves and not saved."""
    state.answer("only_look", token)


def _same(opened: Store, owner: Shop, result: FilesRead, token: str) -> None:
    def act() -> None:
        save(opened, opened.plan_import(owner.id, result), token)
        state.trust(owner.id)

    notices.attempt(act)


def _other(opened: Store, chosen: str, named: str, asked: Sequence[Session], token: str) -> None:
    """Only what was asked about: what another held file brought stays where it is."""
    wanted, name = st.session_state[chosen], st.session_state.get(named) or _("New shop")

    def act() -> None:
        owner = wanted or opened.create_shop(name, currency=asked[-1].currency).id
        save(opened, opened.plan_import(owner, asked), token)

    notices.attempt(act, typed="" if wanted else name)


def _one_account(opened: Store, known: Shop | None, chosen: str, result: FilesRead, token: str) -> None:
    accounts = accounts_of(result)
    account = st.session_state[chosen]

    def act() -> None:
        owner = known or shop.first(opened, result.sessions[-1].currency)
        plan = opened.plan_import(owner.id, result, skip_creators=set(accounts) - {account})
        save(opened, plan, token, _left_out(owner, accounts, plan))

    notices.attempt(act)


def _all_accounts(opened: Store, known: Shop | None, result: FilesRead, token: str) -> None:
    """One shop sells by several accounts; each LIVE is still compared with its own account's."""

    def act() -> None:
        owner = known or shop.first(opened, result.sessions[-1].currency)
        save(opened, opened.plan_import(owner.id, result), token)

    notices.attempt(act)


def _each_account(opened: Store, known: Shop | None, result: FilesRead, token: str) -> None:  # noqa: ARG001
    """The account with the most LIVEs comes last, so that its shop is shown then."""
    accounts = accounts_of(result)

    def act() -> None:
        said = []
        for account, _lives in reversed(accounts.most_common()):
            of = [each for each in result.sessions if each.creator == account]
            owner = opened.find_shop(account) or opened.create_shop(account, currency=of[-1].currency)
            plan = opened.plan_import(owner.id, of)
            said.append(summary(plan))
            save(opened, plan, token, said[:-1])

    notices.attempt(act)


def _left_out(owner: Shop, accounts: Mapping[str, int], plan: ImportPlan) -> list[str]:
    saved = {each.creator for each in plan.sessions}
    return [
        ngettext(
            "{count} LIVE by {account} was left out: {shop} is another account. Choose or add their shop, then upload "
            "the file there.",
            "{count} LIVEs by {account} were left out: {shop} is another account. Choose or add their shop, then "
            "upload the file there.",
            number, count=formats.count(number), account=name, shop=owner.name,
        )
        for name, number in accounts.items()
        if name not in saved
    ]  # fmt: skip


def save(opened: Store, plan: ImportPlan, token: str, more: list[str] | None = None) -> ImportPlan:
    """One transaction; then the review shows the shop, at the LIVE the files were about."""
    done = opened.apply(plan, other_creators=True)
    state.take_along(done.shop.id)
    state.saved_as(token)
    browser.remember(browser.SHOP, done.shop.id)
    if done.joined and not done.sessions:
        state.choose_live(done.joined[-1].id)
    if done.act is None:
        notices.done(summary(done), ":material/inventory:")
    else:
        undone = _("{shop}: taken back.", shop=done.shop.name)
        notices.undoable(summary(done), partial(_undo, opened, done, token), undone)
    state.told(token, [summary(done), *(more or ()), *_without_start(done)])
    return done


def _undo(opened: Store, done: ImportPlan, token: str) -> None:
    """The import goes as one act, and its files are put away, so that they are not saved again at once."""
    opened.undo_import(done.shop.id, done.act)
    state.not_saved(token)
    state.hold(())


def _without_start(done: ImportPlan) -> list[str]:
    if not done.unplaced:
        return []
    said = ngettext(
        "{count} LIVE not saved: without a start and without a Room ID nothing says which LIVE it is. Add the start.",
        "{count} LIVEs not saved: without a start and without a Room ID nothing says which LIVE it is. Add the start.",
        len(done.unplaced),
        count=formats.count(len(done.unplaced)),
    )
    return [said]


def summary(done: ImportPlan) -> str:
    """`My shop: 3 new LIVEs, 12 LIVEs already there and unchanged.`"""
    return f"{done.shop.name}: {outcome(done)}"
