"""Builds nested lists out of single items."""

from __future__ import annotations

from knowledge.papers.reading import inline
from knowledge.papers.reading.document import ListBlock, ListItem, RemarkCode, RemarkKind, Run
from knowledge.papers.reading.pieces import Piece

_STEP = 1.5


def set_depths(items: list[Piece]) -> None:
    """The depth of each item from its indent and its sign, for formats that declare none."""
    stack: list[tuple[float, str]] = []
    for item in items:
        sign = "1" if item.ordered else ("a" if item.label.endswith(")") else item.label)
        signs = [known for _, known in stack]
        if sign in signs and not _is_deeper(item, stack):
            position = len(signs) - 1 - signs[::-1].index(sign)
            while position and stack[position - 1][1] == sign and stack[position][0] - item.indent >= _STEP:
                position -= 1
            stack = stack[: position + 1]
        else:
            while stack and stack[-1][0] - item.indent >= _STEP:
                stack.pop()
            stack.append((item.indent, sign))
        item.level = len(stack) - 1


def _is_deeper(item: Piece, stack: list[tuple[float, str]]) -> bool:
    return item.indent - stack[-1][0] >= _STEP


def assemble(items: list[Piece]) -> list[ListBlock]:
    """One list, or several where numbered and unnumbered items take turns on the first level."""
    blocks: list[ListBlock] = []
    for group in _siblings(items):
        entries = [_with_children(group, index) for index, item in enumerate(group) if _is_top(group, item)]
        blocks.append(ListBlock(group[0].ordered, tuple(entries)))
    return blocks


def _siblings(items: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for item in items:
        opens = not groups or (item.level <= groups[-1][0].level and item.ordered != groups[-1][0].ordered)
        if opens:
            groups.append([])
        groups[-1].append(item)
    for group in groups:
        _check_numbers(group)
    return groups


def _is_top(group: list[Piece], item: Piece) -> bool:
    return item.level <= group[0].level


def _with_children(group: list[Piece], index: int) -> ListItem:
    children: list[Piece] = []
    for item in group[index + 1 :]:
        if _is_top(group, item):
            break
        children.append(item)
    return ListItem(tuple(group[index].runs), tuple(assemble(children)))


def _check_numbers(group: list[Piece]) -> None:
    """A list prints 1, 2, 3 …; any other numbering or lettering stays readable as part of the text."""
    tops = [item for item in group if _is_top(group, item)]
    printed = [item.label for item in tops]
    is_lettered = any(label[:1].isalpha() and label.endswith(")") for label in printed)
    expected = [str(number) for number in range(1, len(tops) + 1)]
    is_counted = [label.rstrip(".)") for label in printed] == expected
    if not is_lettered and (not group[0].ordered or is_counted or not any(printed)):
        return
    for item in tops:
        item.runs = inline.merged([Run(f"{item.label} "), *item.runs])
        item.ordered = False
    tops[0].doubt(RemarkKind.UNCERTAIN, RemarkCode.NUMBERING_KEPT_AS_TEXT)
