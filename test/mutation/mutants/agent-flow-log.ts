import type { MutatedFile } from '../mutant.ts'

const packets = ['packages/agent/src/network/gateway/gateway-flow-log.test.ts']

/** Flow logs of a gateway, by the records that collectors get. */
export const agentFlowLog: readonly MutatedFile[] = [
  {
    file: 'network/flow-log/ager.ts',
    tests: ['packages/agent/src/network/flow-log/ager.test.ts'],
    changes: [
      {
        name: 'bytes-recorded-twice',
        breaks: 'A connection that lasts is recorded with all that it ever carried, again and again.',
        find: '      one.sent = flow.sent\n',
        replace: '',
      },
      {
        name: 'idle-connection-never-recorded',
        breaks: 'A connection is recorded only when the kernel has forgotten it.',
        find: 'now - one.changedAt < inactiveMs && now - one.start < activeMs',
        replace: 'now - one.start < activeMs',
      },
    ],
  },
  {
    file: 'network/flow-log/conntrack-flows.ts',
    tests: packets,
    changes: [
      {
        name: 'ends-turned-round',
        breaks: 'A record says that the answer was the question.',
        find: 'sent: { packets: Number(packets), bytes: Number(bytes) }',
        replace: 'sent: { packets: Number(answers), bytes: Number(answered) }',
      },
    ],
  },
  {
    file: 'network/gateway/plan.ts',
    tests: packets,
    changes: [
      {
        name: 'records-leave-by-the-wan',
        breaks: 'Records to a private address leave by the WAN in the clear while the branch has no route to it.',
        find: "return isInside(netflow?.ip ?? '', branch) ? (block?.address ?? nowhere) : undefined",
        replace: "return isInside(netflow?.ip ?? '', branch) && block === undefined ? nowhere : undefined",
      },
    ],
  },
  {
    file: 'network/flow-log/flow-log.ts',
    tests: packets,
    changes: [
      {
        name: 'records-go-on',
        breaks: 'Connections are recorded after the log is inactive.',
        find: '    await stop()\n    stop = async () => {}\n',
        replace: '',
      },
    ],
  },
]
