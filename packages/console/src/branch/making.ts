import type { Answer, Params } from '@opensag/smartag-client'
import type { Draft, Made } from './draft.ts'

export type StepName = 'network' | 'order' | 'activate' | 'bind' | 'one' | 'settings' | 'join'

/** One call that makes a part of the branch. */
export interface Step {
  readonly name: StepName
  readonly operation: string
  readonly params: Params
}

/** The operation asks for a receiver; nothing is sent to this one. */
const notShipped: Params = Object.fromEntries(
  ['Name', 'Country', 'State', 'City', 'District', 'Town', 'Address', 'Zip', 'Mobile', 'Email'].map((part) => [
    `Receiver${part}`,
    'none',
  ]),
)

/** The calls that a branch takes, in their order. */
export function stepNames({ model, network }: Draft): readonly StepName[] {
  return [
    ...(network === 'new' ? (['network'] as const) : []),
    'order',
    ...(model === 'sag-vcpe' ? (['one'] as const) : (['activate', 'bind'] as const)),
    'settings',
    ...(network === '' ? [] : (['join'] as const)),
  ]
}

/** The first step that is still to be done. */
export function nextStep(draft: Draft): StepName | undefined {
  return stepNames(draft).find((name) => !draft.made.done.includes(name))
}

/** What the step calls. `standby`: the serial number of the second image of a vCPE. */
export function stepOf(name: StepName, draft: Draft, standby = ''): Step {
  const { regionId, made } = draft
  const instance = { RegionId: regionId, SmartAGId: made.instanceId ?? '' }
  switch (name) {
    case 'network':
      return {
        name,
        operation: 'CreateCloudConnectNetwork',
        params: { RegionId: regionId, Name: draft.newNetwork },
      }
    case 'order':
      return {
        name,
        operation: 'CreateSmartAccessGateway',
        params: {
          ...{ RegionId: regionId, Name: draft.name, HardWareSpec: draft.model, ...notShipped },
          ...{ HaType: draft.model === 'sag-vcpe' ? 'warm_backup' : 'no_backup', ChargeType: 'PREPAY', Period: '12' },
          // The box is in somebody's hands: with a shop, too, a paid order has arrived.
          ...{ AutoPay: 'true', AlreadyHaveSag: 'true', BuyerMessage: 'console' },
        },
      }
    case 'activate':
      return { name, operation: 'ActivateSmartAccessGateway', params: instance }
    case 'bind':
      return { name, operation: 'BindSerialNumber', params: { ...instance, SerialNumber: draft.serial } }
    case 'one':
      return { name, operation: 'UnbindSerialNumber', params: { ...instance, SerialNumber: standby } }
    case 'settings':
      // The name again: somebody may have changed it since the order.
      return {
        name,
        operation: 'ModifySmartAccessGateway',
        params: { ...instance, Name: draft.name, Position: draft.position || undefined, CidrBlock: draft.cidr },
      }
    case 'join':
      return {
        name,
        operation: 'BindSmartAccessGateway',
        params: { ...instance, CcnId: draft.network === 'new' ? made.networkId : draft.network },
      }
  }
}

/** What is known after a step was done. */
export function madeBy({ name }: Step, answer: Answer, { made }: Draft): Made {
  const { sent: _sent, sentAt: _sentAt, ...before } = made
  return {
    ...before,
    ...(name === 'network' && { networkId: String(answer['CcnId']) }),
    ...(name === 'order' && { instanceId: String(answer['SmartAGId']) }),
    done: [...made.done, name],
  }
}

/** What of a draft can be changed no more: it was ordered. */
export function isOrdered({ made }: Draft): boolean {
  return made.instanceId !== undefined
}
