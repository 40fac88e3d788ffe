import { Command } from 'commander'
import { addSettingFlags, sourcesFrom } from '../settings/flags.ts'
import { resolveSettings } from '../settings/resolve.ts'
import { settings } from '../settings/schema.ts'

/** `opensag config check`: what is in force for the server, and where each value comes from. */
export function configCommand(): Command {
  const check = addSettingFlags(new Command('check'), 'server')
    .description('Check the settings of `opensag server`; show each value and its source.')
    .option('--json', 'Print as JSON')
    .action((options: Record<string, unknown>) => {
      const { origins } = resolveSettings('server', sourcesFrom(options))
      if (options['json'] === true) {
        console.log(JSON.stringify(origins, null, 2))
        return
      }
      for (const { name, value, from } of origins) {
        console.log(`${settings[name].flag.slice(2).padEnd(18)} ${String(value ?? '-').padEnd(24)} ${from}`)
      }
    })
  return new Command('config').description('Check the configuration.').addCommand(check)
}
