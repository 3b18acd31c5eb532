"""For owners: who may come in, invitations, and who changed what."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.language import _
from playbook.report.words import sentences
from playbook.spreadsheet import harmless
from playbook.store.access import Person, Role
from playbook.store.audit import AuditEntry
from playbook.store.store import Store
from playbook.store.team import DAYS, MOST_DAYS, Invitation, Member
from playbook.ui.frame import asking, keys, notices, rights, roles, shop, signin
from playbook.ui.frame.escape import escape

#: In place of a shop's id: every shop there is or will be.
EVERY = ""
#: The address of the invitation that was just made in a shop; it is shown once.
MADE = "invitation_made"
_SHOWN = 500


def show() -> None:
    opened, owner = shop.store(), shop.current()
    if opened is None:
        st.info(_("There is no store at the moment; the message in the sidebar says why."))
        return
    if not signin.wanted():
        st.info(
            _(
                "Nobody has to sign in here, so whoever opens this app may do everything. docs/deploy.md says how a "
                "team signs in; then this page has its people and their roles."
            ),
            icon=":material/lock_open:",
        )
        _log(opened, None if owner is None else owner.id)
        return
    scope = owner.id if owner else None
    if not rights.may(Role.owner, scope):
        st.info(_("Who may come in is for the owners of a shop to say."), icon=":material/lock:")
        return
    members(opened, scope)
    invite(opened, scope)
    _log(opened, scope)


def members(opened: Store, shop_id: str | None) -> None:
    """Everybody with a role here; a role in every shop is changed only by who owns every shop, one's own by others."""
    st.header(_("Who may come in"), anchor=False)
    for each in opened.team.members(shop_id):
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=_key("member", each)):
            name = f"**{escape(each.person.email)}**" + (f" {escape(each.person.name)}" if each.person.name else "")
            more = [each.shop or _("every shop"), *([] if each.signed_in else [_("was not here yet")])]
            st.markdown(f"{name} :gray[· {escape(' · '.join(more))}]", width="stretch")
            mine = isinstance(opened.someone, Person) and opened.someone.id == each.person.id
            fixed = mine or not rights.may(Role.owner, each.shop_id)
            box = _key("role", each)
            st.selectbox(
                _("Role"), list(Role), index=list(Role).index(each.role), format_func=roles.name, key=box,
                label_visibility="collapsed", width=120, disabled=fixed,
                on_change=_change, args=(opened, each, box),
            )  # fmt: skip
            asking.remove(
                _("Remove"), _("Remove {who}", who=each.person.email), _key("remove", each),
                partial(opened.team.take, each.person.email, each.shop_id), _("Removed"),
                icon=":material/person_remove:", disabled=fixed,
            )  # fmt: skip
    with st.expander(_("What each role may do"), icon=":material/help:"):
        st.markdown("\n".join(f"- **{escape(roles.name(each))}** {escape(roles.meaning(each))}" for each in Role))


def _key(name: str, each: Member) -> str:
    return keys.of_shop(f"{name}_{each.person.id}_{each.role.name}", each.shop_id)


def _change(opened: Store, each: Member, box: str) -> None:
    wanted = st.session_state[box]
    if not notices.attempt(lambda: opened.team.give(each.person.email, wanted, each.shop_id), _("Saved")):
        st.session_state[box] = each.role


def invite(opened: Store, shop_id: str | None) -> None:
    """A link that lets one person in, once."""
    names = {each.id: each.name for each in shop.shops() if rights.may(Role.owner, each.id)}
    if rights.may(Role.owner, None):
        names[EVERY] = _("Every shop")
    made = keys.of_shop(MADE, shop_id)
    st.header(_("Invite"), anchor=False)
    with st.form(keys.of_shop("invite", shop_id)), st.container(horizontal=True, vertical_alignment="bottom"):
        where = st.selectbox(
            _("Shop"), list(names), index=list(names).index(shop_id) if shop_id in names else 0,
            format_func=names.__getitem__, key=keys.of_shop("invite_shop", shop_id), width=220,
        )  # fmt: skip
        role = st.selectbox(
            _("Role"), list(Role), format_func=roles.name, key=keys.of_shop("invite_role", shop_id), width=140
        )
        days = st.number_input(
            _("Days"), min_value=1, max_value=MOST_DAYS, value=DAYS, key=keys.of_shop("invite_days", shop_id), width=120
        )
        if st.form_submit_button(_("Invite"), icon=":material/person_add:", key=keys.of_shop("invite_now", shop_id)):
            code: list[str] = []
            if shop.attempt(lambda: code.append(opened.team.invite(role or Role.viewer, where or None, int(days)))):
                st.session_state[made] = f"{signin.home()}?{signin.INVITE}={code[0]}"
    if st.session_state.get(made):
        st.markdown(_("Send this link. It lets in whoever opens it first, once; it is not shown again."))
        st.code(st.session_state[made], language=None, wrap_lines=True)
    for each in opened.team.invitations(shop_id):
        if each.state == "open":
            with st.container(horizontal=True, vertical_alignment="center", key=f"invitation_{each.id}"):
                st.markdown(escape(_invited(each)), width="stretch")
                asking.remove(
                    _("Withdraw"), _("Withdraw this invitation"), keys.of_shop(f"withdraw_{each.id}", shop_id),
                    partial(opened.team.withdraw, each.id), _("Withdrawn"), icon=":material/link_off:",
                )  # fmt: skip


def _invited(each: Invitation) -> str:
    """As what, where, by whom and until when."""
    role, by, day = roles.name(each.role), each.made_by, sentences.day(shop.local(each.until))
    if each.shop:
        return _("A {role} of {shop}, by {who}, until {day}", role=role, shop=each.shop, who=by, day=day)
    return _("A {role} of every shop, by {who}, until {day}", role=role, who=by, day=day)


def _log(opened: Store, shop_id: str | None) -> None:
    """Who changed what, the latest first."""
    st.header(_("Who changed what"), anchor=False)
    found = opened.team.audit(shop_id, _SHOWN)
    if not found:
        st.markdown(_("Nothing was changed so far."))
        return
    st.dataframe(
        table(found), hide_index=True, key="audit_table", alt=_("Changes with person and moment, latest first"),
        column_config={
            "When": st.column_config.DatetimeColumn(_("When"), format=f"{formats.day_of_a_column()} HH:mm"),
            "Who": _("Who"), "What": _("What"), "Shop": _("Shop"), "Detail": _("Detail"),
        },
    )  # fmt: skip
    if len(found) == _SHOWN:
        shown = formats.count(_SHOWN)
        st.caption(_("The latest {count}. The rest: `python -m playbook users audit`", count=shown))


def table(found: list[AuditEntry]) -> pd.DataFrame:
    """By the shop's clock; texts as a spreadsheet may take them, since a table can be downloaded."""
    return pd.DataFrame(
        {
            "When": shop.local(each.at) if each.at else None,
            "Who": harmless(each.spoken_who),
            "What": each.spoken_what,
            "Shop": harmless(each.shop or _("every shop")),
            "Detail": harmless(each.detail),
        }
        for each in found
    )
