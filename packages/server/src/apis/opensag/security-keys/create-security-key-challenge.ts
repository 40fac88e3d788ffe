import { direct, integerField, stringField } from '../../../declare/index.ts'
import { challengeLifeMs, newChallenge } from '../../../store/access/security-key-challenges.ts'
import { operation } from '../../operation.ts'
import { noSiteRow, ownLogon, ownLogonRows, siteOf } from './own-logon.ts'
import { mostSecurityKeys, quotaRow } from './security-key-params.ts'

export const createSecurityKeyChallenge = operation({
  name: 'CreateSecurityKeyChallenge',
  family: 'security-keys',
  about: {
    en: 'Begin to add a security key of one’s own: what the browser needs for it. The challenge can be answered once, in five minutes, in this session.',
    zh: '开始添加自己的安全密钥：返回浏览器所需的信息。挑战五分钟内有效，仅可在本会话中使用一次。',
  },
  source: 'OpenSAG 2026-12-01, CreateSecurityKeyChallenge',
  access: { action: 'opensag:CreateSecurityKeyChallenge', level: 'Write', resource: '*', dependent: [], open: true },
  transaction: 'device',

  params: {},

  errors: { ...noSiteRow, ...ownLogonRows, ...quotaRow },

  result: {
    Challenge: stringField,
    RpId: stringField,
    UserId: stringField,
    UserName: stringField,
    Timeout: integerField,
    CredentialIds: direct(stringField),
  },

  async run(context, _params) {
    const { caller, unit, ids, circumstances, fail } = context
    const site = siteOf(context)
    const { user, keys } = await ownLogon(context)
    if (keys.length >= mostSecurityKeys) throw fail('QuotaExceeded.SecurityKey')
    const challenge = newChallenge(ids.bytes)
    const subject = {
      userId: user.id,
      purpose: 'registration',
      basis: caller.accessKeyId,
      origin: site.origin,
    } as const
    await unit.write(({ ram }) => ram.securityKeyChallenges.issue(challenge, subject, circumstances.at))
    return {
      Challenge: challenge,
      RpId: site.rpId,
      UserId: Buffer.from(user.id).toString('base64url'),
      UserName: user.name,
      Timeout: challengeLifeMs,
      // So that the same one is not added twice.
      CredentialIds: keys.map(({ credentialId }) => credentialId),
    }
  },
})
