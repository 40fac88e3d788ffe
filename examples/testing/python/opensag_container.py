"""An OpenSAG of its own for one test, as a container of Testcontainers."""

import json
import os

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

PORT = 7240
CREDENTIALS = "/var/lib/opensag/credentials.json"


class OpenSagContainer(DockerContainer):
    """After `start`, `sag` has endpoint, regionId, gateways and the key pair."""

    def __init__(self, image=os.environ.get("OPENSAG_IMAGE", "opensag:0.2.0")):
        super().__init__(image)
        self.with_command(["sandbox", "--json"])
        self.with_exposed_ports(PORT)
        # Testcontainers is the way in, so the port of the container is without TLS.
        self.with_env("OPENSAG_TRUSTED_PROXY", "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16")
        self.waiting_for(LogMessageWaitStrategy('"ready":true').with_startup_timeout(120))
        self.sag = None

    def start(self):
        super().start()
        printed, _ = self.get_logs()
        ready = next(line for line in printed.decode().splitlines() if '"ready":true' in line)
        # There is no shell in the image, and no `cat`.
        program = f"process.stdout.write(require('node:fs').readFileSync('{CREDENTIALS}', 'utf8'))"
        code, text = self.exec(["node", "-e", program])
        if code != 0:
            raise RuntimeError(f"{CREDENTIALS} cannot be read")
        endpoint = f"http://{self.get_container_host_ip()}:{self.get_exposed_port(PORT)}"
        self.sag = {**json.loads(text), **json.loads(ready), "endpoint": endpoint}
        return self
