// Two servers on one PostgreSQL database: who guesses passwords gains nothing by asking both.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { perAccount, perAddress } from '../../packages/server/src/remote-access/throttle.ts'
import { postgresBin } from '../postgres/server.ts'
import { type Node, type Nodes, openNodes, ram } from './site.ts'

describe.skipIf(postgresBin === undefined)('guesses at two nodes (enable with: apt-get install -y postgresql)', () => {
  let site: Nodes
  const nodeAt = (index: number): Node => site.nodes[index % 2 === 0 ? 0 : 1]
  const right = 'Right-Password-1'

  beforeAll(async () => {
    site = await openNodes(postgresBin ?? '')
    const [one] = site.nodes
    for (const [action, params] of [
      ['CreateUser', { UserName: 'anna' }],
      ['CreateLoginProfile', { UserName: 'anna', Password: right, PasswordResetRequired: 'false' }],
    ] as const) {
      const { status } = await one.call(site.key, action, params, ram)
      if (status !== 200) throw new Error(`${action} was refused.`)
    }
  })
  afterAll(() => site?.close())

  async function logOn(node: Node, user: string, password: string): Promise<string> {
    const { status, body } = await node.post('/console/logon', { user: `${user}@${site.accountId}`, password })
    return status === 200 ? 'done' : String(body['Code'])
  }

  test('a right password is no guess, at whichever node', async () => {
    for (let logon = 0; logon < 2 * perAccount.free; logon++)
      expect(await logOn(nodeAt(logon), 'anna', right)).toBe('done')
  })

  test('those at one name at the console count at both, and the right password waits at both', async () => {
    const codes: string[] = []
    for (let guess = 0; guess < perAccount.free; guess++) codes.push(await logOn(nodeAt(guess), 'anna', 'wrong'))
    expect(codes).toEqual(codes.map(() => 'LogonFailed'))
    // As long as one asks without an end the wait grows no longer; the first answer of each node is within the second.
    expect(await Promise.all([0, 1].map((index) => logOn(nodeAt(index), 'anna', right)))).toEqual([
      'TooManyAttempts',
      'TooManyAttempts',
    ])
  })

  test('those of remote users from one place count at both', async () => {
    const codes: string[] = []
    for (let guess = 0; guess <= perAddress.free; guess++) {
      const { body } = await nodeAt(guess).post('/app/logon', {
        instanceId: 'sag-none',
        userName: `user-${guess}`,
        password: 'wrong',
      })
      codes.push(String(body['Code']))
    }
    expect(codes.slice(0, perAddress.free)).toEqual(Array.from({ length: perAddress.free }, () => 'LogonFailed'))
    expect(codes.at(-1)).toBe('TooManyAttempts')
  })
})
