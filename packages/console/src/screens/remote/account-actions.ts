import type { Language, Worded } from '../../app/texts.ts'
import { type Action, generatedPassword } from '../../ui/action.ts'
import { checkAddress, checkMail, checkUserName, filled } from '../../ui/field-checks.ts'
import type { remoteTexts } from './remote.texts.ts'
import type { Account } from './remote-data.ts'

type Words = Worded<(typeof remoteTexts)[Language]>

interface Place {
  readonly RegionId: string
  readonly SmartAGId: string
}

const generate = (): string => generatedPassword((bytes) => crypto.getRandomValues(bytes))

export function isEnabled({ State }: Account): boolean {
  return State === 0
}

export function addAccount(place: Place, t: Words): Action {
  return {
    operation: 'CreateSmartAccessGatewayClientUser',
    title: t.add,
    lead: t.addLead,
    submit: t.add,
    done: t.addDone,
    fixed: { ...place },
    fields: [
      { name: 'UserMail', label: t.fields.UserMail, check: checkMail },
      {
        name: 'UserName',
        label: t.fields.UserName,
        check: (value, values) => (value.trim() === '' ? t.nameNeeded : checkUserName(value, values)),
      },
      // Made here, so that it can be handed over: the server tells nobody the one that it makes.
      { name: 'Password', label: t.fields.Password, generate, initial: generate() },
      { name: 'Bandwidth', label: t.fields.Bandwidth, initial: '2000' },
      { name: 'ClientIp', label: t.fields.ClientIp, check: checkAddress },
    ],
  }
}

export function resetPassword(place: Place, { UserName, UserMail }: Account, t: Words): Action {
  return {
    operation: 'ResetSmartAccessGatewayClientUserPassword',
    title: `${t.reset}: ${UserName}`,
    lead: t.resetLead(UserName, UserMail),
    submit: t.reset,
    done: t.resetDone,
    fixed: { ...place, UserName },
    fields: [{ name: 'Password', label: t.password, generate }],
  }
}

export function kickOut(place: Place, { UserName }: Account, t: Words): Action {
  return {
    operation: 'KickOutClients',
    title: t.kick,
    lead: t.kickLead(UserName),
    submit: t.kick,
    danger: true,
    done: t.kickDone,
    // Spelt like this in this operation alone.
    fixed: { ...place, Username: UserName },
  }
}

export function disableAccount(place: Place, { UserName }: Account, t: Words): Action {
  return {
    operation: 'DisableSmartAccessGatewayUser',
    title: t.disable,
    lead: t.disableLead(UserName),
    submit: t.disable,
    danger: true,
    done: t.disableDone,
    fixed: { ...place, UserName },
  }
}

export function enableAccount(place: Place, { UserName }: Account, t: Words): Action {
  return {
    operation: 'EnableSmartAccessGatewayUser',
    title: `${t.enable}: ${UserName}`,
    submit: t.enable,
    done: t.enableDone,
    fixed: { ...place, UserName },
  }
}

export function editAccount(place: Place, { UserName, UserMail, Bandwidth }: Account, t: Words): Action {
  return {
    operation: 'ModifySmartAccessGatewayClientUser',
    title: `${t.edit}: ${UserName}`,
    submit: t.edit,
    done: t.editDone,
    fixed: { ...place, UserName },
    onlyChanged: true,
    fields: [
      { name: 'Email', label: t.fields.Email, initial: UserMail, check: filled(UserMail, checkMail) },
      { name: 'Bandwidth', label: t.fields.Bandwidth, initial: String(Bandwidth), check: filled(String(Bandwidth)) },
    ],
  }
}

export function deleteAccount(place: Place, { UserName }: Account, t: Words): Action {
  return {
    operation: 'DeleteSmartAccessGatewayClientUser',
    title: t.remove,
    lead: t.removeLead(UserName),
    submit: t.remove,
    danger: true,
    done: t.removeDone,
    fixed: { ...place, UserName },
  }
}
