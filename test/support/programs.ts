import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { type Running, runOpensag } from './process.ts'

export interface Programs {
  /** @param file the program, when it is not that of this checkout */
  run(args: readonly string[], file?: string, environment?: Readonly<Record<string, string>>): Running
  /** @param name tells whose folder it is, should one be left behind */
  newFolder(name: string): Promise<string>
}

/** Programs and folders of the tests of one file: after each test the programs are killed, then the folders removed. */
export const programsOfEachTest = (): Programs => programsUntil(afterEach)

/** The same, after all tests of the file. */
export const programsOfFile = (): Programs => programsUntil(afterAll)

function programsUntil(over: (end: () => Promise<void>) => void): Programs {
  const running = new Set<Running>()
  const folders = new Set<string>()
  over(async () => {
    for (const one of running) await one.kill()
    running.clear()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
    folders.clear()
  })
  return {
    run(args, file, environment = {}) {
      const one = runOpensag(args, environment, [], file)
      running.add(one)
      return one
    },
    async newFolder(name) {
      const folder = await mkdtemp(join(tmpdir(), `opensag-${name}-`))
      folders.add(folder)
      return folder
    },
  }
}
