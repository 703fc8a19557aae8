"""What happens to people: roles, days, suspension, factors, circles of accounts."""

import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from portal.accounts.actions.roles import end_role, grant_role
from portal.accounts.actions.standing import change_person, reinstate, suspend
from portal.accounts.models import RoleAssignment, User
from portal.accounts.sealing import seal
from tests.rights.model import READING_GROUP
from tests.rights.page_steps import ANY, pick
from tests.rights.world import World

#: What can be given, and to what it is tied.
GIVABLE = (
    ("staff", "here"),
    ("administrator", "here"),
    ("administrator", "there"),
    ("administrator", None),
    ("editor", None),
    ("author", None),
    ("decision_maker", "there"),
    ("group_member", "g1"),
    ("group_lead", "g2"),
    ("organisation_editor", "o1"),
)


class PeopleSteps(RuleBasedStateMachine):
    """Steps on accounts; the administrator who takes them stays as they are."""

    world: World

    def somebody(self, number: int) -> str:
        return pick([key for key in self.world.people.all if key != "root"], number)

    def account(self, key: str) -> User:
        return User.objects.get(pk=self.world.users[key])

    @rule(person=ANY, given=st.sampled_from(GIVABLE), begins=st.integers(-1, 2), days=st.sampled_from([None, 0, 1, 2]))
    def grant(self, person, given, begins, days):
        role, scope = given
        if scope is not None and scope not in self.world.scopes:
            return
        key = self.somebody(person)
        first = self.world.people.day + datetime.timedelta(days=begins)
        last = None if days is None else first + datetime.timedelta(days=days)
        try:
            assignment = grant_role(
                by=self.world.administrator,
                person=self.account(key),
                role=role,
                target=self.world.scopes.get(scope),
                valid_from=first,
                valid_to=last,
            )
        except ValidationError:
            # The person has that role in that time.
            return
        self.world.sync_role(key, assignment)

    @rule(number=ANY)
    def end(self, number):
        everybody = self.world.people.all.items()
        held = [
            role for key, person in everybody if key != "root" for role in person.roles.items() if not role[1].ended
        ]
        if held:
            pk, role = pick(held, number)
            end_role(by=self.world.administrator, assignment=RoleAssignment.objects.get(pk=pk))
            role.ended = True

    @rule(days=st.integers(1, 3))
    def let_days_pass(self, days):
        self.clock.shift(datetime.timedelta(days=days))
        self.world.people.day += datetime.timedelta(days=days)

    @rule(person=ANY)
    def suspend_or_reinstate(self, person):
        key = self.somebody(person)
        known = self.world.people.all[key]
        act = suspend if known.active else reinstate
        act(by=self.world.administrator, person=self.account(key), reason="")
        known.active = not known.active

    @rule(person=ANY)
    def take_or_give_factor(self, person):
        key = self.somebody(person)
        known = self.world.people.all[key]
        if known.factor:
            Authenticator.objects.filter(user=self.world.users[key]).delete()
        else:
            secret = {"secret": seal("JBSWY3DPEHPK3PXP")}
            Authenticator.objects.create(user=self.account(key), type=Authenticator.Type.TOTP, data=secret)
        known.factor = not known.factor

    @rule(person=ANY)
    def join_or_leave_circle(self, person):
        key = self.somebody(person)
        circles, groups = self.world.people.all[key].circles, self.account(key).groups
        change = groups.remove if READING_GROUP in circles else groups.add
        change(self.world.circles[READING_GROUP])
        circles ^= {READING_GROUP}

    @rule(person=ANY, place=st.sampled_from(["here", "there", None]))
    def change_municipality(self, person, place):
        key = self.somebody(person)
        municipality = self.world.scopes.get(place)
        change_person(
            by=self.world.administrator, person=self.account(key), display_name=key, municipality=municipality
        )
        self.world.people.all[key].municipality = municipality.pk if municipality else None

    @rule(name=st.sampled_from(["g1", "g2", "o1"]))
    def delete_group_or_organisation(self, name):
        scope = self.world.scopes.pop(name, None)
        if scope is None:
            return
        kind, pk = ("organisation" if name == "o1" else "group"), scope.pk
        type(scope).objects.get(pk=pk).delete()
        for person in self.world.people.all.values():
            for role in person.roles.values():
                role.ended |= (role.kind, role.scope) == (kind, pk)
