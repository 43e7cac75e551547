"""The official forms as data: one TOML file each, loaded into frozen, typed objects."""

from xxgk.formats.labels import GridCell
from xxgk.formats.loader import FormError, form_for_year, form_ids, load_form, newest_form, oldest_form, parse_form
from xxgk.formats.model import (
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

__all__ = [
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
    "load_form",
    "newest_form",
    "oldest_form",
    "parse_form",
]
