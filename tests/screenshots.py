"""Takes the README's pictures from a portal with the demo content; run by `make screenshots`."""

import tempfile
from pathlib import Path

from tests.browser.launching import chromium
from tests.browser.serving import demo_portal

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SHOTS = {
    "home": ("/", 1280, 900),
    "results": ("/suche/?q=Geduldete+Ausbildungsplatz", 1280, 1000),
    "paper": ("/papiere/geduldete-in-ausbildung/", 1280, 1000),
    "paper-phone": ("/papiere/geduldete-in-ausbildung/", 320, 640),
}


def main() -> None:
    """Write one PNG per shot."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_portal(Path(folder)) as address, chromium() as browser:
        for name, (path, width, height) in SHOTS.items():
            page = browser.new_page(locale="de-DE", viewport={"width": width, "height": height}, base_url=address)
            page.goto(path)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()


if __name__ == "__main__":
    main()
