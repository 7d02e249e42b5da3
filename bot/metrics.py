"""What is counted, for Prometheus."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300)
"""From a reply that feels instant to one that waited out a platform's pause."""


@dataclass
class Metrics:
    """The process's counters, in one registry of their own."""

    registry: CollectorRegistry
    updates_received: Counter = field(init=False)
    updates_done: Counter = field(init=False)
    updates_quarantined: Counter = field(init=False)
    deliveries: Counter = field(init=False)
    withheld: Counter = field(init=False)
    errands: Counter = field(init=False)
    reply_seconds: Histogram = field(init=False)
    outbox_pending: Gauge = field(init=False)
    inbox_pending: Gauge = field(init=False)

    def __post_init__(self) -> None:
        self.updates_received = Counter(
            "updates_received_total",
            "Updates committed to the inbox.",
            ["platform"],
            registry=self.registry,
        )
        self.updates_done = Counter(
            "updates_done_total",
            "Updates that were carried out, by how they ended.",
            ["platform", "outcome"],
            registry=self.registry,
        )
        self.updates_quarantined = Counter(
            "updates_quarantined_total",
            "Updates that could not be read.",
            ["platform"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "deliveries_total",
            "Messages by the state in which sending them ended.",
            ["platform", "state"],
            registry=self.registry,
        )
        self.withheld = Counter(
            "withheld_total",
            "Messages that their reader might not see any more when they were to be sent.",
            ["platform", "reason"],
            registry=self.registry,
        )
        self.errands = Counter(
            "errands_total",
            "What was fetched from outside for an answer, by how that ended.",
            ["name", "outcome"],
            registry=self.registry,
        )
        self.reply_seconds = Histogram(
            "reply_seconds",
            "From an update's arrival to the platform's acceptance of its reply.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.outbox_pending = Gauge(
            "outbox_pending", "Messages that are owed and not yet sent.", registry=self.registry
        )
        self.inbox_pending = Gauge(
            "inbox_pending", "Updates that are not answered yet.", registry=self.registry
        )


@dataclass(frozen=True)
class Ages(Collector):
    """``poll_age_seconds``: how long ago each part last did its work, asked for at each scrape."""

    ages: Callable[[], Mapping[str, float]]

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Read the ages now."""
        family = GaugeMetricFamily(
            "poll_age_seconds", "Seconds since each part's last beat.", labels=["part"]
        )
        for part, age in self.ages().items():
            family.add_metric([part], age)
        yield family
