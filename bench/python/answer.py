"""The peers' side of a worker: reads a line of JSON, does what it asks, answers with a line. Ends with its standard input."""

import json
import os
import sys
import traceback


def answer(works):
    # Libraries print on standard output whenever they like: it goes to standard error, and only answers go here.
    replies = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    for line in sys.stdin:
        given = json.loads(line)
        try:
            reply = {"answer": works[given.pop("work")](**given)}
        except Exception:
            reply = {"error": traceback.format_exc()}
        replies.write(json.dumps(reply) + "\n")
