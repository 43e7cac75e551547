"""The official forms as data: one TOML file each, loaded into frozen, typed objects."""

from xxgk.formats.entries import FormError
from xxgk.formats.labels import GridCell
from xxgk.formats.loader import form_for_year, form_ids, last_year, load_form, newest_form, oldest_form
from xxgk.formats.model import (
    LAST_YEAR,
    Column,
    Field,
    Fold,
    Form,
    Kind,
    KindCheck,
    Level,
    NarrativePart,
    ParagraphKind,
    Row,
    Rule,
    RuleInstance,
    Section,
    Table,
    Term,
    Total,
)
from xxgk.formats.parsing import parse_form

__all__ = [
    "LAST_YEAR",
    "Column",
    "Field",
    "Fold",
    "Form",
    "FormError",
    "GridCell",
    "Kind",
    "KindCheck",
    "Level",
    "NarrativePart",
    "ParagraphKind",
    "Row",
    "Rule",
    "RuleInstance",
    "Section",
    "Table",
    "Term",
    "Total",
    "form_for_year",
    "form_ids",
    "last_year",
    "load_form",
    "newest_form",
    "oldest_form",
    "parse_form",
]
