"""Write a complete distribution of a profile for a product that nobody has described yet."""

from greenroom.scaffold.options import Approval, Host, Levels, Link, Options, check_name, check_product
from greenroom.scaffold.questions import QUESTIONS, Question
from greenroom.scaffold.writing import check_out, files_of, write

__all__ = [
    "QUESTIONS",
    "Approval",
    "Host",
    "Levels",
    "Link",
    "Options",
    "Question",
    "check_name",
    "check_out",
    "check_product",
    "files_of",
    "write",
]
