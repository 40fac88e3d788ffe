import { folder, type MutatedFile } from '../mutant.ts'

const at = 'packages/server/src/health'

const metrics: readonly MutatedFile[] = [
  {
    file: 'call-metrics.ts',
    tests: [`${at}/call-metrics.test.ts`],
    changes: [
      {
        name: 'codes-without-a-bound',
        breaks: 'Callers make as many series as they like.',
        find: 'if (shown === code) byCode.set(code, { count: 1 })',
        replace: 'if (shown !== undefined) byCode.set(code, { count: 1 })',
      },
      {
        name: 'door-codes-unknown',
        breaks: 'Throttled calls cannot be told from others.',
        find: 'code === success || doorCodes.has(code) || ',
        replace: 'code === success || ',
      },
      {
        name: 'calls-never-end',
        breaks: 'The gauge of calls under way only grows.',
        find: 'underWay--',
        replace: 'underWay + 0',
      },
      {
        name: 'milliseconds-as-seconds',
        breaks: 'Every call seems to take longer than the last bucket.',
        find: 'tookMs / 1000',
        replace: 'tookMs',
      },
    ],
  },
  {
    file: 'tallies.ts',
    tests: [`${at}/call-metrics.test.ts`],
    changes: [
      {
        name: 'buckets-not-cumulative',
        breaks: 'Quantiles are nonsense: a bucket has to count what the ones below it count.',
        find: 'count += counts[bucket] as number',
        replace: 'count = counts[bucket] as number',
      },
      {
        name: 'a-bound-is-outside',
        breaks: 'What is as long as a bound is counted as longer.',
        find: 'value > (bounds[bucket] as number)',
        replace: 'value >= (bounds[bucket] as number)',
      },
      {
        name: 'no-sum',
        breaks: 'There is no mean.',
        find: 'sum += value',
        replace: 'sum += 0',
      },
    ],
  },
  {
    file: 'metrics.ts',
    tests: [`${at}/metrics.test.ts`],
    changes: [
      {
        name: 'counters-add-up',
        breaks: 'Each scrape adds what was counted to what was shown.',
        find: '  metric.reset()\n',
        replace: '',
      },
      {
        name: 'unknown-as-zero',
        breaks: 'What cannot be counted is shown as 0.',
        find: '  if (labelNames.length === 0) metric.remove()\n',
        replace: '',
      },
      {
        name: 'metrics-for-everybody',
        breaks: 'Whoever reaches the machine reads its metrics.',
        find: "host: '127.0.0.1'",
        replace: "host: '0.0.0.0'",
      },
    ],
  },
  {
    file: 'store-metrics.ts',
    tests: [`${at}/store-metrics.test.ts`],
    changes: [
      {
        name: 'failed-commits-twice',
        breaks: 'A failed commit is counted in two places.',
        find: "  if (event.kind === 'commit-failed') return\n",
        replace: '',
      },
      {
        name: 'commits-not-counted',
        breaks: 'Nobody sees how many calls share a commit.',
        find: 'works.observe(event.works)',
        replace: 'works.observe(1)',
      },
    ],
  },
  {
    file: 'counted-passwords.ts',
    tests: [`${at}/counted-passwords.test.ts`],
    changes: [
      {
        name: 'failures-not-counted',
        breaks: 'A server that fails all changes of passwords looks idle.',
        find: "changes.inc({ outcome: 'error' })\n        throw",
        replace: 'throw',
      },
      {
        name: 'outcomes-not-begun',
        breaks: 'The first failure is invisible to a rate.',
        find: 'for (const outcome of outcomes) changes.inc({ outcome }, 0)',
        replace: '',
      },
    ],
  },
]

const states: readonly MutatedFile[] = [
  {
    file: 'disk-floor.ts',
    tests: [`${at}/disk-floor.test.ts`],
    changes: [
      {
        name: 'floor-without-hysteresis',
        breaks: 'A disk around the floor makes a line in the log every five seconds.',
        find: 'low ? floor + floor / hysteresis : floor',
        replace: 'floor',
      },
    ],
  },
  {
    file: 'store-writes.ts',
    tests: [`${at}/store-writes.test.ts`],
    changes: [
      {
        name: 'a-line-each-failed-commit',
        breaks: 'Thousands of equal lines hide all others.',
        find: '      if (failing) return\n',
        replace: '',
      },
    ],
  },
]

const readiness: readonly MutatedFile[] = [
  {
    file: 'store-probe.ts',
    tests: [`${at}/store-probe.test.ts`],
    changes: [
      {
        name: 'questions-pile-up',
        breaks: 'A database that hangs gets one more question each second, for ever.',
        find: 'question ??= {',
        replace: 'question = {',
      },
      {
        name: 'looks-wait-for-a-slow-database',
        breaks: 'A database that is slow for all nodes takes all of them out of service.',
        find: 'if (last !== undefined && now < last.at + meanwhileMs) return last.found\n',
        replace: '',
      },
      {
        name: 'told-for-ever',
        breaks: 'The first looks after a long time find a node ready whose database is away.',
        find: ' && now < last.at + meanwhileMs',
        replace: '',
      },
      {
        name: 'a-question-each-time',
        breaks: 'Whoever asks the page often enough keeps the database busy.',
        find: 'now < last.at + keptMs',
        replace: 'now < last.at',
      },
      {
        name: 'newer-schema-not-ready',
        breaks: 'The first node that is upgraded takes all others out of service.',
        find: 'known.every((name) => found.has(name))',
        replace: 'known.length === found.size && known.every((name) => found.has(name))',
      },
      {
        name: 'any-database-will-do',
        breaks: 'A server on an empty database gets calls.',
        find: "undefined : 'schema'",
        replace: 'undefined : undefined',
      },
      {
        name: 'waits-for-the-database',
        breaks: 'The page does not answer while the database hangs.',
        find: "const cancel = timers.after(milliseconds, () => resolve('store'))",
        replace: 'const cancel = () => {}',
      },
    ],
  },
  {
    file: 'health.ts',
    tests: [`${at}/readiness.test.ts`],
    changes: [
      {
        name: 'ready-while-draining',
        breaks: 'A balancer sends calls to a server that stops.',
        find: 'draining: () => draining',
        replace: 'draining: () => false',
      },
      {
        name: 'ready-without-bus',
        breaks: 'Calls go to a node that reaches no gateway of the others.',
        find: 'bus.isConnected?.() === false',
        replace: 'bus.isConnected?.() === true',
      },
    ],
  },
]

/** What a server tells of itself. */
export const health = folder('health', 0.9, at, [...metrics, ...states, ...readiness])
