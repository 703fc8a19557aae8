"""What a person contributed: pages, versions, comments, pictures, documents; it stays when the person goes."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Comment, CommentReply, Page, Revision, TaskState, WorkflowState

from portal.accounts.models import User
from portal.accounts.own_data.registry import DataKind, OwnFile
from portal.accounts.own_data.sight import kind_name, page_titles, readable, title_or_number
from portal.shared.files import download_name

STAYS = _("As long as the contribution itself; when you leave you decide whether your name stays beside it.")
_SHARED_WORK = _("So that the network can work with it and everybody knows who wrote it.")


def _pages(person: User):
    pages = list(Page.objects.filter(owner=person).select_related("content_type").order_by("pk"))
    titles = page_titles(person, (page.pk for page in pages))
    for page in pages:
        yield {
            "page": title_or_number(titles, page.pk),
            "kind": kind_name(page.content_type),
            "published": page.live,
            "first_published": page.first_published_at,
        }


def _versions(person: User):
    """Without the content: it is the page's, and comments of others lie within it."""
    versions = list(
        Revision.objects.filter(user=person)
        .select_related("content_type", "base_content_type")
        .defer("content")
        .order_by("pk")
    )
    keys = {v.pk: int(v.object_id) for v in versions if _is_page(v.base_content_type) and v.object_id.isdigit()}
    titles = page_titles(person, keys.values())
    for version in versions:
        key = keys.get(version.pk, version.object_id)
        yield {
            "object": title_or_number(titles, key),
            "kind": kind_name(version.content_type),
            "saved_on": version.created_at,
        }


def _is_page(content_type) -> bool:
    model = content_type.model_class()
    return model is not None and issubclass(model, Page)


def _on_pages(person: User, rows, moments: dict[str, str]):
    """Records of rows that carry the key of a page as `page_key`."""
    rows = list(rows)
    titles = page_titles(person, (row["page_key"] for row in rows))
    for row in rows:
        title = title_or_number(titles, row["page_key"])
        yield {"page": title, **{name: row[column] for name, column in moments.items()}}


def _comments(person: User):
    rows = Comment.objects.filter(user=person).order_by("pk").values("text", "created_at", page_key=F("page_id"))
    return _on_pages(person, rows, {"text": "text", "written_on": "created_at"})


def _replies(person: User):
    rows = CommentReply.objects.filter(user=person).order_by("pk")
    rows = rows.values("text", "created_at", page_key=F("comment__page_id"))
    return _on_pages(person, rows, {"text": "text", "written_on": "created_at"})


def _resolved(person: User):
    rows = Comment.objects.filter(resolved_by=person).order_by("pk").values("resolved_at", page_key=F("page_id"))
    return _on_pages(person, rows, {"resolved_on": "resolved_at"})


def _submissions(person: User):
    for state in WorkflowState.objects.filter(requested_by=person).select_related("content_type").order_by("pk"):
        yield {
            "kind": kind_name(state.content_type),
            "number": state.object_id,
            "state": state.get_status_display(),
            "submitted_on": state.created_at,
        }


def _decisions(person: User):
    for state in TaskState.objects.filter(finished_by=person).order_by("pk"):
        yield {"state": state.get_status_display(), "comment": state.comment, "decided_on": state.finished_at}


def _files(model, folder: str):
    def records(person: User):
        mine = model.objects.filter(uploaded_by_user=person).order_by("pk")
        titles = dict(readable(person, mine).values_list("pk", "title"))
        for thing in mine:
            yield {"title": title_or_number(titles, thing.pk), "uploaded_on": thing.created_at}

    def files(person: User):
        mine = model.objects.filter(uploaded_by_user=person).order_by("pk")
        for thing in readable(person, mine):
            yield OwnFile(f"{folder}/{thing.pk}-{download_name(thing.title, thing.file.name)}", thing.file)

    return {"records": records, "files": files}


def _kind(code: str, title, columns: dict, records, *fields: str, files=None) -> DataKind:
    more = {"files": files} if files is not None else {}
    return DataKind(
        code=code,
        title=title,
        purpose=_SHARED_WORK,
        retention=STAYS,
        columns=columns,
        records=records,
        fields=frozenset(fields),
        **more,
    )


def kinds() -> tuple[DataKind, ...]:
    """Return the kinds; made when the portal starts, because the models of files are known only then."""
    picture, document = get_image_model(), get_document_model()
    of_pictures, of_documents = _files(picture, "pictures"), _files(document, "documents")
    uploads = {"title": _("Title"), "uploaded_on": _("Uploaded on")}
    written = {"page": _("Page"), "text": _("Text"), "written_on": _("Written on")}
    return (
        _kind(
            "pages",
            _("Pages that you created"),
            {
                "page": _("Page"),
                "kind": _("Kind"),
                "published": _("Published"),
                "first_published": _("First published on"),
            },
            _pages,
            "wagtailcore.page.owner",
        ),
        _kind(
            "versions",
            _("Versions that you saved"),
            {"object": _("Page or entry"), "kind": _("Kind"), "saved_on": _("Saved on")},
            _versions,
            "wagtailcore.revision.user",
        ),
        _kind("comments", _("Comments"), written, _comments, "wagtailcore.comment.user"),
        _kind("replies", _("Replies to comments"), written, _replies, "wagtailcore.commentreply.user"),
        _kind(
            "comments_resolved",
            _("Comments that you resolved"),
            {"page": _("Page"), "resolved_on": _("Resolved on")},
            _resolved,
            "wagtailcore.comment.resolved_by",
        ),
        _kind(
            "submissions",
            _("What you submitted for release"),
            {
                "kind": _("Kind"),
                "number": _("Number"),
                "state": _("State"),
                "submitted_on": _("Submitted on"),
            },
            _submissions,
            "wagtailcore.workflowstate.requested_by",
        ),
        _kind(
            "decisions",
            _("Your decisions on releases"),
            {"state": _("State"), "comment": _("Comment"), "decided_on": _("Decided on")},
            _decisions,
            "wagtailcore.taskstate.finished_by",
        ),
        _kind(
            "pictures",
            _("Pictures that you uploaded"),
            uploads,
            of_pictures["records"],
            f"{picture._meta.label_lower}.uploaded_by_user",
            files=of_pictures["files"],
        ),
        _kind(
            "documents",
            _("Documents that you uploaded"),
            uploads,
            of_documents["records"],
            f"{document._meta.label_lower}.uploaded_by_user",
            files=of_documents["files"],
        ),
    )
