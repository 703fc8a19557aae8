"""The addresses of one's own data under /konto/."""

from django.urls import path

from portal.accounts.own_data import views

urlpatterns = [
    path("daten/", views.own_data, name="account_own_data"),
    path("daten/export/", views.export, name="account_export"),
    path("einwilligungen/", views.consents, name="account_consents"),
    path("einwilligungen/<int:pk>/widerrufen/", views.withdraw, name="account_withdraw_consent"),
    path("verlassen/", views.leaving, name="account_leave"),
    path("verlassen/erledigt/", views.has_left, name="account_has_left"),
    path("verlassen/loeschen/<str:token>/", views.deletion_after_leaving, name="account_delete_after_leaving"),
    path("loeschen/", views.deletion, name="account_delete"),
    path("loeschen/erledigt/", views.deletion_requested, name="account_deletion_requested"),
    path("loeschen/zuruecknehmen/<str:token>/", views.taking_back, name="account_take_back_deletion"),
]
