import { folder } from '../mutant.ts'

/** Traces of calls: what is a child of what, what may be said, and what a collector may cost. */
export const tracing = folder('tracing', 0.9, 'packages/server/src', [
  {
    file: 'tracing/open.ts',
    tests: ['packages/server/src/tracing/open.test.ts'],
    changes: [
      {
        name: 'any-caller-is-a-parent',
        breaks: 'Callers decide what is traced although the operator said that none does.',
        find: 'parent ?? (takesCallers ? caller : undefined)',
        replace: 'parent ?? caller',
      },
      {
        name: 'timers-belong-to-their-call',
        breaks: 'What a server does by itself is shown as a part of calls that were answered long ago.',
        find: 'here.isOver = true',
        replace: '',
      },
      {
        name: 'each-lost-batch-is-a-line',
        breaks: 'A collector that is away fills the log.',
        find: 'isLost = problem !== undefined',
        replace: 'isLost = false',
      },
      {
        name: 'queue-without-bound',
        breaks: 'A collector that is away fills the memory.',
        find: 'maxQueueSize: batch.queue',
        replace: 'maxQueueSize: 1_000_000',
      },
      {
        name: 'refusal-is-a-failure-of-the-store',
        breaks: 'Each call that is refused shows a database that fails.',
        find: "if (start.kind !== 'client' || !(error instanceof Refusal)) span",
        replace: 'span',
      },
    ],
  },
  {
    file: 'tracing/settings.ts',
    tests: ['packages/server/src/tracing/settings.test.ts'],
    changes: [
      {
        name: 'disabled-is-not-read',
        breaks: 'Traces are sent although they are turned off.',
        find: "value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true'",
        replace: 'false',
      },
      {
        name: 'general-variable-goes-first',
        breaks: 'Traces go where metrics go.',
        find: 'value(special) === undefined ? [general, value(general)] : [special, value(special)]',
        replace: 'value(general) === undefined ? [special, value(special)] : [general, value(general)]',
      },
      {
        name: 'headers-that-cannot-be-sent',
        breaks: 'Every batch fails because of a header that Node refuses.',
        find: 'if (isWrong) problems.push(`${name} has',
        replace: 'if (false) problems.push(`${name} has',
      },
    ],
  },
  {
    file: 'bus/traced-bus.ts',
    tests: ['packages/server/src/bus/traced-bus.test.ts'],
    changes: [
      {
        name: 'bus-carries-no-span',
        breaks: 'What another node does for a call is a trace of its own.',
        find: '{ ...message, ...tracing.carrier() }',
        replace: 'message',
      },
      {
        name: 'kind-is-repeated',
        breaks: 'A text that somebody put on the bus is exported.',
        find: "typeof kind === 'string' && kinds.has(kind)",
        replace: "typeof kind === 'string'",
      },
    ],
  },
  {
    file: 'store/traced-store.ts',
    tests: ['packages/server/src/store/traced-store.test.ts'],
    changes: [
      {
        name: 'sweeps-are-traced',
        breaks: 'Each sweep makes a trace of one span, all day long.',
        find: 'if (!tracing.isWithin()) return write(work)',
        replace: '',
      },
      {
        name: 'commit-without-its-group',
        breaks: 'Nobody sees how many shared a commit.',
        find: "commit?.add({ 'opensag.store.group_size': groupSize() })",
        replace: '',
      },
    ],
  },
  {
    file: 'rpc/call-span.ts',
    tests: ['packages/server/src/rpc/call-span.test.ts'],
    changes: [
      {
        name: 'any-region-is-said',
        breaks: 'A parameter is exported as it was sent.',
        find: 'isRegion(region) ? regionOf(region) : {}',
        replace: 'regionOf(region)',
      },
    ],
  },
  {
    file: 'rpc/dispatch.ts',
    tests: ['packages/server/src/rpc/call-span.test.ts'],
    changes: [
      {
        name: 'refused-call-is-no-error',
        breaks: 'A call that was refused looks like one that was done.',
        find: 'answered(span, answer, refusal)',
        replace: 'answered(span, answer)',
      },
    ],
  },
  {
    file: 'channel/turns-ports.ts',
    tests: ['packages/server/src/channel/gateway-spans.test.ts'],
    changes: [
      {
        name: 'decision-outside-of-its-trace',
        breaks: 'The commit that decides a password change is not seen in the trace of the call.',
        find: 'trace === undefined ? decide() : trace.place(decide)',
        replace: 'decide()',
      },
      {
        name: 'silent-gateway-has-refused',
        breaks: 'A gateway that was lost looks like one that said no.',
        find: "offline ? 'unknown' : 'refused'",
        replace: "'refused'",
      },
    ],
  },
  {
    file: 'channel/restarts.ts',
    tests: ['packages/server/src/channel/gateway-spans.test.ts'],
    changes: [
      {
        name: 'restart-span-never-ends',
        breaks: 'What a gateway was told is in no trace.',
        find: 'told.ended(spanOutcomes[outcome])',
        replace: '',
      },
    ],
  },
])
