import { isLoopback } from '@opensag/server/tools'
import { exposureOf } from '../../private-file.ts'
import { withoutLineBreak } from '../../secret-input.ts'
import { databaseUrl } from '../database-url.ts'
import type { Settings } from '../schema.ts'
import { type Finding, noted, refused } from './finding.ts'
import { readNamed } from './read-named.ts'

type Given = Pick<Settings, 'database' | 'databaseFile'>

/** Which database the server keeps everything in. Whether it answers is not a setting, and only a start can tell. */
export async function databaseFindings({ database, databaseFile }: Given): Promise<readonly Finding[]> {
  if (databaseFile === undefined) return database === undefined ? [] : urlFindings('--database', database)
  if (database !== undefined) return [refused('Give --database or --database-file, not both.')]
  const file = await readNamed('--database-file', databaseFile)
  if ('finding' in file) return [file.finding]
  const exposed = await exposureOf(databaseFile)
  if (exposed !== undefined) return [refused(`--database-file: ${exposed}`)]
  return urlFindings(`--database-file: ${databaseFile}`, withoutLineBreak(file.content.toString('utf8')))
}

const example = 'Write one such as postgres://opensag@db.example.com/opensag?sslmode=verify-full.'

/** No sentence repeats the URL: it may hold a password. */
function urlFindings(subject: string, text: string): readonly Finding[] {
  if (/^postgres(ql)?:\/\/[^/?]*,/.test(text)) {
    return [
      refused(
        `${subject} names several hosts, and a server connects to one: put a proxy that knows the primary, such as HAProxy, before them, and name that.`,
      ),
    ]
  }
  const url = databaseUrl(text)
  if (url === undefined) return [refused(`${subject} is not the URL of a PostgreSQL database. ${example}`)]
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  const isNear = host === '' || host.startsWith('/') || isLoopback(host.replace(/^\[(.*)\]$/, '$1'))
  const isProtected = ['verify-full', 'verify-ca'].includes(url.searchParams.get('sslmode') ?? '')
  if (isNear || isProtected) return []
  return [noted(`${subject}: the connection to ${host} is not protected. Add ?sslmode=verify-full&sslrootcert=<file>.`)]
}
