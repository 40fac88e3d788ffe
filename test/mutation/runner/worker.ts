import { relative, resolve } from 'node:path'
import type { TestModule, Vitest } from 'vitest/node'
import { createVitest } from 'vitest/node'
import { common } from '../../support/vitest-common.ts'
import { type Mutant, mutate } from '../mutant.ts'
import type { TestRun } from './outcome.ts'

export interface Task {
  readonly mutant: Mutant | null
  readonly tests: readonly string[]
  /** Milliseconds one test may take. */
  readonly testTimeout: number
}

/**
 * Runs test files in this process's Vitest, again and again, with one mutant at a time. Starting Vitest and transforming
 * the sources once is what makes a mutant cost a second or two; each test file still gets a process of its own.
 */
export async function worker(root: string): Promise<(task: Task) => Promise<TestRun>> {
  let current: Mutant | null = null
  const plugin = {
    name: 'opensag-mutant',
    enforce: 'pre' as const,
    transform(text: string, id: string): string | undefined {
      if (current === null || id.split('?')[0] !== resolve(root, current.file)) return undefined
      return mutate(current, text)
    },
  }
  const options = {
    root,
    // Its own: with the projects of vitest.config.ts, every test would run once on each database.
    config: false as const,
    watch: false,
    pool: 'forks' as const,
    maxWorkers: 1,
    bail: 1,
    // What is there sets the limits of a file of tests; here they are those of the task.
    setupFiles: [],
    reporters: [{}],
  }
  const vitest = await createVitest('test', options, { ...common, plugins: [plugin], logLevel: 'silent' })
  await vitest.standalone()

  return async (task) => {
    current = task.mutant
    forget(vitest, root, task.mutant)
    vitest.getRootProject().config.testTimeout = task.testTimeout
    try {
      return await run(vitest, root, task.tests)
    } finally {
      forget(vitest, root, task.mutant)
      current = null
    }
  }
}

function forget(vitest: Vitest, root: string, mutant: Mutant | null): void {
  if (mutant !== null) vitest.invalidateFile(resolve(root, mutant.file))
}

async function run(vitest: Vitest, root: string, tests: readonly string[]): Promise<TestRun> {
  let passed = 0
  // One file after the other, so that the first that notices is the last that runs.
  for (const test of tests) {
    vitest.state.filesMap.clear()
    const specification = vitest.getRootProject().createSpecification(resolve(root, test))
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification], false)
    for (const module of testModules) {
      const failed = failureIn(module, relative(root, module.moduleId))
      if (failed !== undefined) return { ...failed, passed }
      passed += [...module.children.allTests('passed')].length
    }
    const [unhandled] = unhandledErrors
    if (unhandled !== undefined) return { failed: `${test}: unhandled: ${firstLine(messageOf(unhandled))}`, passed }
  }
  return { passed }
}

function failureIn(module: TestModule, name: string): Pick<TestRun, 'failed' | 'unreadable'> | undefined {
  for (const test of module.children.allTests('failed')) {
    return { failed: `${name}: ${test.fullName}: ${firstLine(messageOf(test.result().errors?.[0]))}` }
  }
  const [error] = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
  if (error === undefined) return undefined
  const message = messageOf(error)
  const unreadable = /Transform failed|Parse failure|PARSE_ERROR|SyntaxError|its text occurs/.test(
    `${error.name}: ${message}`,
  )
  return { [unreadable ? 'unreadable' : 'failed']: `${name}: ${firstLine(message)}` }
}

function messageOf(error: unknown): string {
  return error instanceof Object && 'message' in error ? String(error.message) : String(error)
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 160) ?? ''
}
