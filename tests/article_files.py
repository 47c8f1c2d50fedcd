"""Two short articles of invented news as files: what the tests of the commands read."""

from pathlib import Path

ARTICLE = (
    "Harbour to close\n\nBy Ana Cruz\n\nVELLMAR, May 3, 2031 (Norwire) — The harbour will close, "
    "Mayor Zoë Marr said.\r\n\r\n“Nobody objected,” she told reporters.\n\n"
    "The council denied that the pier was unsafe. It stands on the east bank.\n"
)


def write_articles(folder: Path) -> Path:
    """Write them into `folder`, and return it."""
    (folder / "harbour.txt").write_bytes(ARTICLE.encode())
    (folder / "pier.md").write_text(
        "# Pier\n\nThe pier is safe, an engineer who asked not to be "
        "named said on Monday. Mayor Zoë Marr declined to comment.\n"
    )
    return folder
