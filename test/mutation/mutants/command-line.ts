import type { MutatedFile } from '../mutant.ts'

const check = ['packages/cli/src/settings/check.test.ts']

/** What the command line takes, and what it says. */
export const commandLine: readonly MutatedFile[] = [
  {
    file: 'cli/src/audit-forward/webhook.ts',
    tests: ['packages/cli/src/audit-forward/deliver.test.ts'],
    changes: [
      {
        name: 'redirection-takes-entries',
        breaks: 'Entries of the audit trail that a receiver only sent elsewhere count as delivered.',
        find: 'statusCode < 300',
        replace: 'statusCode < 400',
      },
    ],
  },
  {
    file: 'cli/src/audit-forward/whole-tls-connection.ts',
    tests: ['packages/cli/src/audit-forward/deliver.test.ts'],
    changes: [
      {
        name: 'late-reset-is-delivery',
        breaks:
          'Entries count as delivered to a syslog receiver that ended its connection while they were on their way.',
        find: 'raw.write(Buffer.of(0), (error) => finish(error && endedEarly()))',
        replace: 'finish()',
      },
    ],
  },
  {
    file: 'cli/src/audit-forward/trail.ts',
    tests: ['packages/cli/src/audit-forward/trail.test.ts'],
    changes: [
      {
        name: 'line-lost-between-batches',
        breaks: 'An entry that is too much for one batch is in none.',
        find: "'gap' in more || bytes + more.size > limits.bytes) break",
        replace:
          "'gap' in more) break\n      if (bytes + more.size > limits.bytes) {\n        next = read()\n        break\n      }",
      },
    ],
  },
  {
    file: 'cli/src/settings/checks/certificate.ts',
    tests: check,
    changes: [
      {
        name: 'key-of-another-certificate',
        breaks: 'A server starts with a key that is not that of its certificate, and no client gets in.',
        find: 'if (!certificate.checkPrivateKey(secret)) {',
        replace: 'if (certificate.raw.length === 0) {',
      },
      {
        name: 'expired-certificate-unnoticed',
        breaks: 'Nobody is told that the certificate has expired.',
        find: 'if (Date.parse(validTo) <= now) {',
        replace: 'if (Date.parse(validTo) < 0) {',
      },
    ],
  },
  {
    file: 'cli/src/settings/check.ts',
    tests: check,
    changes: [
      {
        name: 'refused-only-noted',
        breaks: 'A start goes on with settings that cannot work.',
        find: 'if (problems.length > 0) throw',
        replace: 'if (problems.length > 1) throw',
      },
    ],
  },
  {
    file: 'cli/src/json-text.ts',
    tests: ['packages/cli/src/json-text.test.ts'],
    changes: [
      {
        name: 'line-from-zero',
        breaks: 'A mistake in a configuration file is shown at the line above it.',
        find: 'see line ${lines.length}',
        replace: 'see line ${lines.length - 1}',
      },
    ],
  },
  {
    file: 'cli/src/call/parameters.ts',
    tests: ['packages/cli/src/call/parameters.test.ts'],
    changes: [
      {
        name: 'forced-secret-in-the-open',
        breaks: 'With --force a password on the command line is sent, and everybody on the machine can read it.',
        find: 'if (value !== fromStdin && isSecret(name, operation)) {',
        replace: 'if (!isForced && value !== fromStdin && isSecret(name, operation)) {',
      },
    ],
  },
  {
    file: 'cli/src/call/output.ts',
    tests: ['packages/cli/src/call/output.test.ts'],
    changes: [
      {
        name: 'expression-checked-after-the-call',
        breaks: 'A mistyped expression is told when the call was made already.',
        find: 'if (!isExpression(query)) {',
        replace: "if (query === '') {",
      },
    ],
  },
]
