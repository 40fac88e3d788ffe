import { type Command, Option } from './command.ts'
import { UsageError } from './exit.ts'
import { exposureOf } from './private-file.ts'
import { type HelpText, say } from './say.ts'
import { secretFromFile } from './secret-input.ts'
import { databaseUrl, holdsPassword } from './settings/database-url.ts'

export interface DatabaseFlags {
  readonly database?: string
  readonly databaseFile?: string
}

/** Gives a command that is no program with settings the two flags by which a server is told its database. */
export function addDatabaseFlags(command: Command, about: HelpText): Command {
  return command
    .addOption(new Option('--database <url>', about).conflicts('databaseFile'))
    .addOption(
      new Option(
        '--database-file <file>',
        'File that contains the URL of --database, with its password. Only its owner may read it (OPENSAG_DATABASE_FILE)',
      ),
    )
}

/**
 * The URL of the database that flags name, or else the variables that a server takes; undefined when none does.
 *
 * @throws UsageError that repeats no URL, which may hold a password
 */
export async function databaseFrom(
  { database, databaseFile }: DatabaseFlags,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  if (database !== undefined) return urlOf('--database', withoutSecret('--database', database))
  if (databaseFile !== undefined) return urlOf('--database-file', await urlIn('--database-file', databaseFile))
  const { OPENSAG_DATABASE: url, OPENSAG_DATABASE_FILE: file } = environment
  if (url !== undefined && file !== undefined) {
    throw new UsageError(say('Set OPENSAG_DATABASE or OPENSAG_DATABASE_FILE, not both.'))
  }
  if (url !== undefined) return urlOf('OPENSAG_DATABASE', url)
  return file === undefined ? undefined : urlOf('OPENSAG_DATABASE_FILE', await urlIn('OPENSAG_DATABASE_FILE', file))
}

/** @throws UsageError for a password, which every user of the machine could read */
export function withoutSecret(flag: string, url: string): string {
  if (!holdsPassword(url)) return url
  throw new UsageError(
    `${flag}: a password on the command line can be read by every user of this machine. Name a file that contains the URL with ${flag}-file, or leave the password out and write it into ~/.pgpass.`,
  )
}

/** @throws UsageError when others may read the file */
export async function urlIn(flag: string, file: string): Promise<string> {
  const url = await secretFromFile(file, flag)
  const exposed = await exposureOf(file)
  if (exposed !== undefined) throw new UsageError(`${flag}: ${exposed}`)
  return url.reveal()
}

/** @throws UsageError */
export function urlOf(flag: string, text: string): string {
  if (databaseUrl(text) !== undefined) return text
  throw new UsageError(say('{flag} is not the URL of a PostgreSQL database.', { flag }))
}
