"""Two accounts that are one customer: merged, and taken apart again."""

import pytest

from storage.models import Role
from tests.dialogs.helpers import change, contacts, deals, move_account, visits
from tests.talk import Company, Someone


@pytest.fixture
async def two(company: Company, ana: Someone, rui: Someone) -> tuple[int, int]:
    """Ana's Acme, and Eva's Crane, which is the same customer."""
    eva = await company.hire("Eva")
    keep = await company.open_account(ana, "Acme")
    fold = await company.open_account(eva, "Crane", "鹤")
    await ana.says("/visit Acme yesterday")
    await ana.says("/contact Acme, Li Wei")
    await eva.says("/visit Crane yesterday 3pm, with Li Wei")
    await eva.says("/contact Crane, Li Wei 138 0013 8000")
    await eva.says("/contact Crane, Wu Min")
    await eva.says("/deal Crane, proposal, 50k")
    return keep.id, fold.id


def eva_of(company: Company) -> Someone:
    return Someone(company, "3", "chat-3", "Eva")


async def merged(rui: Someone) -> None:
    await rui.says("/merge Acme, Crane")
    await rui.presses("Merge")


async def test_it_is_shown_before_it_is_done(
    company: Company, rui: Someone, two: tuple[int, int]
) -> None:
    await rui.says("/merge Acme, Crane")
    rui.sees(
        "Crane goes into Acme:",
        "• 1 visit, 2 contacts, 1 deal",
        "• Ana keeps it, and gets what is open with Eva.",
        "• “Crane” stays as another name for it.",
        "[Merge] [The other way round] [Leave it]",
    )
    assert {each.account_id for each in await visits(company)} == set(two)
    await rui.presses("The other way round")
    rui.sees("Acme goes into Crane:", "Eva keeps it")
    await rui.presses("Leave it")
    rui.sees("Left as they are.")
    assert {each.account_id for each in await visits(company)} == set(two)


async def test_all_of_it_is_one_s(
    company: Company, ana: Someone, rui: Someone, two: tuple[int, int]
) -> None:
    keep, _fold = two
    await merged(rui)
    rui.sees("Crane is part of Acme now: 1 visit, 2 contacts, 1 deal.", "/unmerge Acme")
    assert {each.account_id for each in await visits(company)} == {keep}
    assert [(each.name, each.phone) for each in await contacts(company)] == [
        ("Li Wei", "138 0013 8000"),
        ("Wu Min", ""),
    ]
    assert {each.account_id for each in await contacts(company)} == {keep}
    [deal] = await deals(company)
    assert ana.person
    assert (deal.account_id, deal.owner_id) == (keep, ana.person.id)
    for called in ("Crane", "鹤", "he"):
        await ana.says(f"/account {called}")
        ana.sees("Acme", "Owner: Ana")
    ana.sees("yesterday")


async def test_both_owners_are_told(
    company: Company, ana: Someone, rui: Someone, two: object
) -> None:
    await merged(rui)
    for each in (ana, eva_of(company)):
        each.sees("Rui merged Crane into Acme, which Ana has.")


async def test_undone_each_has_its_own_again(
    company: Company, ana: Someone, rui: Someone, two: tuple[int, int]
) -> None:
    before = [
        (each.id, each.account_id, each.name, each.phone) for each in await contacts(company)
    ]
    await merged(rui)
    await rui.presses("Undo")
    rui.sees("Crane is by itself again, with all that it had.", "[Redo]")
    eva = eva_of(company)
    eva.sees("Rui took Crane apart from Acme again.")
    assert {each.account_id for each in await visits(company)} == set(two)
    after = [(each.id, each.account_id, each.name, each.phone) for each in await contacts(company)]
    assert before == after
    await eva.says("/account 鹤")
    eva.sees("Crane", "Owner: Eva", "CN¥50,000")
    await ana.says("/account Crane")
    ana.sees("Crane belongs to Eva.")
    await rui.presses("Redo")
    rui.sees("Brought back: merge of Crane.")
    assert {each.account_id for each in await visits(company)} == {two[0]}


async def test_what_came_since_stays(
    company: Company, ana: Someone, rui: Someone, two: tuple[int, int]
) -> None:
    await merged(rui)
    company.after(days=29)
    await ana.says("/visit Acme, they moved")
    await ana.says("/contact Acme, Zoe")
    await ana.says("/deal Acme, won")
    await rui.says("/unmerge Acme")
    rui.sees("Crane is by itself again", "What came since stays with Acme.")
    keep, fold = two
    assert [each.account_id for each in await visits(company)] == [keep, fold, keep]
    assert {each.name: each.account_id for each in await contacts(company)}["Zoe"] == keep
    [deal] = await deals(company)
    assert (deal.account_id, deal.stage) == (fold, "won")


async def test_after_thirty_days_it_stays_merged(
    company: Company, rui: Someone, two: object
) -> None:
    await merged(rui)
    company.after(days=31)
    await rui.says("/unmerge Acme")
    rui.sees("Nothing was merged into Acme in the last 30 days.")


async def test_hq_and_who_manages_both_may_undo_it(
    company: Company, rui: Someone, two: tuple[int, int]
) -> None:
    for role, unit in ((Role.MANAGER, "East"), (Role.HQ, "")):
        await merged(rui)
        other = await company.hire("Mia", role, unit=unit)
        await other.says("/unmerge Acme")
        other.sees("Crane is by itself again")
        assert {each.account_id for each in await visits(company)} == set(two)


async def test_whoever_manages_one_of_them_may_not(
    company: Company, rui: Someone, bo: Someone, two: tuple[int, int]
) -> None:
    await merged(rui)
    await move_account(company, two[0], bo)
    una = await company.hire("Una", Role.MANAGER, unit="West")
    await una.says("/unmerge Acme")
    una.sees("Nothing was merged into Acme")
    await rui.says("/unmerge Acme")
    rui.sees("Acme belongs to Bo.")


async def test_its_author_who_is_no_manager_any_more_may_not(
    company: Company, rui: Someone, two: tuple[int, int]
) -> None:
    await merged(rui)
    await change(company, rui, role=Role.REP)
    await rui.presses("Undo")
    rui.sees("That is for managers.")
    assert {each.account_id for each in await visits(company)} == {two[0]}


async def test_it_is_undone_once(company: Company, rui: Someone, two: object) -> None:
    await merged(rui)
    card = rui.last
    button = next(each for each in card.buttons if each.label == "Undo")
    await rui.presses("Undo")
    await rui.taps(button, card)
    rui.sees("“Undo” was pressed already")
    await rui.says("/unmerge Acme")
    rui.sees("Nothing was merged into Acme")


async def test_of_two_merges_the_last_comes_apart_first(
    company: Company, ana: Someone, rui: Someone, two: object
) -> None:
    await company.open_account(ana, "Heron")
    await merged(rui)
    await rui.says("/merge Heron, Acme")
    await rui.presses("Merge")
    await rui.says("/unmerge Heron")
    rui.sees("Acme is by itself again")
    await rui.says("/unmerge Acme")
    rui.sees("Crane is by itself again")


async def test_one_and_the_same_is_not_merged(company: Company, rui: Someone, two: object) -> None:
    await rui.says("/merge Acme, Acme")
    rui.sees("one and the same account")


async def test_a_name_in_full_is_no_question(
    company: Company, ana: Someone, rui: Someone, two: tuple[int, int]
) -> None:
    """Another that is called so for short doesn't come between."""
    await company.open_account(ana, "Acme Inc")
    await rui.says("/merge Acme, Crane")
    rui.sees("Crane goes into Acme:")
    await rui.presses("Merge")
    await rui.says("/unmerge Acme")
    rui.sees("Crane is by itself again")


@pytest.mark.parametrize(
    "said",
    [
        "/merge Acme Inc into Acme",
        "/merge acme inc to ACME",
        "/合并 Acme Inc并入Acme",
        "/合并 Acme Inc 合并到 Acme",
        "/merge Acme and Acme Inc",
        "/合并 Acme 和 Acme Inc",
        "/merge Acme, Acme Inc",
    ],
)
async def test_words_between_tell_which_one_goes(
    company: Company, ana: Someone, rui: Someone, two: object, said: str
) -> None:
    await company.open_account(ana, "Acme Inc")
    await rui.says(said)
    rui.sees("Acme Inc goes into Acme:", "[Merge]")


@pytest.mark.parametrize("said", ["Smith and Sons, Acme", "Smith and Sons and Acme"])
async def test_a_name_with_such_a_word_in_it_is_one_name(
    company: Company, ana: Someone, rui: Someone, two: object, said: str
) -> None:
    await company.open_account(ana, "Smith and Sons")
    await rui.says(f"/merge {said}")
    rui.sees("Acme goes into Smith and Sons:")
    await rui.says("/merge Smith and Sons")
    rui.sees("Which one goes into it?")


@pytest.mark.parametrize(
    "said",
    [
        "华东医院二院，华东医院",
        "华东医院，华东医院二院",
        "华东医院二院并入华东医院",
        "华东医院二院 into 华东医院",
    ],
)
async def test_a_name_that_nobody_knows_is_said_to_be_none(
    company: Company, ana: Someone, rui: Someone, said: str
) -> None:
    await company.open_account(ana, "华东医院")
    await rui.says(f"/merge {said}")
    rui.sees("I don't know an account called “华东医院二院”.")


async def test_a_branch_that_nobody_knows_is_none_either(
    company: Company, rui: Someone, two: object
) -> None:
    await rui.says("/merge Acme East into Acme")
    rui.sees("I don't know an account called “Acme East”.")


async def test_so_it_is_in_chinese(company: Company, lin: Someone) -> None:
    boss = await company.hire("王总", Role.MANAGER, language="zh")
    await company.open_account(lin, "华东医院")
    await boss.says("/合并 华东医院二院，华东医院")
    assert "同一个客户" not in boss.last.text
    boss.sees("华东医院二院")


async def test_another_region_s_is_not_merged(
    company: Company, rui: Someone, bo: Someone, two: object
) -> None:
    await company.open_account(bo, "Heron")
    await rui.says("/merge Acme, Heron")
    rui.sees("Heron belongs to Bo.")


async def test_moved_away_between_preview_and_press_it_is_refused(
    company: Company, rui: Someone, bo: Someone, two: tuple[int, int]
) -> None:
    await rui.says("/merge Acme, Crane")
    await move_account(company, two[1], bo)
    await rui.presses("Merge")
    rui.sees("That account is gone, or isn't yours to see.")
    assert {each.account_id for each in await visits(company)} == set(two)


async def test_claims_go_with_it(
    company: Company, ana: Someone, rui: Someone, two: tuple[int, int]
) -> None:
    ben = await company.hire("Ben")
    await ben.says("/claim Crane, I know them")
    await ana.says("/claim Crane, the same as Acme")
    await merged(rui)
    await rui.says("/claims")
    rui.sees("Ben claims Acme, which Ana has.")
    assert "Ana claims" not in rui.last.text


async def test_doubles_are_found_with_a_way_to_merge(
    company: Company, ana: Someone, bo: Someone, rui: Someone
) -> None:
    await rui.says("/duplicates")
    rui.sees("No two of your people's accounts look the same.")
    eva = await company.hire("Eva")
    await company.open_account(ana, "华东医院")
    await company.open_account(eva, "Huadong Yiyuan")
    await company.open_account(bo, "华东医院")
    await rui.says("/duplicates")
    rui.sees("华东医院, Ana · Huadong Yiyuan, Eva", "[Merge into 华东医院]")
    assert "Bo" not in rui.last.text
    await rui.presses("Merge into 华东医院")
    rui.sees("Huadong Yiyuan goes into 华东医院:", "• nothing but its name")
    await rui.presses("Merge")
    await rui.says("/duplicates")
    rui.sees("No two")


async def test_undo_names_it(company: Company, rui: Someone, two: object) -> None:
    await merged(rui)
    await rui.says("/undo")
    rui.sees("Undone: merge of Crane.")


async def test_names_are_never_markup(company: Company, ana: Someone, rui: Someone) -> None:
    await company.open_account(ana, "*Acme* <!here>")
    await company.open_account(ana, "[x](https://a.example)")
    await rui.says("/merge *Acme* <!here>")
    await rui.presses("[x](https://a.example)")
    rui.sees("[x](https://a.example) goes into *Acme* <!here>:", "• Ana has both.")
    await rui.presses("Merge")
    rui.sees("[x](https://a.example) is part of *Acme* <!here> now: nothing but its name.")
