"""Finds every visibility filter in the code and says how the file reads without it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS = ("portal", "knowledge", "network", "search")
#: Folders and files that decide nothing about readers: demo content, measurements.
LEFT_OUT = ("migrations", "benchmarks", "commands", "demo")
#: Functions that answer a question of permission; without them the answer is yes.
PREDICATES = {
    "portal/accounts/rules.py": "may_",
    "portal/accounts/querysets.py": "may_act",
    "portal/accounts/actions/joining.py": "may_stand_for",
    "portal/audit/rules.py": "may_",
    "portal/accounts/own_data/sight.py": "edits",
    "knowledge/papers/importing.py": "may_import",
    "portal/accounts/confirming.py": "_is_about",
    "portal/shared/redirects.py": "_may_see",
    "knowledge/documents/rules.py": "may_",
    "knowledge/directory/rules.py": "may_",
    "network/cooperation/rules.py": "may_",
    "search/insights/rules.py": "may_",
}
#: Sets of people, invitations and requests; without the filter they are whole.
SETS = {"administrable_by", "manageable_by", "decidable_by", "owned_by", "kept_by", "of_side"}
DECORATORS = {
    "login_required",
    "reauthentication_required",
    "for_administrators",
    "for_people_with_roles",
    "for_editors",
    "for_everybody_with_tasks",
    "for_keepers",
    "for_caretakers",
    "for_members",
    "for_members_reading",
}
#: Calls that bring audiences in line after something changed.
SETTLING = {"settle_pages", "settle_collections"}
#: Why a filter whose removal changes nothing stands where it does.
NO_DIFFERENCE = {
    "knowledge/topics/": "the vocabulary is public: Term.visible_to() keeps every term",
}
#: Reason → filters that stand behind each other: only without all of them does something show.
DOUBLED: dict[str, tuple[str, ...]] = {}
_OWN_DATA = "portal/accounts/own_data/views.py: "
_SNAPSHOT = "search/engines/embedded/snapshot.py: self._narrowed(translation.translate(tree, "
#: Filter → the one before which it stands or behind which, and why. It is removed together with that one, which is
#: tried for itself as well.
BESIDE = {
    f"{_OWN_DATA}@login_required of leaving": (
        f"{_OWN_DATA}@reauthentication_required of leaving",
        "who is asked once more must be signed in; without the first the stranger's form would be kept in a session",
    ),
    f"{_OWN_DATA}@login_required of deletion": (
        f"{_OWN_DATA}@reauthentication_required of deletion",
        "who is asked once more must be signed in; without the first the stranger's form would be kept in a session",
    ),
    "knowledge/directory/presentation.py: Organisation.objects.visible_to(": (
        "knowledge/directory/filters.py: Organisation.objects.visible_to(",
        "the entries of a page were narrowed before; one may be closed a moment later",
    ),
    "network/cooperation/views/ledgers.py: LedgerComment.objects.visible_to(": (
        "knowledge/directory/querysets.py: kept_by",
        "whoever opens a ledger keeps the organisation, and so reads all comments on it",
    ),
    "network/cooperation/views/balances.py: LedgerComment.objects.visible_to(": (
        "network/cooperation/rules.py: may_publish_balance",
        "whoever replies is an editor, who reads all comments",
    ),
    f"{_SNAPSHOT}SECTIONS)": (
        f"{_SNAPSHOT}RECORDS)",
        "sections are looked up for records that were narrowed before; a section may be committed a moment earlier",
    ),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One filter, and the file without it."""

    path: str
    line: int
    what: str
    start: int
    end: int
    instead: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}"

    @property
    def name(self) -> str:
        """Return what it is called whatever line it stands in."""
        return f"{self.path}: {self.what}"

    def applied(self, source: bytes) -> bytes:
        """Return the file's content without the filter."""
        return source[: self.start] + self.instead.encode() + source[self.end :]


def mutations(root: Path) -> list[Mutation]:
    """Return every filter in the rooms, in the order of the files."""
    found: list[Mutation] = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            relative = path.relative_to(root).as_posix()
            if not any(part in LEFT_OUT for part in (*path.parts, path.stem)):
                found += _File(relative, path.read_bytes()).mutations()
    return found


class _File:
    def __init__(self, path: str, source: bytes):
        self.path, self.source = path, source
        self.tree = ast.parse(source)
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def mutations(self) -> list[Mutation]:
        found = {(m.start, m.end, m.instead): m for node in ast.walk(self.tree) for m in self._of(node)}
        return sorted(found.values(), key=lambda m: (m.line, m.start, m.instead))

    def _of(self, node: ast.AST) -> Iterator[Mutation]:
        match node:
            case ast.Call():
                yield from self._of_call(node)
                if self.path.startswith("search/"):
                    yield from self._of_search_call(node)
            case ast.Compare(ops=[ast.In() | ast.NotIn() as sign], comparators=[ast.Call(func=ast.Name("labels_for"))]):
                yield self._instead(node, str(isinstance(sign, ast.In)))
            case ast.Compare(comparators=[ast.Attribute(ast.Name("Audience"), "PUBLIC")]) if "shared" in self.path:
                yield self._instead(node, "True")
            case ast.FunctionDef():
                yield from self._of_function(node)
            case ast.Expr(ast.Call(func=ast.Name(name))) if name in SETTLING:
                yield self._instead(node, "pass")
            case ast.Expr(ast.Call(func=ast.Attribute(ast.Name("excluded"), "append"))):
                yield self._instead(node, "pass")
            case ast.UnaryOp(ast.Not(), ast.Call(func=ast.Name("is_let_in" | "is_confirmed"))):
                yield self._instead(node, "False", f"{self._text(node)} in {self._function_around(node)}")

    def _of_call(self, call: ast.Call) -> Iterator[Mutation]:
        match call:
            case ast.Call(func=ast.Attribute(owner, "visible_to"), args=[_]):
                own = self._text(owner)
                yield self._instead(call, f'getattr({own}, "live", {own}.all)()')
            case ast.Call(func=ast.Attribute(_, "is_visible_to")):
                yield self._instead(call, "True")
            case ast.Call(func=ast.Name("still_visible"), args=[hits, _]):
                yield self._instead(call, f"list({self._text(hits)})")
            case ast.Call(func=ast.Name("narrowed"), args=[outer, own]) if "inheritance" in self.path:
                yield self._instead(call, self._text(own))
                yield self._instead(call, self._text(outer))
        for word in call.keywords:
            is_filter = isinstance(word.value, ast.Call) and self._text(word.value).startswith("labels_for(")
            if is_filter and (word.arg or "").endswith("audience__in"):
                yield self._instead(word, "")

    def _of_search_call(self, call: ast.Call) -> Iterator[Mutation]:
        match call:
            case ast.Call(func=ast.Attribute(owner, "without"), args=[_]):
                yield self._instead(call, self._text(owner))
            case ast.Call(func=ast.Attribute(_, "_narrowed"), args=[query, *_]):
                yield self._instead(call, self._text(query))
            case ast.Call(func=ast.Name("narrowed"), args=[query, *_]) if "elasticsearch" in self.path:
                yield self._instead(call, self._text(query))
            case ast.Call(func=ast.Name("Q"), keywords=[ast.keyword("audience")]) if "elasticsearch" in self.path:
                yield self._instead(call, 'Q("match_all")')
            case ast.Call(func=ast.Name("_one_of"), args=[_, ast.Constant("audience"), _]):
                yield self._instead(call, "_Query.all_query()")

    def _of_function(self, function: ast.FunctionDef) -> Iterator[Mutation]:
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        if function.name.startswith(PREDICATES.get(self.path, "\0")):
            yield self._instead(body[0], f"return True\n{' ' * body[0].col_offset}{self._text(body[0])}", function.name)
        if function.name in SETS:
            yield self._instead(body[0], f"return self\n{' ' * body[0].col_offset}{self._text(body[0])}", function.name)
        if function.name == "labels_for":
            # The first two operands keep those out who have no audience_labels at all.
            for operand in body[0].test.values[2:]:
                yield self._instead(operand, "False")
        if function.name == "narrowed" and self.path == "portal/shared/visibility.py":
            yield self._instead(body[-1], "return own")
        for decorator in function.decorator_list:
            name = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(name, ast.Name) and name.id in DECORATORS:
                yield self._instead(decorator, "(lambda view: view)", f"@{name.id} of {function.name}")

    def _function_around(self, node: ast.AST) -> str:
        functions = [one for one in ast.walk(self.tree) if isinstance(one, ast.FunctionDef)]
        return [one.name for one in functions if one.lineno <= node.lineno <= one.end_lineno][-1]

    def _text(self, node: ast.AST) -> str:
        return self.source[slice(*self._place(node))].decode()

    def _place(self, node: ast.AST) -> tuple[int, int]:
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def _instead(self, node: ast.AST, instead: str, what: str = "") -> Mutation:
        start, end = self._place(node)
        told = what or f"{' '.join(self._text(node).split())[:90]} → {' '.join(instead.split())[:40] or 'nothing'}"
        return Mutation(self.path, node.lineno, told, start, end, instead)
