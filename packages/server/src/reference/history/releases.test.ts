import { describe, expect, test } from 'vitest'
import { changesOf } from './compare.ts'
import { type FrozenRelease, frozenSurface, historiesOf, surfaceAfter } from './releases.ts'
import type { OperationSurface, Surface } from './surface.ts'

const bind: OperationSurface = {
  access: { action: 'smartag:Bind', level: 'Write', resource: '*' },
  params: { Id: { type: 'string', required: 'yes' }, Name: { type: 'string', length: '1–128' } },
  result: { 'Items[].Id': { type: 'string' } },
  errors: { First: { status: '400', message: 'One.' }, Second: { status: '400', message: 'Two.' } },
}

/** The releases in order, each frozen after those before it. */
function frozen(...surfaces: readonly Surface[]): readonly FrozenRelease[] {
  let releases: readonly FrozenRelease[] = []
  for (const [index, surface] of surfaces.entries()) {
    const own = frozenSurface(surfaceAfter(releases), surface)
    releases = [...releases, { version: `0.${index + 1}.0`, date: '2026-12-01', surface: own }]
  }
  return releases
}

describe('the changes of an operation', () => {
  test('are none when nothing changed', () => {
    expect(changesOf(bind, structuredClone(bind))).toBeUndefined()
  })

  test('are its addition when it is new', () => {
    expect(changesOf(undefined, bind)).toEqual({ added: true })
  })

  test('name what was added, and of that what must be sent, what was removed, and what was changed from what to what', () => {
    const params = {
      Id: { type: 'integer', range: '1–9' },
      Region: { type: 'string', required: 'yes' },
      Tag: { type: 'string' },
    }
    expect(changesOf(bind, { ...bind, params })).toEqual({
      params: {
        added: ['Region', 'Tag'],
        required: ['Region'],
        removed: ['Name'],
        changed: { Id: { type: ['string', 'integer'], required: ['yes', null], range: [null, '1–9'] } },
      },
    })
  })

  test.each([
    ['access', { access: { ...bind.access, resource: 'smartag/*' } }, { access: { resource: ['*', 'smartag/*'] } }],
    [
      'a field',
      { result: { 'Items[].Id': { type: 'long' } } },
      { result: { changed: { 'Items[].Id': { type: ['string', 'long'] } } } },
    ],
    [
      'a status',
      { errors: { ...bind.errors, First: { status: '403', message: 'One.' } } },
      { errors: { changed: { First: { status: ['400', '403'] } } } },
    ],
    [
      'the order of errors',
      { errors: { Second: { status: '400', message: 'Two.' }, First: { status: '400', message: 'One.' } } },
      { errors: { reordered: true } },
    ],
  ] as const)('name %s', (_what, part, changes) => {
    expect(changesOf(bind, { ...bind, ...part })).toEqual(changes)
  })

  test('are no other order when an error is put before others, or the parameters are', () => {
    const errors = { New: { status: '400', message: 'New.' }, ...bind.errors }
    const params = { Name: { type: 'string', length: '1–128' }, Id: { type: 'string', required: 'yes' } }
    expect(changesOf(bind, { ...bind, errors, params })).toEqual({ errors: { added: ['New'] } })
  })

  test('keep back values that are too long to be read', () => {
    const Name = { type: 'string', length: '1–128', values: 'x'.repeat(61) }
    const changes = changesOf(bind, { ...bind, params: { ...bind.params, Name } })
    expect(changes).toEqual({ params: { changed: { Name: { values: [] } } } })
  })
})

describe('the releases', () => {
  const longer: OperationSurface = { ...bind, params: { ...bind.params, Name: { type: 'string', length: '1–200' } } }
  const changed = { params: { changed: { Name: { length: ['1–128', '1–200'] } } } }

  test('keep an operation again only when it differs from the release before', () => {
    const [first, second, third] = frozen({ Bind: bind, List: bind }, { Bind: longer, List: bind }, { Bind: longer })
    expect(Object.keys(first?.surface ?? {})).toEqual(['Bind', 'List'])
    expect(second?.surface).toEqual({ Bind: longer })
    expect(third?.surface).toEqual({ List: null })
  })

  test('keep an operation again when only the order of its errors differs', () => {
    const reversed = { ...bind, errors: Object.fromEntries(Object.entries(bind.errors).reverse()) }
    expect(Object.keys(frozen({ Bind: bind }, { Bind: reversed })[1]?.surface ?? {})).toEqual(['Bind'])
  })

  test('lead to what each of them declared', () => {
    const releases = frozen({ Bind: bind, List: bind }, { Bind: longer }, { Bind: longer, List: longer })
    expect(surfaceAfter(releases.slice(0, 1))).toEqual({ Bind: bind, List: bind })
    expect(surfaceAfter(releases.slice(0, 2))).toEqual({ Bind: longer })
    expect(surfaceAfter(releases)).toEqual({ Bind: longer, List: longer })
  })

  test('are told of each operation, the newest first, and before them what none of them has', () => {
    const histories = historiesOf(frozen({ Bind: bind }, { Bind: bind }, { Bind: longer }), { Bind: bind, New: bind })
    expect(histories).toEqual({
      Bind: [
        { params: { changed: { Name: { length: ['1–200', '1–128'] } } } },
        { release: 2, ...changed },
        { release: 0, added: true },
      ],
      New: [{ added: true }],
    })
  })

  test('tell of an operation that was away that it was added again', () => {
    const histories = historiesOf(frozen({ Bind: bind }, {}, { Bind: longer }), { Bind: longer })
    expect(histories['Bind']).toEqual([
      { release: 2, added: true },
      { release: 0, added: true },
    ])
  })
})
