"""Removes one visibility filter at a time and expects the tests of rights to notice; see docs/security-matrix.md.

`python -m tests.mutate_access [part of a path …]` tries the filters of some files only.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.access_mutations import BESIDE, DOUBLED, NO_DIFFERENCE, Mutation, mutations

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 2
LINKED = (".venv", "node_modules")
#: What the tests write or nobody needs for them.
NOT_COPIED = shutil.ignore_patterns(*LINKED, "var", ".git", "__pycache__", "pictures")
LONGEST_SECONDS = 600
#: What only a running Elasticsearch sees, and where its address stands.
ON_A_SERVER, SERVER = "search/engines/elasticsearch/", "FOKUSPORTAL_TEST_ELASTICSEARCH_URL"
_WALK = "tests/matrix/test_routes.py::test_no_answer_holds_what_its_reader_may_not_see"
_READERS = ("anonymous", "staff of A", "lead of group A", "administrator of A", "editor without a second factor")
_ACCOUNTS = "tests/portal/accounts/test_"
_OWN = (
    f"{_ACCOUNTS}own_data.py",
    f"{_ACCOUNTS}farewell.py",
    "tests/matrix/test_side_doors.py::test_ones_own_data_name_no_page_that_its_maker_may_not_read_today",
    "tests/matrix/test_routes.py::test_who_is_not_signed_in_is_led_to_the_door_from_every_page_of_an_account",
)
_OF_PEOPLE = ("roles", "people_pages", "joining", "standing", "administration", "confirming")
_READING = tuple(f"tests/matrix/test_{name}.py" for name in ("lists", "side_doors", "pages", "search", "oracles"))
_SEARCHING = tuple(f"tests/matrix/test_{name}.py" for name in ("stale_index", "side_doors", "search"))
_DIRECTORY = "tests/knowledge/directory"
_DIRECTORY_RIGHTS = f"{_DIRECTORY}/test_rights.py"
_COOPERATION = "tests/network/cooperation"
_WALKED_OWN = (f"{_WALK}[anonymous-own]", f"{_WALK}[staff of A-own]")
_EXPERTS = ("tests/matrix/test_experts.py",)
_DIRECTORY_READ = tuple(f"tests/matrix/test_{name}.py" for name in ("lists", "search", "withdrawal_of_consent"))
_KEPT = ("tests/matrix/test_keeping.py", *(f"{_WALK}[{reader}-kept]" for reader in ("anonymous", "staff of A")))
#: Beginning of a path → what is run, the likeliest first; the matrix where it can see the difference.
TARGETS = (
    ("search/saved/", ("tests/search/saved",)),
    ("search/insights/", ("tests/search/insights",)),
    ("search/semantics/", ("tests/search/semantics",)),
    ("search/admin/", ("tests/search/admin/test_leaks.py",)),
    (ON_A_SERVER, ("tests/search/contracts/test_elasticsearch.py",)),
    ("search/engines/", ("tests/search/contracts/test_embedded.py", *_SEARCHING)),
    ("search/", _SEARCHING),
    ("knowledge/directory/keeping/", (_DIRECTORY_RIGHTS, f"{_DIRECTORY}/keeping", *_KEPT, *_DIRECTORY_READ)),
    ("knowledge/directory/deciding/", (_DIRECTORY_RIGHTS, f"{_DIRECTORY}/deciding", *_KEPT)),
    ("knowledge/directory/people/", (_DIRECTORY_RIGHTS, f"{_DIRECTORY}/people", *_EXPERTS, *_DIRECTORY_READ)),
    ("knowledge/directory/importing/", (_DIRECTORY_RIGHTS, f"{_DIRECTORY}/importing", *_DIRECTORY_READ)),
    ("knowledge/directory/hsds/", (f"{_DIRECTORY}/hsds", *_DIRECTORY_READ)),
    ("knowledge/directory/", (_DIRECTORY, *_DIRECTORY_READ, *_KEPT, *_EXPERTS)),
    ("network/cooperation/", (f"{_COOPERATION}/test_rights.py", _COOPERATION, *_WALKED_OWN)),
    ("knowledge/documents/", ("tests/knowledge/documents",)),
    ("portal/shared/inheritance", ("tests/portal/shared/test_inheritance.py", *_READING)),
    ("portal/shared/editing", ("tests/portal/shared/test_inheritance.py", "tests/portal/shared/test_files.py")),
    ("portal/shared/media", ("tests/matrix/test_pages.py", "tests/portal/shared/test_media.py")),
    ("portal/shared/pages", ("tests/portal/shared/test_inheritance.py", *_READING, "tests/matrix/test_stale_index.py")),
    ("portal/shared/links", ("tests/portal/shared/test_links.py", *_READING)),
    ("portal/shared/", (*(f"tests/portal/shared/test_{name}.py" for name in ("visibility", "inheritance")), *_READING)),
    ("portal/audit/", ("tests/portal/audit/test_report.py", "tests/matrix/test_routes.py")),
    ("portal/accounts/own", (*_OWN, *(f"{_WALK}[{reader}-own]" for reader in _READERS))),
    (
        "portal/accounts/",
        (
            *(f"{_ACCOUNTS}{name}.py" for name in _OF_PEOPLE),
            *(f"{_WALK}[{reader}-people]" for reader in _READERS),
        ),
    ),
    ("portal/home/", ("tests/portal/home/test_pages.py", *_READING)),
    ("knowledge/papers/importing", ("tests/knowledge/papers",)),
    ("", _READING),
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """Try every filter; return 1 if the removal of one was not noticed."""
    begun = time.monotonic()
    found = [m for m in mutations(ROOT) if not wanted or any(part in m.path for part in wanted)]
    for mutation in found:
        if (reason := _without_difference(mutation)) is not None:
            _tell(f"left out: {mutation}: {reason}")
    groups = _grouped([mutation for mutation in found if _without_difference(mutation) is None])
    with tempfile.TemporaryDirectory(prefix="fokusportal-mutations-") as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        database = _prepared_database(Path(folder))
        for number in range(AT_ONCE):
            trees.put(_copied(Path(folder) / f"tree-{number}"))
        _expect_green(trees, database, groups)
        with ThreadPoolExecutor(AT_ONCE) as workers:
            caught = list(workers.map(lambda group: _try(group, trees, database), groups))
    _tell(f"{sum(caught)}/{len(caught)} caught in {(time.monotonic() - begun) / 60:.1f} minutes")
    return 0 if all(caught) else 1


def _without_difference(mutation: Mutation) -> str | None:
    if mutation.path.startswith(ON_A_SERVER) and not os.environ.get(SERVER):
        return f"needs a server: python -m tests.elasticsearch -- python -m tests.mutate_access {ON_A_SERVER}"
    return next((reason for beginning, reason in NO_DIFFERENCE.items() if mutation.name.startswith(beginning)), None)


def _grouped(found: list[Mutation]) -> list[list[Mutation]]:
    """Return each filter for itself, those that back each other up together, and those beside another with it."""
    groups: list[list[Mutation]] = []
    left = list(found)
    for reason, names in DOUBLED.items():
        together = [mutation for mutation in left if mutation.name in names]
        if together:
            _tell(f"doubled: {' + '.join(map(str, together))}: {reason}")
            groups.append(together)
            left = [mutation for mutation in left if mutation not in together]
    for mutation in found:
        for name, (other, reason) in BESIDE.items():
            if mutation.name.startswith(name):
                together = [mutation, *(one for one in found if one.name.startswith(other))]
                _tell(f"beside another: {' + '.join(map(str, together))}: {reason}")
                groups.append(together)
                left.remove(mutation)
    return [*([mutation] for mutation in left), *groups]


def _try(group: list[Mutation], trees: "SimpleQueue[Path]", database: Path) -> bool:
    tree = trees.get()
    before = {mutation.path: (tree / mutation.path).read_bytes() for mutation in group}
    try:
        # From the end of a file to its beginning, so that places stay where they are.
        for mutation in sorted(group, key=lambda mutation: -mutation.start):
            file = tree / mutation.path
            file.write_bytes(mutation.applied(file.read_bytes()))
        catcher = _catcher(tree, database, group)
    finally:
        for path, source in before.items():
            (tree / path).write_bytes(source)
        trees.put(tree)
    _tell(f"{' + '.join(map(str, group))}: {f'caught by {catcher}' if catcher else 'SURVIVED'}")
    return bool(catcher)


def _expect_green(trees: "SimpleQueue[Path]", database: Path, groups: list[list[Mutation]]) -> None:
    """A test that fails with all filters in their places catches nothing."""
    tree = trees.get()
    failed = _catcher(tree, database, [mutation for group in groups for mutation in group])
    trees.put(tree)
    if failed:
        raise SystemExit(f"Without any change this test fails already: {failed}")


def _catcher(tree: Path, database: Path, group: list[Mutation]) -> str:
    """Return the test that fails, or nothing."""
    targets = list(dict.fromkeys(target for mutation in group for target in _targets(mutation)))
    run = subprocess.run(
        [tree / ".venv/bin/python", "-m", "pytest", "-q", "-x", "-p", "no:xdist", "--no-header", "--tb=no", *targets],
        cwd=tree,
        env={**os.environ, "FOKUSPORTAL_TEST_DATABASE": str(database), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if run.returncode > 1 and not failed:
        raise SystemExit(f"The tests could not run with {group[0]}:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return failed[0].partition(" - ")[0].partition(" ")[2] if run.returncode else ""


def _targets(mutation: Mutation) -> tuple[str, ...]:
    return next(targets for beginning, targets in TARGETS if mutation.path.startswith(beginning))


def _copied(tree: Path) -> Path:
    shutil.copytree(ROOT, tree, ignore=NOT_COPIED)
    for name in LINKED:
        (tree / name).symlink_to(ROOT / name)
    return tree


def _prepared_database(folder: Path) -> Path:
    """Migrate once; every run begins with a copy."""
    database = folder / "prepared.sqlite3"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True)
    return database


def _tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- a command's message.


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
