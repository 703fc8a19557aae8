"""Named sets of cooperation: what the two sides read, what waits for whom, what is overdue."""

import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from knowledge.directory.models import Organisation
from knowledge.directory.querysets import organisations_kept_by
from network.cooperation.enums import Answer, RecordState, RequestState, Side
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.querysets import may_act
from portal.places.models import Department

#: Who asks organisations in the name of a municipality.
ASKING_ROLES = frozenset({Role.STAFF, Role.DECISION_MAKER})


def municipalities_asked_for(user) -> frozenset[int]:
    """Return the keys of the municipalities in whose name `user` asks organisations."""
    if not may_act(user):
        return frozenset()
    held = [role for role in user.live_roles if role.role in ASKING_ROLES]
    direct = {role.scope_id for role in held if role.scope_kind == ScopeKind.MUNICIPALITY}
    offices = {role.scope_id for role in held if role.scope_kind == ScopeKind.DEPARTMENT}
    if offices:
        direct |= set(Department.objects.filter(pk__in=offices).values_list("municipality_id", flat=True))
    return frozenset(direct)


def both_sides(user, prefix: str = "") -> Q:
    """Return the condition of what lies between two sides of which `user` belongs to one; nobody else reads it.

    Editors and administrators of the network are on no side.
    """
    return on_side(user, Side.MUNICIPALITY, prefix) | on_side(user, Side.ORGANISATION, prefix)


def on_side(user, side: str, prefix: str = "") -> Q:
    """Return the condition of what `user` reads as one of the two sides; drafts belong to the municipality alone."""
    if side == Side.MUNICIPALITY:
        return Q(**{f"{prefix}municipality__in": municipalities_asked_for(user)})
    kept = Q(**{f"{prefix}organisation__in": organisations_kept_by(user)})
    return kept & ~Q(**{f"{prefix}state": RequestState.DRAFT})


class RequestQuerySet(models.QuerySet):
    """Requests, narrowed."""

    def visible_to(self, user) -> "RequestQuerySet":
        """Keep what `user` may read as one of the two sides; the same rule as `rules.may_read`."""
        return self.filter(both_sides(user))

    def of_side(self, user, side: str) -> "RequestQuerySet":
        """Keep what `user` works on as one side."""
        return self.filter(on_side(user, side))

    def drafts_of(self, user) -> "RequestQuerySet":
        """Keep the drafts that `user` began."""
        return self.filter(state=RequestState.DRAFT, asked_by=user)

    def sent(self) -> "RequestQuerySet":
        """Keep what the organisation knows of."""
        return self.exclude(state=RequestState.DRAFT)

    def waiting_for_answer(self) -> "RequestQuerySet":
        """Keep those that the organisation has yet to answer."""
        return self.filter(state=RequestState.SENT)

    def waiting_for_decision(self) -> "RequestQuerySet":
        """Keep those with a counter-proposal that the municipality has yet to decide about."""
        return self.filter(state=RequestState.ANSWERED, answer=Answer.COUNTER)

    def without_agreement(self) -> "RequestQuerySet":
        """Keep accepted ones on which no agreement was begun."""
        return self.filter(state=RequestState.ANSWERED, answer=Answer.ACCEPTED, agreement__isnull=True)

    def open(self) -> "RequestQuerySet":
        """Keep those that lie with the organisation or between the two: sent, or being negotiated."""
        return self.filter(Q(state=RequestState.SENT) | Q(state=RequestState.ANSWERED, answer=Answer.COUNTER))

    def promised(self) -> "RequestQuerySet":
        """Keep accepted ones for which no text was ever accepted by both sides: nothing else says how many hours."""
        from network.cooperation.models import Agreement

        held = Agreement.objects.with_what_held().filter(held_to__isnull=False)
        settled = Agreement.objects.filter(Q(ended_on__isnull=False) | Q(pk__in=held.values("pk")))
        return self.filter(state=RequestState.ANSWERED, answer=Answer.ACCEPTED).exclude(
            pk__in=settled.values("request")
        )

    def sent_in(self, year: int) -> "RequestQuerySet":
        """Keep what was sent in a year, withdrawn or not."""
        return self.filter(sent_at__year=year)

    def for_lists(self) -> "RequestQuerySet":
        """Fetch what lists show with the rows."""
        return self.select_related("municipality", "organisation", "agreement")


class AgreementQuerySet(models.QuerySet):
    """Agreements, narrowed."""

    def visible_to(self, user) -> "AgreementQuerySet":
        """Keep what `user` may read as one of the two sides."""
        return self.filter(both_sides(user, "request__"))

    def of_side(self, user, side: str) -> "AgreementQuerySet":
        """Keep what `user` works on as one side."""
        return self.filter(on_side(user, side, "request__"))

    def unaccepted_by(self, side: str) -> "AgreementQuerySet":
        """Keep those going on whose newest text a side has yet to accept."""
        from network.cooperation.models import Acceptance, AgreementVersion

        newer = AgreementVersion.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
        accepted = Acceptance.objects.filter(version=OuterRef("pk"), side=side)
        waiting = AgreementVersion.objects.filter(~Exists(newer), ~Exists(accepted))
        return self.filter(ended_on__isnull=True, pk__in=waiting.values("agreement"))

    def with_what_held(self) -> "AgreementQuerySet":
        """Add the last day and the hours of the newest text that both sides accepted, nothing where there is none."""
        from network.cooperation.models import Acceptance, AgreementVersion

        both = AgreementVersion.objects.filter(agreement=OuterRef("pk")).order_by("-number")
        for side in Side:
            both = both.filter(Exists(Acceptance.objects.filter(version=OuterRef("pk"), side=side)))
        return self.annotate(
            held_to=models.Subquery(both.values("valid_to")[:1]), held_hours=models.Subquery(both.values("hours")[:1])
        )

    def over(self, on: datetime.date) -> "AgreementQuerySet":
        """Keep those that held and whose time is over; the same rule as `Agreement.is_over`."""
        return self.with_what_held().filter(
            Q(ended_on__lt=on) | Q(ended_on__isnull=True, held_to__lt=on), held_to__isnull=False
        )

    def in_force(self, on: datetime.date) -> "AgreementQuerySet":
        """Keep those whose time is not over, also those that begin later: what is promised is promised."""
        return self.with_what_held().filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on), held_to__gte=on)

    def unrated_by(self, side: str, at: datetime.datetime) -> "AgreementQuerySet":
        """Keep those that a side has not rated and still may: once it reads the other's rating, it may no longer."""
        from network.cooperation.models import Rating
        from network.cooperation.models.records import DAYS_UNTIL_SHOWN

        mine = Rating.objects.filter(agreement=OuterRef("pk"), side=side)
        shown = Rating.objects.filter(
            agreement=OuterRef("pk"),
            side=Side(side).other,
            given_at__lte=at - datetime.timedelta(days=DAYS_UNTIL_SHOWN),
        )
        return self.filter(~Exists(mine), ~Exists(shown))

    def for_lists(self) -> "AgreementQuerySet":
        """Fetch what lists show with the rows."""
        return self.select_related("request__municipality", "request__organisation").prefetch_related(
            "versions__acceptances"
        )


class RecordQuerySet(models.QuerySet):
    """Records of service, narrowed."""

    def visible_to(self, user) -> "RecordQuerySet":
        """Keep what `user` may read as one of the two sides, disputes included."""
        return self.filter(both_sides(user, "agreement__request__"))

    def of_side(self, user, side: str) -> "RecordQuerySet":
        """Keep what `user` works on as one side."""
        return self.filter(on_side(user, side, "agreement__request__"))

    def agreed(self) -> "RecordQuerySet":
        """Keep what both sides agree on; nothing else counts in a balance."""
        return self.filter(state=RecordState.AGREED)

    def waiting_for(self, side: str) -> "RecordQuerySet":
        """Keep what the other side entered and this one has yet to look at."""
        return self.filter(state=RecordState.ENTERED, entered_side=Side(side).other)

    def disputed_by_other(self, side: str) -> "RecordQuerySet":
        """Keep what this side entered and the other disputes."""
        return self.filter(state=RecordState.DISPUTED, entered_side=side)

    def unpaid(self) -> "RecordQuerySet":
        """Keep those with a payment still owed that nobody disputes."""
        return self.filter(payment_due__isnull=False, paid_on__isnull=True).exclude(state=RecordState.DISPUTED)

    def overdue(self, on: datetime.date) -> "RecordQuerySet":
        """Keep those whose payment should have come; the same rule as `ServiceRecord.is_overdue`."""
        return self.unpaid().filter(payment_due__lt=on)

    def done_in(self, year: int) -> "RecordQuerySet":
        """Keep what was done in a year."""
        return self.filter(done_on__year=year)

    def for_lists(self) -> "RecordQuerySet":
        """Fetch what lists show with the rows."""
        return self.select_related("agreement__request__municipality", "agreement__request__organisation")


class RatingQuerySet(models.QuerySet):
    """Ratings, narrowed."""

    def visible_to(self, user, at: datetime.datetime) -> "RatingQuerySet":
        """Keep one's own side's, and the other's once both rated or its time has passed; never anybody else's."""
        from network.cooperation.models.records import DAYS_UNTIL_SHOWN

        mine = Q()
        both = self.model.objects.filter(agreement=OuterRef("agreement")).exclude(side=OuterRef("side"))
        for side in Side:
            # Who stands on both sides has no side of their own, and reads what both may read.
            across = on_side(user, Side(side).other, "agreement__request__")
            mine |= Q(side=side) & on_side(user, side, "agreement__request__") & ~across
        shown = Exists(both) | Q(given_at__lte=at - datetime.timedelta(days=DAYS_UNTIL_SHOWN))
        return self.filter(both_sides(user, "agreement__request__")).filter(mine | shown)


class HistoryQuerySet(models.QuerySet):
    """What organisations tell about cooperation that is over, narrowed."""

    def visible_to(self, user) -> "HistoryQuerySet":
        """Keep what stands on profiles that `user` may read, and what one of the two sides reads at its agreement."""
        profiles = Organisation.objects.visible_to(user).values("pk")
        return self.filter(Q(agreement__request__organisation__in=profiles) | both_sides(user, "agreement__request__"))

    def of(self, organisation) -> "HistoryQuerySet":
        """Keep those of an organisation."""
        return self.filter(agreement__request__organisation=organisation)

    def for_profiles(self) -> "HistoryQuerySet":
        """Fetch what profiles show with the rows."""
        return self.select_related("agreement__request__municipality")


class YearQuerySet(models.QuerySet):
    """Yearly balances, narrowed."""

    def published(self) -> "YearQuerySet":
        """Keep those that everybody reads."""
        return self.filter(published_at__isnull=False)

    def open(self, on: datetime.date) -> "YearQuerySet":
        """Keep those on which organisations can comment on a day."""
        return self.filter(published_at__isnull=True, comments_until__gte=on)


class CommentQuerySet(models.QuerySet):
    """Comments on ledgers, narrowed."""

    def visible_to(self, user) -> "CommentQuerySet":
        """Keep those of one's own organisations, and all for the editors who reply."""
        if may_act(user) and user.may_release:
            return self
        return self.filter(organisation__in=organisations_kept_by(user))

    def unanswered(self) -> "CommentQuerySet":
        """Keep those without a reply."""
        return self.filter(replied_at__isnull=True)


class FeeQuerySet(models.QuerySet):
    """Usual fees, narrowed."""

    def valid_on(self, day: datetime.date) -> "FeeQuerySet":
        """Keep those that hold on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def for_municipality(self, municipality) -> "FeeQuerySet":
        """Keep those of a municipality and those that hold everywhere, its own first."""
        return self.filter(Q(municipality=municipality) | Q(municipality__isnull=True)).order_by(
            F("municipality").asc(nulls_last=True), "name", "pk"
        )
