"""Conventions that no linter sees: foreign keys point down, every page has an audience, every command is documented."""

import ast
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.template import engines
from django.template.loader import get_template

#: From the roof down; an app may refer to itself and to what stands after it.
FLOORS = [
    "home",
    "cooperation",
    "groups",
    "documents",
    "papers",
    "directory",
    "topics",
    "saved_searches",
    "search_insights",
    "search_semantics",
    "search",
    "accounts",
    "audit",
    "places",
    "shared",
]
OWN = set(FLOORS)


def own_foreign_keys():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OWN:
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                forward = getattr(field, "concrete", False) or getattr(field, "many_to_many", False)
                # Wagtail's abstract models bring a link to the person who uploaded a file; the setting names the model.
                given = field.name == "uploaded_by_user"
                if (
                    forward
                    and not given
                    and not field.auto_created
                    and target is not None
                    and target._meta.app_label in OWN
                ):
                    yield field, model._meta.app_label, target._meta.app_label


def test_there_are_foreign_keys_to_look_at():
    assert len(list(own_foreign_keys())) > 5


def test_foreign_keys_point_down_only():
    upward = [
        f"{field.model._meta.label}.{field.name} → {target}"
        for field, source, target in own_foreign_keys()
        if FLOORS.index(target) < FLOORS.index(source)
    ]
    assert upward == []


def own_templates():
    root = settings.BASE_DIR / "templates"
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", own_templates())
def test_every_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in own_templates() if name.startswith("components/")])
def test_every_component_says_what_it_expects(name):
    assert (settings.BASE_DIR / "templates" / name).read_text().startswith("{# expects")


def test_no_template_declares_text_safe_or_carries_inline_code():
    hits = [
        f"{name}: {trace}"
        for name in own_templates()
        for trace in ("|safe", "autoescape off", 'style="', "onclick=", "<script>")
        # Plain text has no markup that anything could break out of.
        if not name.endswith(".txt")
        if trace in (settings.BASE_DIR / "templates" / name).read_text()
    ]
    assert hits == []
    assert engines["django"].engine.autoescape


def own_python():
    for room in ("portal", "network", "knowledge", "search"):
        yield from (path for path in Path(settings.BASE_DIR, room).rglob("*.py") if "migrations" not in path.parts)


def test_one_module_alone_declares_text_safe():
    names = [str(path.relative_to(settings.BASE_DIR)) for path in own_python() if "mark_safe(" in path.read_text()]
    assert names == ["portal/shared/html.py"]


def test_no_module_is_a_drawer():
    assert [path for path in own_python() if path.stem in {"utils", "helpers", "common", "misc", "core"}] == []


def test_every_command_is_in_the_readme_or_the_benchmarks():
    documented = "".join((settings.BASE_DIR / name).read_text() for name in ("README.md", "docs/benchmarks.md"))
    own = [
        name
        for name, app in get_commands().items()
        if app.split(".")[0] in {"portal", "network", "knowledge", "search"}
    ]
    assert [name for name in own if f"manage.py {name}" not in documented] == []


def test_every_text_has_its_german():
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale/de/LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []


def test_no_text_hides_from_the_catalogue():
    """The collector knows gettext's own names alone, and does not look inside f-strings."""
    hidden = []
    for path in own_python():
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.ImportFrom(module="django.utils.translation"):
                    names = [(alias.name, alias.asname) for alias in node.names if alias.asname not in (None, "_")]
                    hidden += [(path, alias) for name, alias in names if name != alias]
                case ast.JoinedStr():
                    called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
                    hidden += [
                        (path, node.lineno)
                        for name in called
                        if isinstance(name, ast.Name) and (name.id == "_" or name.id.endswith("gettext"))
                    ]
    assert hidden == []
