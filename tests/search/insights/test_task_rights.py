"""Whoever edits nothing is refused at the tasks, inside the editing interface too."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from search.insights.models import EditorialTask
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ACTS = {"search_task": "get", "search_task_finish": "post", "search_task_dismiss": "post", "search_task_reopen": "post"}


@pytest.fixture
def guest(client):
    """Return a browser of somebody who may open the editing interface and nothing in it."""
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    return client


def test_the_list_of_tasks_is_closed(guest):
    assert guest.get("/redaktion/").status_code == 200
    assert guest.get(reverse("search_tasks")).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_a_task_is_closed(guest, name):
    task = EditorialTask.objects.create(text="wohngeld")
    assert getattr(guest, ACTS[name])(reverse(name, args=[task.pk])).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_authors_find_no_task_of_others(client, name):
    task = EditorialTask.objects.create(text="wohngeld", assignee=UserFactory(editor=True))
    client.force_login(UserFactory(author=True))
    assert getattr(client, ACTS[name])(reverse(name, args=[task.pk])).status_code == 404
