// What stands in the documents is run, in one sandbox, as a reader would type it.
import { afterAll, beforeAll, describe, test } from 'vitest'
import { limit } from '../support/time.ts'
import { outcomes } from './outcomes.ts'
import { commandsOf, shellBlocks } from './shell.ts'
import { lackOfPrograms, startWorld, type World } from './world.ts'

const lack = lackOfPrograms()
const toRun = shellBlocks().filter(({ meaning }) => meaning?.kind === 'run')

describe.skipIf(lack !== undefined)(`the commands of a document do what it says${lack ? ` (${lack})` : ''}`, () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  }, limit(60_000))
  afterAll(() => world?.remove())

  for (const [document, steps] of Object.entries(outcomes)) {
    const commands = toRun.filter((block) => block.document === document).flatMap(commandsOf)
    test(
      document,
      () =>
        world.run(
          document,
          steps.map((step, index) => [commands[index] ?? '', step] as const),
        ),
      limit(60_000),
    )
  }
})
