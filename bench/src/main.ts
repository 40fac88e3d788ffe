import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCalls } from './calls.ts'
import { contendersOf } from './contenders.ts'
import { type Context, chosenRows, groups } from './groups.ts'
import { within } from './limit.ts'
import { generatorFor } from './load/generator.ts'
import { machineOf, watchStrain } from './machine.ts'
import { type BenchOptions, readOptions, usage } from './options.ts'
import { profileCalls } from './profile.ts'
import { conclude } from './results.ts'
import type { Measured } from './rows/row.ts'
import { callers } from './workload.ts'

const quickMs = 10 * 60_000

/** @returns false when a figure became worse */
async function main(): Promise<boolean> {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    console.log(usage)
    return true
  }
  const folder = mkdtempSync(join(tmpdir(), 'opensag-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  if (options.profile) await within(quickMs, 'Profiling', profileCalls(folder, options))
  else if (options.only.has('calls')) await within(quickMs, 'Measuring calls', measureQuickly(folder, options))
  else return measureRows(folder, options)
  return true
}

function measureQuickly(folder: string, options: BenchOptions): Promise<void> {
  console.log(`Node ${process.versions.node}, ${callers} callers, medians of ${options.rounds} interleaved rounds.`)
  console.log('Load generator and servers share the machine: read ratios, not absolute numbers.\n')
  return measureCalls(contendersOf(options, folder), folder, options)
}

async function measureRows(folder: string, options: BenchOptions): Promise<boolean> {
  const chosen = chosenRows(options.only)
  const generator = generatorFor(options.generator, folder)
  const machine = machineOf(folder)
  const strain = watchStrain()
  const measured: Measured[] = []
  const context: Context = { options, generator, folder, say: (text) => console.log(`  ${text}`) }
  for (const group of groups) {
    if (!group.rows.some(({ id }) => chosen.has(id))) continue
    console.log(`Measuring ${group.name} …`)
    const work = group.measure(chosen, context)
    measured.push(...(await within(group.withinMs(options), `Measuring ${group.name}`, work)))
  }
  const { rounds } = options
  return conclude({ machine, strain: strain(), generator: generator.name, rounds, measured }, options)
}

// Each way out goes through `exit`, and the measured processes end with this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof TypeError) console.error(usage)
  process.exit(1)
}
