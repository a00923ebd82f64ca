"""A change of a statute that an organ has to hold against its powers: one for each version of a law and organ."""

from __future__ import annotations

from django.db import models

from powerlist.models.versions import PowerVersion


class BasisChange(models.Model):
    """What a case `powerlist.basis_change` is about: the version that came, or the text that ends, and the powers."""

    class Kind(models.TextChoices):
        NEW = "new", "新版本收入法规库"
        REPEALED = "repealed", "废止或者失效"

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="basis_change")
    text = models.ForeignKey("law.LegalText", models.PROTECT, related_name="+", verbose_name="法规文本")
    kind = models.CharField("变化情形", max_length=8, choices=Kind.choices)
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", verbose_name="核对机关")
    versions = models.ManyToManyField(PowerVersion, related_name="basis_changes", verbose_name="权责事项")

    class Meta:
        verbose_name = "权责事项依据变化"
        constraints = [models.UniqueConstraint(fields=["text", "kind", "organ"], name="one_basis_change_for_an_organ")]

    def __str__(self) -> str:
        return f"{self.text} {self.get_kind_display()}"
