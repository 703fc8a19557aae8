"""Answers every text with itself."""

import base64
import json
import os
import sys

from tests.search.semantics.children import tell

tell(json.dumps({"model": "well 1", "dimensions": 1}))
for line in sys.stdin:
    texts = json.loads(line)["texts"] if "PORTAL_SECRET_KEY" not in os.environ else []
    tell(json.dumps({"vectors": [base64.b64encode(text.encode()).decode() for text in texts]}))
