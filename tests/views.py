"""Every screen and view of the app by name, with its link; where a study is chosen, it is a founding one."""

from __future__ import annotations

from pages.ui.across import views as across
from pages.ui.check import views as check
from pages.ui.shared.frame import PAGES

STUDY = "study=moringa-massage-serpong"
OF_A_STUDY = ("study", "before-after", "between-groups", "check")


def views() -> dict[str, str]:
    """Links without a language: the screens as they stand open, then the other views of each."""
    screens = {page: f"{_path(page)}?{STUDY if page in OF_A_STUDY else ''}" for page in PAGES}
    others = {"across-studies": ("view", list(across.VIEWS)[1:]), "check": ("what", list(check.VIEWS)[1:])}
    return screens | {
        f"{page}-{view}": f"{_path(page)}?{name}={view}" for page, (name, found) in others.items() for view in found
    }


def _path(page: str) -> str:
    return "/" if page == "overview" else f"/{page}"
