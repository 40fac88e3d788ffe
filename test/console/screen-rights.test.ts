import { expect, test } from 'vitest'
import { screens } from '../../packages/console/src/app/screens.ts'
import { allOperations } from '../../packages/server/src/apis/registry.ts'

/** Lists that show what the caller may see: whoever may see any of it is allowed in part. */
const inPart = ['smartag/*', 'ccn/*', '*']

const rows = Object.entries(screens).flatMap(([name, { needs }]) => (needs === undefined ? [] : [{ name, needs }]))

test.each(rows)('the menu asks for the screen $name what its call is decided by', ({ needs: [action, resource] }) => {
  const operation = allOperations.find((one) => action.endsWith(`:${one.name}`))
  const templates = [operation?.access.resource ?? []].flat()
  if (resource === undefined) expect(inPart).toContain(templates[0] ?? '')
  else expect(templates).toContain(resource)
})

test('only screens that have something for everybody, or that no menu has, need nothing', () => {
  const free = Object.entries(screens).filter(([, { needs }]) => needs === undefined)
  expect(free.map(([name]) => name)).toEqual(['branch', 'rotation', 'access', 'explorer'])
})
