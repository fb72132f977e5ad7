"""A vote of the class by show of hands: counts of each round, and what to do next."""

from __future__ import annotations

from typing import Annotated

import msgspec

from gradgui.text import Text

FEW, MANY = 0.35, 0.70
"""Shares of right answers between which a discussion helps most (Crouch and Mazur 2001, "Peer Instruction")."""
MOST = 999
"""Hands for one answer."""

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST)]

EXPLAIN = Text(en="{share} % right: explain first, then vote again.", zh="答对 {share}%：先讲解，再重新表决。")
DISCUSS = Text(
    en="{share} % right: let neighbours discuss, then vote again.", zh="答对 {share}%：让同桌讨论，再重新表决。"
)
GO_ON = Text(en="{share} % right: show the answer and move on.", zh="答对 {share}%：揭晓答案，继续往下走。")
NOBODY = Text(en="No hands counted yet.", zh="还没有统计举手。")


class Poll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rounds of one question; each round has a count for every answer."""

    options: Annotated[int, msgspec.Meta(ge=2, le=8)]
    rounds: tuple[tuple[Count, ...], ...] = ()

    def voted(self, counts: tuple[int, ...]) -> Poll:
        """The poll with another round; raises ValueError for counts that do not belong to its answers."""
        if len(counts) != self.options or not all(0 <= count <= MOST for count in counts):
            raise ValueError(f"expected {self.options} counts from 0 to {MOST}, got {counts}")
        return msgspec.structs.replace(self, rounds=(*self.rounds, tuple(counts)))

    def corrected(self, counts: tuple[int, ...]) -> Poll:
        """The poll with other counts in its last round."""
        return msgspec.structs.replace(self, rounds=self.rounds[:-1]).voted(counts)

    @property
    def hands(self) -> int:
        """Counted in the last round."""
        return sum(self.rounds[-1]) if self.rounds else 0

    def share(self, option: int, at: int = -1) -> float:
        """Of all hands in a round, 0 to 1; 0 where nobody voted."""
        counts = self.rounds[at] if self.rounds else ()
        total = sum(counts)
        return counts[option] / total if total else 0.0

    def advice(self, right: int) -> Text:
        """What to do after this vote, given the right answer."""
        if not self.hands:
            return NOBODY
        share = self.share(right)
        advice = EXPLAIN if share < FEW else DISCUSS if share <= MANY else GO_ON
        return advice.filled(share=f"{100 * share:.0f}")
