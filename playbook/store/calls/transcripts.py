"""What was said in a LIVE."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.language import N_
from playbook.model.transcript import Transcript
from playbook.store import queries, transcripts
from playbook.store.access import Role, needs

from .base import Calls


@dataclass(frozen=True)
class TranscriptCalls(Calls):
    """Look at the words of a LIVE, keep them, take them away."""

    @needs(Role.viewer)
    def transcript(self, shop_id: str, session_id: str) -> Transcript | None:
        """None where nobody gave one. Raises StoreError where it is damaged."""
        with self._reading() as connection:
            return transcripts.one(connection, queries.key_of(connection, shop_id, session_id))

    @needs(Role.host, noted=N_("kept what was said"))
    def keep_transcript(self, shop_id: str, session_id: str, found: Transcript) -> None:
        """In place of the one before: also to set another offset."""
        self.ticket.detail = session_id
        with self._writing() as connection:
            key = queries.key_of(connection, shop_id, session_id)
            transcripts.keep(connection, key, found, self.clock())

    @needs(Role.host, noted=N_("took away what was said"))
    def drop_transcript(self, shop_id: str, session_id: str) -> None:
        """Nothing happens where there is none."""
        self.ticket.detail = session_id
        with self._writing() as connection:
            self.ticket.happened = transcripts.drop(connection, queries.key_of(connection, shop_id, session_id))
