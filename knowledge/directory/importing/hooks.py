"""Where the import meets the Wagtail admin: its addresses; its place in the menu is in that of the directory's care."""

from django.urls import path
from wagtail import hooks

from knowledge.directory.importing import views


@hooks.register("register_admin_urls")
def import_addresses():
    """The steps of the import."""
    return [
        path("verzeichnis/import/", views.lists, name="directory_imports"),
        path("verzeichnis/import/<int:pk>/", views.look, name="directory_import"),
        path("verzeichnis/import/<int:pk>/spalten/", views.columns, name="directory_import_columns"),
        path("verzeichnis/import/<int:pk>/uebernehmen/", views.start, name="directory_import_start"),
        path("verzeichnis/import/<int:pk>/verwerfen/", views.throw_away, name="directory_import_discard"),
        path("verzeichnis/import/<int:pk>/rueckgaengig/", views.take_back, name="directory_import_undo"),
    ]
