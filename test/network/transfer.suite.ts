import { expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { sh } from './bench.ts'
import { port, serve } from './one-connection.ts'
import { cloud, type Site } from './site.ts'

const bytes = 10_000_000

/** Long connections through the tunnel. */
export function testTransfer(site: () => Site): void {
  test('10 MB go each way though every ICMP message about a packet that is too long is lost', async () => {
    const { one, cloudOfFirst } = site()
    const ends = [one.terminal.machine, cloudOfFirst]
    const lost =
      'table ip lost { chain in { type filter hook input priority 0; icmp type destination-unreachable drop; }; }'
    for (const end of ends) await sh(end, `nft '${lost}'`)
    try {
      expect(await uploaded(one.terminal.machine, cloudOfFirst)).toBe(bytes)
      expect(await downloaded(one.terminal.machine, cloudOfFirst)).toBe(bytes)
    } finally {
      for (const end of ends) await sh(end, 'nft delete table ip lost')
    }
  })
}

/** @returns how many bytes the server has got */
async function uploaded(client: Machine, server: Machine): Promise<number> {
  const serving = await serve(
    server,
    "let got = 0; socket.on('data', ({ length }) => { got += length }); socket.on('end', () => { console.log(got); process.exit() })",
  )
  await sh(client, `bash -c 'head -c ${bytes} /dev/urandom >/dev/tcp/${cloud}/${port}'`)
  return Number((await serving.over).stdout)
}

/** @returns how many bytes the client has got */
async function downloaded(client: Machine, server: Machine): Promise<number> {
  const serving = await serve(
    server,
    `socket.end(Buffer.alloc(${bytes}, 'x')); socket.on('close', () => process.exit())`,
  )
  const got = await sh(client, `bash -c 'wc -c </dev/tcp/${cloud}/${port}'`)
  await serving.over
  return Number(got)
}
