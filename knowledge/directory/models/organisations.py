"""An organisation of migrants or another partner of the municipalities: its entry as a whole."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from knowledge.directory.enums import (
    MIGRANT_KINDS,
    SERVICE_KINDS,
    SHOWN_STATES,
    EntryState,
    LegalForm,
    OrganisationKind,
    PeopleClass,
    StaffClass,
)
from knowledge.directory.querysets import OrganisationQuerySet
from portal.audit.actions import record
from portal.audit.listeners import acting_person
from portal.shared.alphabet import alphabetical
from portal.shared.visibility import Audience, AudienceField

OLDEST_YEAR = 1400
#: The directory stands right below the home page for ever, and profiles right below it (design §2).
DIRECTORY_SLUG = "verzeichnis"


class Organisation(index.Indexed, models.Model):
    """An organisation and what it says about itself; its people keep the entry (role “Editor of an organisation”).

    Legal form, registers, mandates, qualifications and contact persons change only by a `ProfileChange` that an editor
    accepted; all else is live at once. There is no score, and no facet of ethnic origin (design §8).
    """

    #: Stable name for other systems (HSDS `organization.id`).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    sorted_as = alphabetical("name")
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    own_language_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    kind = models.CharField(
        _("kind"), max_length=30, choices=OrganisationKind, default=OrganisationKind.MIGRANT_ORGANISATION
    )
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.DRAFT, db_index=True)
    audience = AudienceField(
        help_text=_("Who may read the entry once it is published: everybody, or the network's members alone.")
    )
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm, blank=True)
    founded_year = models.PositiveSmallIntegerField(
        _("year of foundation"),
        null=True,
        blank=True,
        validators=[MinValueValidator(OLDEST_YEAR), MaxValueValidator(2200)],
    )
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        help_text=_("Where it has its seat; the administrators there look after its people's accounts."),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("place"), max_length=120, blank=True)
    #: Unit: degrees (WGS 84); both or neither.
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("In degrees, e.g. 51.96210. Together with the longitude it puts the entry on the sketch map."),
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("In degrees, e.g. 7.62610."),
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    #: A functional address, never a person's; persons stand in `Contact`.
    email = models.EmailField(_("e-mail address of the organisation"), blank=True)
    phone = models.CharField(_("telephone of the organisation"), max_length=40, blank=True)

    summary = models.CharField(
        _("in one sentence"), max_length=240, blank=True, help_text=_("What you do and for whom, in plain words.")
    )
    fields_of_action = models.ManyToManyField(
        "topics.FieldOfAction", verbose_name=_("fields of action"), blank=True, related_name="organisations"
    )
    topics = models.ManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="organisations")
    #: Values of `Approach`.
    approaches = models.JSONField(_("approaches"), default=list, blank=True)
    #: Whether it works across origins; empty where nothing was said.
    crosses_origins = models.BooleanField(_("works across origins"), null=True, blank=True)
    areas = models.ManyToManyField(
        "places.Municipality", verbose_name=_("works in"), blank=True, related_name="organisations_at_work"
    )

    paid_staff = models.CharField(_("paid staff"), max_length=10, choices=StaffClass, blank=True)
    has_freelancers = models.BooleanField(_("works with freelancers"), null=True, blank=True)
    volunteers = models.CharField(_("volunteers"), max_length=10, choices=PeopleClass, blank=True)
    reachable = models.CharField(
        _("when you can be reached"), max_length=200, blank=True, help_text=_("E.g. “evenings from 6 pm, weekends”.")
    )
    rooms = models.CharField(_("rooms"), max_length=200, blank=True)
    #: Unit: days until an answer can be expected.
    answers_within = models.PositiveSmallIntegerField(
        _("answers within (days)"), null=True, blank=True, validators=[MaxValueValidator(90)]
    )
    takes_requests = models.BooleanField(
        _("takes requests"), default=True, help_text=_("Switched off, the profile says “no requests at present”.")
    )
    conditions = models.TextField(
        _("how you work with authorities"), blank=True, help_text=_("What you need, what you do not do, what it costs.")
    )
    quality = models.TextField(_("how you keep up quality"), blank=True)
    has_protection_concept = models.BooleanField(_("has a protection concept"), null=True, blank=True)

    responsibility = models.TextField(_("responsibility"), blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    funding_programme = models.CharField(_("funding programme"), max_length=200, blank=True)

    #: Reach is shown only where the organisation wants it to be.
    shows_reach = models.BooleanField(_("show our size to readers"), default=False)
    members_class = models.CharField(_("members"), max_length=10, choices=PeopleClass, blank=True)
    reached_class = models.CharField(_("people reached in a year"), max_length=10, choices=PeopleClass, blank=True)

    umbrellas = models.ManyToManyField(
        "self", verbose_name=_("member of"), symmetrical=False, blank=True, related_name="member_organisations"
    )

    #: Grows with every change; who saves names the one that was read, so that nobody overwrites unseen.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created on"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published on"), null=True, blank=True, editable=False)
    #: When the organisation last said that its entry is true.
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True, editable=False, db_index=True)
    archived_at = models.DateTimeField(_("archived on"), null=True, blank=True, editable=False)

    search_fields = [index.AutocompleteField("name")]
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sorted_as", "name", "pk"]
        indexes = [models.Index(name="organisation_shown_by_name", fields=["state", "audience", "sorted_as"])]
        constraints = [
            models.CheckConstraint(
                name="organisation_is_nobodys_circle",
                condition=models.Q(audience__in=[Audience.PUBLIC, Audience.MEMBER]),
            ),
            models.CheckConstraint(
                name="organisation_place_has_two_coordinates",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Please give both coordinates, or neither."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Log a change of the municipality, whose administrators give the roles in the organisation."""
        before = Organisation.objects.filter(pk=self.pk).values_list("municipality__name", flat=True).first()
        after = self.municipality.name if self.municipality else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before != after:
                record(
                    action="organisation.moved",
                    by=acting_person(),
                    about=self,
                    before={"municipality": before},
                    after={"municipality": after},
                )

    def get_absolute_url(self) -> str:
        """Return the stable address of the profile."""
        return f"{get_script_prefix()}{DIRECTORY_SLUG}/{self.slug}/"

    @property
    def is_shown(self) -> bool:
        """Tell whether readers find the entry at all; the same rule as `shown()`."""
        return self.state in SHOWN_STATES

    @property
    def speaks_for_migrants(self) -> bool:
        """Tell whether it is an organisation of migrants themselves."""
        return self.kind in MIGRANT_KINDS

    @property
    def is_service(self) -> bool:
        """Tell whether it is a service or an authority, which names its responsibility instead of a mandate."""
        return self.kind in SERVICE_KINDS

    @classmethod
    def circles(cls) -> list[tuple[str, str]]:
        """Return every organisation as an audience that an editor may choose."""
        return [(f"org:{pk}", name) for pk, name in cls.objects.values_list("pk", "name")]
