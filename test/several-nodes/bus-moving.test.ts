import { connect, createInbox, nkeyAuthenticator } from '@nats-io/transport-node'
import { describe, expect, test } from 'vitest'
import { NoResponder } from '../../packages/server/src/bus/bus.ts'
import { identityOf } from '../../packages/server/src/bus/nats-identity.ts'
import { answerIn, subjectOf } from '../../packages/server/src/bus/nats-messages.ts'
import { busNodes, hasBus } from '../support/bus-nodes.ts'
import { limit, until } from '../support/time.ts'

const long = limit(20_000)

describe.skipIf(!hasBus)('a gateway between two nodes (enable with: apt-get install -y nats-server openssl)', () => {
  const place = busNodes()
  const { node, settled } = place
  const of = (epoch: number) => ({ epoch: () => epoch, replaced: () => {} })

  /** A node whose store says so many times that another one has the gateway. */
  async function asking(times: number) {
    let looks = 0
    const asker = node([0], { epochOf: async () => 1, isHeld: async () => ++looks <= times })
    const newer = node([1])
    await settled(asker, newer)
    return { asker, newer, looks: () => looks }
  }

  test('is asked again while the store says that a node has it, until one answers', async () => {
    const { asker, newer, looks } = await asking(1000)
    const asked = asker.request('s', {}, long)
    await Promise.race([asked, until('the usual patience is over', () => looks() > 2)])
    newer.serve('s', async () => ({ from: 'newer' }), of(2))
    expect(await asked).toEqual({ from: 'newer' })
  })

  test('that comes to the very node that asks is reached there', async () => {
    const { asker, looks } = await asking(1000)
    const asked = asker.request('s', {}, long)
    await Promise.race([asked, until('the usual patience is over', () => looks() > 0)])
    asker.serve('s', async () => ({ from: 'here' }), of(2))
    expect(await asked).toEqual({ from: 'here' })
  })

  test('is off line once the store says that no node has it', async () => {
    const { asker, looks } = await asking(2)
    await expect(asker.request('s', {}, long)).rejects.toThrow(NoResponder)
    expect(looks()).toBe(3)
  })

  test('is not waited for by who asks once', async () => {
    const { asker, looks } = await asking(1000)
    await expect(asker.request('s', {}, long, true)).rejects.toThrow(NoResponder)
    expect(looks()).toBe(0)
  })

  test('is denied by the node that has let it go, unless the asker knows of a later connection', async () => {
    const holder = node([0])
    const stop = holder.serve('s', async () => ({}), of(2))
    // By the server: asked by itself, a node answers without it.
    await settled(node([0]), holder)
    const { servers, caFile, seed } = place.nats
    const [{ address } = { address: '' }] = servers
    const tls = { caFile, checkServerIdentity: identityOf([address]) }
    const asker = await connect({ servers: [address], tls, authenticator: nkeyAuthenticator(seed), reconnect: false })
    const heard: unknown[] = []
    const inbox = createInbox()
    asker.subscribe(inbox, { callback: (_error, { data }) => void heard.push(answerIn(data)?.is) })
    const ask = (epoch: number): void =>
      asker.publish(subjectOf('s'), JSON.stringify({ serial: 's', message: {}, epoch, timeoutMs: long }), {
        reply: inbox,
      })
    ask(2)
    await until('it has answered', () => heard.length === 1)
    stop()
    ask(3)
    ask(2)
    await until('it has denied', () => heard.length > 1)
    expect(heard).toEqual(['answer', 'nobody'])
    await asker.close()
  })
})
