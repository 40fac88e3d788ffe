/** What a service that works in an account fixes of its role there. */
export interface ServiceLinkedRoleTemplate {
  readonly serviceName: string
  readonly roleName: string
  readonly policyName: string
  readonly description: string
  /** JSON: the service alone may assume the role. */
  readonly trustPolicy: string
}

function template(serviceName: string, product: string, title: string): ServiceLinkedRoleTemplate {
  const statement = { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: [serviceName] } }
  return {
    serviceName,
    roleName: `AliyunServiceRoleFor${product}`,
    policyName: `AliyunServiceRolePolicyFor${product}`,
    description: `Service Linked Role for ${title}. ${title} will use this role to access your resources in other services.`,
    trustPolicy: JSON.stringify({ Statement: [statement], Version: '1' }),
  }
}

/**
 * The one service here that has such a role. The names of role and policy are published (D: RAM, the page of the policy);
 * the name of the service follows from its endpoint, as it does for the other services (C).
 */
export const smartAgRole: ServiceLinkedRoleTemplate = template(
  'smartag.aliyuncs.com',
  'Smartag',
  'Smart Access Gateway',
)

/** The service whose role has this name; a role that the account made itself can have it too. */
export function serviceOfRoleName(roleName: string): string | undefined {
  return roleName === smartAgRole.roleName ? smartAgRole.serviceName : undefined
}
