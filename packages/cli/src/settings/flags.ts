import { type Command, Option } from 'commander'
import { z } from 'zod'
import { resolveSettings } from './resolve.ts'
import { type SettingName, type Settings, settings } from './schema.ts'
import type { Program, Setting } from './setting.ts'

/** Gives a command the flags of the settings its program has. */
export function addSettingFlags(command: Command, program: Program): Command {
  command.option('--config <file>', 'JSON file with settings (OPENSAG_CONFIG; default ./opensag.json if it exists).')
  for (const setting of Object.values(settings) as Setting[]) {
    if (!setting.programs.includes(program)) continue
    const fallback = setting.schema.safeParse(undefined)
    const shown = fallback.success && fallback.data !== undefined ? `; default ${String(fallback.data)}` : ''
    const option = new Option(
      `${setting.flag} <${setting.placeholder}>`,
      `${setting.about} (${setting.variable}${shown})`,
    )
    // For those who write about it; what is not one of them is reported with the mistakes of the other settings.
    const choices = choicesOf(setting)
    if (choices !== undefined) option.argChoices = choices
    command.addOption(option)
  }
  return command
}

function choicesOf({ schema }: Setting): string[] | undefined {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).enum as string[] | undefined
}

export function settingsFrom(program: Program, options: Readonly<Record<string, unknown>>): Settings {
  return resolveSettings(program, sourcesFrom(options)).settings
}

export function sourcesFrom(options: Readonly<Record<string, unknown>>): Parameters<typeof resolveSettings>[1] {
  const flags: Record<string, unknown> = {}
  for (const name of Object.keys(settings) as SettingName[]) flags[name] = options[name]
  return { flags, environment: process.env, file: options['config'] as string | undefined }
}
