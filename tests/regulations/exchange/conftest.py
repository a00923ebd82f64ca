"""A city in a thread of the test, and a document that is to be filed with it."""

from tests.exchange.conftest import city
from tests.regulations.exchange.ground import answers, due, filed, house, printed

__all__ = ["answers", "city", "due", "filed", "house", "printed"]
