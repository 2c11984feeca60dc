"""Staff qualification: persons with a degree of a level and field."""

from typing import ClassVar, Literal, get_args

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.conditions._later import or_later
from bidkit.conditions._members import by_everybody
from bidkit.conditions._people import Worker, nobody, titles, without, workers
from bidkit.diagnostics import Fact, Measure, Word
from bidkit.i18n import N_
from bidkit.model._base import Count, Id, Ids
from bidkit.model.organisation import Qualification
from bidkit.stages import PricedBid, Scope, Verdict

Level = Literal["vocational", "specialist", "bachelor", "master", "licensed", "training"]
_DEGREES: tuple[str, ...] = get_args(Level)[:-1]  # lowest first; a training is no degree
LEVELS: dict[str, Word] = {
    "vocational": Word(N_("at least a vocational qualification")),
    "specialist": Word(N_("at least a specialist vocational qualification")),
    "bachelor": Word(N_("at least a bachelor's degree")),
    "master": Word(N_("at least a master's degree")),
    "licensed": Word(N_("a licensed professional")),
    "training": Word(N_("a training")),
}
FIELDS: dict[str, Word] = {
    "social": Word(N_("social services")),
    "health": Word(N_("health care")),
    "education": Word(N_("education")),
    "business": Word(N_("business")),
    "career": Word(N_("career guidance and coaching")),
    "other": Word(N_("another field")),
}


class StaffQualification(Kind):
    """So many of the people who do the work must have a degree of a certain level or field.

    The tender says it like this: “Vähintään kahdella työntekijällä on soveltuva sosiaalialan
    ammattikorkeakoulututkinto” or “Jokaisella valmentajalla on vähintään ammatillinen perustutkinto”. Buyers
    also check it afterwards, so name only people who really do this work.

    bidkit looks at the staff of the services offered, of all members together, and at nobody else. A person
    fits if one of the qualifications has the level asked for or a higher one, and one of the fields. The order
    is vocational, specialist, bachelor, master, licensed. A training is apart: it is no degree, and a degree
    is no training. With `role` only people in that role count.

    Without `persons` everyone (in the role) must fit. With `persons` that many different people must. One
    person never counts twice, however many degrees or services there are; in Market Court case MAO:311/17 the
    parties disputed whether the two people named counted. With `persons`, only people who are there for the
    whole contract term count. Whoever has no qualification written down may fit or not: then it cannot be told.

    With `persons` people of all members of a group count, with subcontractors or under an umbrella only the
    lead's, and with reliance on capacities also those of whoever is relied on in this condition (unverified:
    read the tender). Without `persons` everyone who does the work is looked at, whoever the employer is.

    If it is not met, fill in the degrees that are missing from `staff`, or name another person. If somebody
    completes a degree before the contract starts, attest it with the day in `from`: the verdict is then “met
    by” that day.

    Example: `kind: staff_qualification`, `parameters: {level: bachelor, fields: [social, health], persons: 2,
    role: coach}`.
    """

    number: ClassVar[int] = 23
    title: ClassVar[str] = N_("Staff qualification")
    aggregate: ClassVar[Aggregate] = "sum"
    about: ClassVar[About] = "staff"
    each_lot: ClassVar[bool] = True

    level: Level | None = Field(
        default=None,
        title=N_("Lowest level"),
        description=N_("Lowest level: vocational, specialist, bachelor, master, licensed; or training, which is apart"),
    )
    fields: Ids = Field(
        default=(), title=N_("Fields"), description=N_("Fields, one of which is needed: social, health, education …")
    )
    role: Id | None = Field(
        default=None, title=N_("Role"), description=N_("Only people in this role: coach, counsellor …")
    )
    persons: Count | None = Field(
        default=None,
        title=N_("Persons"),
        description=N_("How many different persons; without it everyone (in the role)"),
    )

    @property
    def way(self) -> Aggregate:
        """Without a number of people everyone who does the work must fit, whoever else there is."""
        return super().way if self.persons is not None else "all"

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Count the people who fit, each once."""
        scope = by_everybody(bid, scope) if self.persons is None else scope
        if nothing := self.nothing_offered(scope):
            return nothing
        if self.level is None and not self.fields:
            return self.no_parameters(scope, ("level", "fields"))
        return or_later(self, bid, scope, self._count(bid, scope))

    def _count(self, bid: PricedBid, scope: Scope) -> Verdict:
        everyone = workers(scope.services, self.role)
        if not everyone:
            return nobody(self, bid, scope, self.role)
        contract = bid.bid.tender.contract
        people = everyone if self.persons is None else tuple(w for w in everyone if w.stays(contract))
        needed = len(everyone) if self.persons is None else self.persons
        fit = [w for w in people if any(self.fits(q) for q in w.person.qualifications)]
        silent = [w for w in people if not w.person.qualifications]
        if len(fit) < needed <= len(fit) + len(silent):
            return self._not_told(bid, silent[0], len(fit), needed)
        return self._compare_persons(bid, fit, needed, without(people, fit), without(everyone, people))

    def fits(self, one: Qualification) -> bool:
        """Tell whether a qualification has the level and a field asked for."""
        return self._level_fits(one.level) and (not self.fields or one.field in self.fields)

    def _level_fits(self, level: str) -> bool:
        if self.level is None or "training" in (level, self.level):
            return self.level in (None, level)
        return _DEGREES.index(level) >= _DEGREES.index(self.level)

    @property
    def asked(self) -> tuple[Fact, ...]:
        """What is asked for, in words."""
        level = (LEVELS[self.level],) if self.level else ()
        return (*level, *(FIELDS.get(one, one) for one in self.fields))

    def _not_told(self, bid: PricedBid, silent: Worker, fit: int, needed: int) -> Verdict:
        return self.missing(
            N_(
                "Qualified persons known: {fit}. Required: {required} ({asked}). "
                "The qualifications of {row} ({person}) are not told."
            ),
            row=silent.row,
            field="qualifications",
            place=silent.person.at.of("qualifications"),
            required=Measure(needed, "persons"),
            fit=Measure(fit, "persons"),
            asked=self.asked,
            person=bid.bid.words(silent.person.title),
        )

    def _compare_persons(
        self, bid: PricedBid, fit: list[Worker], needed: int, unfit: list[Worker], away: list[Worker]
    ) -> Verdict:
        mend = [*unfit, *away, *fit][0]
        place = mend.person.at.of("qualifications") if unfit else mend.person.at
        return self.at_least(
            len(fit),
            needed,
            "persons",
            met=N_("Qualified persons: {found}. Required: {required} ({asked})."),
            not_met=N_(
                "Qualified persons: {found}. Required: {required} ({asked}); missing: {margin}. "
                "Not there for the whole contract term: {away}."
            )
            if away
            else N_("Qualified persons: {found}. Required: {required} ({asked}); missing: {margin}."),
            hint=N_(
                "Add the degree to {@staff.qualifications} of {row} in {file} if there is one, or name another person."
            ),
            rows=[w.row for w in fit],
            places=[w.person.at.of("qualifications") for w in fit],
            place=place,
            asked=self.asked,
            row=mend.row,
            away=titles(bid, away),
        )
