import { challengeIn, provenCredential, transports } from '../../../access/security-keys/ceremonies.ts'
import { list, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { checkOwnPassword, noSiteRow, ownLogon, ownLogonRows, siteOf, wrongPasswordRow } from './own-logon.ts'
import { mostSecurityKeys, ownPassword, quotaRow } from './security-key-params.ts'

const base64url = /^[A-Za-z0-9_-]{1,4000}$/

export const addSecurityKey = operation({
  name: 'AddSecurityKey',
  family: 'security-keys',
  about: {
    en: 'Add a security key of one’s own. From then on each logon with a password needs it, or another second factor.',
    zh: '添加自己的安全密钥。此后每次以密码登录都需要它或其他多因素认证方式。',
  },
  source: 'OpenSAG 2026-12-01, AddSecurityKey',
  access: { action: 'opensag:AddSecurityKey', level: 'Write', resource: '*', dependent: [], open: true },
  transaction: 'device',

  params: {
    Name: text().required().length(1, 64).example('Blue key').about('What the user calls it.', '安全密钥的名称。'),
    OwnPassword: ownPassword
      .required()
      .example('Night-Shift_2024')
      .about('The password of the caller.', '调用者的密码。'),
    ClientDataJSON: text()
      .required()
      .matches(base64url)
      .example('eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0')
      .about('As the browser has it (WebAuthn), base64url.', '浏览器返回的数据（WebAuthn），base64url。'),
    AttestationObject: text()
      .required()
      .matches(base64url)
      .example('o2NmbXRkbm9uZQ')
      .about('As the browser has it (WebAuthn), base64url.', '浏览器返回的数据（WebAuthn），base64url。'),
    Transports: list(text().oneOf(...transports))
      .satisfies((all) => all.length <= transports.length)
      .example('usb')
      .about('How the browser reaches it.', '浏览器连接密钥的方式。'),
  },

  errors: {
    ...noSiteRow,
    ...ownLogonRows,
    ...wrongPasswordRow,
    'InvalidSecurityKey.Challenge': [
      400,
      'The challenge is over, was used before or is not of this session.',
      '挑战已过期、已使用或不属于本会话。',
    ],
    'InvalidSecurityKey.Proof': [400, 'The key has not proved itself.', '安全密钥未通过验证。'],
    'EntityAlreadyExists.SecurityKey': [409, 'The key was added before.', '该安全密钥已添加。'],
    ...quotaRow,
  },

  result: { SecurityKeyId: stringField },

  async run(context, { Name, OwnPassword, ClientDataJSON, AttestationObject, Transports }) {
    const { caller, unit, ids, circumstances, fail } = context
    const site = siteOf(context)
    const own = await ownLogon(context)
    await checkOwnPassword(context, own, OwnPassword)

    const subject = {
      userId: own.user.id,
      purpose: 'registration',
      basis: caller.accessKeyId,
      origin: site.origin,
    } as const
    const challenge = await challengeIn(ClientDataJSON)
    if (challenge === undefined) throw fail('InvalidSecurityKey.Proof')
    const isOpen = await unit.write(({ ram }) => ram.securityKeyChallenges.spend(challenge, subject, circumstances.at))
    if (!isOpen) throw fail('InvalidSecurityKey.Challenge')
    const registration = { clientDataJSON: ClientDataJSON, attestationObject: AttestationObject }
    const credential = await provenCredential(registration, { challenge, site })
    if ('unproven' in credential) throw fail('InvalidSecurityKey.Proof')

    const id = ids.withPrefix('sk-')
    await unit.write(async ({ ram }) => {
      // Somebody changed it meanwhile: the one that was proved is no longer the one there is.
      const present = await ram.loginProfiles.of(own.user.id)
      if (present?.passwordHash !== own.profile.passwordHash) throw fail('InvalidOwnPassword.Incorrect')
      if ((await ram.securityKeys.of(own.user.id)).length >= mostSecurityKeys) throw fail('QuotaExceeded.SecurityKey')
      if (await ram.securityKeys.isAdded(credential.credentialId)) throw fail('EntityAlreadyExists.SecurityKey')
      await ram.securityKeys.add({
        ...{ id, accountId: own.user.accountId, userId: own.user.id, name: Name, ...credential },
        ...{ transports: [...new Set(Transports ?? [])], rpId: site.rpId, createdAt: circumstances.at },
      })
    })
    return { SecurityKeyId: id }
  },
})
