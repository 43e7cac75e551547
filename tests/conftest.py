"""Programs that some tests need. Where one is missing its tests skip with the reason, but never in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from support.chromium import missing as chromium_missing
from support.office import Office, running_office
from support.office import missing as office_missing

FULL = os.environ.get("XXGK_FULL") == "1"
NO_SKIPS = os.environ.get("XXGK_NO_SKIPS") == "1"

settings.register_profile("default", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("full" if FULL else "default")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose program is missing, or fail where skips are forbidden."""
    for marker, missing in (("office", office_missing), ("chromium", chromium_missing)):
        if item.get_closest_marker(marker) and (reason := missing()):
            if NO_SKIPS:
                pytest.fail(f"skips are forbidden here, but {reason}")
            pytest.skip(reason)


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One running LibreOffice for all tests of a worker."""
    with running_office() as running:
        yield running
