import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createLinuxAccountVault } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, until } from '../support/time.ts'
import { type Box, startBox, whatBoxesNeed } from './box.ts'

const lack = whatBoxesNeed()
const program = join(import.meta.dirname, 'change-hashes.mjs')

describe.skipIf(lack !== undefined)(`a change of the account's password, killed${lack ? ` (${lack})` : ''}`, () => {
  let box: Box
  let hashes: readonly string[]

  beforeAll(async () => {
    box = await startBox()
    await box.run(['useradd', '-m', '-s', '/bin/sh', 'admin'])
    const vault = createLinuxAccountVault({ account: 'admin' })
    hashes = await Promise.all(Array.from({ length: 7 }, (_, i) => vault.hash(Secret.of(`Password_${i}`))))
  })

  afterAll(() => box?.stop())

  function shadow(): readonly string[] {
    return readFileSync(box.path('/etc/shadow'), 'utf8').split('\n')
  }

  const entry = (): string | undefined =>
    shadow()
      .find((line) => line.startsWith('admin:'))
      ?.split(':')[1]

  test(
    'at a hundred random instants leaves exactly the old hash or the new one, and the next change succeeds',
    async () => {
      const others = shadow().filter((line) => !line.startsWith('admin:'))
      let before = entry()
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 80 }), fc.boolean(), async (delay, chpasswdToo) => {
          const said = await changeAndKill(delay, chpasswdToo)
          const [last = '', previous] = said.toReversed()
          const hashOf = (line: string | undefined): string | undefined =>
            line === undefined ? before : hashes[Number(line.split(' ')[1])]
          const now = entry()
          // Done is done; begun is old or new.
          expect(last.startsWith('done') ? [hashOf(last)] : [hashOf(previous), hashOf(last)]).toContain(now)
          expect(shadow().filter((line) => !line.startsWith('admin:'))).toEqual(others)
          before = now
        }),
        { numRuns: 100, endOnFailure: true },
      )

      const said = await changeAndKill(0, true, (output) => output.includes('done'))
      expect(said.some((line) => line.startsWith('done'))).toBe(true)
    },
    limit(300_000),
  )

  /** What the process said until it was killed, that many milliseconds after it had said enough: by default, that it began. */
  async function changeAndKill(
    delay: number,
    chpasswdToo: boolean,
    isEnough = (output: string): boolean => output !== '',
  ): Promise<readonly string[]> {
    const child = box.start(['setsid', process.execPath, program])
    const { pid } = child
    if (pid === undefined) throw new Error('The process did not start.')
    let output = ''
    let complaint = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    child.stdin?.end(hashes.join('\n'))
    const closed = once(child, 'close')
    await until('it has said enough', () => {
      if (child.exitCode !== null) throw new Error(`The process ended by itself: ${complaint}`)
      return isEnough(output)
    })
    await pause(delay)
    // The one child of nsenter leads a group that is itself and the chpasswd it runs.
    const leader = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'))
    process.kill(chpasswdToo ? -leader : leader, 'SIGKILL')
    await until('all of it has ended', () => hasEnded(leader))
    // What it said last may still be in the pipe.
    await closed
    return output.trim().split('\n')
  }
})

function hasEnded(group: number): boolean {
  try {
    process.kill(-group, 0)
    return false
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true
    throw error
  }
}
