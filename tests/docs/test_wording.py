"""Plain words: what code, messages and English documents do not say (the table of words in CONTRIBUTING.md)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = [*ROOT.glob("cbfa/**/*.py"), *ROOT.glob("benchmarks/*.py"), *ROOT.glob("docs/*.py")]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]
ENGLISH = [*CODE, *(path for path in DOCUMENTS if path.name != "huong-dan.md")]
BANNED = re.compile(
    r"\b(mend(s|ed|ing)?|tells? of|told(?! apart)|behind|stands?(?!-in)|slip(s|ped)?(?!_)|(is|are|was|be|not|found) in order"
    r"|of (it|them) nothing|words too many|none of the words|more than \S+ deep"
    r"|(is|are) the (most|least)(?! \w)|_?(so_)?(many|most)_\w+)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(r"(whether|what|how|who|whose|which|when|where|why)\b", re.IGNORECASE)


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_has_a_banned_word(path):
    """Each of them has a plain one in its place: fix, reports, after, is, typo, valid, MAX_…"""
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if BANNED.search(line) and "| not |" not in line and "| but |" not in line] == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_docstring_opens_with_a_question_word(path):
    """A docstring opens with a verb or a plain noun phrase."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]

    assert [text for node in nodes if QUESTION.match(text := ast.get_docstring(node) or "")] == []
