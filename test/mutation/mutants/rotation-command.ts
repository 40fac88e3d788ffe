import type { MutatedFile } from '../mutant.ts'

const cli = 'packages/cli/src/rotate'
const readBack = [`${cli}/read-back.test.ts`]
const runner = [`${cli}/runner.test.ts`]

export const rotationCommand: readonly MutatedFile[] = [
  {
    file: 'cli/src/private-file.ts',
    tests: [`${cli}/password-history.test.ts`, 'packages/cli/src/audit-forward/target.test.ts'],
    changes: [
      {
        name: 'secret-open-to-others',
        breaks: 'Other people of the machine read keys, tokens and the hashes of former passwords.',
        find: '& othersMayUse) === 0',
        replace: '& othersMayUse) >= 0',
      },
    ],
  },
  {
    file: 'cli/src/rotate/password-history.ts',
    tests: [`${cli}/password-history.test.ts`],
    changes: [
      {
        name: 'not-taken-still-counts',
        breaks: 'A password that a gateway never had cannot be given to it.',
        find: 'entry.rotation !== rotation || !gateways.has(entry.gateway)',
        replace: "entry.rotation !== rotation || !gateways.has('')",
      },
    ],
  },
  {
    file: 'cli/src/rotate/append-file.ts',
    tests: [`${cli}/append-file.test.ts`],
    changes: [
      {
        name: 'without-datasync',
        breaks: 'After a power cut the journal does not know of calls that were made.',
        find: 'await handle.datasync()',
        replace: '',
      },
      {
        name: 'written-after-failure',
        breaks: 'What follows a line that could not be written is written behind a gap.',
        find: 'if (broken !== undefined) throw broken',
        replace: '',
      },
      {
        name: 'half-line-stays',
        breaks: 'The rest of a line that was cut off stands before the next.',
        find: 'await handle.truncate(size)',
        replace: '',
      },
      {
        name: 'half-write-repeated-behind',
        breaks: 'A line that was written in part stands before its repetition.',
        find: 'await handle.truncate(end)',
        replace: '',
      },
      {
        name: 'done-before-disk',
        breaks: 'A call is made before the journal has it on disk.',
        find: 'await writeOut()\n        for (const { done } of batch) done()',
        replace: 'for (const { done } of batch) done()\n        await writeOut()',
      },
    ],
  },
  {
    file: 'cli/src/rotate/signed-lines.ts',
    tests: [`${cli}/signed-lines.test.ts`],
    changes: [
      {
        name: 'torn-write-refused',
        breaks: 'After a power cut a rotation cannot be gone on with.',
        find: 'if (grows && isOfTornWrite(content.subarray(whole), next.line, key)) break',
        replace: '',
      },
      {
        name: 'durable-line-dropped',
        breaks: 'A journal in which somebody changed a call that was made is gone on with, without that call.',
        find: 'count !== undefined && count < line',
        replace: 'count !== undefined',
      },
      {
        name: 'old-line-dropped',
        breaks: 'A journal of the version before, in which a call was changed, is gone on with, without that call.',
        find: 'count !== undefined && count < line',
        replace: 'count === undefined || count < line',
      },
      {
        name: 'unreadable-journal-begun-anew',
        breaks: 'A journal of another person is emptied.',
        find: 'if (line === 1) return false',
        replace: '',
      },
      {
        name: 'spliced-evidence',
        breaks: 'Evidence that was put together from two rotations of one key is valid.',
        find: ' || record.previous !== previous',
        replace: '',
      },
      {
        name: 'number-not-compared',
        breaks: 'A line stands where another number belongs.',
        find: 'record.line !== line || record.previous !== previous',
        replace: 'record.previous !== previous && record.line === line',
      },
      {
        name: 'signature-of-the-line-ignored',
        breaks: 'A line that was changed is valid.',
        find: 'given !== undefined && key.verify(signed, given)',
        replace: 'given !== undefined',
      },
    ],
  },
  {
    file: 'cli/src/rotate/evidence.ts',
    tests: [`${cli}/evidence.test.ts`, 'test/rotate/attacks.test.ts'],
    changes: [
      {
        name: 'cut-evidence',
        breaks: 'Evidence whose last line was cut short is valid.',
        find: "if (whole !== content.length) throw new BrokenLines('Its last line is cut short.')",
        replace: '',
        tests: [`${cli}/evidence.test.ts`],
      },
      {
        name: 'evidence-without-end',
        breaks: 'Evidence that was cut off before its end is valid.',
        find: "if (last?.kind !== 'end') throw new BrokenLines('Its end is missing.')",
        replace: "if (last?.kind !== 'end') return summarise([])",
        tests: [`${cli}/evidence.test.ts`],
      },
    ],
  },
  {
    file: 'cli/src/rotate/runner.ts',
    tests: runner,
    changes: [
      {
        name: 'next-wave-after-stop',
        breaks: 'A rotation that was stopped begins its next wave.',
        find: 'if (stop.reason !== undefined) break',
        replace: '',
      },
      {
        name: 'halted-is-finished',
        breaks: 'A rotation that had to stop says that it finished.',
        find: "reason.is !== 'halted' && plan",
        replace: 'plan',
      },
    ],
  },
  {
    file: 'cli/src/rotate/gateway-run.ts',
    tests: runner,
    changes: [
      {
        name: 'called-before-journal',
        breaks: 'A call is made that the journal does not know of.',
        find: 'await noteCall(operation)\n      const called = await',
        replace: 'void noteCall(operation).catch(() => {})\n      const called = await',
      },
      {
        name: 'called-after-stop',
        breaks: 'A gateway that waited for its turn is called after the rotation was stopped.',
        find: 'if (stop.reason !== undefined) return undefined\n      await noteCall',
        replace: 'await noteCall',
      },
      {
        name: 'journal-failure-goes-on',
        breaks: 'A rotation goes on although its journal cannot be written.',
        find: "stop.now({ is: 'halted', why: (error as Error).message })",
        replace: 'void error',
      },
    ],
  },
  {
    file: 'cli/src/rotate/prepare.ts',
    tests: [`${cli}/prepare.test.ts`],
    changes: [
      {
        name: 'sent-before-sealed',
        breaks: 'Passwords are sent before the journal has them: a crash loses them.',
        find: 'await journal.write(',
        replace: 'void journal.write(',
      },
      {
        name: 'sent-before-told',
        breaks: 'Passwords are sent before the command that keeps them has taken them.',
        find: 'if (tell !== undefined) await tell(',
        replace: 'if (tell !== undefined) void tell(',
      },
      {
        name: 'password-of-another',
        breaks: 'A password somebody made for one gateway is set on another.',
        find: 'given.get(serial)',
        replace: '[...given.values()][0]',
      },
    ],
  },
  {
    file: 'cli/src/rotate/read-back.ts',
    tests: readBack,
    changes: [
      {
        name: 'change-of-somebody-else',
        breaks: 'A change that somebody else made is taken for ours.',
        find: '(Principal === undefined || mayBeOf.has(Principal) || mayBeOf.has(undefined)) &&',
        replace: '',
      },
      {
        name: 'change-before-ours',
        breaks: 'A change that was made before our call is taken for ours.',
        find: 'timeOf(RequestedAt) >= since &&',
        replace: '',
      },
      {
        name: 'answered-change-is-ours',
        breaks: 'A call whose answer is known is taken for the one whose answer was lost.',
        find: '(RequestId === undefined || !answered.includes(RequestId))',
        replace: '(RequestId === undefined || answered.length >= 0)',
      },
      {
        name: 'one-of-two',
        breaks: 'Of two changes that may be ours one is taken.',
        find: 'if (second !== undefined || known !== undefined) return',
        replace: 'if (second !== undefined && known !== undefined) return',
      },
      {
        name: 'call-under-way',
        breaks: 'A gateway is taken for unchanged while a call of it is under way.',
        find: 'const isSure = left <= 0 ||',
        replace: 'const isSure = left <= settleMs ||',
      },
      {
        name: 'full-page',
        breaks: 'A page that leaves something out is taken for the whole record.',
        find: 'exact.length + likely.length >= pageSize',
        replace: 'exact.length + likely.length > pageSize',
      },
    ],
  },
  {
    file: 'cli/src/rotate/call.ts',
    tests: [`${cli}/call.test.ts`],
    changes: [
      {
        name: 'broken-off-is-unsent',
        breaks: 'A call that broke off after it was sent is taken for one that never left.',
        find: " && syscall !== 'read' && syscall !== 'write'",
        replace: '',
      },
      {
        name: 'clock-that-went-back',
        breaks: 'A clock that went back is laid beside the record all the same.',
        find: 'heard === undefined || wentBack ? undefined',
        replace: 'heard === undefined ? undefined',
      },
    ],
  },
  {
    file: 'cli/src/rotate/endpoint.ts',
    tests: [`${cli}/endpoint.test.ts`],
    changes: [
      {
        name: 'password-without-tls',
        breaks: 'A password is sent over the network in the clear.',
        find: "example.protocol === 'http:' && !loopback",
        replace: "example.protocol === 'http' && !loopback",
      },
      {
        name: 'region-from-the-network',
        breaks: 'A list of regions decides which host is given passwords.',
        find: '!/^[a-z0-9-]{1,64}$/.test(regionId)',
        replace: 'regionId === placeholder',
      },
    ],
  },
  {
    file: 'cli/src/rotate/finish.ts',
    tests: [`${cli}/finish.test.ts`],
    changes: [
      {
        name: 'stale-passwords-kept',
        breaks: 'A run that settled a doubt leaves a file that does not have the password.',
        find: 'passwords.size === 0 && JSON.stringify(gatewayStates) === JSON.stringify(journalState.gateways)',
        replace: 'passwords.size === 0',
      },
      {
        name: 'idle-run-rewrites',
        breaks: 'A --resume with nothing to do leaves a file of passwords that plain age does not open.',
        find: 'return (await hasPasswords(place.passwords, digest)) ? digest : undefined',
        replace: 'return undefined',
      },
    ],
  },
  {
    file: 'cli/src/rotate/passwords-file.ts',
    tests: [`${cli}/passwords-file.test.ts`],
    changes: [
      {
        name: 'passwords-of-earlier-runs',
        breaks: 'Passwords an earlier run set are not in the file.',
        find: '...journalState.sealed.filter((record) => needed.has(record.run)).map(({ age }) => age),',
        replace: '',
      },
      {
        name: 'candidates-left-out',
        breaks: 'A gateway that may hold one of several passwords is not in the file.',
        find: 'if (runs.length === 0) return []',
        replace: "if (runs.length === 0 || now.outcome?.is !== 'changed') return []",
      },
    ],
  },
  {
    file: 'cli/src/rotate/wait-online.ts',
    tests: [`${cli}/wait-online.test.ts`],
    changes: [
      {
        name: 'waited-for-anew',
        breaks: 'A gateway that comes and goes is waited for without end.',
        find: 'until.get(key) ?? monotonic() + waitMs',
        replace: 'monotonic() + waitMs',
      },
    ],
  },
]
