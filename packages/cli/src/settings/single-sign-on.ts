import { z } from 'zod'
import { both, type Setting } from './setting.ts'

/** The OpenID provider by which users may log on to the console. */
export const singleSignOnSettings = {
  oidcIssuer: {
    flag: '--oidc-issuer',
    variable: 'OPENSAG_OIDC_ISSUER',
    placeholder: 'url',
    about:
      'OpenID provider by which users may log on to the console: its issuer, exactly as the provider writes it. https, or http on this machine. Needs --public-url, --oidc-client-id, --oidc-client-secret-file and --oidc-account.',
    schema: z.string().min(1).optional(),
    programs: both,
  },
  oidcClientId: {
    flag: '--oidc-client-id',
    variable: 'OPENSAG_OIDC_CLIENT_ID',
    placeholder: 'id',
    about: 'Id of this server at the OpenID provider.',
    schema: z.string().min(1).optional(),
    programs: both,
  },
  oidcClientSecretFile: {
    flag: '--oidc-client-secret-file',
    variable: 'OPENSAG_OIDC_CLIENT_SECRET_FILE',
    placeholder: 'file',
    about: 'File that contains the secret of --oidc-client-id. Only its owner may read it.',
    schema: z.string().min(1).optional(),
    programs: both,
  },
  oidcAccount: {
    flag: '--oidc-account',
    variable: 'OPENSAG_OIDC_ACCOUNT',
    placeholder: 'account',
    about: 'Id or alias of the account whose users log on by the OpenID provider.',
    schema: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,50}$/, 'give the id or the alias of an account.')
      .optional(),
    programs: both,
  },
  oidcUserClaim: {
    flag: '--oidc-user-claim',
    variable: 'OPENSAG_OIDC_USER_CLAIM',
    placeholder: 'claim',
    about:
      'Claim that says which user somebody is, at the first logon by the OpenID provider. email: the address of the user, which the provider must have verified. Any other: the name of the user; take one that people cannot change themselves.',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'give the name of a claim, such as email or preferred_username.')
      .default('email'),
    programs: both,
  },
  oidcName: {
    flag: '--oidc-name',
    variable: 'OPENSAG_OIDC_NAME',
    placeholder: 'name',
    about: 'Name of the OpenID provider on the logon page. Without it, the host of --oidc-issuer.',
    schema: z.string().trim().min(1).max(40).optional(),
    programs: both,
  },
  oidcLogOff: {
    flag: '--oidc-log-off',
    variable: 'OPENSAG_OIDC_LOG_OFF',
    placeholder: 'what',
    about:
      'After a log-off from the console: offer shows a link that leaves the OpenID provider too. return does, and has the provider send the browser back to /console/ of --public-url, which must be registered there. off shows none.',
    schema: z.enum(['offer', 'return', 'off']).default('offer'),
    programs: both,
  },
} satisfies Readonly<Record<string, Setting>>
