"""The addresses of the interface, below /api/hsds/3.0/; without a stroke at the end, as the standard writes them."""

from django.urls import path, re_path

from knowledge.directory.hsds import views

app_name = "hsds"
urlpatterns = [
    path("", views.about, name="about"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<uuid:uid>", views.organization, name="organization"),
    path("services", views.services, name="services"),
    path("services/<uuid:uid>", views.service, name="service"),
    path("taxonomies", views.taxonomy_list, name="taxonomies"),
    path("taxonomy_terms", views.term_list, name="taxonomy_terms"),
    path("profile.json", views.profile, name="profile"),
    path("openapi.json", views.openapi, name="openapi"),
    path("export.json", views.export, name="export"),
    re_path("^(?P<rest>.*)$", views.unknown, name="unknown"),
]
