"""Remake the picture in the README, ``docs/picture.png``, from the page that `quoth demo` writes.

Needs Chromium and the development extras. Run from anywhere::

    python docs/make_picture.py
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).with_name("picture.png")
SIZE = {"width": 1360, "height": 860}
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def main() -> None:
    """Draw the demo's network with the panel of the most quoted source open."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium: install chromium (or google-chrome) and run this again")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run(["quoth", "demo", "-o", folder], check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto((Path(folder) / "explore.html").as_uri())
        page.locator(".ranked").first.click()
        page.get_by_role("tab", name="Network").click()
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
