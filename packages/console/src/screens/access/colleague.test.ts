import { type ReadyGrant, readyGrantOf, readyPolicy } from '@opensag/rules'
import { describe, expect, test } from 'vitest'
import { type Invitation, invite, policyNameFor, roleIn, steps, takeBack } from './colleague.ts'

const grant: ReadyGrant = { role: 'viewer', on: { instances: ['sag-1'], networks: [], tags: [] } }
const invitation: Invitation = {
  userName: 'p.rossi',
  displayName: '',
  grant,
  policyName: 'ready-p-rossi-0a1b',
  password: 'made',
  description: 'Viewer',
}

/** A server on which one operation fails as often as is said. */
function server(failing?: string, times = 1) {
  const called: string[] = []
  let left = times
  const call = async (operation: string, params: unknown) => {
    if (operation === failing && left > 0) {
      left -= 1
      throw new Error(operation)
    }
    called.push(operation)
    if (operation === 'CreatePolicy') {
      expect(readyGrantOf((params as { PolicyDocument: string }).PolicyDocument)).toEqual(grant)
    }
    return {}
  }
  return { called, call }
}

const forwards = ['CreateUser', 'CreatePolicy', 'AttachPolicyToUser', 'CreateLoginProfile']
const backwards = ['DeleteUser', 'DeletePolicy', 'DetachPolicyFromUser', 'DeleteLoginProfile']

describe('an invitation', () => {
  test('takes its steps in order, the log-on last', async () => {
    const { called, call } = server()
    expect(await invite(call, invitation)).toEqual({ done: 4 })
    expect(called).toEqual(forwards)
  })

  test.each(steps.map((_, index) => index))('that fails at step %i is finished from there', async (index) => {
    const { called, call } = server(forwards[index])
    const first = await invite(call, invitation)
    expect(first).toMatchObject({ done: index, error: expect.any(Error) })
    expect(await invite(call, invitation, first.done)).toEqual({ done: 4 })
    expect(called).toEqual(forwards)
  })

  test.each(steps.map((_, index) => index))('that fails at step %i is undone in the opposite order', async (index) => {
    const { called, call } = server(forwards[index])
    const { done } = await invite(call, invitation)
    called.length = 0
    expect(await takeBack(call, invitation, done)).toEqual({ done: 0 })
    expect(called).toEqual(backwards.slice(0, index).reverse())
  })

  test('whose undoing fails says how far it came, and goes on from there', async () => {
    const { called, call } = server('DeletePolicy')
    const stopped = await takeBack(call, invitation, 3)
    expect(stopped).toMatchObject({ done: 2, error: expect.any(Error) })
    expect(await takeBack(call, invitation, stopped.done)).toEqual({ done: 0 })
    expect(called).toEqual(['DetachPolicyFromUser', 'DeletePolicy', 'DeleteUser'])
  })
})

test('the name of a policy has no character that policies do not take, and another tail each time', () => {
  expect(policyNameFor('p.rossi_2', Uint8Array.of(10, 255))).toBe('ready-p-rossi-2-0aff')
  expect(policyNameFor('x'.repeat(64), new Uint8Array(4))).toMatch(/^[A-Za-z0-9-]{1,128}$/)
})

test('a role is recognised by name and document together', () => {
  const document = readyPolicy(grant)
  expect(roleIn('ready-p-rossi-0a1b', document)).toEqual({ policyName: 'ready-p-rossi-0a1b', grant })
  expect(roleIn('somebody-elses', document)).toBeUndefined()
  expect(roleIn('ready-p-rossi-0a1b', document.replace('Describe', 'Modify'))).toBeUndefined()
})
