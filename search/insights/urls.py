"""The one public address of the insights; what editors see stands below that of the editing interface."""

from django.urls import path

from search.insights.opening import opened

app_name = "search_insights"
urlpatterns = [path("geoeffnet/", opened, name="opened")]
