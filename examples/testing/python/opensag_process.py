"""An OpenSAG of its own for one test: the program `opensag sandbox`, without Docker."""

import json
import os
import shlex
import subprocess
import tempfile
from contextlib import contextmanager


@contextmanager
def opensag_process():
    """Yields what the sandbox says when it is ready: endpoint, regionId, gateways, and the key pair.

    OPENSAG_COMMAND is how the program is started; `npx opensag` downloads it when it is not installed.
    """
    command = shlex.split(os.environ.get("OPENSAG_COMMAND", "npx --yes opensag"))
    with tempfile.TemporaryDirectory(prefix="opensag-") as data:
        flags = ["sandbox", "--json", "--until-stdin-ends", "--port", "0", "--data", data]
        # Its standard input is a pipe from here: it ends with this process, whatever happens to it.
        process = subprocess.Popen(command + flags, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"opensag ended with {process.wait()} before it was ready")
            ready = json.loads(line)
            with open(ready["keyFile"], encoding="utf-8") as file:
                yield {**json.load(file), **ready}
        finally:
            process.stdin.close()
            process.wait(timeout=60)
            process.stdout.close()
