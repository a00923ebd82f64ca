"""Addresses of the exchange: where the city hands its messages in, and the desk of those who look after them."""

from django.urls import path

from exchange.views import books, inbox, messages

urlpatterns = [
    path("exchange/v1/messages/", inbox.messages, name="exchange-inbox"),
    path("desk/exchange/", messages.exchange, name="exchange"),
    path("desk/exchange/days/", books.books, name="exchange-books"),
    path("desk/exchange/days/<int:pk>/", books.book, name="exchange-book"),
    path("desk/exchange/days/<int:pk>/<slug:kind>/", books.file, name="exchange-book-file"),
    path("desk/exchange/<int:pk>/", messages.message, name="exchange-message"),
    path("desk/exchange/<int:pk>/content/", messages.content, name="exchange-content"),
    path("desk/exchange/<int:pk>/<slug:what>/", messages.act, name="exchange-act"),
]
