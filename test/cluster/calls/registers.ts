import type { Chance } from '../../../packages/chaos/src/random.ts'
import type { Credentials } from '../../support/sandbox.ts'
import { signedBody } from '../../support/signed-request.ts'
import type { Call } from '../linearizability/check.ts'
import { type Body, sendBody } from './api.ts'
import type { Replays } from './replays.ts'

/** After so many writes in doubt clients leave a key: each of them makes the check of its history dearer. */
const mostInDoubt = 6

export interface RegistersOptions {
  readonly credentials: Credentials
  readonly urls: readonly string[]
  /** Of instances that nothing else changes. */
  readonly instances: readonly string[]
  /** Groups of clients, each on an instance of its own at a time. */
  readonly groups: number
  readonly clientsOfGroup: number
  readonly chance: Chance
  readonly replays: Replays
  readonly isOver: () => boolean
}

/** Names of instances, written and read at all nodes: the name of each is a register. Resolves, when it is over, with what happened. */
export async function useRegisters(options: RegistersOptions): Promise<readonly Call[]> {
  const { credentials, urls, instances, groups, clientsOfGroup, chance, replays, isOver } = options
  const history: Call[] = []
  const waiting = [...instances]
  let values = 0
  const now = (): number => Number(process.hrtime.bigint())
  const nodeOf = (): string => urls[chance.below(urls.length)] ?? ''

  async function write(key: string, client: number, url: string): Promise<'answered' | 'in doubt'> {
    const value = `v${++values}`
    const body = signedBody(credentials, 'ModifySmartAccessGateway', { SmartAGId: key, Name: value })
    const begun = { key, client, op: 'write', value, call: now() } as const
    const told = await sendBody(url, body)
    if (told.is === 'failure') return 'answered' // refused: it changed nothing
    history.push(told.is === 'success' ? { ...begun, ret: now() } : begun)
    if (told.is === 'success') replays.remember(body)
    return told.is === 'success' ? 'answered' : 'in doubt'
  }

  async function read(key: string, client: number, url: string): Promise<void> {
    const call = now()
    const body = signedBody(credentials, 'DescribeSmartAccessGateways', { SmartAGId: key })
    const told = await sendBody(url, body)
    if (told.is === 'success')
      history.push({ key, client, op: 'read', value: nameIn(told.body, key), call, ret: now() })
  }

  async function group(first: number): Promise<void> {
    for (let key = waiting.shift(); key !== undefined && !isOver(); key = waiting.shift()) {
      const current = key
      // What the instance is called before anybody is at it.
      while (!isOver() && (await write(current, first, nodeOf())) === 'in doubt');
      let inDoubt = 0
      await Promise.all(
        Array.from({ length: clientsOfGroup }, async (_, client) => {
          while (!isOver() && inDoubt < mostInDoubt) {
            if (chance.below(2) === 0) await read(current, first + client, nodeOf())
            else if ((await write(current, first + client, nodeOf())) === 'in doubt') inDoubt++
          }
        }),
      )
    }
  }

  await Promise.all(Array.from({ length: groups }, (_, index) => group(index * clientsOfGroup)))
  // At every node, now that nothing is broken.
  for (const key of new Set(history.map((one) => one.key))) for (const url of urls) await read(key, 0, url)
  return history
}

function nameIn(body: Body, key: string): string {
  const { SmartAccessGateway: found } = body['SmartAccessGateways'] as { SmartAccessGateway: readonly Body[] }
  return String(found.find(({ SmartAGId }) => SmartAGId === key)?.['Name'])
}
