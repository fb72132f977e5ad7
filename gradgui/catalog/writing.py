"""Templates of formulas for letters and numbers alike: `@z` is z as it is, `#z` z in brackets where it has a sign."""

from __future__ import annotations


def filled(template: str, **words: str) -> str:
    """The template with LaTeX put in for every name."""
    for name, said in words.items():
        template = template.replace(f"@{name}", said).replace(f"#{name}", guarded(said))
    return template


def guarded(words: str) -> str:
    """A LaTeX factor in brackets where a leading sign would mislead the eye."""
    return f"({words})" if words[0] in "+-" else words


def by_sign(above: str, below: str) -> str:
    """One rule for z > 0 and another for the rest; just the first where there is no other."""
    return rf"\begin{{cases}}{above}&z>0\\ {below}&z\leq 0\end{{cases}}" if below else above
