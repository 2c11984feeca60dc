"""Service language: the service is given in the languages that the tender asks for, by staff who speak them."""

from typing import ClassVar, Literal, get_args

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind, language_name
from bidkit.conditions._verdicts import strongest, weakest
from bidkit.diagnostics import Fact, Word
from bidkit.i18n import N_
from bidkit.model._base import Languages
from bidkit.stages import OfferedService, PricedBid, Scope, Verdict

Level = Literal["a1", "a2", "b1", "b2", "c1", "c2", "native"]
NATIVE = N_("native")
_LEVELS: tuple[str, ...] = get_args(Level)


class ServiceLanguage(Kind):
    """Clients must get the service in the languages that the tender names.

    The tender says it like this: “Palvelua on tarjottava suomeksi ja ruotsiksi”, “Palvelukieli on suomi tai
    ruotsi” or “Valmentajan suomen kielen taito on vähintään B2”.

    bidkit looks at every service of the lot: the language must be among its `languages`, and at least one staff
    member who works in it must speak the language, at the level asked for or better (`staff.languages`;
    `native` is above `c2`). Plain Finnish is `selko`. A service whose staff do not tell their languages is
    never met.

    If it is not met, add the language to the service and to a staff member who masters it, or find a person or
    a partner who does. Do not write a language that nobody speaks: clients notice it on the first day.

    Example: `kind: service_language`, `parameters: {languages: [fi, sv], level: b2}`. If one of the languages
    is enough (“suomi tai ruotsi”), add `enough: any`.
    """

    number: ClassVar[int] = 20
    title: ClassVar[str] = N_("Service language")
    aggregate: ClassVar[Aggregate] = "all"
    about: ClassVar[About] = "service"
    each_lot: ClassVar[bool] = True

    languages: Languages = Field(
        min_length=1, title=N_("Languages"), description=N_("Languages: fi, sv, en, selko (plain Finnish) …")
    )
    level: Level | None = Field(
        default=None,
        title=N_("Lowest level"),
        description=N_("Lowest level: a1, a2, b1, b2, c1, c2 or native; none: any level"),
    )
    enough: Literal["all", "any"] = Field(
        default="all",
        title=N_("What is enough"),
        description=N_("Are all of the languages needed (all), or is one enough (any)?"),
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Judge every language of every service."""
        return self.every_service(scope, lambda offered: self._service(bid, offered))

    def _service(self, bid: PricedBid, offered: OfferedService) -> Verdict:
        verdicts = [self._language(bid, offered, one) for one in self.languages]
        return strongest(verdicts) if self.enough == "any" else weakest(verdicts)

    def _language(self, bid: PricedBid, offered: OfferedService, language: str) -> Verdict:
        service, row = offered.service, f"services.{offered.id}"
        place, name, spoken = service.at.of("languages"), bid.bid.words(service.name), language_name(language)
        required = tuple(language_name(one) for one in self.languages)
        given = tuple(language_name(one) for one in service.languages)
        speakers = [p for p in offered.staff if any(self._masters(s.language, s.level, language) for s in p.languages)]
        if language in service.languages and not speakers:
            return self._nobody(offered, name, spoken, required)
        people = speakers if language in service.languages else []
        return self.holds(
            language in service.languages,
            required=required,
            found=given,
            met=N_("{service} is given in the languages asked for ({required}), and its staff speak them.")
            if self.enough == "all"
            else N_("{service} is given in a language asked for ({language}), and its staff speak it."),
            not_met=N_("{service} is not given in this language: {language}. Its languages: {found}."),
            hint=N_(
                "Add the language to {@services.languages} of {row} in {file}, if clients really get the service in it."
            ),
            rows=(row, *(f"staff.{person.id}" for person in people)),
            places=(place, *(person.at.of("languages") for person in people)),
            place=place,
            service=name,
            language=spoken,
            row=row,
        )

    def _masters(self, spoken: str, level: str, language: str) -> bool:
        return spoken == language and (self.level is None or _LEVELS.index(level) >= _LEVELS.index(self.level))

    def _nobody(self, offered: OfferedService, name: str, spoken: Fact, required: tuple[Fact, ...]) -> Verdict:
        """Return that no staff member speaks a language, or that it cannot be told."""
        if not offered.staff:
            return self.cannot_tell(
                N_("{service} names no staff, so nobody is known to master this language: {language}."),
                hint=N_("Add the people who work in {row} {@staff:to}, with their languages."),
                place=offered.service.at.of("staff_roles"),
                required=required,
                service=name,
                language=spoken,
                row=f"services.{offered.id}",
            )
        silent = next((person for person in offered.staff if not person.languages), None)
        if silent:
            return self.missing(
                N_("Nobody in {service} is known to master this language: {language}. {row} tells no languages."),
                row=f"staff.{silent.id}",
                field="languages",
                place=silent.at.of("languages"),
                required=required,
                service=name,
                language=spoken,
            )
        found = dict.fromkeys(skill.language for person in offered.staff for skill in person.languages)
        places = tuple(person.at.of("languages") for person in offered.staff)
        return self.holds(
            False,
            required=required,
            found=tuple(language_name(one) for one in found),
            met="",
            not_met=N_("No staff member of {service} masters this language: {language}.")
            if self.level is None
            else N_("No staff member of {service} masters this language at level {level} or better: {language}."),
            hint=N_("Add the skill to a staff member who has it in {file}, or find a person or partner who does."),
            rows=tuple(f"staff.{person.id}" for person in offered.staff),
            places=places,
            place=places[0],
            service=name,
            language=spoken,
            level=Word(NATIVE) if self.level == "native" else (self.level or "").upper(),
        )
