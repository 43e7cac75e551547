"""Frozen records: what frozen dataclasses give, at a twentieth of their cost at start.

``dataclasses`` writes and compiles six functions for every class at every start of the program, and
imports ``inspect`` to do so: together half of the time of ``xxgk check`` (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, TypeVar, dataclass_transform

    _R = TypeVar("_R", bound="Record")
else:

    def dataclass_transform(**_kwargs: object) -> Callable[[type], type]:
        """Stand in for typing's marker, which costs an import and does nothing at run time."""
        return lambda cls: cls


FEW = 8  # records of a class without an initialiser of its own


class _Field:
    """A field with more to say than a default."""

    def __init__(self, default: object, factory: Callable[[], object] | None, compare: bool) -> None:
        self.default, self.factory, self.compare = default, factory, compare

    def made(self) -> object:
        """Return the default for one record."""
        return self.default if self.factory is None else self.factory()


def field(*, default: Any = None, default_factory: Callable[[], Any] | None = None, compare: bool = True) -> Any:
    """Declare a field: its default, or what makes one for each record, and whether equality looks at it."""
    return _Field(default, default_factory, compare)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """Base of frozen records. A subclass declares its fields with annotations, defaults last.

    Records of one class are equal when their fields are; ``eq=False`` in the class line compares by identity.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _compared: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[Mapping[str, object]] = {}
    _made: ClassVar[int] = 0  # records so far, as long as the class has no initialiser of its own

    def __init_subclass__(cls, *, eq: bool = True) -> None:
        names = tuple(cls.__annotations__)
        declared = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        cls._names = names
        cls._compared = tuple(
            name for name in names if not isinstance(declared.get(name), _Field) or declared[name].compare
        )
        cls._defaults = declared
        if not eq:
            cls.__eq__ = object.__eq__  # type: ignore[method-assign]
            cls.__hash__ = object.__hash__  # type: ignore[method-assign]

    def __init__(self, *values: Any, **named: Any) -> None:
        # Most classes have a few records, which a loop makes; compiling an initialiser takes as long as twenty.
        cls = type(self)
        cls._made += 1
        if cls._made > FEW or not _fill(self, values, named):
            cls.__init__ = _initialiser(cls)  # type: ignore[method-assign]
            cls.__init__(self, *values, **named)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        # Nearly all that are compared are equal, and dictionaries tell that at once; they may hold more than fields.
        return mine == theirs or all(mine[name] == theirs[name] for name in self._compared)

    def __hash__(self) -> int:
        own = self.__dict__
        return hash(tuple(own[name] for name in self._compared))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._names)
        return f"{type(self).__name__}({values})"


def _fill(record: Record, values: tuple[Any, ...], named: Mapping[str, Any]) -> bool:
    """Give ``record`` its fields; return False, and leave it as it is, where these are not what its class has."""
    own = {**dict(zip(record._names, values, strict=False)), **named}
    if len(own) < len(values) + len(named) or (named and not named.keys() <= set(record._names)):
        return False  # more values than fields, a field twice, or none of the class's
    if len(own) < len(record._names):
        for name, default in record._defaults.items():
            if name not in own:
                own[name] = default.made() if isinstance(default, _Field) else default
    if len(own) < len(record._names):
        return False
    record.__dict__.update(own)
    return True


def _initialiser(cls: type[Record]) -> Callable[..., None]:
    """Return an ``__init__`` with the fields as parameters: written out, it is three times as fast as a loop."""
    # No name here can be a field's: those do not begin with an underscore.
    scope: dict[str, Any] = {"_made": object()}
    parameters, lines = ["self"], ["_own = self.__dict__"]
    for name in cls._names:
        parameter, value = name, name
        if name in cls._defaults:
            default = cls._defaults[name]
            if isinstance(default, _Field) and default.factory is not None:
                scope[f"_new_{name}"] = default.factory
                parameter, value = f"{name}=_made", f"_new_{name}() if {name} is _made else {name}"
            else:
                scope[f"_default_{name}"] = default.default if isinstance(default, _Field) else default
                parameter = f"{name}=_default_{name}"
        parameters.append(parameter)
        lines.append(f"_own[{name!r}] = {value}")
    exec(f"def __init__({', '.join(parameters)}):\n    " + "\n    ".join(lines), scope)
    made: Callable[..., None] = scope["__init__"]
    made.__qualname__ = f"{cls.__name__}.__init__"  # in the message for a wrong call
    return made


def replace(record: _R, **changes: Any) -> _R:
    """Return a copy of ``record`` with ``changes``. Raise ``TypeError`` for a field that it does not have."""
    own = record.__dict__
    return type(record)(**{**{name: own[name] for name in record._names}, **changes})
