import { expect, test } from 'vitest'
import { undoOfTags } from './tags.ts'
import { takeBack } from './undo.ts'

const place = { RegionId: 'cn-shanghai', SmartAGId: 'sag-1' }
const had = [{ Key: 'site', Value: 'Lyon' }, { Key: 'critical' }]
const made = [
  { Key: 'env', Value: 'prod' },
  { Key: 'site', Value: 'Nice' },
]

test('tags come back as they were: other values, those taken away, and not those given', async () => {
  const undo = undoOfTags(place, had, made)
  const calls: unknown[] = []
  const isDone = await takeBack(undo, async ({ operation, params }) => {
    calls.push([operation, params['Tag'] ?? params['TagKey']])
    return { Instances: [{ Tags: [...made].reverse() }] }
  })
  expect(isDone).toBe(true)
  expect(calls.slice(1)).toEqual([
    [
      'TagGateway',
      [
        { Key: 'site', Value: 'Lyon' },
        { Key: 'critical', Value: '' },
      ],
    ],
    ['UntagGateway', ['env']],
  ])
})

test('not when somebody has given another one since, or the instance is gone', async () => {
  const undo = undoOfTags(place, had, made)
  for (const Instances of [[{ Tags: [...made, { Key: 'more', Value: '' }] }], []]) {
    expect(await takeBack(undo, async () => ({ Instances }))).toBe(false)
  }
})
