"""The index of the public search: what everybody may find, one row for each, whichever chapter it comes from."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Concat


class Tokens(Func):
    """What the index holds of an entry: its pairs of signs, and marks of its source, organ and year."""

    function = "casework_search_tokens"
    output_field = SearchVectorField()

    def __init__(self) -> None:
        super().__init__("words", "source", "organ", "day")

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return "casework.models.search.Tokens", [], {}


class SearchEntry(models.Model):
    """An entry, written in the transaction of what it comes from (`casework.actions.search`).

    `words` is everything that is searched, in the form in which it is compared.
    """

    source = models.CharField(max_length=40)
    key = models.BigIntegerField()
    lead = models.SmallIntegerField(default=0)
    day = models.DateField()
    until = models.DateField(null=True, blank=True)
    # It follows its source: nothing is to be checked on every row.
    organ = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    more = models.TextField(blank=True)
    ref = models.CharField(max_length=120, blank=True)
    words = models.GeneratedField(
        expression=Func(
            Concat("title", Value("\n"), "text", Value("\n"), "more", output_field=models.TextField()),
            function="casework_plain",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "公开检索条目"
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="one_entry_a_row")]
        indexes = [
            GinIndex(Tokens(), name="search_words", fastupdate=False),
            models.Index(fields=["-lead", "-day", "-id"], name="search_newest"),
            models.Index(fields=["source", "-lead", "-day", "-id"], name="search_source"),
            models.Index(fields=["source", "organ", "-lead", "-day", "-id"], name="search_organ"),
        ]

    def __str__(self) -> str:
        return self.title
