"""Who the dialogs are about: Ana and Bo in the East, Rui their manager, Lin who speaks Chinese."""

import pytest

from storage.models import Role
from tests.talk import Company, Someone


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana")


@pytest.fixture
async def bo(company: Company) -> Someone:
    return await company.hire("Bo", unit="West")


@pytest.fixture
async def rui(company: Company) -> Someone:
    return await company.hire("Rui", Role.MANAGER)


@pytest.fixture
async def lin(company: Company) -> Someone:
    return await company.hire("林", language="zh")
