import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** When a connection breaks: the statement has not reached the server, or has, or its answer has come back as well. */
export type Cut = 'before' | 'behind' | 'after its answer'

export interface CuttingProxy {
  /** The same address, by way of here. */
  readonly url: string
  /** Decides about each statement that has the text in it. */
  decide(cut: (() => Cut | undefined) | undefined): void
  /** How many connections it has cut, each in which way. */
  readonly cuts: ReadonlyMap<Cut, number>
  /** Whether new connections are let through; all others end when they no longer are. */
  open(open: boolean): void
  /** New connections lead to another server. */
  lead(target: string): void
  /** How many connections have been made. */
  made(): number
  /** Nothing passes, in either direction, and nobody is told. */
  freeze(frozen: boolean): void
  close(): Promise<void>
}

/** Between a client and PostgreSQL: breaks connections right at statements that have one of `texts` in them. */
export async function startCuttingProxy(target: string, texts: readonly string[]): Promise<CuttingProxy> {
  let place = new URL(target)
  const { pathname, username } = place
  let made = 0
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket }>()
  const cuts = new Map<Cut, number>()
  let decide: (() => Cut | undefined) | undefined
  let [isOpen, isFrozen] = [true, false]

  const proxy = createServer((client) => {
    if (!isOpen) return void client.destroy()
    made += 1
    const server = connect(Number(place.port), place.hostname)
    const pair = { client, server }
    pairs.add(pair)
    let cutting: Cut | undefined
    function end(): void {
      // What the server has been sent it reads before it sees the end.
      if (cutting === 'behind') return
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
    client.on('data', (chunk) => {
      const at = decide === undefined ? -1 : Math.max(...texts.map((text) => chunk.indexOf(text)))
      const cut = at === -1 || cutting !== undefined ? undefined : decide?.()
      if (cut === undefined) return void server.write(chunk)
      cutting = cut
      cuts.set(cut, (cuts.get(cut) ?? 0) + 1)
      if (cut === 'before') return end()
      server.write(chunk, () => {
        if (cut !== 'behind') return
        pairs.delete(pair)
        client.destroy()
        server.end()
      })
    })
    server.on('data', (chunk) => {
      if (cutting === 'after its answer') end()
      else if (cutting === undefined) client.write(chunk)
    })
    if (isFrozen) for (const socket of [client, server]) socket.pause()
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address() as { readonly port: number }

  return {
    url: `postgres://${username}@127.0.0.1:${address.port}${pathname}`,
    decide(cut) {
      decide = cut
    },
    cuts,
    open(open) {
      isOpen = open
      if (!open) for (const { client, server } of pairs) for (const socket of [client, server]) socket.destroy()
    },
    lead(other) {
      place = new URL(other)
    },
    made: () => made,
    freeze(frozen) {
      isFrozen = frozen
      for (const { client, server } of pairs)
        for (const socket of [client, server]) frozen ? socket.pause() : socket.resume()
    },
    async close() {
      for (const { client, server } of pairs) for (const socket of [client, server]) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
