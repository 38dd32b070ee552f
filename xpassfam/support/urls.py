from django.urls import path

from xpassfam.support.agent_views import one, queue
from xpassfam.support.family_views import tickets
from xpassfam.support.public_views import calling, following

app_name = "support"

FOLLOWED = "assistance/suivi/<str:token>/"
TICKET = "assistance/<slug:public_id>/"
AGENTS = "gestion/assistance/<slug:public_id>/"

urlpatterns = [
    path("assistance/", calling.home, name="home"),
    path("assistance/envoyee/<str:receipt>/", calling.sent, name="sent"),
    path("assistance/suivre/", following.follow, name="follow"),
    path(FOLLOWED, following.followed, name="followed"),
    path(FOLLOWED + "reglee/", following.settled, name="followed-settled"),
    path(FOLLOWED + "confirmation/", following.proved, name="followed-proved"),
    path(FOLLOWED + "<slug:message>/fichiers/<int:number>/", following.followed_file, name="followed-file"),
    path("assistance/mes-demandes/", tickets.tickets, name="tickets"),
    path(TICKET, tickets.ticket, name="ticket"),
    path(TICKET + "reglee/", tickets.settled, name="settled"),
    path(TICKET + "<slug:message>/fichiers/<int:number>/", tickets.file, name="file"),
    path("gestion/assistance/", queue.queue, name="queue"),
    path("gestion/assistance/suivante/", queue.take_next, name="take-next"),
    path("gestion/assistance/chiffres/", queue.figures, name="figures"),
    path(AGENTS, one.ticket, name="agents-ticket"),
    path(AGENTS + "reponse/", one.answer, name="answer"),
    path(AGENTS + "note/", one.note, name="note"),
    path(AGENTS + "prendre/", one.take, name="take"),
    path(AGENTS + "cloture/", one.close, name="close"),
    path(AGENTS + "reouverture/", one.reopen, name="reopen"),
    path(AGENTS + "fusion/", one.merge, name="merge"),
    path(AGENTS + "lien/", one.link, name="link"),
    path(AGENTS + "geste/", one.help_with, name="help"),
    path(AGENTS + "<slug:message>/fichiers/<int:number>/", one.file, name="agents-file"),
]
