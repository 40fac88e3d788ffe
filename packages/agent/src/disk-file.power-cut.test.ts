import { basename } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Files, openFileDisk } from './disk-file.ts'

class PowerCut extends Error {}

interface Content {
  text: string
  durable: boolean
}

interface World {
  readonly files: Files
  /** The same folder after the power is back. */
  afterPowerReturns(): Files
  failNext(step: string): void
  names(): string[]
}

/**
 * One folder on a disk that promises as little as a disk may: what was not synced is there or not as luck decides, a file
 * whose content was not synced may be cut short, a rename counts for sure only once the folder is synced.
 */
function createWorld(stepsUntilPowerCut: number, luck: () => boolean, start = new Map<string, Content>()): World {
  let now = new Map(start)
  let durable = new Map(start)
  let steps = 0
  let failing: string | undefined

  function step(name: string): void {
    steps += 1
    if (steps > stepsUntilPowerCut) throw new PowerCut()
    if (failing !== name) return
    failing = undefined
    throw Object.assign(new Error(`EIO: ${name}`), { code: 'EIO' })
  }

  function missing(): Error {
    return Object.assign(new Error('ENOENT'), { code: 'ENOENT' })
  }

  const files: Files = {
    mkdir: async () => undefined,
    stat: async () => ({ mode: 0o40_700 }),
    readdir: async () => [...now.keys()],
    async readFile(path) {
      const content = now.get(basename(path))
      if (content === undefined) throw missing()
      return content.text
    },
    async open(path, flags) {
      step('open')
      if (flags !== 'wx') {
        const sync = async (): Promise<void> => {
          step('sync folder')
          if (path === '/gateway') durable = new Map(now)
        }
        return { sync, close: async () => undefined, writeFile: () => Promise.reject(new Error('a folder')) }
      }
      const content: Content = { text: '', durable: false }
      now.set(basename(path), content)
      return {
        async writeFile(text) {
          step('writeFile')
          content.text = text
        },
        async sync() {
          step('sync')
          content.durable = true
        },
        close: async () => step('close'),
      }
    },
    async rename(from, to) {
      step('rename')
      const content = now.get(basename(from))
      if (content === undefined) throw missing()
      now = new Map(now).set(basename(to), content)
      now.delete(basename(from))
    },
    async unlink(path) {
      step('unlink')
      if (!now.delete(basename(path))) throw missing()
    },
  }

  function afterPowerReturns(): Files {
    const left = new Map<string, Content>()
    const renamedInTime = luck()
    for (const [name, content] of renamedInTime ? now : durable) {
      const text = content.durable || luck() ? content.text : content.text.slice(0, content.text.length / 2)
      left.set(name, { text, durable: true })
    }
    return createWorld(Number.POSITIVE_INFINITY, luck, left).files
  }

  return {
    files,
    afterPowerReturns,
    failNext(name) {
      failing = name
    },
    names: () => [...now.keys()],
  }
}

test('after a power cut a resolved write is there, and of the one under way the old content or the new one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 }),
      fc.nat(45),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      async (names, steps, coins) => {
        let tossed = 0
        const world = createWorld(steps, () => coins[tossed++ % coins.length] === true)
        const kept = new Map<string, string>()
        let unsure: { readonly name: string; readonly content: string } | undefined
        try {
          const disk = await openFileDisk('/gateway', world.files)
          for (const [i, name] of names.entries()) {
            unsure = { name, content: `content number ${i}` }
            await disk.write(name, unsure.content)
            kept.set(name, unsure.content)
            unsure = undefined
          }
        } catch (error) {
          const cause = error instanceof AggregateError ? error.errors[0] : error
          if (!(cause instanceof PowerCut)) throw error
        }

        const after = await openFileDisk('/gateway', world.afterPowerReturns())
        for (const name of ['a', 'b']) {
          const allowed = [kept.get(name), ...(unsure?.name === name ? [unsure.content] : [])]
          expect(allowed).toContain(await after.read(name))
        }
      },
    ),
    { numRuns: 1_000 },
  )
})

test.each(['open', 'writeFile', 'sync', 'close', 'rename'])(
  'a failing %s is told, the old content stays, nothing is left over and the next write works',
  async (step) => {
    const world = createWorld(Number.POSITIVE_INFINITY, () => true)
    const disk = await openFileDisk('/gateway', world.files)
    await disk.write('key', 'old')
    world.failNext(step)
    await expect(disk.write('key', 'new')).rejects.toThrow('EIO')
    expect(await disk.read('key')).toBe('old')
    expect(world.names()).toEqual(['key'])
    await disk.write('key', 'newer')
    expect(await disk.read('key')).toBe('newer')
  },
)

test('a failing sync of the folder is told: the new content may not be durable', async () => {
  const world = createWorld(Number.POSITIVE_INFINITY, () => true)
  const disk = await openFileDisk('/gateway', world.files)
  world.failNext('sync folder')
  await expect(disk.write('key', 'new')).rejects.toThrow('EIO')
})

test('what a failed sync left is written again before it is relied on', async () => {
  const world = createWorld(Number.POSITIVE_INFINITY, () => true)
  const disk = await openFileDisk('/gateway', world.files)
  await disk.write('key', 'old')
  world.failNext('sync folder')
  await expect(disk.write('key', 'new')).rejects.toThrow('EIO')
  world.failNext('rename')
  await expect(disk.settle('key')).rejects.toThrow('EIO')
  await disk.settle('key')
  // Nothing is in doubt any more, so nothing is written.
  world.failNext('rename')
  await disk.settle('key')
  expect(await disk.read('key')).toBe('new')
})
