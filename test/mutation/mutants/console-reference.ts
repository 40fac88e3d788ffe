import type { MutatedFile } from '../mutant.ts'

const history = 'packages/server/src/reference/history'
const releases = [`${history}/releases.test.ts`]
const recorded = ['packages/server/src/reference/recorded/recordings.test.ts']
const files = [`${history}/frozen-files.test.ts`]

/** What the reference tells of operations, in pages and in the Explorer. */
export const consoleReference: readonly MutatedFile[] = [
  {
    file: 'server/src/reference/history/compare.ts',
    tests: releases,
    changes: [
      {
        name: 'history-without-the-order-of-errors',
        breaks: 'A change history is silent about errors that are checked in another order.',
        find: 'changed(before.errors, after.errors, { order: true })',
        replace: 'changed(before.errors, after.errors)',
      },
      {
        name: 'history-calls-optional-what-must-be-sent',
        breaks: 'A change history does not say that a new parameter must be sent.',
        find: 'after[name]?.required !== undefined',
        replace: 'after[name]?.type === undefined',
      },
      {
        name: 'history-turned-around',
        breaks: 'A change history shows what is now as what was before.',
        find: 'shown(before[name] ?? null, after[name] ?? null)',
        replace: 'shown(after[name] ?? null, before[name] ?? null)',
      },
    ],
  },
  {
    file: 'server/src/reference/history/releases.ts',
    tests: releases,
    changes: [
      {
        name: 'history-keeps-removed-operations',
        breaks: 'An operation that a release removed counts as one of the next release.',
        find: 'if (own === null) delete operations[name]\n      else operations[name] = own',
        replace: 'if (own !== null) operations[name] = own',
      },
      {
        name: 'history-unreleased-under-the-last-release',
        breaks: 'What is not released is told as a change of the last release.',
        find: 'index < releases.length ? { release: index } : {}',
        replace: '{ release: Math.min(index, releases.length - 1) }',
      },
    ],
  },
  {
    file: 'server/src/reference/history/frozen-files.ts',
    tests: files,
    changes: [
      {
        name: 'edited-release-is-read',
        breaks: 'What a release declared can be edited afterwards.',
        find: 'if (checksum(text) !== sha256)',
        replace: 'if (text === sha256)',
      },
      {
        name: 'release-frozen-twice',
        breaks: 'A release is frozen again with other declarations.',
        find: 'version === release.version',
        replace: 'version === release.date',
      },
    ],
  },
  {
    file: 'server/src/reference/recorded/recording.ts',
    tests: recorded,
    changes: [
      {
        name: 'samples-print-passwords',
        breaks: 'The pages print the password of a recorded call.',
        find: 'declared[name]?.state.isSecret === true ||',
        replace: '',
      },
      {
        name: 'samples-print-new-keys',
        breaks: 'The pages print the secret of a key that a recorded call made.',
        find: "['AccessKeySecret', 'SecurityToken',",
        replace: "['SecurityToken',",
      },
      {
        name: 'samples-print-secrets-in-xml',
        breaks: 'The pages print a secret in the XML of an answer.',
        find: '`<$1>${hidden}<`',
        replace: "'$&'",
      },
    ],
  },
  {
    file: 'server/src/reference/samples.ts',
    tests: ['packages/server/src/reference/samples.test.ts', ...recorded],
    changes: [
      {
        name: 'made-up-sample-called-recorded',
        breaks: 'The pages call a sample recorded that is made up.',
        find: ', madeUp: true }',
        replace: ' }',
      },
      {
        name: 'sample-with-a-secret-in-its-address',
        breaks: 'The sample of a call with a password has it in the address, where logs keep it.',
        find: 'if (!isSecret) return',
        replace: 'if (isSecret || !isSecret) return',
      },
    ],
  },
]
