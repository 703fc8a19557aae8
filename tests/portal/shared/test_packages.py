import pytest
from django.contrib.staticfiles import finders


@pytest.mark.parametrize(
    "path", ["kern/kern.min.css", "kern/fonts/fira-sans.css", "stimulus/stimulus.js", "htmx/htmx.min.js"]
)
def test_the_named_files_of_packages_are_served(path):
    assert finders.find(path)


@pytest.mark.parametrize("path", ["kern/kern.css", "kern/../package.json", "axe/axe.min.js", "nix.css"])
def test_nothing_else_of_them_is(path):
    assert not finders.find(path)
    assert finders.find(path, find_all=True) == []
