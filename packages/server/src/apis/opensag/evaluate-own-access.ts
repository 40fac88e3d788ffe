import { isDenied } from '../../access/authorise.ts'
import { direct, objects, orJson, stringField, text } from '../../declare/index.ts'
import { operation } from '../operation.ts'

/** Questions of one call (our choice): more than any screen has of controls. */
const most = { questions: 50, characters: 512 } as const

export const evaluateOwnAccess = operation({
  name: 'EvaluateOwnAccess',
  family: 'opensag',
  about: {
    en: 'Say which of up to 50 calls the caller may make now. It is advice: a call is decided when it is made, with its own parameters.',
    zh: '判断调用者当前能否执行最多 50 个操作。结果仅供参考，实际以调用时的判定为准。',
  },
  source: 'OpenSAG 2026-12-01, EvaluateOwnAccess',
  // It tells what trying would.
  access: { action: 'opensag:EvaluateOwnAccess', level: 'Read', resource: '*', dependent: [], open: true },
  // Policies are read between its units of work.
  transaction: 'listing',

  params: {
    Question: orJson(
      objects({
        ActionName: text()
          .required()
          .matches(/^[\w.-]{1,64}:[\w./:-]{1,128}$/)
          .about('What would be called: `<service>:<operation>`.', '要调用的操作，格式为 `<服务>:<操作>`。'),
        ResourceName: text()
          .length(1, most.characters)
          .matches(/^(\*|acs:[^:\p{Cc}]+:[^:\p{Cc}]*:[^:\p{Cc}]*:[^\p{Cc}]+)$/u)
          .about('What it would be about, by ARN. Without one, any resource.', '操作的资源 ARN，不填表示任意资源。'),
      }),
    )
      .required()
      .satisfies((questions) => questions.length <= most.questions)
      .example('[{"ActionName":"smartag:RebootSmartAccessGateway"}]')
      .about('Up to 50; they are answered in their order.', '最多 50 个，按顺序返回。'),
  },

  errors: {},

  result: {
    Decisions: direct({
      ActionName: stringField,
      ResourceName: stringField,
      Effect: stringField,
      Reason: stringField,
      MissingAction: stringField,
      MissingResource: stringField,
    }),
  },

  async run({ mayCaller, accessOf }, { Question }) {
    const decisions = Question.map(async ({ ActionName = '', ResourceName }) => {
      const asked = { ActionName, ResourceName }
      const isOpen = accessOf(ActionName)?.open === true
      const answer = isOpen ? undefined : await mayCaller(ActionName, ResourceName === undefined ? [] : [ResourceName])
      if (!isDenied(answer)) {
        const inPart = answer !== undefined && 'scope' in answer
        return { ...asked, Effect: 'Allow', Reason: inPart ? 'AllowedInPart' : 'Allowed' }
      }
      const { NoPermissionType, AuthAction, AuthResource } = answer
      return {
        ...asked,
        Effect: 'Deny',
        Reason: NoPermissionType,
        MissingAction: AuthAction,
        MissingResource: AuthResource,
      }
    })
    return { Decisions: await Promise.all(decisions) }
  },
})
