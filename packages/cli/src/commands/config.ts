import { Command } from '../command.ts'
import { UsageError } from '../exit.ts'
import { say, translated } from '../say.ts'
import { findingsIn } from '../settings/check.ts'
import { tracingShown } from '../settings/checks/tracing.ts'
import { addSettingFlags, sourcesFrom } from '../settings/flags.ts'
import { type Origin, resolveSettings } from '../settings/resolve.ts'
import { settings as table } from '../settings/schema.ts'
import { commandAbouts } from './names.ts'

/** `opensag config check`: what is in force for the server, where each value comes from, and what a start would refuse. */
export function configCommand(): Command {
  const check = addSettingFlags(new Command('check'), 'server')
    .description(
      'Check the settings of `opensag server`: show each value and its source, and everything a start would refuse.',
    )
    .option('--json', 'Print as JSON')
    .action(async (options: Record<string, unknown>) => {
      const { settings, origins } = resolveSettings('server', sourcesFrom(options))
      const found = await findingsIn(settings, Date.now())
      console.log(options['json'] === true ? JSON.stringify(origins, null, 2) : tableOf(origins))
      const traces = tracingShown(process.env)
      if (traces !== undefined && options['json'] !== true) console.log(`\n${traces}`)
      for (const { text } of found.filter(({ isRefused }) => !isRefused)) {
        console.error(say('Note: {text}', { text: translated(text) }))
      }
      const problems = found.filter(({ isRefused }) => isRefused)
      if (problems.length > 0) throw new UsageError(problems.map(({ text }) => text).join('\n'))
    })
  return new Command('config').description(commandAbouts.config).addCommand(check)
}

function tableOf(origins: readonly Origin[]): string {
  const widest = Math.max(...origins.map(({ name }) => table[name].flag.length)) - 2
  const lines = origins.map(
    ({ name, value, from }) =>
      `${table[name].flag.slice(2).padEnd(widest)} ${String(value ?? '-').padEnd(24)} ${translated(from)}`,
  )
  return lines.join('\n')
}
