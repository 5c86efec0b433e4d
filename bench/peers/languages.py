"""Languages of texts by eldc: one JSON string a line on stdin, one JSON list of codes back."""

import json
import sys

import eldc

eldc.init()
texts = (json.loads(line) for line in sys.stdin)
# A lone surrogate has no UTF-8.
print(json.dumps([eldc.detect(text.encode("utf-8", "replace").decode("utf-8")) for text in texts]))
