"""Write a complete distribution of a profile for a product that nobody has described yet."""

from greenroom.scaffold.options import Approval, Host, Levels, Link, Options
from greenroom.scaffold.writing import files_of, write

__all__ = ["Approval", "Host", "Levels", "Link", "Options", "files_of", "write"]
