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
  'packages/agent/src/connection-identity.ts',
  'packages/agent/src/connection-url.ts',
  'packages/agent/src/folder-lock.ts',
  'packages/agent/src/network/gateway/setup.ts',
  'packages/agent/src/network/ipsec/machine.ts',
  'packages/agent/src/shadow-file.ts',
  'packages/cli/src',
  'packages/rotation/src/journal.ts',
  'packages/server/src/backup',
  'packages/server/src/listen-protection.ts',
  'packages/server/src/master-key',
  'packages/server/src/master-key-form.ts',
  'packages/server/src/operator',
  'packages/server/src/private-files.ts',
  'packages/server/src/public-url.ts',
  'packages/server/src/store/audit',
  'packages/server/src/store/copy',
  'packages/server/src/store/errors.ts',
  'packages/server/src/store/sqlite/driver.ts',
  'packages/server/src/tracing/settings.ts',
  'packages/server/src/trouble.ts',
  'packages/server/src/trusted-proxies.ts',
]

/** What `simulate --chaos` prints is for developers; pages are generated in both languages. */
const elsewhere = /\.(test|suite)\.ts$|\/(testing|pages)\/|simulate-chaos/

/** They tell of a start, are part of JSON, of logs or of the store, help of what no command line offers, or defects. */
const notPrinted = new Set([
  'The server was restored from a backup.',
  'The operator takes a password back.',
  'It is not in the inventory.',
  'Back up the database, wherever it is, and the master key.',
  'How far the backup is that is being made.',
  'Log level: 1.',
  '1 Name the folder of the agent with --data, or start it.',
  '1: 2 Trying again.',
  '1: 2.',
  'Gateway 1 keeps its state in 2.',
  'Its first visit needs the code in 1.',
  'Point of presence 1 keeps its keys in 2.',
  'The server ends.',
  'First start. The key pair of account 1 is in 2',
  '1 gateways, all online after 2 s.',
  'There is no password for 1.',
  'A gateway is called for which no password was prepared.',
  'The store could not make the change durable.',
  'The store is closed.',
  'The store keeps 1 used nonces and takes no more until some have expired.',
  'The unit of work this handle belongs to has ended.',
  'A unit of work did not end within 1 ms and was undone. It may await nothing but the store.',
  'The schema has no table of settings.',
  'The thread that copies has ended without an answer.',
  'The copy has no kind for 1, which 2.3 is.',
  'The table 1 has no primary key, by which a copy continues.',
])

beforeAll(() => speak('zh'))

test('every refusal and finding has its Chinese', () => {
  const files = places
    .flatMap((place) => (place.endsWith('.ts') ? [join(root, place)] : filesUnder(join(root, place))))
    .filter((file) => file.endsWith('.ts') && !elsewhere.test(file))
  const known = { ...chinese.help, ...chinese.messages }
  const left = files.flatMap((file) =>
    sentencesIn(readFileSync(file, 'utf8'), file).filter(
      (text) => !notPrinted.has(text) && !(text in known) && !/[\u4e00-\u9fff]/.test(translated(text)),
    ),
  )
  expect(left).toEqual([])
})
