"""What a list learns from what was dismissed, forwarded and answered: less of this kind, more of what was welcome.

Nothing learned is stored: it is worked out for each answer from the rows of decisions, forwards and
replies, so taking one back takes back what it taught. Each lesson has a bound, is said in words with the
calls it comes from, and moves calls up or down; it never hides one. What a mentor says about one mentee
counts at once; what is said in a whole programme counts a little, and only where several mentees agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.columns import Float32
from catalog.words import DismissReason, Kind
from recommender.deeds import GOOD, About, Deed, Signal
from recommender.naming import country_name

MOST_LESS = 0.3  # of a score; half of it after one plain word, three quarters after two
MOST_MORE = 0.06  # that a call was forwarded says more about that call than about its kind
MOST_LESS_ALIKE = 0.2
ALIKE_WITHOUT_A_NAME = 0.5  # the share of that where a reason names nothing that the call has
MOST_ALIKE = 20  # calls, the newest: each is compared with every open one
MOST_OF_A_PROGRAMME = 0.1
MENTEES_WHO_AGREE = 3  # before a programme teaches anything
MENTEES_FOR_HALF = 10

Trait = tuple[About, str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing learned: what is about `value` counts for `change` more or less of a score.

    `value`: a kind, a country, an organisation, a level, days, or the id of the call that others are like.
    `because`: the calls that taught it, empty for what a programme taught.
    """

    about: About
    value: str
    change: float
    said: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taste:
    """All that is learned about a mentee. `vectors` are those of the calls that lessons of likeness name."""

    lessons: tuple[Lesson, ...] = ()
    vectors: Mapping[str, Float32] = field(default_factory=dict, compare=False, repr=False)


NO_TASTE = Taste()

_SAID = {
    About.KIND: "the wrong kind",
    About.PLACE: "in the wrong place",
    About.ORGANISATION: "not to be trusted",
    About.TOO_SENIOR: "too senior",
    About.TOO_JUNIOR: "too junior",
    About.COST: "too expensive",
    About.HASTE: "too late",
    About.LIKENESS: "the wrong topic",
}
_DONE = {Deed.FORWARDED: "forwarded", Deed.SAVED: "saved", Deed.WELCOMED: "answered with interest"}
_PUT_AWAY = {Deed.DISMISSED: "dismissed", Deed.REFUSED: "refused"}
_TAUGHT_BY_ALL = frozenset({About.KIND, About.PLACE, About.ORGANISATION, About.COST})
_KINDS = {
    Kind.FELLOWSHIP: "fellowships",
    Kind.INTERNSHIP: "internships",
    Kind.WORKSHOP: "workshops",
    Kind.JOURNAL_CALL: "journal calls",
}


def learn(own: Sequence[Signal], programme: Sequence[Signal] = ()) -> tuple[Lesson, ...]:
    """What a mentee's own signals teach at once, and those of the programme's other mentees slowly.

    Both oldest first: what is said later weighs against what was said before.
    """
    return (*_less(own), *_more(own), *_less_alike(own), *_of_programme(programme))


def _less(signals: Sequence[Signal]) -> Iterator[Lesson]:
    for trait, bad in sorted(_dismissed(signals).items()):
        net = _tally(trait, bad, signals)
        if net > 0:
            because = f"{_put_away(bad)} as {_SAID[trait[0]]}"
            change = -MOST_LESS * (1 - 0.5**net)
            yield Lesson(*trait, change, f"{_less_of(trait)} {_what(*trait)}, because {because}", _calls(bad))


def _more(signals: Sequence[Signal]) -> Iterator[Lesson]:
    dismissed = _dismissed(signals)
    for kind in Kind:
        trait = (About.KIND, str(kind))
        net = -_tally(trait, dismissed.get(trait, []), signals)
        if net > 0:
            good = [one for one in signals if one.deed in GOOD and one.kind is kind]
            counts = [(sum(one.deed is deed for one in good), said) for deed, said in _DONE.items()]
            because = " and ".join(f"{_count(count)} {said}" for count, said in counts if count)
            change = MOST_MORE * (1 - 0.5 ** (net / 2))
            yield Lesson(*trait, change, f"More {_what(*trait)}, because {because}", _calls(good))


def _less_alike(signals: Sequence[Signal]) -> Iterator[Lesson]:
    """A wrong topic, a refusal, or a reason that names nothing the call has: all that can be learned is its like."""
    for signal, why in list(_unlike(signals))[-MOST_ALIKE:]:
        share = 1.0 if signal.reason is DismissReason.WRONG_TOPIC else ALIKE_WITHOUT_A_NAME
        said = f"Less like “{signal.title}”, because it was {why}"
        called = signal.opportunity_id
        yield Lesson(About.LIKENESS, called, -MOST_LESS_ALIKE * share, said, (called,))


def _unlike(signals: Sequence[Signal]) -> Iterator[tuple[Signal, str]]:
    for signal in signals:
        about = signal.meant
        if about is not None and not list(signal.traits(about)):
            yield signal, f"{_PUT_AWAY[signal.deed]} as {_SAID[about]}"
        elif about is None and signal.deed is Deed.REFUSED:
            yield signal, "answered with “not for me”"


def _of_programme(signals: Sequence[Signal]) -> Iterator[Lesson]:
    for trait, bad in sorted(_dismissed(signals).items()):
        good = {one.mentee_id for one in signals if one.deed in GOOD and one.is_covered_by(*trait)}
        net = len({one.mentee_id for one in bad}) - len(good)
        if trait[0] in _TAUGHT_BY_ALL and net >= MENTEES_WHO_AGREE:
            because = f"{_put_away(bad)} as {_SAID[trait[0]]} for others of the programme"
            change = -MOST_OF_A_PROGRAMME * net / (net + MENTEES_FOR_HALF)
            yield Lesson(*trait, change, f"Slightly {_less_of(trait).lower()} {_what(*trait)}, because {because}")


def _dismissed(signals: Sequence[Signal]) -> dict[Trait, list[Signal]]:
    """Dismissals by what they speak of. Of levels and days the widest that was said stands for all."""
    found: dict[Trait, list[Signal]] = {}
    for signal in signals:
        if signal.meant is not None:
            for value in signal.traits(signal.meant):
                found.setdefault((signal.meant, value), []).append(signal)
    for about, widest in ((About.TOO_SENIOR, min), (About.TOO_JUNIOR, max), (About.HASTE, max)):
        values = [int(value) for one, value in found if one is about]
        several = [signal for value in values for signal in found.pop((about, str(value)))]
        if several:
            found[about, str(widest(values))] = several
    return found


def _tally(trait: Trait, bad: Sequence[Signal], signals: Sequence[Signal]) -> int:
    """Dismissals less good deeds with the like of it; a dismissal counts at once, whatever was good before."""
    net = 0
    for signal in signals:
        if signal in bad:
            net = max(net, 0) + 1
        elif signal.deed in GOOD and signal.is_covered_by(*trait):
            net -= 1
    return net


def _put_away(signals: Sequence[Signal]) -> str:
    """How often it was dismissed by a mentor and refused by the mentee: "2 were dismissed and 1 was refused"."""
    counts = ((sum(one.deed is deed for one in signals), said) for deed, said in _PUT_AWAY.items())
    return " and ".join(f"{_count(count)} {said}" for count, said in counts if count)


def _calls(signals: Sequence[Signal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.opportunity_id for one in signals))


def _count(number: int) -> str:
    return f"{number} {'was' if number == 1 else 'were'}"


def _less_of(trait: Trait) -> str:
    return "Fewer" if trait[0] is About.KIND else "Less"


def _what(about: About, value: str) -> str:
    match about:
        case About.KIND:
            return _KINDS[Kind(value)]
        case About.PLACE:
            return f"in {country_name(value)}"
        case About.ORGANISATION:
            return f"from {value.title()}"
        case About.TOO_SENIOR:
            return "for people so senior"
        case About.TOO_JUNIOR:
            return "for people so junior"
        case About.COST:
            return "that costs a fee or pays nothing"
        case _:
            return f"that closes within {value} day{'s' if value != '1' else ''}"
