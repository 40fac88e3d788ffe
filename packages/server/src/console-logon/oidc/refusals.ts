/** Why somebody who comes from an OpenID provider is not logged on. Who it is was proved first, so that words may be plain. */
export const singleSignOnRefusals = {
  SingleSignOnNotBegun: [403, 'This browser has begun no logon at this address, or it took longer than ten minutes.'],
  SingleSignOnRefused: [403, 'The provider did not log the user on.'],
  SingleSignOnNotProven: [403, 'What the provider answered does not prove who the user is.'],
  SingleSignOnEmailNotVerified: [403, 'The provider has not verified the email address of the user.'],
  SingleSignOnUserUnknown: [403, 'No user of the account, or more than one, is who the provider names.'],
  SingleSignOnOtherIdentity: [403, 'The user has logged on as another identity of the provider before.'],
  SingleSignOnNoLogon: [403, 'The user may not log on to the console.'],
  SingleSignOnSecondFactor: [
    403,
    'The user must have a second factor, and the provider does not say that it asked for one.',
  ],
  SingleSignOnUnavailable: [503, 'The provider does not answer.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>
