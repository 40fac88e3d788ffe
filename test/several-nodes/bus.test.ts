import { createHash, randomBytes } from 'node:crypto'
import { connect, nkeyAuthenticator, nkeys } from '@nats-io/transport-node'
import { systemTimers } from '@opensag/protocol'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { busSuite } from '../../packages/server/src/bus/bus.suite.ts'
import { type Bus, NoReply } from '../../packages/server/src/bus/bus.ts'
import { createNatsBus } from '../../packages/server/src/bus/nats.ts'
import { identityOf } from '../../packages/server/src/bus/nats-identity.ts'
import { createAskedGateway } from '../../packages/server/src/channel/asked-gateway.ts'
import { toHolderSchema } from '../../packages/server/src/channel/bus-messages.ts'
import { createGatewayCommands } from '../../packages/server/src/channel/gateway-commands.ts'
import { busNodes, hasBus } from '../support/bus-nodes.ts'
import type { NatsServer } from '../support/nats.ts'
import { limit, until } from '../support/time.ts'

const long = limit(20_000)
/** The certificate is for the address; see `nats-identity.ts`. */
const checked: object = { checkServerIdentity: identityOf(['127.0.0.1:1']) }
const subjectOf = (serial: string): string =>
  `opensag.gateway.${createHash('sha256').update(serial).digest('base64url')}`

describe.skipIf(!hasBus)(
  'a bus of three servers of NATS with TLS and NKey (enable with: apt-get install -y nats-server openssl)',
  () => {
    const place = busNodes()
    const { node, settled } = place

    interface Line {
      readonly msg: string
      readonly server?: string
    }
    const linesOf = (lines: readonly string[]): readonly Line[] => lines.map((line) => JSON.parse(line) as Line)
    const reachedIn = (lines: readonly string[]): readonly Line[] =>
      linesOf(lines).filter(({ msg }) => msg.includes('is reached'))

    /** A node that holds gateways, and the server it is connected to. */
    async function holderAt(): Promise<{ holder: Bus; lines: string[]; server: NatsServer }> {
      const lines: string[] = []
      const holder = node([1, 2], { lines })
      const reached = await until('it is connected', () => reachedIn(lines)[0])
      const server = place.nats.servers.find(({ address }) => reached.server?.includes(address))
      if (server === undefined) throw new Error(`There is no server ${reached.server}.`)
      return { holder, lines, server }
    }

    describe('as every bus', () => {
      busSuite(async () => {
        const [asker, holder] = [node([0]), node([1])]
        await settled(asker, holder)
        return {
          asker,
          holder,
          settled: () => settled(asker, holder),
          async close() {
            await asker.close()
            await holder.close()
          },
        }
      })
    })

    test('a gateway of this very node is reached without any server', async () => {
      const bus = createNatsBus({
        servers: ['127.0.0.1:1'],
        random: randomBytes,
        logger: pino({ level: 'silent' }),
      })
      place.closeLater(bus)
      bus.serve('mine', async () => ({ from: 'here' }))
      expect(await bus.request('mine', {}, long)).toEqual({ from: 'here' })
      // Whether another node holds it nobody knows.
      await expect(bus.request('other', {}, limit(100))).rejects.toThrow(NoReply)
    })

    test('who has no key, or another one, gets in nowhere', async () => {
      const { address = '' } = place.nats.servers[0] ?? {}
      const to = { servers: [address], tls: { caFile: place.nats.caFile, ...checked }, reconnect: false }
      await expect(connect(to)).rejects.toThrow(/uthorization/)
      const stranger = nkeyAuthenticator(nkeys.createUser().getSeed())
      await expect(connect({ ...to, authenticator: stranger })).rejects.toThrow(/uthorization/)
      await expect(connect({ servers: [address], reconnect: false })).rejects.toThrow()
    })

    test('a tool is run by the gateway of another node; offline is said only where no node holds it', async () => {
      const [asker, holder] = [node([0]), node([1])]
      const { tool } = createGatewayCommands({ bus: asker, random: randomBytes, answerMs: long })
      const ask = () => tool({ serial: 'tooled', began: systemTimers.now() }, { tool: 'log' })
      // As much as an answer may have.
      const log = Array.from({ length: 36 }, (_, at) => ({ at, level: 'info' as const, text: 'x'.repeat(300) }))
      const gateway = createAskedGateway({
        context: { timers: systemTimers, wallClock: Date.now, tracing: undefined, logger: pino({ level: 'silent' }) },
        ...{ serial: 'tooled', hasTools: true, recordRestart: async () => {} },
        send(message) {
          if (message.kind !== 'tool') throw new Error('It was sent something else.')
          void gateway.answered({
            ...{ kind: 'tool-answer', id: message.id },
            answer: { is: 'done', result: { tool: 'log', log } },
          })
        },
      })
      const leave = holder.serve('tooled', async (message) => {
        const asked = toHolderSchema.parse(message)
        if (asked.kind !== 'tool') throw new Error('It was asked for something else.')
        return gateway.ask(asked)
      })
      await settled(asker, holder)
      expect(await ask()).toEqual({ is: 'done', result: { tool: 'log', log } })
      leave()
      await settled(asker, holder)
      expect(await ask()).toBe('offline')
    })

    test('what no node sends is answered by nobody and breaks nothing, also with the key', async () => {
      const [asker, holder] = [node([0]), node([1])]
      const asked: unknown[] = []
      holder.serve('s', async (message) => {
        asked.push(message)
        return {}
      })
      await settled(asker, holder)
      const forger = await connect({
        servers: [place.nats.servers[2]?.address ?? ''],
        tls: { caFile: place.nats.caFile, ...checked },
        authenticator: nkeyAuthenticator(place.nats.seed),
      })
      const message = { kind: 'step-down' }
      for (const garbage of [
        '',
        'not JSON',
        '{}',
        'null',
        JSON.stringify({ serial: 'other', message, timeoutMs: 300 }),
        JSON.stringify({ serial: 's', message: 'text', timeoutMs: 300 }),
        JSON.stringify({ serial: 's', message, timeoutMs: -1 }),
        JSON.stringify({ serial: 's', message: { kind: 'x'.repeat(20_000) }, timeoutMs: 300 }),
        new Uint8Array([0xff, 0xfe, 0]),
      ]) {
        forger.publish(subjectOf('s'), garbage, { reply: 'opensag.nobody' })
      }
      forger.publish(subjectOf('s'), JSON.stringify({ serial: 's', message, timeoutMs: 300 }))
      await forger.flush()
      await settled(asker, holder)
      expect(asked).toEqual([])
      expect(await asker.request('s', { kind: 'real' }, long)).toEqual({})
      await forger.close()
      await expect(asker.request('s', { kind: 'x'.repeat(20_000) }, long)).rejects.toThrow('too large')
    })

    test(
      'when the server of the holder is killed, a gateway is not said to be absent, and is reached again',
      async () => {
        const asker = node([0])
        const { holder, server } = await holderAt()
        for (let number = 0; number < 200; number++) holder.serve(`s${number}`, async () => ({ number }))
        await settled(asker, holder)
        server.signal('SIGKILL')
        const outcomes = await Promise.all(
          Array.from({ length: 200 }, (_, number) =>
            asker.request(`s${number}`, {}, long).then(
              () => 'answered',
              (error: unknown) => (error as Error).name,
            ),
          ),
        )
        expect(outcomes).not.toContain('NoResponder')
        await settled(asker, holder)
        expect(await asker.request('s7', {}, long)).toEqual({ number: 7 })
        await server.start()
      },
      limit(90_000),
    )

    test(
      'a server that is frozen is left for another one, and a request to its nodes is unknown until then',
      async () => {
        const asker = node([0])
        const { holder, server } = await holderAt()
        holder.serve('s', async () => ({}))
        await settled(asker, holder)
        server.signal('SIGSTOP')
        const outcome = await asker.request('s', {}, limit(300)).then(
          () => 'answered',
          (error: unknown) => (error as Error).name,
        )
        expect(['answered', 'NoReply']).toContain(outcome)
        await settled(asker, holder)
        expect(await asker.request('s', {}, long)).toEqual({})
        server.signal('SIGCONT')
      },
      limit(90_000),
    )

    test(
      'nodes leave a server that is about to stop, and each change of state is one line',
      async () => {
        const asker = node([0])
        const { holder, lines, server } = await holderAt()
        holder.serve('s', async () => ({}))
        await settled(asker, holder)
        server.signal('SIGUSR2')
        await until('it has left', () => reachedIn(lines).length > 1)
        await settled(asker, holder)
        expect(await asker.request('s', {}, long)).toEqual({})
        const said = linesOf(lines).map(({ msg }) => msg)
        expect(said.filter((text) => text.includes('about to stop'))).toHaveLength(1)
        expect(said.filter((text) => text.includes('is not reached'))).toHaveLength(1)
        expect(said.filter((text) => text.includes('is reached'))).toHaveLength(2)
      },
      limit(90_000),
    )
  },
)
