"""A city in a thread of the test, and a document that is to be filed with it."""

from tests.exchange.conftest import city  # noqa: F401
from tests.regulations.exchange.ground import answers, due, filed, house, printed  # noqa: F401
