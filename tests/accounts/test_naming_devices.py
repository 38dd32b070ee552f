"""A device is named as its owner would name it."""

import pytest

from xpassfam.accounts.devices import label

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {APPLE} Version/18.0 Safari/604.1", "Safari, iPhone"),
        (f"Mozilla/5.0 (Linux; Android 15) {APPLE} Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {APPLE} Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        (f"Mozilla/5.0 (Linux; Android 15) {APPLE} Chrome/140.0 Mobile Safari/537.36 EdgA/140.0", "Edge, Android"),
        (f"Mozilla/5.0 (Linux; Android 15) {APPLE} SamsungBrowser/28.0 Chrome/130.0", "Samsung Internet, Android"),
        (f"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) {APPLE} FxiOS/140.0 Safari/604.1", "Firefox, iPad"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_by_its_browser_and_system(user_agent, said):
    assert label(user_agent) == said
