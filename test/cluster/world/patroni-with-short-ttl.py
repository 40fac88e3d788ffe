# For tests only: Patroni 4 raises a ttl below 20 s to 20, which would make each fail-over of a test three times as long.
import sys

sys.argv[0] = "patroni"

from patroni.config import Config

Config._Config__get_and_maybe_adjust_int_value = lambda self, config, param, min_value: int(config[param])

from patroni.__main__ import main

# Patroni starts children that import this file.
if __name__ == "__main__":
    main()
