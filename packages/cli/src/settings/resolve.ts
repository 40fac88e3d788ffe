import { existsSync, readFileSync } from 'node:fs'
import { joined, mistakeIn } from '@opensag/server/tools'
import { UsageError } from '../exit.ts'
import { parseJson } from '../json-text.ts'
import { unreadable } from '../named-file.ts'
import { type SettingName, type Settings, settings } from './schema.ts'
import type { Program, Setting } from './setting.ts'

/** Where a value in force comes from, in the words of `opensag config check`. */
export interface Origin {
  readonly name: SettingName
  /** For a person: without the secrets it may hold. */
  readonly value: unknown
  readonly from: string
}

export interface Sources {
  /** Flags by setting name; undefined when not given. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Path given with `--config` or `OPENSAG_CONFIG`; else `opensag.json` when it is there. */
  readonly file?: string | undefined
}

const defaultFile = 'opensag.json'

/** Flag before variable before file before default. All mistakes are reported at once. */
export function resolveSettings(
  program: Program,
  sources: Sources,
): { settings: Settings; origins: readonly Origin[] } {
  const file = readFile(sources)
  const problems = file.unknown.map((key) => `${file.path}: "${key}" is not a setting.`)
  const origins: Origin[] = []
  const values: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries(settings) as [SettingName, Setting][]) {
    const [raw, from] = pick(key, setting, sources, file)
    if (raw !== undefined && !setting.programs.includes(program)) {
      // A variable may be set for another program of the same machine; a flag or a line of the file is a mistake.
      if (from !== setting.variable) problems.push(`${from}: "${key}" is not a setting of ${program}.`)
    }
    const given = setting.programs.includes(program) ? raw : undefined
    const mistake = mistakeIn(setting.schema, given)
    if (mistake !== undefined) {
      problems.push(`${joined(from === file.path ? `${from}: "${key}"` : from, mistake)}.`)
      continue
    }
    const exposed = from === setting.flag ? setting.asFlag?.(String(given)) : undefined
    if (exposed !== undefined) {
      problems.push(exposed)
      continue
    }
    const value = setting.schema.parse(given)
    values[key] = value
    const shown = value === undefined || setting.shown === undefined ? value : setting.shown(value)
    origins.push({ name: key, value: shown, from: value === undefined ? 'not set' : from })
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
  return { settings: values as Settings, origins }
}

function pick(key: string, setting: Setting, sources: Sources, file: ConfigFile): readonly [unknown, string] {
  const flag = sources.flags[key]
  if (flag !== undefined) return [flag, setting.flag]
  const variable = sources.environment[setting.variable]
  if (variable !== undefined && variable !== '') return [variable, setting.variable]
  if (file.values[key] !== undefined) return [file.values[key], file.path]
  return [undefined, 'default']
}

interface ConfigFile {
  readonly path: string
  readonly values: Readonly<Record<string, unknown>>
  readonly unknown: readonly string[]
}

function readFile(sources: Sources): ConfigFile {
  const named = sources.file ?? sources.environment['OPENSAG_CONFIG']
  const path = named ?? defaultFile
  if (named === undefined && !existsSync(path)) return { path, values: {}, unknown: [] }
  const parsed = parseJson(textOf(path))
  if ('mistake' in parsed) throw new UsageError(`The configuration file ${path} ${parsed.mistake}.`)
  const values = parsed.value
  if (values === null || typeof values !== 'object' || Array.isArray(values)) {
    throw new UsageError(`The configuration file ${path} must contain a JSON object.`)
  }
  const known = new Set<string>(Object.keys(settings))
  return {
    path,
    values: values as Readonly<Record<string, unknown>>,
    unknown: Object.keys(values).filter((key) => !known.has(key)),
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(error, path, '--config')
  }
}
