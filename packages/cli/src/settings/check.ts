import { UsageError } from '../exit.ts'
import { busFindings } from './checks/bus.ts'
import { certificateFindings } from './checks/certificate.ts'
import { databaseFindings } from './checks/database.ts'
import type { Finding } from './checks/finding.ts'
import { folderFindings } from './checks/folders.ts'
import { listeningFindings } from './checks/listening.ts'
import { mailFindings } from './checks/mail.ts'
import { passphraseFindings } from './checks/passphrase.ts'
import { singleSignOnFindings } from './checks/single-sign-on.ts'
import { tracingFindings } from './checks/tracing.ts'
import type { Settings } from './schema.ts'

/**
 * Checks settings against this machine: files, addresses, and what belongs together. `opensag config check` and every start
 * ask the same, so that nothing the first one lets pass is refused by the second. What another program has right now (a port,
 * the data folder) is not a setting, and only a start can tell.
 */
export async function findingsIn(
  settings: Settings,
  now: number,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly Finding[]> {
  const found = await Promise.all([
    listeningFindings(settings),
    certificateFindings(settings, now),
    mailFindings(settings),
    singleSignOnFindings(settings),
    passphraseFindings(settings),
    databaseFindings(settings),
    busFindings(settings),
    folderFindings(settings),
    tracingFindings(environment),
  ])
  return found.flat()
}

/** @throws UsageError that names everything the server refuses to start with */
export async function requireUsable(settings: Settings, now: number, note: (text: string) => void): Promise<void> {
  const found = await findingsIn(settings, now)
  const problems = found.filter(({ isRefused }) => isRefused)
  if (problems.length > 0) throw new UsageError(problems.map(({ text }) => text).join('\n'))
  for (const { text } of found) note(text)
}
