import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveSocks } from './socks.ts'

/** A network in which nothing changes, for one program. */
export interface QuietNetwork {
  /** Starts the program in it. */
  readonly executable: string
  /** By which the program reaches the servers of this machine. */
  readonly proxy: string
  close(): void
}

const holder = fileURLToPath(new URL('quiet-network-holder.js', import.meta.url))
const port = 1080
// Without an interface that is up a browser takes itself to be offline: a cable from the network to itself.
const script = `set -e
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 || true
ip link set lo up
ip link add one type veth peer name other
ip addr add 192.0.2.1/24 dev one
ip link set one up
ip link set other up
exec "$@"`

/**
 * A browser gives up what it loads when an interface or an address of its machine comes or goes (`net::ERR_NETWORK_CHANGED`), and tests
 * beside this one plug and unplug cables. So it gets a network of its own; only its proxy leads out.
 */
export async function openQuietNetwork(program: string): Promise<QuietNetwork> {
  const holding = spawn('unshare', ['--net', 'sh', '-c', script, 'sh', process.execPath, holder, String(port)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(holding, 'close')
  const [, server] = (await Promise.race([
    once(holding, 'message'),
    ended.then(() => Promise.reject(new Error('The network of the browser did not start.'))),
  ])) as [string, Server]
  server.on('connection', serveSocks)
  const folder = mkdtempSync(join(tmpdir(), 'opensag-browser-'))
  const executable = join(folder, 'browser')
  writeFileSync(executable, `#!/bin/sh\nexec nsenter --net=/proc/${holding.pid}/ns/net '${program}' "$@"\n`)
  chmodSync(executable, 0o755)

  function close(): void {
    server.close()
    holding.kill()
    rmSync(folder, { recursive: true, force: true })
  }

  return { executable, proxy: `socks5://127.0.0.1:${port}`, close }
}
