"""The addresses of fair cooperation under /kooperation/."""

from django.urls import path

from network.cooperation.views import (
    agreements,
    answers,
    balances,
    by_link,
    histories,
    ledgers,
    records,
    requests,
    tasks,
)

app_name = "cooperation"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("anfragen/", requests.listing, name="requests"),
    path("anfragen/neu/<slug:slug>/", requests.new, name="request_new"),
    path("anfragen/<int:pk>/", requests.show, name="request"),
    path("anfragen/<int:pk>/bearbeiten/", requests.edit, name="request_edit"),
    path("anfragen/<int:pk>/senden/", requests.send, name="request_send"),
    path("anfragen/<int:pk>/loeschen/", requests.remove, name="request_remove"),
    path("anfragen/<int:pk>/zurueckziehen/", requests.withdraw, name="request_withdraw"),
    path("anfragen/<int:pk>/antworten/", answers.answer, name="answer"),
    path("anfragen/<int:pk>/gegenvorschlag/", answers.propose, name="counter_proposal"),
    path("anfragen/<int:pk>/gegenvorschlag/uebernehmen/", answers.take_over, name="take_over"),
    path("anfragen/<int:pk>/vereinbarung/", agreements.new, name="agreement_new"),
    path("vereinbarungen/", agreements.listing, name="agreements"),
    path("vereinbarungen/<int:pk>/", agreements.show, name="agreement"),
    path("vereinbarungen/<int:pk>/aendern/", agreements.edit, name="agreement_edit"),
    path("vereinbarungen/<int:pk>/annehmen/", agreements.accept, name="agreement_accept"),
    path("vereinbarungen/<int:pk>/beenden/", agreements.end, name="agreement_end"),
    path("vereinbarungen/<int:pk>/bewerten/", agreements.rate, name="rate"),
    path("vereinbarungen/<int:pk>/profil/", histories.share, name="share"),
    path("vereinbarungen/<int:pk>/profil/entfernen/", histories.take_back, name="unshare"),
    path("vereinbarungen/<int:pk>/nachweis/", records.new, name="record_new"),
    path("nachweise/<int:pk>/aendern/", records.edit, name="record_edit"),
    path("nachweise/<int:pk>/loeschen/", records.remove, name="record_remove"),
    path("nachweise/<int:pk>/zustimmen/", records.agree, name="record_agree"),
    path("nachweise/<int:pk>/widersprechen/", records.dispute, name="record_dispute"),
    path("nachweise/<int:pk>/bezahlt/", records.payment, name="payment"),
    path("nachweise/<int:pk>/zahlung-bestreiten/", records.contest, name="payment_contest"),
    path("bilanz/", balances.balance, name="balance"),
    path("bilanz/bilanz.csv", balances.table, name="balance_table"),
    path("bilanz/<int:year>/oeffnen/", balances.open_year, name="open"),
    path("bilanz/<int:year>/vorbereiten/", balances.prepare, name="prepare"),
    path("bilanz/antwort/<int:pk>/", balances.reply, name="reply"),
    path("saetze/", balances.fees, name="fees"),
    # Behind the links in mails to organisations whose entry nobody keeps.
    path("ohne-konto/<str:token>/", by_link.request, name="by_link"),
    path("ohne-konto/<str:token>/gegenvorschlag/", by_link.counter_proposal, name="by_link_counter_proposal"),
    path("ohne-konto/<str:token>/anfragen-annehmen/", by_link.taking_requests, name="by_link_requests"),
    path("ohne-konto/bilanz/<str:token>/", by_link.ledger, name="ledger_by_link"),
    path("eigene-bilanz/", ledgers.mine, name="ledgers"),
    path("eigene-bilanz/<slug:slug>/", ledgers.ledger, name="ledger"),
]
