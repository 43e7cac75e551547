"""Programs and files that some tests need. Where one is missing its tests skip with the reason, but never in CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping

import pytest
from hypothesis import HealthCheck, settings

from support.chromium import missing as chromium_missing
from support.corpus import missing as corpus_missing
from support.office import Office, running_office
from support.office import missing as office_missing
from support.poppler import missing as poppler_missing
from support.tkwindow import missing as window_missing

FULL = os.environ.get("XXGK_FULL") == "1"
NO_SKIPS = os.environ.get("XXGK_NO_SKIPS") == "1"
NEEDS: Mapping[str, Callable[[], str]] = {
    "office": office_missing,
    "chromium": chromium_missing,
    "poppler": poppler_missing,
    "window": window_missing,
    "corpus": corpus_missing,
}
# The corpus is not part of the repository, so no clean machine has it.
MAY_SKIP = "corpus"

settings.register_profile("default", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("full" if FULL else "default")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs what is not here."""
    for marker, missing in NEEDS.items():
        if item.get_closest_marker(marker) and (reason := missing()):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip, whatever its reason, into a failure where skips are forbidden."""
    report = yield
    if NO_SKIPS and report.skipped and not item.get_closest_marker(MAY_SKIP):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a file that skips all its tests at once."""
    report = yield
    if NO_SKIPS and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"skips are forbidden here, but this test would skip: {reason}"


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One running LibreOffice for all tests of a worker."""
    with running_office() as running:
        yield running
