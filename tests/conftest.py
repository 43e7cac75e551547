"""Programs and files that some tests need. Where one is missing its tests skip with the reason, but never in CI."""

from __future__ import annotations

import gc
import os
import traceback
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

from support.chromium import missing as chromium_missing
from support.corpus import missing as corpus_missing
from support.office import Office, OfficeDied, deaths, running_office
from support.office import missing as office_missing
from support.poppler import missing as poppler_missing
from support.sizes import FULL
from support.tkwindow import missing as window_missing

NO_SKIPS = os.environ.get("XXGK_NO_SKIPS") == "1"
NEEDS: Mapping[str, Callable[[], str]] = {
    "office": office_missing,
    "chromium": chromium_missing,
    "poppler": poppler_missing,
    "window": window_missing,
    "corpus": corpus_missing,
}
DEATHS = pytest.StashKey[int]()  # how many offices are known to have died
# The corpus is not part of the repository, so no clean machine has it.
MAY_SKIP = "corpus"

settings.register_profile("default", max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("full" if FULL else "default")


def pytest_configure(config: pytest.Config) -> None:
    """Let the workers of pytest-xdist take the files in their order here, not those of many tests first."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests with LibreOffice first: their files take longest, and one that comes last has a worker wait."""
    items.sort(key=lambda item: item.get_closest_marker("office") is None)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end: modules and tests by the hundred thousand objects."""
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs what is not here."""
    for marker, missing in NEEDS.items():
        if item.get_closest_marker(marker) and (reason := missing()):
            pytest.skip(reason)


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test again, once and with a warning, that failed while LibreOffice crashed; the second result counts.

    LibreOffice does crash now and then, and all tests after it would fail with it.
    """
    if not item.get_closest_marker("office"):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for _ in range(2):
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if not _just_died(item):
            break
        item.config.stash[DEATHS] = deaths()
        warnings.warn(f"LibreOffice died during {item.nodeid}", stacklevel=1)
        item.session._setupstate.teardown_exact(None)  # whatever holds on to the dead one
        if not any(report.failed for report in reports):
            break
        item._initrequest()  # type: ignore[attr-defined]
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip, whatever its reason, into a failure where skips are forbidden."""
    if call.excinfo is not None and _just_died(item):
        call.excinfo = _told(call.excinfo.value)
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


def _just_died(item: pytest.Item) -> bool:
    return deaths() > item.config.stash.get(DEATHS, 0)


def _told(error: BaseException) -> pytest.ExceptionInfo[BaseException]:
    """Return ``error`` in words alone: to show an object of a LibreOffice that has died would end Python."""
    try:
        raise OfficeDied("".join(traceback.format_exception(error)))
    except OfficeDied:
        return pytest.ExceptionInfo.from_current()


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"skips are forbidden here, but this test would skip: {reason}"


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One running LibreOffice for all tests of a worker."""
    with running_office() as running:
        yield running
