import { pino } from 'pino'
import { expect, test } from 'vitest'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { ChannelContext } from './context.ts'
import type { GatewayConnection, GatewayConnections } from './held-gateways.ts'
import { replaceOlder } from './older-connections.ts'
import { admitted, isDone, serial } from './testing/channel-world.suite.ts'

const logger = pino({ level: 'silent' })

function replace(held: GatewayConnections, request: Bus['request'], otherNode?: string): Promise<void> {
  return replaceOlder(held, { bus: { request }, logger } as unknown as ChannelContext, { ...admitted, otherNode })
}

const nobody = (): Promise<never> => Promise.reject(new NoResponder())

/** A held connection that ends when it is let go. */
function older(held: GatewayConnections): { readonly reasons: string[]; letGo(): void } {
  const reasons: string[] = []
  let letGo = (): void => {}
  const over = new Promise<void>((resolve) => {
    letGo = () => {
      held.delete(serial)
      resolve()
    }
  })
  const gateway: Pick<GatewayConnection, 'end'> = {
    end(reason) {
      reasons.push(reason)
      return over
    },
  }
  held.set(serial, gateway as GatewayConnection)
  return { reasons, letGo: () => letGo() }
}

test('an older connection of this node is waited for until it is over', async () => {
  const held: GatewayConnections = new Map()
  const { reasons, letGo } = older(held)
  const replacing = replace(held, nobody)
  expect(await isDone(replacing)).toBe(false)
  expect(reasons).toEqual(['The gateway has connected anew.'])
  letGo()
  await replacing
})

test('the connection of another node is waited for until that node says that it is over', async () => {
  let answer = (): void => {}
  const asked: unknown[] = []
  const replacing = replace(
    new Map(),
    (_serial, message, _timeoutMs, askedOnce) => {
      // Nobody there is an answer: the gateway is waiting.
      asked.push({ ...message, askedOnce })
      return new Promise((resolve) => {
        answer = () => resolve({})
      })
    },
    'another',
  )
  expect(await isDone(replacing)).toBe(false)
  expect(asked).toEqual([{ kind: 'step-down', askedOnce: true }])
  answer()
  await replacing
})

test.each([new NoResponder(), new NoReply()])(
  'a node that is dead or silent keeps no gateway out (%s)',
  async (error) => {
    await replace(new Map(), () => Promise.reject(error), 'dead')
  },
)

test('a bus that fails ends the connection: nobody knows who serves the gateway', async () => {
  await expect(replace(new Map(), () => Promise.reject(new Error('broken')), 'another')).rejects.toThrow('broken')
})

test('where no other node has it none is asked', async () => {
  await replace(new Map(), () => Promise.reject(new Error('not asked')))
})
