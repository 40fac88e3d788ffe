import { folder } from '../mutant.ts'

const at = 'packages/server/src/master-key'
const rotation = `${at}/master-key.test.ts`

/** The master key: no moment of its rotation loses a secret. */
export const keys = folder('keys', 0.9, at, [
  {
    file: 'master-key.ts',
    tests: [rotation],
    changes: [
      {
        name: 'next-key-not-opened',
        breaks: 'A start after a rotation that was cut short opens half of the secrets.',
        find: 'if (next !== undefined) ring.turnTo(next.key)',
        replace: '',
      },
      {
        name: 'another-key-after-a-failure',
        breaks: 'A rotation that failed is begun again with a third key, and what was under the second is lost.',
        find: 'if (next === undefined) {',
        replace: 'if (next === undefined || true) {',
      },
      {
        name: 'promoted-before-sealed',
        breaks: 'The old key is gone before everything is under the new one.',
        find: 'const done = await resealAll(store, ring)\n        await disk.promote()',
        replace: 'await disk.promote()\n        const done = await resealAll(store, ring)',
      },
      {
        name: 'next-key-bare',
        breaks: 'Rotating a wrapped key leaves a bare one.',
        find: 'random(masterKeyBytes), stored.wrapped)',
        replace: 'random(masterKeyBytes), false)',
      },
      {
        name: 'two-rotations-at-once',
        breaks: 'Two rotations write the same files.',
        find: 'if (busy) throw',
        replace: 'if (false) throw',
      },
      {
        name: 'wrapped-amid-a-rotation',
        breaks: 'The old key is written anew while it is being replaced.',
        find: 'if (next !== undefined) throw',
        replace: 'if (false) throw',
      },
      {
        name: 'lost-key-replaced',
        breaks: 'A missing master key is replaced, and every secret is lost without a word.',
        find: 'if (!options.mayCreate) {',
        replace: 'if (false) {',
      },
    ],
  },
  {
    file: 'at-start.ts',
    tests: [`${at}/at-start.test.ts`],
    changes: [
      {
        name: 'key-made-beside-secrets',
        breaks: 'A node without a key makes one beside a database whose secrets it then cannot open.',
        find: 'isFirst && (await store.read(readSealedSettings)).length === 0',
        replace: 'isFirst',
      },
      {
        name: 'key-of-another-database',
        breaks: 'A node with the key of another database writes a secret that no other node can open.',
        find: '    await requireKeyOf(store, sealer, path)\n    throw error',
        replace: '    throw error',
      },
      {
        name: 'secrets-added-under-another-key',
        breaks: 'A node with the key of another database adds a secret under it before it is refused.',
        find: '  await requireKeyOf(store, sealer, path)\n  try',
        replace: '  try',
      },
      {
        name: 'needless-key-kept',
        breaks: 'A node that came second keeps a key that opens nothing.',
        find: 'if (!isThere && error instanceof MasterKeyRefused)',
        replace: 'if (false)',
      },
      {
        name: 'operators-key-removed',
        breaks: 'A key that was there is removed because it is of another database.',
        find: 'if (!isThere && error',
        replace: 'if (error',
      },
    ],
  },
  {
    file: 'reseal.ts',
    tests: [rotation],
    changes: [
      {
        name: 'one-pass',
        breaks: 'What is written behind the pass stays under the old key.',
        find: 'if (pass.resealed === 0) return',
        replace: 'if (pass.resealed >= 0) return',
      },
      {
        name: 'first-slice-only',
        breaks: 'Only the first values of a place are sealed anew.',
        find: 'values.length < slice ? undefined',
        replace: 'values.length <= slice ? undefined',
      },
    ],
  },
  {
    file: 'wrapping.ts',
    tests: [`${at}/wrapping.test.ts`],
    changes: [
      {
        name: 'cheap-to-guess',
        breaks: 'A passphrase can be guessed millions of times a second.',
        find: 'const usualCost = 2 ** 17',
        replace: 'const usualCost = 2 ** 4',
      },
    ],
  },
  {
    file: '../master-key-form.ts',
    tests: [`${at}/wrapping.test.ts`],
    changes: [
      {
        name: 'bare-key-taken-for-wrapped',
        breaks: 'One bare key of 256 does not open.',
        find: 'content.length > 32 && ',
        replace: '',
      },
    ],
  },
  {
    file: '../data-folder.ts',
    tests: ['packages/server/src/data-folder.test.ts', 'packages/cli/src/settings/check.test.ts'],
    changes: [
      {
        name: 'database-open-to-all',
        breaks: 'Anybody on the machine writes himself a key.',
        find: 'if (found !== undefined) requireUnshared(join(path, name), found)',
        replace: 'void found',
      },
      {
        name: 'wrapped-key-passes-the-check',
        breaks: 'config check lets pass what the start refuses.',
        find: 'isWrapped(key) && !hasPassphrase',
        replace: 'isWrapped(key) && hasPassphrase',
      },
    ],
  },
  {
    file: 'sealed-places.ts',
    tests: [`${at}/sealed-places.test.ts`, rotation],
    changes: [
      {
        name: 'sessions-forgotten',
        breaks: 'Sessions do not open after a rotation.',
        find: "  columnPlace('sts_session', 'id', 'secret_sealed', sessionContext),\n",
        replace: '',
      },
    ],
  },
  {
    file: '../sealing/key-ring.ts',
    tests: ['packages/server/src/sealing/key-ring.test.ts'],
    changes: [
      {
        name: 'older-key-goes-on',
        breaks: 'What the stolen key sealed still opens after the rotation.',
        find: '      older = undefined\n',
        replace: '',
      },
      {
        name: 'renewed-without-end',
        breaks: 'No pass ever finds that all is done.',
        find: 'if (underNewest(sealed, context) !== undefined) return undefined\n',
        replace: '',
      },
    ],
  },
  {
    file: '../../../agent/src/console/entry.ts',
    tests: ['packages/agent/src/console/owner.test.ts'],
    changes: [
      {
        name: 'first-visit-without-code',
        breaks: 'Any visitor sets the first password of a real gateway.',
        find: "if (!isCode(fields.get('code') ?? '', code)) {",
        replace: 'if (false) {',
      },
      {
        name: 'strangers-lock-out-the-owner',
        breaks: 'A known browser waits because others failed.',
        find: 'if (browser !== undefined) return browser',
        replace: '',
      },
      {
        name: 'any-code-saves-waiting',
        breaks: 'Whoever types something into the field of the code guesses without waiting.',
        find: "isCode(fields.get('code') ?? '', parts.code) ? 'code' : undefined",
        replace: "fields.has('code') ? 'code' : undefined",
      },
    ],
  },
  {
    file: '../../../agent/src/console/fair-connections.ts',
    tests: ['packages/agent/src/console/fair-connections.test.ts'],
    changes: [
      {
        name: 'answers-cut-off',
        breaks: 'Silent connections cut off answers that are on their way.',
        find: 'idle.length > 0 ? idle : open',
        replace: 'open',
      },
      {
        name: 'oldest-of-all',
        breaks: 'One address with many connections costs others theirs.',
        find: 'counts.get(source) === most',
        replace: 'counts.get(source) !== 0',
      },
    ],
  },
  {
    file: '../apis/opensag/describe-gateway-configuration.ts',
    tests: ['packages/server/src/apis/opensag/describe-gateway-configuration.test.ts'],
    changes: [
      {
        name: 'confirmed-without-a-trial',
        breaks: 'A gateway of 0.1.0 is shown as confirmed, though nobody confirmed anything.',
        find: 'Confirmed: confirms(device) && ',
        replace: 'Confirmed: ',
      },
    ],
  },
  {
    file: '../../../protocol/src/handshake.ts',
    tests: ['packages/protocol/src/handshake.test.ts'],
    changes: [
      {
        name: 'capabilities-unasked',
        breaks: 'A gateway names what the server did not offer.',
        find: 'capabilities: agreed,',
        replace: 'capabilities: [...own],',
      },
    ],
  },
  {
    file: '../backup/make-backup.ts',
    tests: [`packages/server/src/backup/make-backup.test.ts`],
    changes: [
      {
        name: 'backup-across-a-rotation',
        breaks: 'A backup made across a rotation holds values that its key does not open.',
        find: 'if (!(await masterKeyIn(data, options.passphrase)).key.equals(key.key)) {',
        replace: 'if (false) {',
      },
    ],
  },
])
