import { language } from '../../app/language.svelte.ts'
import type { Network } from '../../app/networks.ts'
import type { Region } from '../../app/regions.ts'
import type { Language, Worded } from '../../app/texts.ts'
import { cidrTexts } from '../../fleet/cidr-mistake.texts.ts'
import { blockMistake, snatCidrMistake } from '../../fleet/cidr-mistake.ts'
import type { Action, FieldMistake } from '../../ui/action.ts'
import { checkDescription, checkName, filled } from '../../ui/field-checks.ts'
import type { networksTexts } from './networks.texts.ts'

type Words = Worded<(typeof networksTexts)[Language]>

function checkRange(list: string): FieldMistake | undefined {
  return blockMistake(list, cidrTexts[language.current], { most: 5, longest: 24 })
}

/** With what stands in the field of the range. */
function checkSnat(list: string, { CidrBlock = '' }: Readonly<Record<string, string>>): FieldMistake | undefined {
  return snatCidrMistake(list, CidrBlock, cidrTexts[language.current])
}

/** In one of these regions, which a field asks for. */
export function createNetwork(regions: readonly Region[], regionId: string, t: Words): Action {
  return {
    operation: 'CreateCloudConnectNetwork',
    title: t.create,
    submit: t.create,
    done: t.createDone,
    fixed: {},
    fields: [
      {
        name: 'RegionId',
        label: t.fields.RegionId,
        initial: regionId,
        options: regions.map(({ id, name }) => ({ value: id, label: name })),
      },
      { name: 'Name', label: t.fields.Name, check: checkName },
      { name: 'Description', label: t.fields.Description, check: checkDescription },
      { name: 'CidrBlock', label: t.fields.CidrBlock, check: checkRange },
      { name: 'SnatCidrBlock', label: t.fields.SnatCidrBlock, check: checkSnat },
    ],
  }
}

const place = ({ RegionId, CcnId }: Network): { readonly RegionId: string; readonly CcnId: string } => ({
  RegionId,
  CcnId,
})

export function editNetwork(network: Network, t: Words): Action {
  const { Name = '', Description = '', CidrBlock = '', SnatCidrBlock = '' } = network
  return {
    operation: 'ModifyCloudConnectNetwork',
    title: t.edit,
    submit: t.edit,
    done: t.editDone,
    fixed: place(network),
    onlyChanged: true,
    fields: [
      { name: 'Name', label: t.fields.Name, initial: Name, check: filled(Name, checkName) },
      { name: 'Description', label: t.fields.Description, initial: Description, check: checkDescription },
      {
        name: 'CidrBlock',
        label: t.fields.CidrBlock,
        initial: CidrBlock,
        check: filled(CidrBlock, checkRange),
      },
      {
        name: 'SnatCidrBlock',
        label: t.fields.SnatCidrBlock,
        initial: SnatCidrBlock,
        check: filled(SnatCidrBlock, checkSnat),
      },
      {
        name: 'InterworkingStatus',
        label: t.fields.InterworkingStatus,
        initial: network.InterworkingStatus ?? 'enable',
        options: [
          { value: 'enable', label: t.yes },
          { value: 'disable', label: t.no },
        ],
      },
    ],
  }
}

export function deleteNetwork(network: Network, t: Words): Action {
  return {
    operation: 'DeleteCloudConnectNetwork',
    title: t.remove,
    lead: t.removeLead(network.Name ?? network.CcnId),
    submit: t.remove,
    danger: true,
    done: t.removeDone,
    fixed: place(network),
  }
}

export function addMember(
  network: Network,
  /** Undefined when they could not be read: then the id is typed. */
  bindable: readonly { readonly SmartAGId: string; readonly Name?: string }[] | undefined,
  t: Words,
): Action {
  return {
    operation: 'BindSmartAccessGateway',
    title: t.add,
    lead: bindable === undefined ? t.bindableUnknown : bindable.length === 0 ? t.noBindable : t.addLead,
    submit: t.add,
    done: t.addDone,
    fixed: place(network),
    fields: [
      {
        name: 'SmartAGId',
        label: t.instance,
        initial: bindable?.[0]?.SmartAGId ?? '',
        ...(bindable && {
          options: bindable.map(({ SmartAGId, Name }) => ({
            value: SmartAGId,
            label: Name === undefined ? SmartAGId : `${Name} (${SmartAGId})`,
          })),
        }),
      },
    ],
  }
}

export function takeOut(network: Network, member: { readonly id: string; readonly name: string }, t: Words): Action {
  return {
    operation: 'UnbindSmartAccessGateway',
    title: t.takeOut,
    lead: t.takeOutLead(member.name),
    submit: t.takeOut,
    danger: true,
    done: t.takeOutDone,
    fixed: { ...place(network), SmartAGId: member.id },
  }
}

export function attachToCen(network: Network, t: Words): Action {
  return {
    operation: 'AttachCcnInstanceToCen',
    title: t.attach,
    submit: t.attach,
    done: t.attachDone,
    fixed: place(network),
    fields: [{ name: 'CenId', label: t.cenId }],
  }
}

export function detachFromCen(network: Network, t: Words): Action {
  return {
    operation: 'DetachCcnInstanceFromCen',
    title: t.detach,
    submit: t.detach,
    danger: true,
    done: t.detachDone,
    fixed: { ...place(network), CenId: network.AssociatedCenId },
  }
}

export function grantInstance(regionId: string, id: string, t: Words): Action {
  return {
    operation: 'GrantSagInstanceToCcn',
    title: t.grant,
    lead: t.grantsLead,
    submit: t.grant,
    done: t.grantDone,
    fixed: { RegionId: regionId, SmartAGId: id },
    fields: [
      { name: 'CcnInstanceId', label: t.ccnId },
      { name: 'CcnUid', label: t.ccnUid },
    ],
  }
}

export function revokeInstance(regionId: string, id: string, ccnId: string, t: Words): Action {
  return {
    operation: 'RevokeSagInstanceFromCcn',
    title: t.revoke,
    lead: t.revokeLead(ccnId),
    submit: t.revoke,
    danger: true,
    done: t.revokeDone,
    fixed: { RegionId: regionId, SmartAGId: id, CcnInstanceId: ccnId },
  }
}
