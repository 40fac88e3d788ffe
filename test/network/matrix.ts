import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { reaches } from './ping.ts'
import type { Branch, World } from './world.ts'

/** Who reaches whom, and who should by what the API tells of the instances and networks. */
export interface Matrix {
  /** Resolves when everybody reaches whom he should, and nobody else. @throws what differs, when it does not come about */
  settled(): Promise<void>
}

/** The host of a cloud, by the network that it is attached to. */
export interface CloudHost {
  readonly ccn: string
  readonly machine: Machine
  readonly address: string
}

interface Told {
  /** The first block, such as 172.16.1.0/24; all are of this length. */
  readonly block: string
  readonly ccn: string | undefined
}

export function createMatrix(world: World, branches: readonly Branch[], clouds: readonly CloudHost[]): Matrix {
  async function told({ instance }: Branch): Promise<Told> {
    const answer = await world.api.call('DescribeSmartAccessGatewayAttribute', { SmartAGId: instance })
    const ccn = answer['AssociatedCcnId']
    return { block: String(answer['CidrBlock']), ccn: ccn === undefined || ccn === '' ? undefined : String(ccn) }
  }

  async function interworking(): Promise<ReadonlySet<string>> {
    const answer = await world.api.call('DescribeCloudConnectNetworks', {})
    const all = answer['CloudConnectNetworks'] as {
      readonly CloudConnectNetwork: readonly { readonly CcnId: string; readonly InterworkingStatus: string }[]
    }
    const on = all.CloudConnectNetwork.filter(({ InterworkingStatus }) => InterworkingStatus === 'enable')
    return new Set(on.map(({ CcnId }) => CcnId))
  }

  /** What is not as the API tells; empty: nothing. */
  async function differences(): Promise<readonly string[]> {
    const [instances, on] = await Promise.all([Promise.all(branches.map(told)), interworking()])
    const addresses = await Promise.all(
      branches.map(({ terminal }, at) => terminal.addressIn(instances[at]?.block.replace(/0\/24$/, '') ?? '')),
    )
    const without = branches.filter((_, at) => addresses[at] === undefined)
    if (without.length > 0) return without.map(({ serial }) => `${serial} has no lease of its block`)
    const questions = branches.flatMap((from, at) => {
      const own = instances[at]?.ccn
      const others = branches.flatMap((to, index) =>
        to === from
          ? []
          : [
              {
                to: to.serial,
                address: addresses[index] ?? '',
                due: own !== undefined && own === instances[index]?.ccn && on.has(own),
              },
            ],
      )
      const hosts = clouds.map(({ ccn, address }) => ({ to: `cloud of ${ccn}`, address, due: own === ccn }))
      return [...others, ...hosts].map((question) => ({ from, ...question }))
    })
    const answers = await Promise.all(questions.map(({ from, address }) => reaches(from.terminal.machine, address)))
    return questions.flatMap(({ from, to, due }, at) =>
      answers[at] === due ? [] : [`${from.serial} ${due ? 'does not reach' : 'reaches'} ${to}`],
    )
  }

  return {
    async settled() {
      let last: readonly string[] = []
      try {
        await until('the matrix', async () => {
          last = await differences()
          return last.length === 0
        })
      } catch (error) {
        throw new Error(`By what the API tells: ${last.join('; ')}`, { cause: error })
      }
    },
  }
}
