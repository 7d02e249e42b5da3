from prometheus_client import CollectorRegistry, generate_latest

from bot.metrics import Ages, Metrics


def test_every_count_has_its_name_and_labels() -> None:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    metrics.updates_received.labels(platform="telegram").inc(3)
    metrics.updates_done.labels(platform="telegram", outcome="answered").inc()
    metrics.updates_quarantined.labels(platform="telegram").inc()
    metrics.deliveries.labels(platform="telegram", state="sent").inc(2)
    metrics.reply_seconds.observe(0.2)
    metrics.outbox_pending.set(4)
    assert [
        registry.get_sample_value("updates_received_total", {"platform": "telegram"}),
        registry.get_sample_value(
            "updates_done_total", {"platform": "telegram", "outcome": "answered"}
        ),
        registry.get_sample_value("updates_quarantined_total", {"platform": "telegram"}),
        registry.get_sample_value("deliveries_total", {"platform": "telegram", "state": "sent"}),
        registry.get_sample_value("reply_seconds_count"),
        registry.get_sample_value("reply_seconds_bucket", {"le": "0.25"}),
        registry.get_sample_value("reply_seconds_bucket", {"le": "0.1"}),
        registry.get_sample_value("outbox_pending"),
    ] == [3, 1, 1, 2, 1, 1, 0, 4]


def test_two_registries_do_not_share_counts() -> None:
    one, other = CollectorRegistry(), CollectorRegistry()
    Metrics(one).outbox_pending.set(1)
    Metrics(other)
    assert other.get_sample_value("outbox_pending") == 0


def test_ages_are_read_at_each_scrape() -> None:
    registry = CollectorRegistry()
    ages = {"telegram": 1.5}
    registry.register(Ages(lambda: ages))
    assert registry.get_sample_value("poll_age_seconds", {"part": "telegram"}) == 1.5
    ages["telegram"] = 9.0
    assert b'poll_age_seconds{part="telegram"} 9.0' in generate_latest(registry)
