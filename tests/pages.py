"""What a page holds, read as a browser reads it."""

import base64
import gzip
import json
import re
from typing import Any


def embedded(html: str) -> dict[str, Any]:
    """Return the blocks of a page by name, unpacked."""
    found = re.findall(r'<script type="text/plain" id="block-([\w-]+)">([^<]*)<', html)
    return {name: json.loads(gzip.decompress(base64.b64decode(data))) for name, data in found}
