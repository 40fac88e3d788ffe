import { language } from '../../app/language.svelte.ts'
import type { Language, Worded } from '../../app/texts.ts'
import { cidrTexts } from '../../fleet/cidr-mistake.texts.ts'
import { type CidrPlace, cidrMistake, cidrRefusal, snatRangeMistake } from '../../fleet/cidr-mistake.ts'
import type { Action } from '../../ui/action.ts'
import { checkAddress, checkDescription, checkName, filled } from '../../ui/field-checks.ts'
import type { instancePageTexts } from './instance.texts.ts'
import type { Attribute, SnatEntry } from './instance-data.ts'

type Words = Worded<(typeof instancePageTexts)[Language]>

export interface Place {
  readonly RegionId: string
  readonly SmartAGId: string
}

/** ModifySmartAccessGateway, with what the instance has now. */
export function settingsAction(place: Place, attribute: Attribute, isApp: boolean, cidrs: CidrPlace, t: Words): Action {
  const text = (value: string | number | boolean | undefined): string => (value === undefined ? '' : String(value))
  const flags = [
    { value: 'true', label: t.yes },
    { value: 'false', label: t.no },
  ]
  return {
    operation: 'ModifySmartAccessGateway',
    title: t.settings,
    submit: t.save,
    done: t.saved,
    fixed: { ...place },
    onlyChanged: true,
    fields: [
      {
        name: 'Name',
        label: t.fields.Name,
        initial: text(attribute.Name),
        check: filled(text(attribute.Name), checkName),
      },
      {
        name: 'Description',
        label: t.fields.Description,
        initial: text(attribute.Description),
        check: checkDescription,
      },
      {
        name: 'CidrBlock',
        label: t.fields.CidrBlock,
        initial: text(attribute.CidrBlock),
        check: filled(text(attribute.CidrBlock), (value) =>
          cidrMistake(value, cidrs, cidrTexts[language.current], isApp ? {} : { longestFirst: 30 }),
        ),
        refused: (code, value) => cidrRefusal(code, value, cidrs, cidrTexts[language.current]),
      },
      ...(isApp
        ? [
            {
              name: 'EnableSoftwareConnectionAudit',
              label: t.fields.EnableSoftwareConnectionAudit,
              initial: text(attribute.EnableSoftwareConnectionAudit),
              options: flags,
            },
          ]
        : [
            {
              name: 'RoutingStrategy',
              label: t.fields.RoutingStrategy,
              initial: text(attribute.RoutingStrategy),
              options: [
                { value: 'static', label: t.routings.static },
                { value: 'dynamic', label: t.routings.dynamic },
              ],
            },
            {
              name: 'SecurityLockThreshold',
              label: t.fields.SecurityLockThreshold,
              initial: text(attribute.SecurityLockThreshold),
              check: filled(text(attribute.SecurityLockThreshold)),
            },
          ]),
      { name: 'Position', label: t.fields.Position, initial: text(attribute.Position) },
    ],
  }
}

export function rebootAction(place: Place, serial: string, t: Words): Action {
  return {
    operation: 'RebootSmartAccessGateway',
    title: t.reboot,
    lead: t.rebootLead(serial),
    submit: t.reboot,
    danger: true,
    done: t.rebooted,
    fixed: { ...place, SerialNumber: serial },
  }
}

export function synchroniseAction(place: Place, serial: string, t: Words): Action {
  return {
    operation: 'SynchronizeSmartAGWebConfig',
    title: t.synchronise,
    lead: t.syncLead,
    submit: t.synchronise,
    done: t.synced,
    fixed: { ...place, SmartAGSn: serial },
  }
}

export function upgradeAction(place: Place, serial: string, versions: readonly string[], t: Words): Action {
  return {
    operation: 'UpdateSmartAccessGatewayVersion',
    title: t.upgrade,
    lead: t.upgradeLead,
    submit: t.upgrade,
    danger: true,
    done: t.upgraded,
    fixed: { ...place, SerialNumber: serial },
    fields: [
      {
        name: 'VersionCode',
        label: t.upgradeTo,
        initial: versions[0] ?? '',
        ...(versions.length === 0 ? {} : { options: versions.map((value) => ({ value, label: value })) }),
      },
    ],
  }
}

export function unlockAction(place: Place, t: Words): Action {
  return {
    operation: 'UnlockSmartAccessGateway',
    title: t.unlock,
    lead: t.unlockLead,
    submit: t.unlock,
    done: t.unlocked,
    fixed: { ...place },
  }
}

export function activateAction(place: Place, t: Words): Action {
  return {
    operation: 'ActivateSmartAccessGateway',
    title: t.activate,
    lead: t.activateLead,
    submit: t.activate,
    done: t.activated,
    fixed: { ...place },
  }
}

export function bindAction(place: Place, t: Words): Action {
  return {
    operation: 'BindSerialNumber',
    title: t.bind,
    submit: t.bind,
    done: t.bound,
    fixed: { ...place },
    fields: [{ name: 'SerialNumber', label: t.serial }],
  }
}

export function unbindAction(place: Place, serial: string, t: Words): Action {
  return {
    operation: 'UnbindSerialNumber',
    title: t.unbind,
    lead: t.unbindLead(serial),
    submit: t.unbind,
    danger: true,
    done: t.unbound,
    fixed: { ...place, SerialNumber: serial },
  }
}

export function addSnatAction(place: Place, entries: readonly SnatEntry[], t: Words): Action {
  return {
    operation: 'AddSnatEntry',
    title: t.snat,
    submit: t.add,
    done: t.snatAdded,
    fixed: { ...place },
    fields: [
      {
        name: 'CidrBlock',
        label: t.snatRange,
        check: (value) => snatRangeMistake(value, entries, cidrTexts[language.current]),
      },
      {
        name: 'SnatIp',
        label: t.snatAddress,
        check: (value, values) =>
          checkAddress(value, values) ??
          (entries.some(({ SnatIp }) => SnatIp === value.trim())
            ? cidrTexts[language.current].addressTaken
            : undefined),
      },
    ],
  }
}

export function removeSnatAction(
  place: Place,
  entry: { readonly InstanceId: string; readonly CidrBlock: string },
  t: Words,
): Action {
  return {
    operation: 'DeleteSnatEntry',
    title: t.remove,
    lead: t.snatRemoveLead(entry.CidrBlock),
    submit: t.remove,
    danger: true,
    done: t.snatRemoved,
    fixed: { ...place, InstanceId: entry.InstanceId },
  }
}
