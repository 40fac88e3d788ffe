import type { Diagnostic } from '../../../access/denial.ts'
import { booleanField, direct, objectField, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badFormat } from '../error-rows.ts'

/** Of a message that the attachment of the policy is not in: what it was attached to is told by ListEntitiesForPolicy. */
const scope = 'Account'

export const decodeDiagnosticMessage = operation({
  name: 'DecodeDiagnosticMessage',
  family: 'diagnostics',
  about: {
    en: 'Show why a call was denied, from the EncodedDiagnosticMessage of its answer: who asked for what, and which policy denied it.',
    zh: '解码拒绝访问时返回的 EncodedDiagnosticMessage，显示请求者、操作、资源以及拒绝该请求的权限策略。',
  },
  source: 'Ram 2015-05-01, DecodeDiagnosticMessage',
  access: { action: 'ram:DecodeDiagnosticMessage', level: 'Read', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'read',

  params: {
    EncodedDiagnosticMessage: text()
      .required()
      .example('AQEAAAAAZBgxr0U1MjA1NTM1LUM4')
      .about('The text, as it was in `AccessDeniedDetail`.', '`AccessDeniedDetail` 中的诊断信息。'),
  },

  // The page lists no code for a text that is no such message; RAM has this form for all its parameters (C).
  errors: badFormat('EncodedDiagnosticMessage'),

  result: {
    DecodedDiagnosticMessage: objectField({
      ExplicitDeny: booleanField,
      NoPermissionPolicyType: stringField,
      AuthAction: stringField,
      AuthResource: stringField,
      AuthPrincipal: objectField({
        AuthPrincipalType: stringField,
        AuthPrincipalDisplayName: stringField,
        AuthPrincipalOwnerId: stringField,
      }),
      AuthConditions: direct({ ConditionKey: stringField, ConditionValues: direct(stringField) }),
      MatchedPolicies: direct({
        PolicyIdentifier: stringField,
        PolicyType: stringField,
        Effect: stringField,
        AttachedScope: stringField,
      }),
    }),
  },

  async run({ caller, diagnosticIn, fail }, { EncodedDiagnosticMessage }) {
    let told: Diagnostic
    try {
      told = diagnosticIn(EncodedDiagnosticMessage)
    } catch {
      throw fail('InvalidParameter.EncodedDiagnosticMessage.Format')
    }
    // What denies the users of another account is that account's business.
    if (told.accountId !== caller.accountId) throw fail('InvalidParameter.EncodedDiagnosticMessage.Format')
    const { policyName, policyKind } = told
    return {
      DecodedDiagnosticMessage: {
        ExplicitDeny: told.why === 'ExplicitDeny',
        NoPermissionPolicyType: told.policyType,
        AuthAction: told.action,
        AuthResource: told.resource,
        AuthPrincipal: { ...told.principal, AuthPrincipalOwnerId: told.accountId },
        AuthConditions: [],
        MatchedPolicies:
          policyName === undefined
            ? []
            : [{ PolicyIdentifier: policyName, PolicyType: policyKind, Effect: 'Deny', AttachedScope: scope }],
      },
    }
  },
})
