import { describe, expect, test } from 'vitest'
import {
  filledCall,
  hasRoom,
  type LoggedCall,
  longestList,
  longestQuery,
  longestSaved,
  mostLogged,
  mostSaved,
  readLogged,
  readSaved,
  type SavedCall,
  withCall,
  withSaved,
} from './call-log.ts'
import { passwordOperation } from './password-operation.suite.ts'

function logged(id: number): LoggedCall {
  const query = { SmartAGId: 'sag-1' }
  return {
    product: 'Smartag',
    operation: 'A',
    query,
    id: `${id}`,
    arn: 'me',
    at: id,
    status: 200,
    code: '',
    milliseconds: 5,
  }
}

function saved(name: string, more: Partial<SavedCall> = {}): SavedCall {
  return { product: 'Smartag', operation: 'A', query: {}, name, arn: 'me', ...more }
}

describe('calls that are kept', () => {
  test('have the parameters of the form, and no secret', () => {
    expect(filledCall('Smartag', passwordOperation, { SmartAGId: 'sag-1', Password: 'Never_kept1' })).toEqual({
      product: 'Smartag',
      operation: 'ModifySAGAdminPassword',
      query: { SmartAGId: 'sag-1' },
    })
  })

  test('have no parameters when these are too long, and say so', () => {
    const call = (length: number) => ({ ...logged(1), query: { A: 'x'.repeat(length - '{"A":""}'.length) } })
    expect(withCall([], call(longestQuery))).toEqual([call(longestQuery)])
    expect(withCall([], call(longestQuery + 1))).toEqual([{ ...logged(1), query: {}, isCut: true }])
  })

  test('are a bounded number, of which the oldest goes', () => {
    let calls: readonly LoggedCall[] = []
    for (let id = 0; id <= mostLogged; id++) calls = withCall(calls, logged(id))
    expect(calls).toHaveLength(mostLogged)
    expect([calls[0]?.id, calls.at(-1)?.id]).toEqual([`${mostLogged}`, '1'])
    expect(readLogged(JSON.stringify([...calls, logged(-1)]))).toEqual(calls)
  })

  test('are taken from the browser only where they have their form', () => {
    const bad = [null, 'x', {}, { ...logged(1), query: { A: 1 } }, { ...logged(1), at: 'x' }, { ...logged(1), arn: 1 }]
    expect(readLogged(JSON.stringify([...bad, logged(2)]))).toEqual([logged(2)])
    expect(readLogged('no JSON')).toEqual([])
    expect(
      readSaved(JSON.stringify([saved(''), saved('x'.repeat(61)), { ...saved('a'), query: [1] }, saved('b')])),
    ).toEqual([saved('b')])
  })
})

describe('saved calls', () => {
  test('are sorted by name; one of the same name is replaced, but not that of somebody else', () => {
    const list = withSaved(
      withSaved([saved('b'), saved('a', { arn: 'other' })], saved(' a ')),
      saved('b', { operation: 'B' }),
    )
    expect(list.map(({ name, arn, operation: of }) => [name, arn, of])).toEqual([
      ['a', 'other', 'A'],
      ['a', 'me', 'A'],
      ['b', 'me', 'B'],
    ])
  })

  test('keep long parameters whole, up to a bound over which none is saved, and all of them are read again', () => {
    const long = (name: string, more = 0) =>
      saved(name, { query: { A: 'x'.repeat(longestSaved - '{"A":""}'.length + more) } })
    expect(withSaved([], long('a', 1))).toEqual([])
    let list: readonly SavedCall[] = []
    for (let index = 0; index < mostSaved; index++) list = withSaved(list, long(`n${String(index).padStart(2, '0')}`))
    const text = JSON.stringify(list)
    expect(text.length).toBeLessThanOrEqual(longestList)
    expect(readSaved(text)).toHaveLength(mostSaved)
    expect(readSaved(text)[0]).toEqual(long('n00'))
  })

  test('are a bounded number, and none goes for another', () => {
    const full = Array.from({ length: mostSaved }, (_, index) => saved(`n${String(index).padStart(2, '0')}`))
    expect(withSaved(full, saved('a'))).toEqual(full)
    expect(hasRoom(full, saved('n00', { arn: 'other' }))).toBe(false)
    expect(hasRoom(full, saved(' n00'))).toBe(true)
    expect(withSaved(full, saved('n00', { operation: 'B' }))[0]?.operation).toBe('B')
  })
})
