import type { Explanations } from '../explanation.ts'

export const qos = {
  QosAmountLimit: {
    en: [
      'The account has 10 QoS already, in all its regions.',
      'Delete one that no instance has; one serves many instances.',
    ],
    zh: ['账号在所有地域已有 10 个 QoS 策略。', '删除未关联实例的策略；一个策略可以关联多个实例。'],
    in: {
      CreateQosCar: {
        en: ['The QoS has 3 throttling rules already.', 'Change one with ModifyQosCar, or delete one.'],
        zh: ['该 QoS 策略已有 3 条限速规则。', '用 ModifyQosCar 修改，或删除其中一条。'],
      },
    },
  },
  QosPerSmartagAmountLimit: {
    en: ['The instance has another QoS, and it can have one.', 'Call DisassociateQos with that one first.'],
    zh: ['实例已关联其他 QoS 策略，每个实例只能关联一个。', '先用 DisassociateQos 解除关联。'],
  },
  QosPyPerQosPyPerQosAmountLimitQosAmountLimit: {
    en: ['The QoS has 50 classification rules of this priority already.', 'Delete one, or choose another priority.'],
    zh: ['该 QoS 策略在此优先级下已有 50 条流分类规则。', '删除其中一条，或使用其他优先级。'],
  },
} as const satisfies Explanations<'Qos'>
