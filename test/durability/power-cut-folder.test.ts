import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createChance } from '../../packages/chaos/src/random.ts'
import { afterPowerCut, anyPowerCut } from '../support/power-cut/disk.ts'
import { rebuild, recordedSteps, recording, whatRecordingNeeds } from '../support/power-cut/recorder.ts'

const title = 'a name that a killed program left is on the disk once its folder has been opened again'

test.skipIf(whatRecordingNeeds !== undefined)(`${title}${whatRecordingNeeds ? ` (${whatRecordingNeeds})` : ''}`, () => {
  const place = mkdtempSync(join(tmpdir(), 'opensag-power-'))
  try {
    const watched = join(place, 'watched')
    rebuild(watched, new Map([['data', undefined]]))
    // The folder is not synced after the file: there the first program was killed.
    const script = `
        import fs from 'node:fs'
        import { makeFolderDurably } from '@opensag/server/tools'
        fs.writeFileSync(process.argv[1] + '/key', 'content', { flush: true })
        await makeFolderDurably(process.argv[1])
      `
    const command = [...recording(join(place, 'log')), process.execPath, '--input-type=module', '--eval', script]
    const [program = '', ...args] = [...command, join(watched, 'data')]
    const { status, stderr } = spawnSync(program, args, { cwd: import.meta.dirname, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const steps = recordedSteps(join(place, 'log'), watched)
    for (let seed = 0; seed < 50; seed++) {
      const chance = createChance(seed)
      const cut = anyPowerCut(steps.length, chance)
      const left = afterPowerCut(steps, new Map([['data', undefined]]), cut, chance)
      expect(String(left.get('data/key'))).toBe('content')
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})
