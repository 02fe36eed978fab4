"""A real browser for the site's tests: chromium without its background chatter, and axe to look for what shuts people out."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb")
WIDTHS = (1280, 375)


def missing() -> str:
    """What is not installed, or ''."""
    for name in ("chromium", "chromedriver"):
        if not shutil.which(name):
            return f"{name} is not installed"
    return ""


@contextlib.contextmanager
def served(app) -> Iterator[str]:
    """The site on a free port, in a thread of its own; yields its address."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextlib.contextmanager
def chromium(folder: Path, scripts: bool = False) -> Iterator:
    """A browser with a fresh profile in `folder`; pages run no script of their own unless `scripts`."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def sized(driver, width: int, height: int = 900) -> None:
    """A window whose page is exactly `width` wide: headless windows refuse to be as narrow as a phone."""
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1,
                                                                  "mobile": width < 600})


def pictured(driver, path: Path, whole: bool = True) -> None:
    """A screenshot, of the whole page or of what a reader sees first."""
    import base64

    size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1}} if whole else {}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": whole, **clip})
    path.write_bytes(base64.b64decode(shot["data"]))


def violations(driver) -> list[str]:
    """Serious and critical findings of axe on the page that is open, each in one line."""
    from axe_core_python.selenium import Axe

    found = Axe().run(driver, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:120]} ×{len(v['nodes'])}" for v in found["violations"]
            if v["impact"] in ("serious", "critical")]
