// Refusals and findings are English where they are written, and Chinese where the command line prints them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { chinese } from '../../packages/cli/src/chinese/index.ts'
import { speak, translated } from '../../packages/cli/src/say.ts'
import { filesUnder } from '../../scripts/support/files.js'
import { root } from '../support/process.ts'
import { sentencesIn } from '../support/sentences.ts'

const places = [
  'packages/cli/src/settings/checks',
  'packages/cli/src/settings/bus-servers.ts',
  'packages/cli/src/settings/resolve.ts',
  'packages/cli/src/settings/several-nodes.ts',
  'packages/cli/src/named-file.ts',
  'packages/cli/src/private-file.ts',
  'packages/cli/src/database-place.ts',
  'packages/cli/src/master-key-passphrase.ts',
  'packages/server/src/backup',
  'packages/server/src/listen-protection.ts',
  'packages/server/src/master-key',
  'packages/server/src/master-key-form.ts',
  'packages/server/src/operator',
  'packages/server/src/private-files.ts',
  'packages/server/src/public-url.ts',
  'packages/server/src/store/audit',
  'packages/server/src/store/copy',
  'packages/server/src/tracing/settings.ts',
  'packages/server/src/trouble.ts',
  'packages/server/src/trusted-proxies.ts',
]

/** They are part of JSON or of the store, help of what no command line offers, or defects. */
const notPrinted = new Set([
  'The server was restored from a backup.',
  'The operator takes a password back.',
  'It is not in the inventory.',
  'Back up the database, wherever it is, and the master key.',
  'How far the backup is that is being made.',
  'Log level: 1.',
  'The schema has no table of settings.',
  'The thread that copies has ended without an answer.',
  'The copy has no kind for 1, which 2.3 is.',
  'The table 1 has no primary key, by which a copy continues.',
])

beforeAll(() => speak('zh'))

test('every refusal and finding has its Chinese', () => {
  const files = places
    .flatMap((place) => (place.endsWith('.ts') ? [join(root, place)] : filesUnder(join(root, place))))
    .filter((file) => file.endsWith('.ts') && !/\.(test|suite)\.ts$|\/testing\//.test(file))
  const known = { ...chinese.help, ...chinese.messages }
  const left = files.flatMap((file) =>
    sentencesIn(readFileSync(file, 'utf8'), file).filter(
      (text) => !notPrinted.has(text) && !(text in known) && !/[\u4e00-\u9fff]/.test(translated(text)),
    ),
  )
  expect(left).toEqual([])
})
