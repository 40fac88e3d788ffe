import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { applicationGroups, applications, recognisedBy } from './applications.ts'

test('each application has a number and a name of its own, and a group that there is', () => {
  expect(new Set(applications.map(({ id }) => id)).size).toBe(applications.length)
  expect(new Set(applications.map(({ name }) => name)).size).toBe(applications.length)
  const groups = new Set(applicationGroups.map(({ id }) => id))
  expect(applications.filter(({ groupId }) => !groups.has(groupId))).toEqual([])
  expect(applications.find(({ name }) => name === 'Alibaba')).toEqual({ id: 274, name: 'Alibaba', groupId: 5 })
})

const said = ofProgram('-h')
const lack = said === undefined ? ' (to enable: apt-get install -y libndpi-bin)' : ''
const isOther = said !== undefined && !said.includes(`nDPI ${recognisedBy.version}\n`)
const other = isOther ? ` (of nDPI ${recognisedBy.version}, and another version is here)` : ''

describe.skipIf(said === undefined || isOther)(`ndpiReader${lack}${other}`, () => {
  test('lists the applications and groups that are declared', () => {
    const [, rows = ''] = /supported protocols:\n([\s\S]*?)\n\n/.exec(said ?? '') ?? []
    const categories = new Map(
      [...(ofProgram('-a', '1') ?? '').matchAll(/value="(\d+)">([^<]+)/g)].map(([, id, name = '']) => [
        name,
        Number(id),
      ]),
    )
    const listed = [...rows.matchAll(/^ *(\d+) (\S+) .* (\S+)$/gm)].map(([, id, name, category = '']) => ({
      id: Number(id),
      name,
      groupId: categories.get(category),
    }))
    // The first is what it cannot name.
    expect(listed.slice(1)).toEqual(applications)
    expect(applicationGroups.map(({ id, name }) => [name, id])).toEqual(
      [...categories].filter(([, id]) => applications.some(({ groupId }) => groupId === id)),
    )
  })
})

/** Undefined: there is no such program. */
function ofProgram(...args: readonly string[]): string | undefined {
  try {
    return execFileSync('ndpiReader', args, { encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
