import { existsSync, readFileSync } from 'node:fs'
import { UsageError } from '../exit.ts'
import { type Program, type Setting, type SettingName, type Settings, settings } from './schema.ts'

/** Where a value in force comes from, in the words of `opensag config check`. */
export interface Origin {
  readonly name: SettingName
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
      if (from !== setting.variable) problems.push(`${from}: "${setting.flag}" is not a setting of ${program}.`)
    }
    const parsed = setting.schema.safeParse(setting.programs.includes(program) ? raw : undefined)
    if (parsed.success) {
      values[key] = parsed.data
      origins.push({ name: key, value: parsed.data, from: parsed.data === undefined ? 'not set' : from })
    } else {
      problems.push(`${from}: ${setting.flag}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`)
    }
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
  let values: unknown
  try {
    values = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`Could not read the configuration file ${path}: ${(error as Error).message}`)
  }
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
