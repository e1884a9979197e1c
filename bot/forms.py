"""Forms: fields declared once, drawn as a modal, a dialog, a page, or read from words on a line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from bot.messages import Args, FieldErrors, FormField, FormView
from bot.phrases import Phrase, Reader, _

if TYPE_CHECKING:
    from bot.context import Context

Kind = Literal["words", "day", "one_of", "some_of", "yes", "number"]
MAX_WORDS = 3000

# What one can choose from: a value and the words for it, worked out when the form opens.
Options = Callable[["Context"], Sequence[tuple[str, Phrase]]]


@dataclass(frozen=True, slots=True)
class Field:
    kind: Kind
    label: Phrase
    optional: bool = False
    hint: Phrase | None = None
    lines: int = 1
    max_length: int = MAX_WORDS
    options: Options | None = None
    default: Any = None
    name: str = field(default="", compare=False)

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)


def words(label: Phrase, *, lines: int = 1, optional: bool = False, hint: Phrase | None = None,
          max_length: int = MAX_WORDS) -> Any:  # fmt: skip
    """A text, stripped; "" when optional and left empty."""
    return Field("words", label, optional, hint, lines, max_length, default="")


def day(label: Phrase, *, optional: bool = False, hint: Phrase | None = None) -> Any:
    """A day, picked or written as people write days ("fin mai"); None when optional and left empty."""
    return Field("day", label, optional, hint)


def one_of(label: Phrase, options: Options, *, optional: bool = False, hint: Phrase | None = None) -> Any:
    """One value of the options; "" when optional and left empty."""
    return Field("one_of", label, optional, hint, options=options, default="")


def some_of(label: Phrase, options: Options, *, optional: bool = False, hint: Phrase | None = None) -> Any:
    """Some values of the options, as a tuple."""
    return Field("some_of", label, optional, hint, options=options, default=())


def yes(label: Phrase, *, hint: Phrase | None = None) -> Any:
    """True when ticked."""
    return Field("yes", label, optional=True, hint=hint, default=False)


def number(label: Phrase, *, optional: bool = False, hint: Phrase | None = None) -> Any:
    """A whole number, zero or more; None when optional and left empty."""
    return Field("number", label, optional, hint)


class Form:
    """A form is its fields; an instance holds their values.

    `read` turns a line into values (all of it goes to the first `words` field unless a form knows better), and
    `initial` gives what the form opens with.
    """

    title: ClassVar[Phrase]
    submit: ClassVar[Phrase] = _("Save")

    def __init__(self, **values: Any) -> None:
        for declared in self.fields():
            setattr(self, declared.name, values.pop(declared.name, declared.default))
        if values:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(values)}")

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """In the order of declaration, those of a base form first."""
        found: dict[str, Field] = {}
        for parent in reversed(cls.__mro__):
            found.update({name: value for name, value in vars(parent).items() if isinstance(value, Field)})
        return tuple(found.values())

    @classmethod
    def read(cls, context: "Context", line: str) -> dict[str, Any]:  # noqa: ARG003 - forms that know better use it
        """The values that a line gives; a missing required one opens the form with the others filled in."""
        first = next(declared for declared in cls.fields() if declared.kind == "words")
        return {first.name: line}

    @classmethod
    def initial(cls, context: "Context", **args: int | str) -> dict[str, Any]:  # noqa: ARG003 - same
        """What the form opens with when it is asked for without words."""
        return {}

    @classmethod
    def hints(cls, values: Mapping[str, Any]) -> Mapping[str, Phrase]:  # noqa: ARG003 - same
        """What is told below a field because of what the form opens with, by its name: no field to fill in."""
        return {}

    @classmethod
    def missing(cls, values: Mapping[str, Any]) -> bool:
        return any(not declared.optional and not values.get(declared.name) for declared in cls.fields())

    @classmethod
    def filled(cls, raw: Mapping[str, str | list[str]], context: "Context") -> Self:
        """The form as it was sent in; raises FieldErrors."""
        values: dict[str, Any] = {}
        errors: dict[str, Phrase] = {}
        for declared in cls.fields():
            try:
                values[declared.name] = _value(declared, raw.get(declared.name, ""), context)
            except _InvalidFieldError as invalid:
                errors[declared.name] = invalid.phrase
        if errors:
            raise FieldErrors(**errors)
        return cls(**values)

    @classmethod
    def view(cls, name: str, values: Mapping[str, Any], args: Args, context: "Context", reader: Reader) -> FormView:
        """The form in words."""
        hints = {declared.name: declared.hint for declared in cls.fields()} | dict(cls.hints(values))
        return FormView(
            name=name,
            title=cls.title.say(reader),
            submit=cls.submit.say(reader),
            args=args,
            language=reader.language,
            fields=tuple(
                FormField(
                    name=declared.name,
                    kind=declared.kind,
                    label=declared.label.say(reader),
                    hint=told.say(reader) if (told := hints[declared.name]) else "",
                    value=_raw(values.get(declared.name, declared.default)),
                    optional=declared.optional,
                    lines=declared.lines,
                    max_length=declared.max_length,
                    options=tuple((value, label.say(reader)) for value, label in declared.options(context))
                    if declared.options
                    else (),
                )
                for declared in cls.fields()
            ),
        )


@dataclass(frozen=True, slots=True)
class Ask:
    """A handler's other answer: a form to fill in, with what is known already."""

    form: type[Form]
    values: Mapping[str, Any] = field(default_factory=dict)
    args: Args = field(default_factory=dict)
    # The handler that gets it when sent in; the one that asks unless another is named.
    to: str = ""


class _InvalidFieldError(Exception):
    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.english)
        self.phrase = phrase


def _raw(value: Any) -> str | list[str]:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case date():
            return value.isoformat()
        case tuple() | list():
            return [str(item) for item in value]
        case _:
            return str(value)


def _value(declared: Field, raw: str | list[str], context: "Context") -> Any:
    several = [item.strip() for item in (raw if isinstance(raw, list) else [raw]) if item.strip()]
    if not several:
        if declared.optional or declared.kind == "yes":
            return declared.default
        raise _InvalidFieldError(_("Please fill this in."))
    return _READERS[declared.kind](declared, several, context)


def _words(declared: Field, several: Sequence[str], _context: "Context") -> str:
    if len(several[0]) > declared.max_length:
        raise _InvalidFieldError(_("Please keep it under {n} characters.", n=declared.max_length))
    return several[0]


def _day(_declared: Field, several: Sequence[str], context: "Context") -> date:
    try:
        return date.fromisoformat(several[0])
    except ValueError:
        found = context.deadline(several[0])
        if found is None:
            raise _InvalidFieldError(
                context.undated(several[0]) or _("I do not recognise a day there. Try “31 May” or “in two weeks”.")
            ) from None
        return found.due


def _choice(declared: Field, several: Sequence[str], context: "Context") -> str:
    return _choices(declared, several[:1], context)[0]


def _choices(declared: Field, several: Sequence[str], context: "Context") -> tuple[str, ...]:
    known = {value for value, _label in declared.options(context)} if declared.options else set()
    if not known.issuperset(several):
        raise _InvalidFieldError(_("Please choose from the list."))
    return tuple(several)


def _yes(_declared: Field, several: Sequence[str], _context: "Context") -> bool:
    return several[0] in {"yes", "true", "on", "1"}


def _number(_declared: Field, several: Sequence[str], _context: "Context") -> int:
    if not several[0].isdecimal():
        raise _InvalidFieldError(_("Please write a whole number."))
    return int(several[0])


_READERS: dict[Kind, Callable[[Field, Sequence[str], "Context"], Any]] = {
    "words": _words,
    "day": _day,
    "one_of": _choice,
    "some_of": _choices,
    "yes": _yes,
    "number": _number,
}
