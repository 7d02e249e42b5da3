"""Two reps of two teams, the manager of one of them, and HQ."""

import pytest

from storage.models import Role
from tests.talk import Company, Someone


@pytest.fixture
async def ana(company: Company) -> Someone:
    return await company.hire("Ana", unit="East/One")


@pytest.fixture
async def bo(company: Company) -> Someone:
    return await company.hire("Bo", unit="West/Two")


@pytest.fixture
async def rui(company: Company) -> Someone:
    return await company.hire("Rui", Role.MANAGER, unit="East")


@pytest.fixture
async def hua(company: Company) -> Someone:
    return await company.hire("Hua", Role.HQ, unit="")
