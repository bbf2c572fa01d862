"""How members are ordered among themselves: chapters, and who holds which office in the union."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from unionhall.foundation.bilingual import BilingualField
from unionhall.foundation.ids import new_public_id
from unionhall.roster.enums import ChosenBy, OfficeKind


class Chapter(models.Model):
    """Members of one worksite, of a few, or of none, who act together.

    is_roving: a group that no worksite holds, such as substitutes or bus drivers; who belongs to it is said person by
    person. area: blank where that of its worksites counts.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = BilingualField()
    worksites = models.ManyToManyField("roster.Worksite", related_name="chapters", blank=True)
    is_roving = models.BooleanField(default=False)
    area = models.ForeignKey("roster.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="chapters")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


class ChapterPerson(models.Model):
    """A person who belongs to a chapter for a time, where no worksite says so."""

    chapter = models.ForeignKey("roster.Chapter", on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="chapters")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("chapter", "person", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="chapter_person_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["chapter", "person"], condition=Q(ends_on__isnull=True), name="chapter_person_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.chapter_id}"


class UnionOffice(models.Model):
    """An office that a person holds in the union, where and for how long. It opens no door: a role grant does.

    worksite, chapter, area: where it holds, at most one of them; none of them for the whole local.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="offices")
    kind = models.CharField(max_length=20, choices=OfficeKind)
    worksite = models.ForeignKey(
        "roster.Worksite", null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    chapter = models.ForeignKey(
        "roster.Chapter", null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    area = models.ForeignKey("roster.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="offices")
    chosen_by = models.CharField(max_length=10, choices=ChosenBy, default=ChosenBy.UNKNOWN, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "starts_on", "pk")
        indexes = [models.Index(fields=["worksite", "kind"], name="union_office_by_worksite")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="union_office_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(worksite__isnull=True, chapter__isnull=True)
                | Q(worksite__isnull=True, area__isnull=True)
                | Q(chapter__isnull=True, area__isnull=True),
                name="union_office_in_one_place",
            ),
            models.UniqueConstraint(
                F("person"),
                F("kind"),
                Coalesce("worksite", 0),
                Coalesce("chapter", 0),
                Coalesce("area", 0),
                condition=Q(ends_on__isnull=True),
                name="union_office_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
