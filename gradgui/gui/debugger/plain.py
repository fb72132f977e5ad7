"""LaTeX read aloud: the same formula in plain Unicode, for screen readers, tooltips and copying."""

from __future__ import annotations

import re

_GAP = "\0"
_WORDS = {
    r"\partial": "∂",
    r"\cdot": "·",
    r"\leftarrow": "←",
    r"\rightarrow": "→",
    r"\odot": "⊙",
    r"\eta": "η",
    r"\alpha": "α",
    r"\beta": "β",
    r"\gamma": "γ",
    r"\sigma": "σ",
    r"\mu": "μ",
    r"\rho": "ρ",
    r"\lambda": "λ",
    r"\epsilon": "ε",
    r"\varepsilon": "ε",
    r"\ast": "∗",
    r"\Phi": "Φ",
    r"\varphi": "φ",
    r"\dots": "…",
    r"\leq": "≤",
    r"\infty": "∞",
    r"\tanh": "tanh",
    r"\sin": "sin",
    r"\cos": "cos",
    r"\ln": " ln ",
    r"\max": "max",
    r"\in": "∈",
    r"\Vert": "‖",
    r"\quad": _GAP,
    r"\allowbreak": "",
    r"\qquad": _GAP,
    r"\mathrm": "",
    r"\ell": "ℓ",
    r"\delta": "δ",
    r"\nu": "ν",
    r"\,": " ",
    r"\ ": " ",
    r"\\": "; ",
    r"\left": "",
    r"\right": "",
    r"\begin": "",
    "&": ", ",
    r"\end": "",
}
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)


def plain(latex: str) -> str:
    """`latex` in one line of Unicode: a fraction of ∂L and ∂z becomes ∂L/∂z."""
    tokens = _TOKEN.findall(latex)
    words, _ = _read(tokens, 0)
    words = re.sub(r" *([·←=]) *", r" \1 ", words)
    words = re.sub(r"\^\((\d+)\)(?:_?(\w+(?:,\w+)*))?", _indexed, words)
    words = re.sub(f" *{_GAP} *", "   ", re.sub(" {2,}", " ", words))
    words = words.replace("ln (", "ln(")
    return re.sub(r"(?<=[(\[|]) | (?=[)\]|,])", "", words).replace("-", "−").strip()


def _indexed(match: re.Match[str]) -> str:
    """z^(2)_3 is easier to say as z2[3]."""
    return f"{match[1]}[{match[2]}]" if match[2] else match[1]


def _read(tokens: list[str], at: int) -> tuple[str, int]:
    """Read until the closing brace that belongs to this group."""
    words = ""
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token == "}":
            break
        piece, at = _piece(tokens, token, at)
        words += piece
    return words, at


def _piece(tokens: list[str], token: str, at: int) -> tuple[str, int]:
    if token == "{":
        return _read(tokens, at)
    if token == r"\frac":
        top, at = _argument(tokens, at)
        bottom, at = _argument(tokens, at)
        return f"{_grouped(top)}/{_grouped(bottom)}", at
    if token == r"\sqrt":
        inside, at = _argument(tokens, at)
        return f"√({inside})", at
    if token in (r"\begin", r"\end"):
        _, at = _argument(tokens, at)
        return "", at
    if token == r"\partial":
        return "∂", at + (at < len(tokens) and tokens[at] == " ")
    if token == r"\sum":
        below, at = _argument(tokens, at + 1)
        return f" Σ_{below} ", at
    if token == r"\hat":
        inside, at = _argument(tokens, at)
        return inside + "\u0302", at
    if token in "^_":
        inside, at = _argument(tokens, at)
        return _script(token, inside), at
    return _WORDS.get(token, "" if token.startswith("\\") else token), at


def _script(token: str, inside: str) -> str:
    if token == "^":
        return "²" if inside == "2" else f"^{inside}"
    return inside if len(inside) == 1 and inside.isdigit() else f"_{inside}"


def _argument(tokens: list[str], at: int) -> tuple[str, int]:
    """One brace group, or the single token that follows."""
    while at < len(tokens) and tokens[at] == " ":
        at += 1
    if at >= len(tokens):
        return "", at
    if tokens[at] == "{":
        return _read(tokens, at + 1)
    return _piece(tokens, tokens[at], at + 1)


def _grouped(words: str) -> str:
    simple = re.fullmatch(r"[\w∂.²^()·]+", words) or words.startswith("∂")
    return words if simple else f"({words})"
