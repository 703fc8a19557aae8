"""What the editing interface keeps about the people who work in it: settings, drafts of forms, locks, its own log."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, Page, PageLogEntry, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.accounts.own_data.account_kinds import WITH_THE_ACCOUNT
from portal.accounts.own_data.registry import DataKind, OwnFile
from portal.accounts.own_data.sight import kind_name, page_titles, title_or_number

_A_FEW_DAYS = _("For a few days, at the latest until the account is deleted.")
_HISTORY = _("So that the history of a page or an entry shows who changed it.")
_AS_LONG_AS_THE_OBJECT = _("As long as what was changed; when you leave you decide whether your name stays beside it.")


def _profile(person: User):
    for profile in UserProfile.objects.filter(user=person):
        yield {
            "language": profile.preferred_language,
            "time_zone": profile.current_time_zone,
            "theme": profile.get_theme_display(),
            "has_picture": bool(profile.avatar),
        }


def _picture(person: User):
    for profile in UserProfile.objects.filter(user=person).exclude(avatar=""):
        ending = profile.avatar.name.rpartition(".")[2].lower()
        yield OwnFile(f"profile/picture.{ending}" if ending.isalnum() else "profile/picture", profile.avatar)


def _forget_profile(person: User) -> None:
    for profile in UserProfile.objects.filter(user=person):
        # Before the row: were the work interrupted here, it would be done once more, and no file is left over.
        profile.avatar.delete(save=False)
        profile.delete()


def _uploads(person: User):
    for upload in UploadedFile.objects.filter(uploaded_by_user=person).order_by("pk"):
        yield {"number": upload.pk, "kind": kind_name(upload.for_content_type)}


def _forget_uploads(person: User) -> None:
    for upload in UploadedFile.objects.filter(uploaded_by_user=person):
        upload.file.delete(save=False)
        upload.delete()


def _locks(person: User):
    pages = list(Page.objects.filter(locked_by=person).order_by("pk").values_list("pk", "locked_at"))
    titles = page_titles(person, (key for key, _at in pages))
    for key, locked_at in pages:
        yield {"page": title_or_number(titles, key), "locked_on": locked_at}


def _unlock(person: User) -> None:
    Page.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)


def _subscriptions(person: User):
    rows = list(PageSubscription.objects.filter(user=person).order_by("pk").values("page_id", "comment_notifications"))
    titles = page_titles(person, (row["page_id"] for row in rows))
    for row in rows:
        yield {"page": title_or_number(titles, row["page_id"]), "mails": row["comment_notifications"]}


def _open_forms(person: User):
    for state in FormState.objects.filter(user=person).select_related("content_type").order_by("pk"):
        yield {"kind": kind_name(state.content_type), "number": state.object_id, "at": state.last_updated_at}
    for session in EditingSession.objects.filter(user=person).select_related("content_type").order_by("pk"):
        yield {"kind": kind_name(session.content_type), "number": session.object_id, "at": session.last_seen_at}


def _forget_open_forms(person: User) -> None:
    FormState.objects.filter(user=person).delete()
    EditingSession.objects.filter(user=person).delete()


def _tokens(person: User):
    for token in APIToken.objects.filter(user=person).order_by("pk"):
        yield {"name": token.name, "made_on": token.created, "last_used": token.last_used_at}


def _history(person: User):
    """Pages by the titles that the person may read; everything else by kind and number, since names may be others'."""
    pages = list(PageLogEntry.objects.filter(user=person).order_by("pk").values("page_id", "action", "timestamp"))
    titles = page_titles(person, (row["page_id"] for row in pages))
    for row in pages:
        yield {
            "object": title_or_number(titles, row["page_id"]),
            "kind": str(Page._meta.verbose_name),
            "action": row["action"],
            "at": row["timestamp"],
        }
    for entry in ModelLogEntry.objects.filter(user=person).select_related("content_type").order_by("pk"):
        yield {
            "object": entry.object_id,
            "kind": kind_name(entry.content_type),
            "action": entry.action,
            "at": entry.timestamp,
        }
    rows = LogEntry.objects.filter(user=person).select_related("content_type").order_by("pk")
    for entry in rows.annotate(at=F("action_time")):
        yield {
            "object": entry.object_id,
            "kind": kind_name(entry.content_type),
            "action": entry.get_action_flag_display(),
            "at": entry.at,
        }


def _forget_name_in_history(person: User) -> None:
    """The entries of what others did to this account carry its name."""
    about = {"content_type": ContentType.objects.get_for_model(get_user_model()), "object_id": str(person.pk)}
    ModelLogEntry.objects.filter(**about).update(label="", data={})
    LogEntry.objects.filter(**about).update(object_repr="", change_message="")


KINDS = (
    DataKind(
        code="editing_settings",
        title=_("Settings of the editing interface"),
        purpose=_("So that the editing interface looks as you chose."),
        retention=WITH_THE_ACCOUNT,
        columns={
            "language": _("Language"),
            "time_zone": _("Time zone"),
            "theme": _("Appearance"),
            "has_picture": _("Picture"),
        },
        records=_profile,
        files=_picture,
        forget=_forget_profile,
        fields=frozenset({"wagtailusers.userprofile.user"}),
    ),
    DataKind(
        code="unfinished_uploads",
        title=_("Unfinished uploads"),
        purpose=_("So that an upload can be completed."),
        retention=_A_FEW_DAYS,
        columns={"number": _("Number"), "kind": _("Kind")},
        records=_uploads,
        forget=_forget_uploads,
        fields=frozenset({"wagtailcore.uploadedfile.uploaded_by_user"}),
    ),
    DataKind(
        code="locks",
        title=_("Pages that you locked"),
        purpose=_("So that nobody else changes them in the meantime."),
        retention=_("Until the page is unlocked or the account is deleted."),
        columns={"page": _("Page"), "locked_on": _("Locked on")},
        records=_locks,
        forget=_unlock,
        fields=frozenset({"wagtailcore.page.locked_by"}),
    ),
    DataKind(
        code="subscriptions",
        title=_("Pages that you follow"),
        purpose=_("So that you get mails about comments."),
        retention=WITH_THE_ACCOUNT,
        columns={"page": _("Page"), "mails": _("Mails about comments")},
        records=_subscriptions,
        forget=lambda person: PageSubscription.objects.filter(user=person).delete(),
        fields=frozenset({"wagtailcore.pagesubscription.user"}),
    ),
    DataKind(
        code="open_forms",
        title=_("Forms that are open in the editing interface"),
        purpose=_("So that a preview shows what you type and two people do not overwrite each other."),
        retention=_A_FEW_DAYS,
        columns={"kind": _("Kind"), "number": _("Number"), "at": _("Time")},
        records=_open_forms,
        forget=_forget_open_forms,
        fields=frozenset({"wagtailadmin.formstate.user", "wagtailadmin.editingsession.user"}),
    ),
    DataKind(
        code="keys",
        title=_("Keys for programs"),
        purpose=_("So that a program can act in your name. The keys themselves are not shown."),
        retention=WITH_THE_ACCOUNT,
        columns={"name": _("Name"), "made_on": _("Made on"), "last_used": _("Last used")},
        records=_tokens,
        forget=lambda person: APIToken.objects.filter(user=person).delete(),
        fields=frozenset({"wagtailcore.apitoken.user"}),
    ),
    DataKind(
        code="history",
        title=_("History of your changes"),
        purpose=_HISTORY,
        retention=_AS_LONG_AS_THE_OBJECT,
        columns={"object": _("Page or entry"), "kind": _("Kind"), "action": _("Action"), "at": _("Time")},
        records=_history,
        forget=_forget_name_in_history,
        fields=frozenset({"wagtailcore.pagelogentry.user", "wagtailcore.modellogentry.user", "admin.logentry.user"}),
    ),
)
