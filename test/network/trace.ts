import type { Machine } from '../linux/box.ts'
import { sh } from './bench.ts'

/** What the programs of a network leave on a machine: interfaces, addresses, rules, routes, tables, namespaces, programs, files. */
export async function traceOf(machine: Machine): Promise<readonly string[]> {
  const script = `ip -br link show | cut -d' ' -f1
    ip -br -4 address show
    ip rule show
    ip -4 route show table all
    nft list ruleset
    tc qdisc show | grep -v noqueue || true
    ip netns list
    ls -R /run/opensag 2>/dev/null || true
    pgrep -l . | grep -Ev ' (bash|cat|cut|sh|pgrep|grep|nsenter|node)$' | cut -d' ' -f2 || true`
  // Whatever order the kernel tells it in.
  return (await sh(machine, script))
    .split('\n')
    .map((line) => line.trim())
    .sort()
}
