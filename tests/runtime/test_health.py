from bot.runtime.health import Health


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_part_that_is_silent_for_too_long_is_late() -> None:
    watch = Watch()
    health = Health(watch)
    health.expect("telegram", 60)
    health.expect("work", 10)
    watch.now = 30
    health.beat("telegram")
    assert health.late() == ["work"]
    assert health.ages() == {"telegram": 0, "work": 30}
    health.beat("work")
    assert health.late() == []


def test_a_part_that_is_someone_elses_now_is_not_waited_for() -> None:
    watch = Watch()
    health = Health(watch)
    health.expect("telegram", 60)
    watch.now = 90
    health.forget("telegram")
    health.beat("telegram")
    assert health.late() == []
    health.expect("telegram", 60)
    assert health.late() == []
