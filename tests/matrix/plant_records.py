"""Plants what is no page: the vocabulary, messages, imports, redirects and what the portal keeps for itself."""

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from knowledge.papers.models import PaperImport
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.serialise import to_json
from knowledge.topics.models import FieldOfAction, Term, TermLabel, Topic
from portal.audit.actions import record
from portal.home.models import ReaderMessage
from search.insights.models import EditorialTask, QuestionCount
from search.models import OutboxEntry
from search.querysets import MOST_ATTEMPTS
from tests.matrix.filling import values_for
from tests.matrix.world import COMMON_WORD, EDITING, TECHNICAL, Planted, World

_EVERYBODY = {"public", EDITING}


def plant_vocabulary(world: World) -> None:
    """Plant a field of action, a topic and terms with every kind of other word; the vocabulary is public."""
    field = FieldOfAction.objects.create(**_values(world, "field of action", FieldOfAction, _EVERYBODY))
    _add(world, "field of action", field)
    topic = Topic.objects.create(field_of_action=field, **_values(world, "topic", Topic, _EVERYBODY))
    _add(world, "topic", topic)
    world.places |= {"field of action": field, "topic": topic}
    _plant_term(world, topic)


def _plant_term(world: World, topic: Topic) -> None:
    owner = "term"
    values = _values(world, owner, Term, _EVERYBODY, editorial_note={EDITING})
    # A term's words are searched before anything else, so the common word is written apart from the canary.
    term = Term.objects.create(**values | {"definition": f"{values['definition']} {COMMON_WORD}"})
    term.topics.set([topic])
    term.save()
    shown = {"preferred", "definition", "scope_note", "source", "source_url"}
    for relation in ("same", "narrower", "related", "outdated", "ambiguous"):
        # Degrading words lead to the term and are never shown, not even to those who typed them.
        reach = {EDITING} if relation == "outdated" else _EVERYBODY
        TermLabel.objects.create(term=term, relation=relation, text=world.mint.token(owner, f"label {relation}", reach))
        shown |= {f"label {relation}"} - {"label outdated"}
    world.add(
        Planted(
            owner, "topics.Term", "public", readable=True, pk=term.pk, url=term.get_absolute_url(),
            shown={world.mint.at(owner, place) for place in shown},
            title=world.mint.at(owner, "preferred"), search_kind="term",
            findable={world.mint.at(owner, "preferred"), world.mint.at(owner, "label same")},
            extra={"slug": term.slug},
        )
    )  # fmt: skip


def plant_records(world: World) -> None:
    """Plant what people sent, what was imported and what the portal noted; none of it is ever public."""
    _create(world, "message", ReaderMessage, {EDITING}, kind="frage")
    editor = world.people["editor"]
    read = read_paper(f"{world.mint.token('import', 'recognised', {EDITING})}\n\nStand: 17. Mai 2024".encode(), "a.txt")
    # Whoever uploaded a file finds its name among their own data.
    _create(
        world,
        "import",
        PaperImport,
        {EDITING, "self:editor"},
        uploaded_by=editor,
        sha256="0" * 64,
        recognised=to_json(read),
    )
    _create(world, "outbox", OutboxEntry, {TECHNICAL}, kind="nichts", since=timezone.now(), version=1, done_version=1)
    _plant_insights(world)
    # People see in their own data what the log holds about them.
    reach = {TECHNICAL, "self:member", "people:A"}
    record(
        action="role.granted", by=world.people["administrator"], about=world.people["member"],
        after={"note": world.mint.token("audit", "after", reach)},
        reason=world.mint.token("audit", "reason", reach),
    )  # fmt: skip


def _plant_insights(world: World) -> None:
    """Plant what the index refused, what was asked in vain, and a task; the task's people find it in their own data."""
    _create(
        world, "refused change", OutboxEntry, {EDITING}, kind="nichts", since=timezone.now(), version=2,
        attempts=MOST_ATTEMPTS,
    )  # fmt: skip
    _create(world, "question", QuestionCount, {EDITING}, day=timezone.localdate(), asked=9, without_hits=9)
    editor = world.people["editor"]
    _create(
        world, "task", EditorialTask, {EDITING, "self:editor"}, kind="", object_id="", reason="",
        assignee=editor, created_by=editor,
    )  # fmt: skip


def plant_redirects(world: World) -> None:
    """Plant old addresses of pages; they carry no canary, but lead to addresses that do."""
    for planted in [*world.of_kind("papers.PositionPaperPage")]:
        if planted.extra["state"] == "deleted":
            continue
        old = Redirect.normalise_path(f"/frueher/{planted.pk}")
        Redirect.objects.create(old_path=old, redirect_page_id=planted.pk, is_permanent=True)
        planted.extra["old_address"] = old


def _create(world: World, owner: str, model, reach: set[str], **fixed) -> None:
    _add(world, owner, model.objects.create(**_values(world, owner, model, reach) | fixed))


def _values(world: World, owner: str, model, reach: set[str], **others: set[str]) -> dict:
    return values_for(model, lambda place, room: world.mint.token(owner, place, others.get(place, reach), room=room))


def _add(world: World, key: str, thing) -> None:
    world.add(Planted(key, thing._meta.label, "", readable=False, pk=thing.pk))
