"""What the benchmark times is timed anew each time, and can be timed at all."""

from analysis.studies.people import _recovered
from tests.bench import recover_serpong


def test_the_benchmark_recovers_anew_each_time():
    for _ in range(2):
        recover_serpong()
        assert _recovered.cache_info().misses > 0
        assert _recovered.cache_info().currsize > 0
