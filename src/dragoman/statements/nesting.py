"""Which statement stands within which: `Lima said that Quito had told Oslo …`."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.statements.draft import Draft

Nesting = dict[int, Draft]


def nesting_of(drafts: Sequence[Draft]) -> Nesting:
    """The smallest statement in whose content the cue of another stands, by the inner draft's `id()`.

    Where the two only overlap, neither stands within the other.
    """
    smallest: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda d: -d.content_size()):
        for start, end in draft.content:
            smallest.update(dict.fromkeys(range(start, end), draft))
    found: Nesting = {}
    for draft in drafts:
        outer = smallest.get(draft.cue.i) if draft.cue is not None else None
        if outer is not None and outer is not draft and all(any(s <= a and b <= e for s, e in outer.content) for a, b in draft.content):
            found[id(draft)] = outer
    return found
